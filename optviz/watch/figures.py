"""The figures of a server, as Prometheus collects them: what is asked, what it takes and keeps."""

from collections.abc import Callable, Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from optviz.programs import PROGRAMS

# Seconds: from a reply that is kept to a comparison of all rules.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

# When a figure was begun is of no use to anybody.
disable_created_metrics()

REGISTRY = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

REQUESTS = Histogram(
    "optviz_request_seconds",
    "From a request to the end of its reply.",
    ["kind", "status"],
    registry=REGISTRY,
    buckets=BUCKETS,
)
RERUNS = Histogram(
    "optviz_rerun_seconds",
    "A run of Streamlit's script: a visit, or a change that is told.",
    registry=REGISTRY,
    buckets=BUCKETS,
)
LAG = Histogram(
    "optviz_loop_lag_seconds",
    "How late the event loop comes to what is due.",
    registry=REGISTRY,
    buckets=BUCKETS,
)
SESSIONS = Gauge("optviz_sessions", "Pages that are open.", registry=REGISTRY)
REFUSED = Counter(
    "optviz_refused", "Requests that were told to come again.", ["status"], registry=REGISTRY
)
CONNECTIONS = Counter(
    "optviz_connections_refused",
    "Pages that were not connected: of another site, or too many.",
    ["why"],
    registry=REGISTRY,
)
WAITING = Gauge("optviz_waiting", "Requests that wait for their turn.", registry=REGISTRY)


class _Compiled(Collector):
    """What the cache of compiled programs has counted."""

    def collect(self) -> Iterable[Metric]:
        """Return its figures."""
        yield CounterMetricFamily("optviz_compilations", "Programs compiled.", PROGRAMS.made)
        yield CounterMetricFamily("optviz_program_hits", "Programs found compiled.", PROGRAMS.found)
        yield GaugeMetricFamily("optviz_programs", "Programs kept.", len(PROGRAMS))
        yield GaugeMetricFamily(
            "optviz_program_bytes", "About how much memory they take.", PROGRAMS.size
        )


REGISTRY.register(_Compiled())


class _Replies(Collector):
    """How often a reply was found kept, and how often it was made."""

    def __init__(self) -> None:
        self.count: Callable[[], tuple[int, int]] = lambda: (0, 0)

    def collect(self) -> Iterable[Metric]:
        """Return both figures."""
        found, made = self.count()
        yield CounterMetricFamily("optviz_reply_hits", "Replies found on the shelf.", found)
        yield CounterMetricFamily("optviz_replies_made", "Replies computed.", made)


REPLIES = _Replies()
REGISTRY.register(REPLIES)


def watch_replies(count: Callable[[], tuple[int, int]]) -> None:
    """Say how many replies were found and made by calling `count`."""
    REPLIES.count = count


def watch_waiting(count: Callable[[], int]) -> None:
    """Say how many requests wait by calling `count`."""
    WAITING.set_function(count)


def written() -> bytes:
    """Return all figures in Prometheus' text format."""
    return generate_latest(REGISTRY)
