"""The charts under the race: each is drawn, is in the link, and moves the one play-head."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&steps=400"
# What the tab says, what the chart is called, what the link calls it.
CHARTS = {
    "Loss": ("Loss", None),
    "Gradient": ("Gradient norm", "slope"),
    "Distance": ("Distance", "distance"),
    "Rate": ("Effective learning rate", "rate"),
    "Schedule": ("Schedule", "schedule"),
}
# How many pixels are painted left of the lines, where the axis has its numbers, and how many the
# lines have, which lie on a canvas of their own below.
PAINTED = """(region) => {
  const count = (canvas, left, right) => {
    const width = Math.round((right - left) * devicePixelRatio);
    const ctx = canvas.getContext('2d');
    const pixels = ctx.getImageData(left * devicePixelRatio, 0, width, canvas.height).data;
    let painted = 0;
    for (let i = 3; i < pixels.length; i += 4) painted += pixels[i] > 0;
    return painted;
  };
  const [lines, head] = region.querySelectorAll('canvas');
  return [count(head, 0, 36), count(lines, 40, lines.clientWidth)];
}"""
LINES = "(region) => region.querySelector('canvas').toDataURL()"


def listen(page):
    """Return the list of what is asked of the data plane from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition("/")[2]))
    return asked


def tab(screen, name):
    return screen.page.get_by_role("tab", name=name, exact=True)


def test_every_chart_has_lines_an_axis_a_link_and_the_play_head(visit):
    screen = visit.open(f"{RACE}&chart=schedule")
    screen.pause()
    for name, (called, slug) in CHARTS.items():
        tab(screen, name).click()
        expect(tab(screen, name)).to_have_attribute("aria-selected", "true")
        region = screen.region(called)
        expect(region.get_by_role("heading")).to_contain_text("by step")
        screen.until(lambda r=region: min(r.evaluate(PAINTED)) > 100, f"axis and lines of {called}")
        link = slug and [slug]
        screen.until(lambda it=link: screen.address().get("chart") == it, f"{called} in the link")
        seek_in(screen, region.get_by_role("img"))


def seek_in(screen, picture):
    """Press in the middle of a chart, then drag to the right: the play-head goes there."""
    box = picture.bounding_box()
    assert box
    x, y = screen.centre(picture)
    screen.page.mouse.click(x, y)
    middle = screen.step()
    assert abs(middle - 200) < 40
    screen.press(x, y)
    screen.page.mouse.move(x + box["width"] / 4, y, steps=4)
    screen.page.mouse.up()
    assert screen.step() > middle + 60


@pytest.mark.parametrize(("called", "slug"), [CHARTS["Gradient"], CHARTS["Rate"]])
def test_a_link_brings_its_chart(visit, called, slug):
    there = visit.open(f"{RACE}&chart={slug}")
    region = there.region(called)
    expect(region).to_be_visible()
    there.until(lambda: min(region.evaluate(PAINTED)) > 100, "the chart of the link")


def test_only_the_chart_that_is_seen_is_asked_for(visit):
    screen = visit.open(f"{RACE}&chart=schedule", reduced_motion="reduce", asking=True)
    asked = listen(screen.page)
    loss = screen.loss("Adam")
    screen.slider("Adam: learning rate").press("ArrowRight")
    loss = screen.changed_loss("Adam", loss)
    assert set(asked) & {"slopes", "inspection"} == set()
    tab(screen, "Gradient").click()
    region = screen.region("Gradient norm")
    screen.until(lambda: min(region.evaluate(PAINTED)) > 100, "the norms of the gradient")
    assert asked.count("slopes") == 1
    before = region.evaluate(LINES)
    screen.slider("Adam: learning rate").press("ArrowRight")
    screen.changed_loss("Adam", loss)
    screen.until(lambda: region.evaluate(LINES) != before, "the norms of the new race")
    assert asked.count("slopes") == 2
    assert "inspection" not in asked


def test_a_surface_without_a_known_minimum_has_no_distances_and_says_so(visit):
    screen = visit.open("surface=saddle&chart=distance", reduced_motion="reduce")
    region = screen.region("Distance")
    expect(region).to_contain_text("This surface has no minimum")
    expect(region.get_by_role("img")).to_be_hidden()
    tab(screen, "Loss").click()
    screen.until(lambda: min(screen.region("Loss").evaluate(PAINTED)) > 100, "the losses")


def test_distances_are_taken_from_positions_with_all_their_digits(visit):
    screen = visit.open(RACE, reduced_motion="reduce", asking=True)
    with screen.page.expect_request(lambda request: "rest=1" in request.url):
        tab(screen, "Distance").click()


def test_the_rates_of_all_optimizers_are_seen_with_the_chosen_one_in_front(visit):
    screen = visit.open(f"{RACE}&chart=rate", reduced_motion="reduce")
    region = screen.region("Effective learning rate")
    expect(region.get_by_role("heading")).to_contain_text("Adam in front")
    # Adam has a rate for each coordinate, SGD one.
    told = region.get_by_role("img")
    for words in ("Adam in x from", "Adam in y from", "SGD from 0.00100 to 0.00100"):
        expect(told).to_have_accessible_name(re.compile(re.escape(words)))
    screen.until(lambda: min(region.evaluate(PAINTED)) > 100, "the rates of Adam")
    before = region.evaluate(LINES)
    screen.region("Results").get_by_role("button", name="SGD").click()
    expect(region.get_by_role("heading")).to_contain_text("SGD in front")
    screen.until(lambda: region.evaluate(LINES) != before, "the rates of SGD")


def test_arrows_go_from_tab_to_tab_and_leave_the_play_head(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    keyboard, step = screen.page.keyboard, screen.step()
    called = {name: called for name, (called, _) in CHARTS.items()}
    called |= {"Map": "Hyperparameter map", "Finder": "Learning-rate finder"}
    tab(screen, "Loss").focus()
    for key, name in (
        ("ArrowRight", "Gradient"),
        ("End", "Finder"),
        ("ArrowRight", "Loss"),
        ("ArrowLeft", "Finder"),
        ("ArrowLeft", "Map"),
        ("ArrowLeft", "Schedule"),
        ("Home", "Loss"),
    ):
        keyboard.press(key)
        expect(tab(screen, name)).to_be_focused()
        expect(screen.region(called[name])).to_be_visible()
    assert screen.step() == step


def test_a_hidden_lane_leaves_every_chart(visit):
    screen = visit.open(f"{RACE}&chart=distance", reduced_motion="reduce")
    region = screen.region("Distance")
    screen.until(lambda: min(region.evaluate(PAINTED)) > 100, "the distances")
    both = region.evaluate(PAINTED)[1]
    screen.button("SGD, visible").click()
    screen.until(lambda: 0 < region.evaluate(PAINTED)[1] < both, "fewer lines")


BELOW = """(region) => {
  const canvas = region.querySelector('canvas');
  const { width, height } = canvas;
  const plot = height - 28 * devicePixelRatio;
  const from = Math.round(8 * devicePixelRatio + 0.74 * plot);
  const pixels = canvas.getContext('2d').getImageData(0, from, width, height - from).data;
  const rows = new Set();
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) rows.add(Math.floor(i / 4 / width));
  return rows.size;
}"""


def test_losses_below_the_known_minimum_are_drawn_and_told_as_such(visit):
    """McCormick's declared minimum is that of its domain: from (-8, -9) a path falls for ever."""
    race = "surface=mccormick&start=-8,-9&steps=300&lane=sgd,lr:0.01"
    screen = visit.open(race, reduced_motion="reduce")
    region = screen.region("Loss")
    told = re.compile("Below the known minimum of the surface: SGD")
    expect(region.get_by_role("img")).to_have_attribute("aria-label", told)
    screen.until(lambda: region.evaluate(BELOW) > 10, "a line that goes down in the part below")
    near = visit.open("surface=mccormick&steps=300&lane=sgd,lr:0.01", reduced_motion="reduce")
    near.results()
    picture = near.region("Loss").get_by_role("img")
    expect(picture).to_have_attribute("aria-label", re.compile("play-head"))
    expect(picture).not_to_have_attribute("aria-label", re.compile("[Bb]elow"))


# How many columns of pixels between two shares of the plot's width have a piece of a line.
COLUMNS = """(region, [from, to]) => {
  const canvas = region.querySelector('canvas');
  const [left, right] = [38 * devicePixelRatio, canvas.width - 10 * devicePixelRatio];
  const first = Math.round(left + from * (right - left));
  const width = Math.round((to - from) * (right - left));
  const pixels = canvas.getContext('2d').getImageData(first, 0, width, canvas.height).data;
  const columns = new Set();
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) columns.add(((i - 3) / 4) % width);
  return columns.size / width;
}"""


@pytest.mark.parametrize(
    ("chart", "called", "seen", "gone"),
    [
        # The loss is a hundred times that of the start by step 115: from there on it is above.
        ("loss", "Loss", (0.02, 0.2), (0.25, 0.45)),
        ("rate", "Effective learning rate", (0.02, 0.45), (0.5, 0.98)),
    ],
)
def test_who_diverges_leaves_the_charts(visit, chart, called, seen, gone):
    """SGD with 0.081 in this ravine climbs slowly and is gone at step 239 of 500."""
    race = f"surface=ravine&steps=500&lane=sgd,lr:0.081&chart={chart}"
    screen = visit.open(race, reduced_motion="reduce")
    assert screen.results()[0][1].startswith("diverged at step 239")
    region = screen.region(called)
    screen.until(lambda: region.evaluate(COLUMNS, seen) == 1, "the line")
    assert region.evaluate(COLUMNS, gone) == 0


def test_a_loss_below_the_lowest_number_of_the_axis_leaves_the_chart(visit):
    screen = visit.open("surface=ravine&steps=500&lane=newton", reduced_motion="reduce")
    screen.results()
    region = screen.region("Loss")
    screen.until(lambda: region.evaluate(COLUMNS, (0, 0.01)) > 0, "the line")
    assert region.evaluate(COLUMNS, (0.1, 0.9)) == 0


def test_two_charts_at_once_and_the_link_keeps_both(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    screen.results()
    region = screen.region("Loss")
    screen.page.keyboard.press("2")
    expect(region.get_by_role("img")).to_have_count(2)
    menu = screen.page.get_by_role("combobox", name="Second chart")
    expect(menu).to_have_value("slope")
    menu.select_option("rate")
    expect(region.get_by_role("img").nth(1)).to_have_accessible_name(re.compile("Adam in x from"))
    expect(region.get_by_role("img").first).to_have_accessible_name(re.compile("^Loss"))
    screen.until(lambda: screen.address().get("second") == ["rate"], "the second chart in the link")
    there = visit.open(urlsplit(screen.page.url).query, reduced_motion="reduce")
    expect(there.region("Loss").get_by_role("img")).to_have_count(2)
    # Before an audience, where there is no room for two, one is shown and it is said.
    there.page.keyboard.press("f")
    expect(there.region("Loss").get_by_role("img")).to_have_count(2)
    for name in ("nesterov", "adagrad", "rmsprop", "adamw", "lion"):
        there.page.keyboard.press("o")
        there.page.keyboard.type(name)
        there.page.keyboard.press("Enter")
    expect(there.region("Loss").get_by_role("img")).to_have_count(1)
    expect(there.region("Loss").get_by_text("no room for two")).to_be_visible()
