"""Visits over a classroom's network: what each asks for until a race is painted, and how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext

from benchmarks.browser import WITNESS, chromium
from benchmarks.figures import Figure
from benchmarks.server import HOST, PORTS, served

# Latency in ms, and bytes a second.
LATENCY = 50
BANDWIDTH = 1_000_000
VISITS = 5


@dataclass(frozen=True)
class Visit:
    """Until a race is painted: time in ms, requests, and bytes over the network."""

    time: float
    requests: int
    bytes: int


def figures() -> list[Figure]:
    """Return visits with nothing kept, and second ones after them."""
    first, second = [], []
    with served(PORTS["visits"]), chromium() as browser:
        for _ in range(VISITS):
            before, after = _twice(browser)
            first.append(before)
            second.append(after)
    return [
        *_figures("first visit", first, {"p50": 3500}, {"p95": 40}, {"p95": 2000}),
        *_figures("second visit", second, {"p50": 1500}, {}, {"p95": 10}),
    ]


def _figures(
    name: str,
    visits: Sequence[Visit],
    time: Mapping[str, float],
    requests: Mapping[str, float],
    size: Mapping[str, float],
) -> list[Figure]:
    """Return what visits came to, with the most that each part of them may be."""
    asked = "  its requests, those to the browser's own memory included"
    sizes = [visit.bytes / 1e3 for visit in visits]
    return [
        Figure(f"{name}, race painted", [visit.time for visit in visits], limits=time),
        Figure(asked, [visit.requests for visit in visits], unit="", limits=requests),
        Figure("  its bytes over the network", sizes, unit="kB", limits=size),
    ]


def _twice(browser: Browser) -> tuple[Visit, Visit]:
    """Return a visit with nothing kept, and another one after it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(path=WITNESS)
    visits = _visit(context), _visit(context)
    context.close()
    return visits


def _visit(context: BrowserContext) -> Visit:
    page = context.new_page()
    hand = context.new_cdp_session(page)
    requests = size = 0

    def ask(_: dict) -> None:
        nonlocal requests
        requests += 1

    def receive(event: dict) -> None:
        nonlocal size
        size += int(event["encodedDataLength"])

    hand.on("Network.requestWillBeSent", ask)
    hand.on("Network.loadingFinished", receive)
    hand.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY}
    speed = {"downloadThroughput": BANDWIDTH, "uploadThroughput": -1}
    hand.send("Network.emulateNetworkConditions", conditions | speed)
    page.goto(f"http://{HOST}:{PORTS['visits']}/", wait_until="commit")
    page.wait_for_function("() => witness.firstStroke > 0", timeout=60_000)
    painted = page.evaluate("witness.firstStroke")
    visit = Visit(painted, requests, size)
    page.wait_for_load_state("networkidle")
    page.close()
    return visit
