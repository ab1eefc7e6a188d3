"""The page of maps: one for every optimizer, counted, in order; a cell leads to its race."""

from __future__ import annotations

import json
import re
from functools import cache
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from optviz import Race, run_map
from optviz.commandline import text
from optviz.maps.grids import DIVERGED

RACE = (
    "surface=himmelblau&steps=200&lane=adam,lr:0.05&lane=sgd,lr:0.01"
    "&lane=momentum,lr:0.002,alpha:0.8&lane=sgd,lr:0.1,label:Wild"
)
# Learning rates of all maps: those of most sliders, and so of every lane here.
RATES = (1e-5, 10.0)
AXES = [("lr", "rho1"), ("lr", "x"), ("lr", "alpha"), ("lr", "x")]
SHARED = """async () => {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const player = loaded.find((name) => name.endsWith('/player.js'));
  const { SharedPlaces } = await import(player.replace('player.js', 'maps/sharedplaces.js'));
  const shared = new SharedPlaces({ x: [-1, 1], y: [-1, 1] });
  const low = { kind: 'minimum', point: [0, 0] };
  const side = { kind: 'local minimum', point: [0.5, 0] };
  const other = { kind: 'saddle', point: [0.5, 0] };
  const again = { kind: 'local minimum', point: [0.5001, 0] };
  return [[low, side], [low, other, again]].map((places) =>
    [...shared.adopt({ places, place: Float32Array.of(-2, 0, -1, 1, places.length - 1) }).place]);
}"""


class Maps:
    """The maps on a screen."""

    def __init__(self, screen) -> None:
        self.screen, self.page = screen, screen.page
        self.tiles = screen.region("Maps").locator(".ov-tile")

    def settled(self) -> None:
        """Wait until every map that is wanted has come."""
        expect(self.page.locator(".ov-maps-list")).to_have_attribute("aria-busy", "false")

    def names(self) -> list[str]:
        return self.tiles.get_by_role("heading").all_inner_texts()

    def told(self) -> dict[str, str]:
        """Return what is told of each map to those who hear the page, by its name, in order."""
        texts = self.tiles.get_by_role("link").evaluate_all("(all) => all.map((a) => a.ariaLabel)")
        return dict(text.split(": ", 1) for text in texts)

    def choose(self, menu: str, value: str) -> None:
        self.page.get_by_role("combobox", name=menu, exact=True).select_option(value=value)


@pytest.fixture
def mapped(visit):
    """Open the page of maps and wait until all are there."""

    def opened(query: str, **options) -> Maps:
        maps = Maps(visit.enter(query, path="maps", reduced_motion="reduce", **options))
        maps.settled()
        return maps

    return opened


def percent(share: float) -> str:
    return text.percent(share).replace("%", " %")


@cache
def counted() -> dict[str, tuple[float, float]]:
    """Return the shares that reach a minimum, and that diverge, of each lane by its label."""
    race, found = Race.from_query(RACE), {}
    for lane, axes in enumerate(AXES):
        done = run_map(race, lane, axes, x=RATES, n=64)
        lowest = [index for index, place in enumerate(done.places) if place.kind == "minimum"]
        reached = np.isin(done.place, lowest).mean()
        found[race.lanes[lane].label] = reached, (done.place == DIVERGED).mean()
    return found


def sentences() -> dict[str, str]:
    return {
        label: f"of 4,096 settings, {percent(reached)} reach a global minimum, "
        f"{percent(lost)} diverged"
        for label, (reached, lost) in counted().items()
    }


def test_every_lane_has_its_map_the_most_robust_first_and_the_link_keeps_all(mapped):
    at_once: list[int] = [0]

    def listen(page):
        def one(step: int):
            return lambda asked: "/api/map?" in asked.url and at_once.append(at_once[-1] + step)

        page.on("request", one(1))
        page.on("requestfinished", one(-1))

    maps = mapped(f"{RACE}&who=race", meddle=listen)
    shares = [re.findall(r"starts, (\S+) % reach", told) for told in maps.told().values()]
    reached = [float(share.strip("<>")) for (share,) in shares]
    assert reached == sorted(reached, reverse=True)
    # What each was run with, in symbols.
    values = maps.tiles.filter(has_text="Wild").locator(".ov-tile-values")
    expect(values).to_have_text(re.compile(r"^\S+ 0\.1$"))

    # Maps that have not the same sides are not ranked, and it is said why.
    maps.choose("Map of", "own")
    maps.settled()
    assert maps.told() == sentences()
    assert maps.names() == [*counted()]
    expect(maps.page.get_by_text("The axes differ, so the shares are not compared")).to_be_visible()
    expect(maps.page.get_by_role("option", name="most robust first")).to_have_count(0)
    assert max(at_once) <= 2
    maps.choose("Order", "name")
    maps.screen.until(lambda: maps.names() == sorted(counted()), "them by name")
    maps.screen.until(lambda: maps.screen.address().get("sort") == ["name"], "it in the link")
    maps = mapped(urlsplit(maps.page.url).query)
    assert maps.told() == sentences()
    assert maps.names() == sorted(maps.names())

    assert maps.page.evaluate(SHARED) == [[-2, 0, -1, 1, 1], [-2, 0, -1, 2, 1]]


def test_where_there_is_no_minimum_none_is_said_to_be_reached(mapped):
    held: list | None = []

    def hold(route) -> None:
        route.continue_() if held is None else held.append(route)

    maps = mapped(
        f"{RACE}&who=race",
        new=True,
        meddle=lambda page: page.route("**/api/map?*surface=saddle*", hold),
    )
    first = maps.tiles.first
    expect(first).to_contain_text("% reach a global minimum")
    maps.screen.choose("Surface", "Saddle")
    # What was true of the surface before is not said under the name of this one.
    expect(first.get_by_role("link")).to_have_accessible_name(re.compile("is on its way$"))
    expect(maps.tiles.filter(has_text="reach")).to_have_count(0)
    waiting, held = held, None
    for route in waiting:
        route.continue_()
    maps.settled()
    assert all(re.fullmatch(r".* diverged, \S+ % at rest", told) for told in maps.told().values())
    assert maps.names() == [*counted()]
    legend = maps.page.get_by_role("list", name="Legend")
    expect(legend).not_to_contain_text("not there yet")
    expect(maps.page.get_by_text("This surface has no minimum to reach")).to_be_visible()


def test_a_cell_is_read_in_all_maps_and_leads_to_its_race(mapped):
    maps = mapped(f"{RACE}&who=race")
    plot = maps.tiles.filter(has_text="Momentum").get_by_role("link")
    plot.focus()
    said = maps.page.get_by_role("status").filter(has_text="x = ")
    expect(said).to_have_count(1)
    for key, where in (("End", r"x = 5\.00, y = "), ("b", r"x = (?!5\.00).* since step ")):
        plot.press(key)
        expect(said).to_have_text(re.compile(where))
    # A key that is held down: only where it rests is told.
    said.evaluate("""(line) => {
      window.heard = [];
      const keep = () => window.heard.push(line.textContent);
      const anyText = { childList: true, characterData: true, subtree: true };
      new MutationObserver(keep).observe(line, anyText);
      const right = { key: 'ArrowRight', shiftKey: true, bubbles: true, cancelable: true };
      for (let i = 0; i < 3; i += 1)
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', right));
    }""")
    maps.screen.until(lambda: maps.page.evaluate("heard.length"), "where it rests")
    assert len(maps.page.evaluate("heard")) == 1
    expect(said).to_contain_text("minimum")
    heard = said.inner_text()
    ((x, y, at),) = re.findall(r"x = (\S+), y = (\S+), at minimum .* since step (\d+)", heard)
    here = [float(text.replace("−", "-")) for text in (x, y)]  # noqa: RUF001
    for tile in maps.tiles.all():
        expect(tile.locator(".ov-tile-aside")).to_have_text(re.compile(r"step \d|not there"))
    plot.press("Enter")
    maps.screen.ready()
    assert maps.screen.address()["chosen"] == ["2"]
    start = [*map(float, maps.screen.address()["start"][0].split(","))]
    assert np.allclose(start, here, atol=0.01)
    # With all digits of the cell, of whichever map was there: a start nearby is another race.
    grids = [np.linspace(-5, 5, n) for n in (64, 127)]
    assert any(all(abs(grid - value).min() < 1e-13 for value in start) for grid in grids)
    table = {row[0]: row[1] for row in maps.screen.results()}
    (step,) = re.findall(r"converged at step (\d+)", table["Momentum"])
    # The map is of float32.
    assert int(step) == pytest.approx(int(at), abs=1)


def test_a_broken_link_and_a_refused_map_say_so_and_the_rest_is_shown(mapped, visit):
    visit.expects_refusals = True
    refusal = {"status": 422, "body": json.dumps({"problems": ["It is too late for this one."]})}
    maps = mapped(
        f"{RACE}&who=race&over=start&lane=nope",
        screen="phone",
        meddle=lambda page: page.route(
            "**/api/map?*lane=momentum*", lambda route: route.fulfill(**refusal)
        ),
    )
    for sentence in ("There is no map 'start'. Did you mean 'starts'?", "no optimizer 'nope'"):
        expect(maps.page.get_by_text(sentence)).to_be_visible()
    told = maps.told()
    assert told.pop("Momentum") == "It is too late for this one."
    shares = r"of 4,096 starts, \S+ % reach a global minimum, \S+ % diverged"
    assert all(re.fullmatch(shares, text.replace("<1", "1")) for text in told.values()), told
    assert len(told) == 3
    assert maps.names()[-1] == "Momentum"
    # A finger reads, wherever it is; what opens the race is a link of its own, below the map.
    plot = maps.tiles.locator(".ov-tile-plot").first
    card = maps.page.get_by_role("group", name="Cell")
    read = []
    for across in (100, 118):
        plot.tap(position={"x": across, "y": 60})
        expect(card).to_contain_text("x = ")
        read.append(card.inner_text())
    assert read[0] != read[1]
    assert card.bounding_box()["y"] >= plot.bounding_box()["y"] + plot.bounding_box()["height"] - 1
    assert maps.page.url.startswith(f"{visit.server}/maps")
    card.get_by_role("link", name="Race from here").tap()
    maps.screen.ready()
    assert "basins" in maps.screen.address()["show"]
