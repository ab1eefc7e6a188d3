"""The start map: which place every start leads the chosen optimizer to, live and true."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from optviz import SURFACES

RACE = "surface=himmelblau&lane=sgd,lr:0.01&lane=adam,lr:0.05&steps=300"
FINE = 256
MINIMA = SURFACES["himmelblau"].minima
# Red, green and blue of the map at shares of the picture's width and height; none without a map.
COLOURS = """(places) => {
  const canvas = document.querySelector('.ov-basins-map');
  if (!canvas) return null;
  const pen = canvas.getContext('2d');
  return places.map(([across, down]) => [...pen.getImageData(
    Math.floor(across * canvas.width), Math.floor(down * canvas.height), 1, 1).data].slice(0, 3));
}"""
PICTURE = "() => document.querySelector('.ov-basins-map')?.toDataURL() ?? ''"


@pytest.fixture
def mapped(visit):
    """Open a race, and note the queries of the maps that came, as parts."""

    def opened(query, **options):
        maps: list[dict[str, list[str]]] = []

        def note(request):
            parts = urlsplit(request.url)
            if parts.path.endswith("/api/map"):
                maps.append(parse_qs(parts.query))

        meddle = lambda page: page.on("requestfinished", note)  # noqa: E731
        return visit.open(query, meddle=meddle, reduced_motion="reduce", **options), maps

    return opened


def legend(screen, optimizer):
    return screen.page.get_by_role("list", name=f"Where {optimizer} goes from every start")


def fine(screen, maps, what="the fine map", **parts):
    """Wait until the newest map is a fine one with these parts."""

    def there():
        asked = maps[-1] if maps else {"n": ["0"]}
        return int(asked["n"][0]) == FINE and all(
            re.search(text, str(asked[name])) for name, text in parts.items()
        )

    screen.until(there, what)


def shares(screen, optimizer):
    """Return the shares of the legend in percent by what they are of."""
    entries = legend(screen, optimizer).get_by_role("listitem").all_inner_texts()
    found = (
        re.fullmatch(r"(.+?)\s+[<>]?([\d.]+) %", entry.replace("\n", " ")) for entry in entries
    )
    return {match[1]: float(match[2]) for match in found if match}


def across_and_down(point):
    """Return where a point of the plane is, as shares of the picture's width and height."""
    return (point[0] + 5) / 10, (5 - point[1]) / 10


def numbers(text):
    return [float(number) for number in re.findall(r"-?[\d.]+", text.replace("−", "-"))]  # noqa: RUF001


def test_the_switch_shows_the_four_basins_of_himmelblau_and_the_link_keeps_it(mapped):
    screen, maps = mapped(RACE)
    screen.results()
    assert maps == [], "switched off, it costs nothing"
    screen.page.keyboard.press("b")
    fine(screen, maps)
    found = screen.until(lambda: shares(screen, "SGD"), "the shares")
    assert sum(found.values()) == pytest.approx(100, abs=3)
    places = [numbers(label) for label in found if label.startswith("minimum")]
    assert np.allclose(sorted(places), sorted(MINIMA), atol=0.01)

    said = screen.page.get_by_role("status").filter(has_text="Where SGD goes from every start: min")
    expect(said).to_contain_text("%")
    screen.until(lambda: screen.address().get("show") == ["basins"], "it in the link")
    screen.page.reload()
    screen.ready()
    expect(legend(screen, "SGD")).to_be_visible()

    # Another optimizer has another map; in 3-D there is none.
    screen.page.keyboard.press("n")
    expect(legend(screen, "Adam")).to_be_visible()
    screen.page.keyboard.press("3")
    expect(screen.button("Basins")).to_be_disabled()
    expect(legend(screen, "Adam")).to_be_hidden()
    screen.page.keyboard.press("3")
    expect(legend(screen, "Adam")).to_be_visible()
    screen.button("Basins").click()
    expect(legend(screen, "Adam")).to_be_hidden()
    assert screen.page.evaluate(PICTURE) == ""


def test_a_race_from_a_start_ends_where_the_map_says(mapped):
    screen, maps = mapped(f"{RACE}&show=basins")
    fine(screen, maps)
    under = screen.page.locator(".ov-reading")
    colours = screen.page.evaluate(COLOURS, [across_and_down(place) for place in MINIMA])
    assert len(set(map(tuple, colours))) == len(MINIMA)
    for place in ((0.2, 0.2), (0.62, 0.3), (0.13, 0.9), (0.9, 0.88), (0.3, 0.62)):
        before = screen.start()
        screen.page.mouse.move(*screen.on_contour(*place))
        expect(under).to_contain_text("minimum")
        x, y, step = numbers(under.inner_text().split("minimum")[1])
        end = pytest.approx((x, y), abs=0.01)
        screen.page.mouse.click(*screen.on_contour(*place))
        screen.until(lambda: screen.start() != before, "the start to move")  # noqa: B023
        screen.until(lambda: ended(screen)[1:] == end, f"the race to end at {x}, {y}")  # noqa: B023
        assert ended(screen)[0] == pytest.approx(step, abs=5)
        # The colour of the start is a shade of the one of its minimum.
        there = next(colour for colour, at in zip(colours, MINIMA, strict=True) if at == end)
        (here,) = screen.page.evaluate(COLOURS, [place])
        assert hue(here) == pytest.approx(hue(there), abs=25)
    count = len(maps)
    screen.press(*screen.centre(screen.handle()))
    screen.page.mouse.move(*screen.on_contour(0.5, 0.4), steps=8)
    screen.page.mouse.up()
    screen.until(lambda: screen.start() != before, "the start to follow")
    screen.results()
    assert len(maps) == count, "another start is on the same map"


def ended(screen):
    """Return the step at which the first optimizer converged, and where, as the table tells it."""
    return tuple(numbers(screen.results()[0][1]))


def hue(colour):
    """Return the hue of red, green and blue in degrees."""
    red, green, blue = colour
    most, least = max(colour), min(colour)
    if most == red:
        return 60 * (green - blue) / (most - least)
    if most == green:
        return 60 * (blue - red) / (most - least) + 120
    return 60 * (red - green) / (most - least) + 240


def test_the_map_follows_a_slider_before_its_release_and_the_axes(mapped):
    screen, maps = mapped(f"{RACE}&show=basins&chosen=1")
    fine(screen, maps)
    picture, address = screen.page.evaluate(PICTURE), screen.page.url
    maps.clear()
    x, y = screen.thumb(screen.slider("Adam: learning rate"))
    screen.press(x, y)
    for way in (20, 40, 60):
        screen.page.mouse.move(x + way, y, steps=4)
        seen = picture
        picture = screen.until(
            lambda: now if (now := screen.page.evaluate(PICTURE)) != seen else "",  # noqa: B023
            "another map under the thumb",
        )
    assert screen.page.url == address
    assert {int(asked["n"][0]) for asked in maps} <= {64, 48, 32, 24}
    screen.page.mouse.up()
    fine(screen, maps, "the fine map at rest")
    screen.page.keyboard.press("+")
    fine(screen, maps, "the map of a part of the plane", across=r"^\['-[0-4]\.?\d*,[0-4]\.?\d*'\]$")
    screen.choose("Surface", "Double well")
    fine(screen, maps, "the map of another surface", surface="double_well")
    found = screen.until(lambda: shares(screen, "Adam"), "the shares")
    assert {tuple(numbers(label)) for label in found} >= {(-1, 0), (1, 0)}
