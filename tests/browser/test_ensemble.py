"""Many seeds of the noise: where they end, how their losses spread, live and in words."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Route, expect

from optviz import Race, run_ensemble
from optviz.commandline.text import percent

NOISE = "noise=30&noise_decay=0.03"
RACE = "surface=himmelblau&start=-0.2,-0.9&steps=300&lane=sgd,lr:0.012&lane=adam,lr:0.05"
FINE, COARSE, HERE = 256, 64, 20
PICTURE = "() => document.querySelector('.ov-cloud')?.toDataURL() ?? ''"
# Where the cloud is painted, as shares of the picture's width and height.
PAINTED = """(points) => {
  const canvas = document.querySelector('.ov-cloud');
  const pen = canvas.getContext('2d');
  return points.map(([across, down]) => pen.getImageData(
    Math.floor(across * canvas.width), Math.floor(down * canvas.height), 1, 1).data[3] > 0);
}"""
HAVE_DRAWS = """() => performance.getEntriesByType('resource').some(
  ({ name, responseEnd }) => name.includes('seeds=20') && responseEnd > 0)"""
CHART = "() => document.querySelector('.ov-chart-canvas canvas').toDataURL()"


@pytest.fixture
def seeded(visit):
    """Open a race, and note the queries of the ensembles that came, as parts."""

    def opened(query, **options):
        asked: list[dict[str, list[str]]] = []

        def note(request):
            parts = urlsplit(request.url)
            if parts.path.endswith("/api/ensemble"):
                asked.append(parse_qs(parts.query))

        meddle = lambda page: page.on("requestfinished", note)  # noqa: E731
        return visit.open(query, meddle=meddle, reduced_motion="reduce", **options), asked

    return opened


def switch(screen):
    return screen.region("Experiment").get_by_role("switch", name="Many seeds")


def told(screen, optimizer):
    """Return the sentence about the seeds of an optimizer, once it is said."""
    start = re.compile(rf"^{optimizer} with \d+ seeds of the noise: .*\.$")
    said = screen.page.get_by_role("status").filter(has_text=start)
    expect(said).to_have_count(1)
    return said.inner_text()


def test_the_switch_shows_where_256_seeds_end_how_they_spread_and_the_link_keeps_it(seeded):
    screen, asked = seeded(RACE)
    screen.region("Experiment").get_by_text("Gradient noise").click()
    expect(switch(screen)).to_be_disabled()
    expect(screen.page.get_by_text("Without noise every seed gives the same path")).to_be_visible()
    field = screen.field("σ, standard deviation")  # noqa: RUF001
    field.fill("30")
    field.press("Enter")
    field = screen.field("decay of σ per step")  # noqa: RUF001
    field.fill("0.03")
    field.press("Enter")
    expect(switch(screen)).to_be_enabled()
    assert asked == []
    before = screen.page.evaluate(CHART)
    switch(screen).check()
    many = run_ensemble(Race.from_query(f"{RACE}&{NOISE}"), 0, FINE)
    share = percent(many.shares["converged"]).replace("%", " %")
    said = told(screen, "SGD")
    assert f"{share} reached a minimum" in said
    rest = percent(many.shares["running"]).replace("%", " %")
    assert (f"{rest} have not converged" in said) == (many.shares["running"] > 0)
    assert {tuple(parts["seeds"]) for parts in asked} == {(str(FINE),)}
    # Every end is painted, and what is far from all of them is not.
    ends = np.stack([many.end[:, 0] + 5, 5 - many.end[:, 1]], axis=1) / 10
    assert all(screen.page.evaluate(PAINTED, ends.tolist()))
    assert not any(screen.page.evaluate(PAINTED, [[0.5, 0.5], [0.02, 0.5], [0.98, 0.98]]))
    legend = screen.region("Loss").get_by_role("list", name="Median and bands")
    expect(legend).to_contain_text(f"of {FINE} seeds")
    assert screen.page.evaluate(CHART) != before
    chart = screen.region("Loss").get_by_role("img")
    expect(chart).to_have_attribute("aria-label", re.compile("Behind the lines, 256 seeds.*median"))

    # The other optimizer, after a reload; hidden, it has no cloud; in 3-D its cloud is not shown.
    screen.until(lambda: screen.address().get("show") == ["seeds"], "it in the link")
    screen.page.reload()
    screen.ready()
    told(screen, "SGD")
    screen.page.keyboard.press("n")
    told(screen, "Adam")
    screen.page.keyboard.press("h")
    screen.until(lambda: not screen.page.evaluate(PICTURE), "no cloud of a hidden path")
    expect(legend).to_be_hidden()
    screen.page.keyboard.press("h")
    told(screen, "Adam")
    screen.page.keyboard.press("s")
    screen.until(lambda: not screen.page.evaluate(PICTURE), "no cloud")
    expect(legend).to_be_hidden()


@pytest.mark.parametrize("draws", [True, False])
def test_the_cloud_follows_a_slider_before_its_release_and_says_who_diverged(visit, seeded, draws):
    """With the draws of some seeds at hand nobody is asked, without them the server is."""
    visit.expects_refusals = not draws
    without = "" if draws else f"*/api/draws?*seeds={HERE}*"
    screen, asked = seeded(f"{RACE}&{NOISE}&show=seeds&chosen=0", without=without)
    told(screen, "SGD")
    if draws:
        screen.until(lambda: screen.page.evaluate(HAVE_DRAWS), "the draws")
    picture, address = screen.page.evaluate(PICTURE), screen.page.url
    asked.clear()
    x, y = screen.thumb(screen.slider("SGD: learning rate"))
    screen.press(x, y)
    for way in (8, 16, 24):
        screen.page.mouse.move(x + way, y, steps=2)
        seen = picture
        picture = screen.until(
            lambda: now if (now := screen.page.evaluate(PICTURE)) != seen else "",  # noqa: B023
            "another cloud under the thumb",
        )
    assert screen.page.url == address
    assert {int(parts["seeds"][0]) for parts in asked} == (set() if draws else {COARSE})
    if draws:
        expect(screen.region("Loss").get_by_text(f"of {HERE} seeds")).to_be_visible()
    screen.page.mouse.up()
    screen.until(lambda: asked and asked[-1]["seeds"] == [str(FINE)], "all of the seeds at rest")
    field = screen.field("SGD: learning rate")
    field.fill("0.03")
    field.press("Enter")
    many = run_ensemble(Race.from_query(f"{RACE}&{NOISE}".replace("0.012", "0.03")), 0, FINE)
    share = percent(many.shares["diverged"]).replace("%", " %")
    assert share not in ("0 %", "100 %")
    screen.until(lambda: f"{share} diverged" in told(screen, "SGD"), f"{share} diverged")
    expect(screen.region("Loss").get_by_text("above the chart: diverged")).to_be_visible()


def test_what_is_long_in_coming_is_marked_as_of_before(seeded):
    screen, _ = seeded(f"{RACE}&{NOISE}&show=seeds&chosen=0")
    told(screen, "SGD")
    legend = screen.page.locator(".ov-cloud-legend")
    expect(legend).not_to_contain_class("ov-fading")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    screen.page.route("**/api/ensemble?*", hold)
    field = screen.field("SGD: learning rate")
    field.fill("0.003")
    field.press("Enter")
    expect(legend).to_contain_class("ov-fading")
    # This lets go of what is held.
    screen.page.unroute("**/api/ensemble?*")
    expect(legend).not_to_contain_class("ov-fading")
