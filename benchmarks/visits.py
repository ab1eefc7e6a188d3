"""Visits over a classroom's network: what each asks for until a race is painted, and how long."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext

from benchmarks.browser import WITNESS, chromium
from benchmarks.figures import Figure, Peer
from benchmarks.server import HOST, PORTS, served

# Latency in ms, and bytes a second.
LATENCY = 50
BANDWIDTH = 1_000_000
VISITS = 5
# Who does not ask for a page by its type gets Streamlit's own, and from it module by module.
PLAIN = {"Accept": "*/*"}


@dataclass(frozen=True)
class Visit:
    """Until a race is painted: time in ms, requests, and bytes over the network."""

    time: float
    requests: int
    bytes: int


def figures() -> list[Figure]:
    """Return a first and a second visit, each first one beside one with Streamlit's own page."""
    first, second, plain = [], [], []
    with served(PORTS["visits"]), chromium() as browser:
        for _ in range(VISITS):
            before, after = _twice(browser)
            first.append(before)
            second.append(after)
            plain.append(_twice(browser, **PLAIN)[0])
    peer = "the same, Streamlit's modules one by one"
    return [
        Figure(
            "first visit, race painted",
            [visit.time for visit in first],
            limits={"p50": 3500},
            peers=[Peer(peer, [visit.time for visit in plain])],
        ),
        Figure(
            "  its requests",
            [visit.requests for visit in first],
            unit="",
            limits={"p95": 40},
            peers=[Peer(peer, [visit.requests for visit in plain])],
        ),
        Figure(
            "  its bytes",
            [visit.bytes / 1e6 for visit in first],
            unit="MB",
            limits={"p95": 2.0},
            peers=[Peer(peer, [visit.bytes / 1e6 for visit in plain])],
        ),
        Figure(
            "second visit, race painted", [visit.time for visit in second], limits={"p50": 1500}
        ),
        Figure(
            "  its bytes",
            [visit.bytes / 1e3 for visit in second],
            unit="kB",
            limits={"p95": 10},
        ),
    ]


def _twice(browser: Browser, **headers: str) -> tuple[Visit, Visit]:
    """Return a visit with nothing kept, and another one after it."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, extra_http_headers=headers
    )
    context.add_init_script(path=WITNESS)
    visits = _visit(context), _visit(context)
    context.close()
    return visits


def _visit(context: BrowserContext) -> Visit:
    page = context.new_page()
    hand = context.new_cdp_session(page)
    asked, received = [], []
    hand.on("Network.requestWillBeSent", asked.append)
    hand.on("Network.loadingFinished", received.append)
    hand.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY}
    speed = {"downloadThroughput": BANDWIDTH, "uploadThroughput": -1}
    hand.send("Network.emulateNetworkConditions", conditions | speed)
    page.goto(f"http://{HOST}:{PORTS['visits']}/", wait_until="commit")
    page.wait_for_function("witness.firstStroke > 0", timeout=60_000)
    requests, size = len(asked), sum(int(event["encodedDataLength"]) for event in received)
    time = page.evaluate("witness.firstStroke")
    page.wait_for_load_state("networkidle")
    page.close()
    return Visit(time, requests, size)
