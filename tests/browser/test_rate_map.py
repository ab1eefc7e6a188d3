"""The map of two hyperparameters: what becomes of a lane; its cross-hair moves both sliders."""

from __future__ import annotations

import re
from math import log
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

RACE = "surface=ravine&lane=momentum,lr:0.02,alpha:0.5&lane=sgd&steps=300&chart=map"
TITLE = re.compile("^. momentum$")
RATE, MOMENTUM = "Momentum: learning rate", "Momentum: momentum"
# The largest curvature of the ravine, and the ends of the map.
CURVATURE = 25
LOWEST, HIGHEST, MOST_MOMENTUM = 1e-5, 10.0, 0.999
# The colour of the map at shares of its sides, and that of an entry of the legend.
COLOR = """([u, v]) => {
  const hair = document.querySelector('.ov-crosshair');
  const canvas = document.querySelector('.ov-ratemap-plot canvas');
  const x = hair.offsetLeft + u * hair.offsetWidth;
  const y = hair.offsetTop + (1 - v) * hair.offsetHeight;
  const [r, g, b] = canvas.getContext('2d')
    .getImageData(Math.round(x * devicePixelRatio), Math.round(y * devicePixelRatio), 1, 1).data;
  return `rgb(${r}, ${g}, ${b})`;
}"""
SWATCH = "(entry) => getComputedStyle(entry.firstElementChild).backgroundColor"


class RateMap:
    """The map on a screen."""

    def __init__(self, screen, arrived: list[str]) -> None:
        self.screen, self.page, self.arrived = screen, screen.page, arrived
        self.region = screen.region("Hyperparameter map")
        self.hair = self.region.get_by_role("slider")
        self.seen = 0

    def sizes(self) -> list[int]:
        """Return how many cells along a side the maps have that arrived, one after the other."""
        maps = [urlsplit(url) for url in self.arrived if "/api/map?" in url]
        return [int(parse_qs(one.query)["n"][0]) for one in maps]

    def new_sizes(self) -> list[int]:
        """Wait for a fine map and return those that arrived since the last fine one."""
        sizes = self.screen.until(
            lambda: new if (new := self.sizes()[self.seen :]) and new[-1] == 256 else None,
            "the fine map",
        )
        self.seen += len(sizes)
        return sizes

    def told(self) -> str:
        """Return what is told of the map in words."""
        name = self.region.get_by_role("img").get_attribute("aria-label") or ""
        return name.partition(": ")[2]

    def color(self, across: float, up: float) -> str:
        return self.page.evaluate(COLOR, [across, up])

    def legend(self, label: str) -> str:
        """Return the colour of an entry of the legend."""
        return self.region.locator(".ov-fate").filter(has_text=label).evaluate(SWATCH)

    def values(self) -> list[float]:
        """Return learning rate and momentum as their sliders tell them."""
        return [float(self.screen.field(name).input_value()) for name in (RATE, MOMENTUM)]

    def axis(self, side: str):
        return self.region.get_by_role("combobox", name=side)

    def at(self, across: float, up: float) -> tuple[float, float]:
        """Return the pixel of the page at shares of the map's sides."""
        box = self.hair.bounding_box()
        assert box, "there is no map"
        return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]


@pytest.fixture
def mapped(visit):
    """Open a map and wait until it is fine."""

    def opened(query: str = RACE) -> RateMap:
        arrived: list[str] = []
        listen = lambda page: page.on("requestfinished", lambda one: arrived.append(one.url))  # noqa: E731
        rates = RateMap(visit.open(query, reduced_motion="reduce", meddle=listen), arrived)
        sizes = rates.new_sizes()
        assert sizes[0] < 256, "a coarse map comes first"
        rates.screen.until(rates.told, "the map in words")
        return rates

    return opened


def share(rate: float) -> float:
    """Return where a learning rate lies along its side."""
    return log(rate / LOWEST) / log(HIGHEST / LOWEST)


@pytest.mark.parametrize("side", ["Across the map", "Up the map"])
def test_the_map_diverges_beyond_the_line_of_theory(mapped, side):
    rates = mapped()
    if side == "Up the map":
        rates.axis(side).select_option(value="lr")
        expect(rates.axis("Across the map").locator("option:checked")).to_have_text(TITLE)
        rates.new_sizes()
    rates.screen.until(
        lambda: re.match(r"at the minimum \S+ %, not there", rates.told()), "the shares"
    )
    assert re.search(r"diverged \S+ %$", rates.told())
    lost = rates.legend("diverged")
    assert len({lost, rates.legend("at the minimum"), rates.legend("not there yet")}) == 3
    order = 1 if side == "Across the map" else -1
    for up in (0.15, 0.45, 0.75):
        limit = share(2 * (1 + up * MOST_MOMENTUM) / CURVATURE)
        at = lambda rate, up=up: rates.color(*(rate, up)[::order])  # noqa: E731
        rates.screen.until(lambda at=at, limit=limit: at(limit + 0.04) == lost, "what diverged")
        assert at(limit - 0.04) != lost
        # The line itself, dark on light or light between its dashes, is as grey as ink and paper.
        red, green, blue = map(int, re.findall(r"\d+", at(limit)))
        assert at(limit) != lost
        assert max(red, green, blue) - min(red, green, blue) < 40


def test_the_cross_hair_moves_both_sliders_and_the_race_but_not_the_map(mapped):
    rates = mapped()
    screen, before = rates.screen, rates.values()
    asked: list[str] = []
    rates.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    address, loss, told = rates.page.url, screen.loss("Momentum"), rates.told()
    screen.press(*rates.at(0.5, 0.5))
    loss = screen.changed_loss("Momentum", loss)
    rates.page.mouse.move(*rates.at(0.4, 0.8), steps=5)
    screen.changed_loss("Momentum", loss)
    expect(screen.field(RATE)).to_have_value(re.compile(r"0\.0025\d*"))
    assert rates.values()[1] == pytest.approx(0.8 * MOST_MOMENTUM, abs=0.01)
    assert rates.page.url == address, "nothing is told before the release"
    rates.page.mouse.up()
    rate, momentum = rates.values()
    lane = f"momentum,alpha:{momentum:g},lr:{rate:g}"
    screen.until(
        lambda: sorted(screen.address()["lane"][0].split(",")) == sorted(lane.split(",")),
        "both values in the address bar",
    )
    expect(rates.hair).to_have_attribute("aria-valuetext", re.compile(f"momentum {momentum:g}; "))
    assert screen.address()["lane"][1].startswith("sgd")

    rates.hair.press("ArrowRight")
    rates.hair.press("Shift+ArrowUp")
    further = rates.values()
    assert further[0] > rate
    assert further[1] == pytest.approx(momentum + MOST_MOMENTUM / 20, abs=0.002)
    rates.hair.press("Home")
    rates.hair.press("PageUp")
    assert rates.values() == [LOWEST, MOST_MOMENTUM]
    rates.hair.dblclick()
    suggested = rates.values()
    assert suggested != before
    for name in (RATE, MOMENTUM):
        expect(screen.button(f"{name}, restore the default")).to_be_hidden()
    assert rates.told() == told
    assert "/api/map" not in asked


def test_the_map_follows_everything_else(mapped):
    rates = mapped()
    told = rates.told()
    rates.screen.slider("condition number").press("End")
    assert rates.new_sizes()[-1] == 256
    told = rates.screen.until(lambda: now if (now := rates.told()) != told else "", "a new map")

    # Another colour needs no other map; a rule with the learning rate only varies the start, too.
    rates.region.get_by_role("combobox", name="Colour").select_option(label="Final loss")
    expect(rates.region.locator(".ov-fate").first).to_contain_text("10")
    assert rates.sizes()[rates.seen :] == []
    rates.screen.region("Results").get_by_role("button", name="SGD").click()
    expect(rates.axis("Up the map").locator("option:checked")).to_have_text("x of the start")
    rates.new_sizes()
    x, y = rates.at(0.6, 0.9)
    rates.page.mouse.move(x, y)
    tip = rates.region.get_by_role("tooltip")
    expect(tip).to_contain_text(
        re.compile(r"ε = 0\.0\d+, x = (3\.9|4\.0)\d(at minimum|not|diverged)")
    )
    rates.page.mouse.click(x, y)
    rates.screen.until(
        lambda: re.match(r"(3\.9|4\.0)\d+,", rates.screen.address().get("start", [""])[0]),
        "the start of the cell, with all its digits",
    )
    rates.screen.region("Results").get_by_role("button", name="Momentum").click()
    expect(rates.axis("Up the map").locator("option:checked")).to_have_text(TITLE)


def test_a_slider_dragged_away_and_back_leaves_a_fine_map(mapped):
    rates = mapped()
    screen, slider = rates.screen, rates.screen.slider("condition number")
    value, told = slider.input_value(), rates.told()
    x, y = screen.thumb(slider)
    screen.press(x, y)
    rates.page.mouse.move(x + 40, y, steps=4)
    screen.until(lambda: rates.told() != told, "a coarse map")
    # Back, and let go beside it: the browser tells of no change.
    rates.page.mouse.move(x, y - 30, steps=4)
    screen.until(lambda: slider.input_value() == value, "the value of before")
    rates.page.mouse.up()
    assert rates.new_sizes()[-1] == 256
    screen.until(lambda: rates.told() == told, "the map of before")


def test_the_best_cell_is_taken_and_converges_as_it_says(mapped):
    rate_map = mapped()
    rate_map.region.get_by_role("button", name="Best cell").click()
    said = rate_map.region.get_by_text(re.compile("^Best cell: .*at minimum .* since step"))
    expect(said).to_be_visible()
    step = re.search(r"since step (\d+)", said.inner_text())
    assert step
    rate_map.screen.until(
        lambda: f"converged at step {step[1]}" in rate_map.screen.results()[0][1], "its race"
    )
    # Nothing that a map of 256 by 256 cells has tried is sooner than what was found by hand.
    assert int(step[1]) < 40
    rate_map.page.keyboard.press("Shift+B")
    sooner = f"No cell of this map is sooner: the present values arrive at step {step[1]}."
    expect(rate_map.page.get_by_text(sooner)).to_have_count(2)


def test_a_click_brings_the_run_that_the_tip_has_told_of(mapped):
    rates = mapped()
    rates.page.mouse.move(*rates.at(0.62, 0.55))
    tip = rates.region.get_by_role("tooltip")
    expect(tip).to_contain_text(re.compile(r"since step \d+"))
    step = re.search(r"since step (\d+)", tip.inner_text())
    assert step
    said = f"converged at step {step[1]}:"
    rates.page.mouse.click(*rates.at(0.62, 0.55))
    rates.screen.until(lambda: said in rates.screen.results()[0][1], f"{said} of the race")


def test_the_map_is_zoomed_and_as_large_as_the_picture(mapped):
    rate_map = mapped()
    region = rate_map.region
    small = region.get_by_role("img").bounding_box()
    region.get_by_role("button", name="Large").click()
    stage = rate_map.page.locator(".ov-stage").bounding_box()
    large = region.bounding_box()
    assert large
    assert small
    assert [large[side] for side in ("x", "y")] == [stage[side] for side in ("x", "y")]
    assert region.get_by_role("img").bounding_box()["height"] > 2 * small["height"]

    lowest = float(rate_map.hair.get_attribute("aria-valuemin"))
    for _ in range(8):
        region.get_by_role("button", name="Zoom into the map").click()
    low, high = (float(rate_map.hair.get_attribute(f"aria-value{end}")) for end in ("min", "max"))
    assert low > lowest
    assert log(high / low) == pytest.approx(log(HIGHEST / LOWEST) / 1.6**8, rel=1e-6)
    url = rate_map.screen.until(lambda: (u := rate_map.arrived[-1]) and "across=" in u and u, "it")
    assert [float(x) for x in parse_qs(urlsplit(url).query)["across"][0].split(",")] == [low, high]
    region.get_by_role("button", name="Show the whole map").click()
    assert float(rate_map.hair.get_attribute("aria-valuemin")) == lowest
    rate_map.page.keyboard.press("Escape")
    again = region.get_by_role("img").bounding_box()
    assert [again[side] for side in ("x", "width")] == [small[side] for side in ("x", "width")]
