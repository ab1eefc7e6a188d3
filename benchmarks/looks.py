"""Looking closer, in the browser: the inspector, the surface in space, the contour after a zoom."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import chromium, opened
from benchmarks.figures import Figure, Peer
from benchmarks.races import EIGHT
from benchmarks.server import PORTS, served

WATCH = Path(__file__).with_name("looks.js")
# A software renderer stands in for the graphics card that a lecture room's computer has.
SOFTWARE_WEBGL = ["--enable-unsafe-swiftshader"]
SETTLE = 1500
SCRUBS = 60
ORBITS = 5


def figures() -> list[Figure]:
    """Return what a user who looks closer waits for."""
    with served(PORTS["looks"]) as get:
        get(f"/api/race?{EIGHT}")
        for lane in range(8):
            get(f"/api/inspection?{EIGHT}&of={lane}")
        with chromium() as browser:
            inspector, zoom = _inspecting(browser), _zooming(browser)
        with chromium(SOFTWARE_WEBGL) as browser:
            return [*inspector, zoom, _orbiting(browser)]


def _look(browser: Browser, query: str):
    return opened(browser, f"{EIGHT}&{query}", PORTS["looks"], WATCH)


def _inspecting(browser: Browser) -> list[Figure]:
    """Return scrub to numbers, for steps that are there and lanes that nobody has looked at."""
    with _look(browser, "show=numbers") as page:
        page.wait_for_selector(".ov-line .ov-line-math")
        page.keyboard.press("End")
        page.wait_for_timeout(SETTLE)
        frames = page.evaluate("frames", SCRUBS)
        there = page.evaluate("scrubs", SCRUBS)
        # Never from a lane to its neighbour: the one after that would be foreseen.
        sudden = [page.evaluate("anotherLane", lane) for lane in (2, 4, 7, 1, 3, 6)]
    with _look(browser, "show=numbers") as page:
        page.wait_for_selector(".ov-line .ov-line-math")
        page.wait_for_timeout(SETTLE)
        clicked = [_click(page, lane) for lane in range(1, 8)]
    with _look(browser, "show=numbers") as page:
        page.wait_for_selector(".ov-line .ov-line-math")
        page.wait_for_timeout(SETTLE)
        walked = [_walk(page) for _ in range(7)]
    return [
        Figure(
            "inspector at another step, frame done",
            there,
            limits={"p50": 1000 / 60},
            peers=[Peer("empty animation frame", frames)],
        ),
        Figure("inspector of another lane, out of the blue", sudden, limits={"p50": 1000 / 60}),
        Figure("the same, clicked with a mouse", clicked, limits={"p50": 30}),
        Figure("the same, the key n twice a second", walked, limits={"p50": 30}),
    ]


def _click(page: Page, lane: int) -> float:
    """Return click to numbers; the lane is foreseen when the pointer comes to it."""
    card = page.locator(f'.ov-card[data-lane="{lane}"] button.ov-card-name')
    card.hover()
    # A hand takes at least so long from there to the press.
    page.wait_for_timeout(100)
    page.evaluate("() => { window.chosen = chosenBy('click'); }")
    card.click()
    return page.evaluate("window.chosen")


def _walk(page: Page) -> float:
    """Return key to numbers, for who walks through the lanes: the next one is foreseen."""
    page.evaluate("() => { window.chosen = chosenBy('keydown'); }")
    page.keyboard.press("n")
    time = page.evaluate("window.chosen")
    page.wait_for_timeout(500)
    return time


def _zooming(browser: Browser) -> Figure:
    """Return the time from the end of a zoom to the finer contour."""
    with _look(browser, "chart=loss") as page:
        page.wait_for_timeout(SETTLE)
        times = [page.evaluate("zoomed") for _ in range(8)]
    return Figure("contour of another window, drawn", times, limits={"p50": 150})


def _orbiting(browser: Browser) -> Figure:
    """Return frames per second while the camera is dragged around the surface."""
    with _look(browser, "show=space") as page:
        page.wait_for_selector(".ov-space canvas")
        page.wait_for_timeout(2 * SETTLE)
        rates = [_orbit(page) for _ in range(ORBITS)]
    return Figure(
        "orbit in 3-D, software WebGL, frames", rates, unit="/s", limits={"p50": 10}, rising=True
    )


def _orbit(page: Page) -> float:
    box = page.locator(".ov-space").bounding_box()
    assert box, "there is no scene"
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.7
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("begin()")
    for k in range(30):
        page.mouse.move(x + 4 * k, y)
    rate = page.evaluate("end()")
    page.mouse.up()
    return rate
