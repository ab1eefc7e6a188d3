"""The learning-rate finder: it is read, it is used with one click, and it follows the race."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from optviz import Race, find_rate

RACE = "surface=ravine&lane=adam,lr:0.1&lane=sgd,lr:0.02&steps=200&chosen=1&chart=finder"
RATE = "SGD: learning rate"
# How many pixels of the plot are painted.
PAINTED = """(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let i = 3; i < data.length; i += 4) painted += data[i] > 0;
  return painted;
}"""


def suggested(query: str) -> float:
    """Return what the library suggests for the second lane of a race."""
    found = find_rate(Race.from_query(query), 1)
    assert found.suggested
    return found.suggested


def test_the_suggested_rate_is_read_and_taken_with_one_click(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    region = screen.region("Learning-rate finder")
    race, _, _ = RACE.partition("&chosen")
    found = find_rate(Race.from_query(race), 1)
    use = region.get_by_role("button", name=f"Use {found.suggested:g}")
    expect(use).to_be_enabled()
    picture = region.get_by_role("img")
    for note in found.notes:
        expect(region).to_contain_text(note)
        expect(picture).to_have_attribute("aria-label", re.compile(re.escape(note)))
    expect(region.get_by_role("status")).to_contain_text(found.notes[0])
    screen.until(lambda: picture.evaluate(PAINTED) > 2000, "the curves")
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(urlsplit(request.url).path))

    use.click()
    expect(screen.field(RATE)).to_have_value(f"{found.suggested:g}")
    expect(use).to_be_disabled()
    screen.until(lambda: screen.address()["lane"][1] == f"sgd,lr:{found.suggested:g}", "the link")
    screen.page.go_back()
    expect(screen.field(RATE)).to_have_value("0.02")
    expect(use).to_be_enabled()
    # So does a key.
    screen.page.keyboard.press("Shift+B")
    expect(screen.field(RATE)).to_have_value(f"{found.suggested:g}")
    told = screen.page.locator(".ov-key-said")
    expect(told).to_have_text(f"SGD: learning rate {found.suggested:g}, as suggested")

    # The line in the chart is the slider; what it is at changes nothing of the chart.
    line = region.get_by_role("slider", name=RATE)
    box = line.bounding_box()
    assert box
    at = lambda share: (box["x"] + share * box["width"], box["y"] + box["height"] / 2)  # noqa: E731
    screen.press(*at(0.3))
    screen.page.mouse.move(*at(0.5), steps=4)
    screen.page.mouse.up()
    expect(screen.field(RATE)).to_have_value(re.compile(r"0\.0[01]\d*"))
    line.press("End")
    expect(screen.field(RATE)).to_have_value("10")
    expect(region).to_contain_text(found.notes[0])
    assert "/api/rates" not in asked
    for key in ("g", "Shift+B"):
        screen.page.keyboard.press(key)
    expect(told).to_contain_text("Open the Finder or the Map first")


def test_the_finder_follows_the_race_and_the_chosen_lane(visit):
    screen = visit.open(RACE, screen="phone", reduced_motion="reduce")
    region = screen.region("Learning-rate finder")
    race, _, _ = RACE.partition("&chosen")
    expect(region.get_by_role("button")).to_have_text(f"Use {suggested(race):g}")
    screen.slider("condition number").press("Home")
    query = f"{race}&shape=condition:1"
    expect(region.get_by_role("button")).to_have_text(f"Use {suggested(query):g}")
    tabs = screen.page.get_by_role("tablist", name="Charts")
    assert tabs.evaluate("(row) => row.scrollWidth <= row.clientWidth"), "all tabs are seen"

    # A run of the page's script that comes late would close the menu.
    shape = lambda: screen.address().get("shape", [""])[0].split(",")  # noqa: E731
    screen.until(lambda: "condition:1" in shape(), "the shape in the link")
    screen.choose("Surface", "Saddle")
    expect(region).to_contain_text("No rate helps")
    expect(region.get_by_role("button")).to_be_hidden()


def test_while_one_drags_the_rates_are_tried_here_and_the_advice_is_of_before(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    region = screen.region("Learning-rate finder")
    expect(region.get_by_role("button")).to_be_enabled()
    head = region.locator(".ov-finder-head")
    drawn = "() => performance.getEntriesByName('ov:rates').map(({ detail }) => detail)"
    screen.until(lambda: screen.page.evaluate(drawn), "the server's rates")
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    x, y = screen.thumb(screen.slider("condition number"))
    screen.press(x, y)
    screen.page.mouse.move(x - 40, y, steps=8)
    screen.until(lambda: screen.page.evaluate(drawn)[-1], "the rates that were tried here")
    assert "/api/rates" not in asked
    expect(head).to_have_attribute("aria-busy", "true")
    expect(region.get_by_role("button")).to_be_disabled()
    screen.page.mouse.up()
    expect(head).to_have_attribute("aria-busy", "false")
    (shape,) = screen.until(lambda: screen.address().get("shape"), "the shape in the link")
    race, _, _ = RACE.partition("&chosen")
    query = f"{race}&shape={shape}"
    expect(region.get_by_role("button")).to_have_text(f"Use {suggested(query):g}")
    assert "/api/rates" in asked


def test_the_line_is_at_what_the_run_begins_with_whatever_the_sliders_change(visit):
    screen = visit.open(f"{RACE}&change=20:1,lr:0.003", reduced_motion="reduce")
    region = screen.region("Learning-rate finder")
    line = region.get_by_role("slider", name=RATE)
    before = line.get_attribute("aria-valuenow")
    screen.slider("Step").fill("40")
    screen.page.get_by_role("switch", name="From here on").check()
    expect(screen.field(RATE)).to_have_value("0.003")
    assert line.get_attribute("aria-valuenow") == before
    expect(region).to_contain_text("the rate that the run begins with, and sets it")


def test_advice_of_before_is_marked_so_when_it_is_shown_again(visit):
    screen = visit.open(RACE, reduced_motion="reduce", new=True)
    region = screen.region("Learning-rate finder")
    expect(region.get_by_role("button")).to_be_enabled()
    head = region.locator(".ov-finder-head")
    tab = screen.page.get_by_role("tab", name="Loss")
    tab.click()
    visit.expects_refusals = True
    screen.page.route("**/api/rates?*", lambda route: route.abort())
    screen.slider("condition number").press("Home")
    screen.page.get_by_role("tab", name="Finder").click()
    expect(head).to_have_attribute("aria-busy", "true")
    expect(region.get_by_role("button")).to_be_disabled()
    screen.page.unroute("**/api/rates?*")
    expect(head).to_have_attribute("aria-busy", "false")
    expect(region.get_by_role("button")).to_be_enabled()


def test_a_suggestion_that_is_slower_than_the_present_rate_says_so(visit):
    race = "surface=ravine&lane=momentum,lr:0.09,alpha:0.5&chart=finder"
    screen = visit.open(race, reduced_motion="reduce")
    found = screen.region("Learning-rate finder")
    words = r"The present rate arrives sooner, at step 21, the suggested one at step \d\d\."
    expect(found).to_contain_text(re.compile(words))
    screen.button("Use 0.0522").click()
    expect(found).not_to_contain_text("The present rate")
