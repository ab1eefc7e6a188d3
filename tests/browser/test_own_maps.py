"""Maps that the browser makes itself: they are the server's; while one drags nobody is asked."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from optviz import RULES, Change, Lane, Race, Schedule, run_map
from optviz.api import assets
from optviz.conditions import known_places, tolerance_of
from optviz.maps.grids import DIVERGED, RUNNING

# Cells of the server's map between two of the browser's: a border is looked for in between.
FINER = 2
# Of the tolerance, and in steps: so little is rounding.
SURE, LATE = 0.01, 2
# A path that grazes a place, in and out again, has no step of its own: there are so few.
FEW = 0.02
# Makes a map as the page does, once all that it needs has come.
MAKE = """async ({ folder, race, over, patient }) => {
  const parts = ["live/draws", "live/kernels", "live/ownmaps", "server/client", "state/store"];
  const [{ Draws }, { Kernels }, { OwnMaps }, { httpApi }, { Store }] =
    await Promise.all(parts.map((name) => import(`${folder}/${name}.js`)));
  const catalogue = await (await fetch("/api/catalogue")).json();
  const store = new Store({ catalogue, race, view: { chosen: 0, show: [], hidden: [] } });
  const own = new OwnMaps({ store, kernels: new Kernels(), draws: new Draws(httpApi("/api")) });
  for (let turn = 0; turn < 1200; turn += 1) {
    const map = await own.map(race, 0, { over }, { patient });
    if (map) {
      own.destroy();
      const { n, places, precision, place, step, excess } = map;
      const numbers = { place: [...place], step: [...step], excess: [...excess].map(String) };
      return { n, places, precision, ...numbers };
    }
    await new Promise((done) => setTimeout(done, 25));
  }
}"""
NO_GRAPHICS = """() => {
  for (const kind of [HTMLCanvasElement, OffscreenCanvas]) {
    const { getContext } = kind.prototype;
    kind.prototype.getContext = function (name, ...options) {
      return name.startsWith("webgl") ? null : getContext.call(this, name, ...options);
    };
  }
}"""
NO_WORKERS = "() => { delete window.Worker; }"
KEPT_CONTEXTS = """() => {
  window.contexts = [];
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (name, ...options) {
    const made = getContext.call(this, name, ...options);
    if (name === "webgl2") window.contexts.push(made);
    return made;
  };
}"""
LOSE = """() => contexts.filter((one) => !one.isContextLost())
  .forEach((one) => one.getExtension('WEBGL_lose_context').loseContext())"""
MAPPED = "() => performance.getEntriesByName('ov:mapped').map(({ detail }) => detail)"
FORGET = "() => performance.clearMarks('ov:mapped')"
RATE, DECAY = "Adam: learning rate", "Adam: decay of the average of g squared"
RACE = "surface=himmelblau&lane=adam,lr:0.05&lane=momentum,lr:0.01,alpha:0.9&steps=300"
FINE = 256


def refusing(*scripts: str):
    """Return what makes a page do without something."""
    return lambda page: [page.add_init_script(f"({script})()") for script in scripts]


@pytest.fixture
def made(visit):
    """Return a function that has a browser make a map."""

    def make(race: Race, over: tuple[str, str], *, workers: bool = False) -> dict[str, Any]:
        meddle = refusing(NO_GRAPHICS) if workers else None
        screen = visit.enter(path="api/openapi.json", new=True, meddle=meddle)
        given = {
            "folder": f"/api/player/{assets.fingerprint()}",
            "race": race.plain(),
            "over": over,
            "patient": not workers,
        }
        came = screen.page.evaluate(MAKE, given)
        assert came, "no map was made"
        for name in ("place", "step", "excess"):
            came[name] = np.array(came[name], float).reshape(came["n"], came["n"])
        return came

    return make


def around(finer: np.ndarray) -> Any:
    """Return of every FINER-th cell all within so many cells of it, along the last axis."""
    padded = np.pad(finer, FINER, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (2 * FINER + 1, 2 * FINER + 1))
    return windows[::FINER, ::FINER].reshape(*finer[::FINER, ::FINER].shape, -1)


def differing(ours: dict[str, Any], race: Race, over: tuple[str, str]) -> list[str]:
    """Return what a map says that the server's does not.

    A place may be another within one cell of a border; where the server's own precisions end apart,
    rounding decides.
    """
    known = known_places(race.objective)
    assert [one["kind"] for one in ours["places"]] == [one.kind for one in known]
    single, double = (
        run_map(race, 0, over, n=FINER * (ours["n"] - 1) + 1, dtype=dtype)
        for dtype in ("float32", "float64")
    )
    apart = np.hypot(*np.moveaxis(single.end - double.end, -1, 0))
    sure = apart <= SURE * tolerance_of(race.objective)
    sure |= (single.place == DIVERGED) & (double.place == DIVERGED)
    # What else the server has found, a browser does not know.
    near = around(np.where(double.place < len(known), double.place, RUNNING))
    place, steps = near[..., 0], double.step[::FINER, ::FINER]
    inner = around(sure).all(axis=-1) & (near == near[..., :1]).all(axis=-1)
    other = inner & (place != ours["place"])
    same = inner & (place == ours["place"]) & (place != RUNNING)
    late = same & (abs(ours["step"] - steps) > LATE)
    lost = other & (ours["place"] == DIVERGED)
    faults = []
    if other.any():
        faults.append(f"{other.sum()} cells differ that are near no border")
    if lost.any():
        faults.append(f"{lost.sum()} cells are said to diverge that do not")
    if late.sum() > FEW * same.sum():
        faults.append(f"{late.sum()} cells arrive at other steps")
    return faults


@pytest.mark.parametrize(
    ("rule", "surface"),
    [
        ("sgd", "ackley"),
        ("momentum", "rosenbrock"),
        ("nesterov", "himmelblau"),
        ("rmsprop", "himmelblau"),
        ("adam", "rosenbrock"),
    ],
)
def test_a_map_by_graphics_is_the_servers(rule, surface, made):
    race = Race(surface, [rule], steps=300)
    names = [*RULES[rule].hyperparameters, "x"]
    for over in (("x", "y"), (names[0], names[1])):
        ours = made(race, over)
        assert ours["precision"] == "float32"
        assert differing(ours, race, over) == [], over


EVENTFUL = Race(
    "rosenbrock",
    [Lane("adam", lr=0.02)],
    steps=1200,
    shape={"b": 40.0},
    schedule=Schedule("cosine", end=0.1),
    noise=0.05,
    noise_decay=0.01,
    seed=7,
    changes=[Change(300, 0, rho2=0.99), Change(700, schedule=Schedule("step_drop", every=100))],
)


@pytest.mark.parametrize("over", [("x", "y"), ("lr", "rho1")])
def test_noise_schedules_changes_and_several_draws_are_the_servers_too(over, made):
    ours = made(EVENTFUL, over)
    assert ours["precision"] == "float32"
    assert differing(ours, EVENTFUL, over) == []


@pytest.mark.parametrize("over", [("x", "y"), ("lr", "rho1")])
def test_a_map_by_workers_is_the_servers_in_float64(over, made):
    ours = made(EVENTFUL, over, workers=True)
    assert ours["precision"] == "float64"
    assert differing(ours, EVENTFUL, over) == []


def test_a_wrong_map_is_noticed(made):
    """The tests above could not fail if everything were near a border."""
    race = Race("himmelblau", ["sgd"], steps=300)
    ours = made(race, ("x", "y"))
    other = race.replace(lanes=[Lane("sgd", lr=2 * race.lanes[0].values["lr"])])
    assert differing(ours, other, ("x", "y"))
    ours["place"][0, 0] = DIVERGED
    assert "1 cells are said to diverge that do not" in differing(ours, race, ("x", "y"))


@pytest.fixture
def dragged(visit):
    """Open a race with a map, drag a rate, and return the screen, held, and what was asked."""

    def drag(query: str, slider: str, *scripts: str, before: str = ""):
        screen = visit.open(query, reduced_motion="reduce", new=True, meddle=refusing(*scripts))
        page = screen.page
        screen.until(lambda: FINE in page.evaluate(MAPPED), "the fine map")
        # Programs are fetched once the first map is shown, and made ready when there is time.
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        x, y = screen.thumb(screen.slider(slider))
        screen.press(x, y)
        for way in range(1, 4):
            if before:
                page.evaluate(before)
            page.evaluate(FORGET)
            page.mouse.move(x - 15 * way, y, steps=3)
            screen.until(lambda: page.evaluate(MAPPED), "a map under the thumb")
        return screen, requests

    return drag


# A map, and what it depends on.
SHOWN = {
    "start map": (f"{RACE}&show=basins", RATE),
    "hyperparameter map": (f"{RACE}&chart=map", DECAY),
}


@pytest.mark.parametrize("shown", SHOWN)
def test_a_drag_with_a_map_asks_nobody(dragged, shown):
    screen, requests = dragged(*SHOWN[shown])
    assert requests == []
    note = screen.page.locator(".ov-precision:visible").first
    expect(note).to_contain_text("float32, made here")
    screen.page.mouse.up()
    screen.until(lambda: FINE in screen.page.evaluate(MAPPED), "the server's map")
    assert [url for url in requests if "/api/map?" in url and f"n={FINE}" in url]
    expect(screen.page.locator(".ov-precision:visible").first).to_have_text(
        re.compile("^float32\n?: Computed by the server")
    )


@pytest.mark.parametrize("shown", SHOWN)
def test_without_graphics_workers_make_the_map_and_nobody_is_asked(dragged, shown):
    screen, requests = dragged(*SHOWN[shown], NO_GRAPHICS)
    assert [url for url in requests if "/api/" in url and "cellworker" not in url] == []
    note = screen.page.locator(".ov-precision:visible").first
    expect(note).to_have_text(re.compile("^made here"))
    screen.page.mouse.up()


def test_a_context_that_is_lost_stops_no_map(dragged):
    screen, requests = dragged(*SHOWN["start map"], KEPT_CONTEXTS, before=LOSE)
    assert [url for url in requests if "/api/map?" in url] == []
    screen.page.mouse.up()


def test_without_graphics_and_workers_the_server_makes_the_map(dragged):
    screen, requests = dragged(*SHOWN["start map"], NO_GRAPHICS, NO_WORKERS)
    assert [url for url in requests if "/api/map?" in url]
    expect(screen.page.locator(".ov-precision").first).not_to_contain_text("made here")
    screen.page.mouse.up()
