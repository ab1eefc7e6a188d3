"""Maps in the browser: how many follow the thumb, how soon the fine one stands, what races pay."""

from __future__ import annotations

from playwright.sync_api import Page

from benchmarks.browser import LIMITS, SETTLE, chromium, drag_slider, opened
from benchmarks.figures import Figure
from benchmarks.server import PORTS, served
from optviz.api import assets

SIDE, STEPS = 256, 500
LIVE_STEPS = 300
# The cards' order is that of their drags.
LIVE = ("adam", "momentum", "nesterov", "adagrad", "rmsprop", "nadam", "adamax", "sgd")
LECTURES = (
    *("sgd", "momentum", "ewma_momentum", "nesterov", "adagrad", "adadelta", "rmsprop"),
    *("rmsprop_outside", "rmsprop_momentum", "rmsprop_nesterov"),
    *("adam", "adam_inside", "adam_uncorrected"),
)
ROUNDS = 4
# Draws maps of 64 x 64 cells as the page does; how many a second, for each of some rules.
DRAWN = """async ({ folder, rules, steps, count }) => {
  const { Graphics } = await import(`${folder}/live/graphics.js`);
  const { cellsOf } = await import(`${folder}/live/mapjob.js`);
  const graphics = new Graphics();
  const start = [0, 0], values = {}, shape = {};
  const side = Float64Array.from({ length: 64 }, (_, k) => -2 + k / 16);
  const rates = [];
  for (const rule of rules) {
    const cells = await import(`${folder}/kernels/cells/${rule}/rosenbrock/x,y.js`);
    while (!graphics.ready(cells)) await new Promise((done) => setTimeout(done, 10));
    const once = async () => {
      const given = { steps, values, shape, multipliers: new Float64Array(steps).fill(1) };
      const [constants, along] = [cells.constants(given), cells.along(given)];
      const late = cells.late(steps);
      const drawn = { steps, late, start, sides: [side, side], constants, along };
      cellsOf((await graphics.draw(cells, drawn)).words, cells);
    };
    await once();
    for (let round = 0; round < 4; round += 1) {
      const begun = performance.now();
      for (let k = 0; k < count; k += 1) await once();
      rates.push((1000 * count) / (performance.now() - begun));
    }
  }
  graphics.destroy();
  return rates;
}"""
DRAWS = 15
# Without a graphics card a browser draws in software, if it is told that it may.
FLAGS = ("--disable-gpu", "--enable-unsafe-swiftshader")


def figures() -> list[Figure]:
    """Return what the user sees while a slider is dragged with the start map shown, and after."""
    with served(PORTS["live"]) as get, chromium(FLAGS) as browser:
        for slug in LECTURES:
            for side in (64, SIDE):
                get(f"/api/map?surface=rosenbrock&lane={slug}&n={side}")
        with opened(browser, _query(LIVE, LIVE_STEPS), PORTS["live"]) as page:
            rates, beside = _following(page)
            drawn = _drawn(page)
        with opened(browser, _query(LECTURES, STEPS), PORTS["live"]) as page:
            released = [_released(page, lane) for lane in range(len(LECTURES))]
    live = f"64x64 x {LIVE_STEPS}"
    return [
        Figure(f"maps {live} a second, by graphics", drawn, "/s", {"p50": 30}, rising=True),
        Figure("maps of any size a second, dragged", rates, "/s", {"p50": 15}, rising=True),
        Figure(
            f"race 8 x {LIVE_STEPS} beside them, painted", beside, limits={"p95": LIMITS["p95"]}
        ),
        Figure(f"map {SIDE}x{SIDE} x {STEPS}, drawn after", released, limits={"p50": 250}),
    ]


def _query(slugs: tuple[str, ...], steps: int) -> str:
    lanes = "&".join(f"lane={slug}" for slug in slugs)
    return f"surface=rosenbrock&steps={steps}&{lanes}&show=basins"


def _following(page: Page) -> tuple[list[float], list[float]]:
    rates: list[float] = []
    beside: list[float] = []
    page.locator(".ov-stage").hover()
    page.keyboard.press("End")
    for lane in range(ROUNDS):
        _dragged(page, lane)
        rates.append(page.evaluate("mapRate()"))
        beside += page.evaluate("latencies(1)")
    return rates, beside


def _drawn(page: Page) -> list[float]:
    """Return how many maps a second the browser's graphics make, of the lecture's rules."""
    folder = f"/api/player/{assets.fingerprint()}"
    given = {"folder": folder, "rules": LECTURES, "steps": LIVE_STEPS, "count": DRAWS}
    return page.evaluate(DRAWN, given)


def _released(page: Page, lane: int) -> float:
    """Return the time from the end of a drag to its fine map."""
    if not lane:
        page.locator(".ov-stage").hover()
        page.keyboard.press("End")
    _dragged(page, lane)
    return page.evaluate(f"mappedAfter({SIDE})")


def _dragged(page: Page, lane: int) -> None:
    """Drag a lane's learning rate once its maps are compiled, and wait for what follows."""
    fine = f"() => witness.mapped.some(([, n]) => n >= {SIDE})"
    page.evaluate("forget()")
    page.locator(".ov-card-name:visible").nth(lane).click()
    if lane:
        page.wait_for_function(fine, timeout=60_000)
    page.wait_for_timeout(SETTLE)
    page.evaluate("forget()")
    drag_slider(page, lane)
    page.wait_for_function(f"() => mappedAfter({SIDE}) < Infinity", timeout=60_000)
    page.wait_for_timeout(SETTLE)
