"""The browser: from a control's event to the painted race, frames while playing, the first race."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figures import Figure, Peer
from benchmarks.races import EIGHT, SIXTEEN
from benchmarks.server import HOST, PORTS, served

WITNESS = Path(__file__).with_name("witness.js")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROUNDS = 4
MOVES = 50
PAUSE = 1000 / 30
SETTLE = 1500
FIRST_VISITS = 7
PLAYED_SECONDS = 5
LIMITS = {"p50": 17, "p95": 25}
# A full lecture hall's network: latency in ms, and bytes a second for each student.
LATENCIES = (0, 50, 200)
BANDWIDTH = 250_000


def figures() -> list[Figure]:
    """Return what the user sees, in the browser of this system."""
    with served(PORTS["browser"]) as get, chromium() as browser:
        get(f"/api/race?{EIGHT}")
        get(f"/api/race?{SIXTEEN}")
        first = [_first_painted(browser) for _ in range(FIRST_VISITS)]
        return [
            *_dragging(browser),
            *_far_away(browser),
            _playing(browser),
            Figure("first painted race, new browser", first, limits={"p50": 3000}),
        ]


@contextmanager
def chromium(flags: Sequence[str] = ("--disable-gpu",)) -> Iterator[Browser]:
    """Start the system's browser, without a graphics card unless `flags` say otherwise."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, query: str, port: int = PORTS["browser"], script: Path | None = None
) -> Iterator[Page]:
    """Open the race of `query` in a new context, and wait until its paths are drawn."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    for path in filter(None, (WITNESS, script)):
        context.add_init_script(path=path)
    page = context.new_page()
    page.goto(f"http://{HOST}:{port}/?{query}")
    page.wait_for_function("() => witness.firstStroke > 0", timeout=60_000)
    yield page
    context.close()


def _first_painted(browser: Browser) -> float:
    """Return the time from the start of the navigation to the first drawn path, in ms."""
    with opened(browser, EIGHT) as page:
        return page.evaluate("witness.firstStroke")


def _dragging(browser: Browser) -> list[Figure]:
    """Return event to painted for a slider and for the start, in turn with their floors."""
    seen: dict[str, list[float]] = {name: [] for name in ("slider", "start", "trip", "frame")}
    happened: dict[str, list[float]] = {"slider": [], "start": []}
    fresh = count()
    with opened(browser, EIGHT) as page:
        page.locator(".ov-stage").hover()
        page.keyboard.press("End")
        page.wait_for_timeout(SETTLE)
        for turn in range(ROUNDS):
            for name, drag in (("slider", drag_slider), ("start", _drag_start)):
                page.evaluate("forget()")
                drag(page, turn)
                page.wait_for_timeout(SETTLE)
                seen[name] += page.evaluate("latencies(1)")
                happened[name] += page.evaluate("latencies(0)")
            addresses = [
                f"/api/race?{EIGHT},lr:{0.002 + 1e-6 * next(fresh):.6f}" for _ in range(MOVES)
            ]
            seen["trip"] += page.evaluate("trips", addresses)
            seen["frame"] += page.evaluate("frames", MOVES)
    return [
        Figure(
            f"{name} event to painted, 8 x 1000",
            seen[key],
            limits=LIMITS,
            peers=[
                Peer("bare round trip by fetch", seen["trip"]),
                Peer("empty animation frame", seen["frame"]),
                Peer("the same from the mouse's own time", happened[key]),
            ],
        )
        for key, name in (("slider", "slider"), ("start", "start's drag"))
    ]


def _far_away(browser: Browser) -> list[Figure]:
    """Return mouse to paint where the server is far away, and what is asked of it meanwhile."""
    seen, asked = [], []
    for latency in LATENCIES:
        with opened(browser, EIGHT) as page:
            page.locator(".ov-stage").hover()
            page.keyboard.press("End")
            page.wait_for_timeout(SETTLE)
            network = page.context.new_cdp_session(page)
            network.send("Network.enable")
            network.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": latency,
                    "downloadThroughput": BANDWIDTH,
                    "uploadThroughput": BANDWIDTH,
                },
            )
            requests: list[str] = []
            page.on("request", lambda request, into=requests: into.append(request.url))
            page.evaluate("forget()")
            for turn in range(ROUNDS):
                drag_slider(page, turn)
            page.wait_for_timeout(SETTLE)
            name = f"mouse to paint at {latency} ms, 8 x 1000"
            seen.append(Figure(name, page.evaluate("latencies(0)"), limits=LIMITS))
            # Streamlit fetches the picture in the tab anew with every run of its script.
            asked.append(float(sum("/favicon" not in url for url in requests)))
    return [
        *seen,
        Figure("requests during these drags, without the icon", asked, unit="", limits={"p95": 0}),
    ]


def drag_slider(page: Page, turn: int) -> None:
    """Drag the learning rate of lane `turn` up and down, through values it did not have yet."""
    page.locator(".ov-card-name:visible").nth(turn).click()
    thumb = page.locator(f'.ov-card[data-lane="{turn}"] .ov-range[data-name="lr"]')
    thumb.scroll_into_view_if_needed()
    box: Any = thumb.bounding_box()
    left, middle = box["x"] + 8, box["y"] + box["height"] / 2
    room = box["width"] - 16
    _drag(page, [(left + room * (0.3 + 0.6 * k / MOVES), middle) for k in range(MOVES + 1)])


def _drag_start(page: Page, turn: int) -> None:
    """Drag the start along a line of its own."""
    box: Any = page.locator(".ov-start").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    side = 1 if turn % 2 == 0 else -1
    _drag(page, [(x + side * 2 * k, y + (turn + 1) * k / 2 * side) for k in range(MOVES + 1)])


def _drag(page: Page, points: list[tuple[float, float]]) -> None:
    """Press at the first point, move through the others about 30 times a second, and let go."""
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
        page.wait_for_timeout(PAUSE)
    page.mouse.up()


def _playing(browser: Browser) -> Figure:
    """Return frames per second, each second a sample, while 16 lanes play."""
    playing: list[float] = []
    empty: list[float] = []
    with opened(browser, SIXTEEN) as page, opened(browser, "lane=sgd") as idle:
        page.keyboard.press("Home")
        idle.keyboard.press("End")
        page.wait_for_timeout(SETTLE)
        for _ in range(PLAYED_SECONDS):
            page.bring_to_front()
            page.keyboard.press("Space")
            playing.append(page.evaluate("rate(true)"))
            page.keyboard.press("Space")
            idle.bring_to_front()
            empty.append(idle.evaluate("rate(false)"))
    return Figure(
        "playing 16 x 1000, frames drawn",
        playing,
        unit="/s",
        limits={"p50": 55},
        peers=[Peer("animation frames of an idle page", empty)],
        rising=True,
    )
