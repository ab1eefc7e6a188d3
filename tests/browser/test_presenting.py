"""Presenting: the picture, large, with what an audience needs, and the way back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&lane=momentum&steps=300"
ROOT = ".ov"
FULL = "document.fullscreenElement?.classList.contains('ov') ?? false"
LARGE = """(e) => parseFloat(getComputedStyle(e).fontSize)
  * e.getBoundingClientRect().height / e.offsetHeight"""
COVERS = """() => [0.02, 0.5, 0.98].flatMap((x) => [0.02, 0.5, 0.98].map((y) => [x, y]))
  .every(([x, y]) => document.elementFromPoint(x * innerWidth, y * innerHeight).closest('.ov'))"""
TRAIL = """() => {
  const canvas = document.querySelector('.ov-trail');
  if (!canvas) return 0;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
}"""
REFUSED = "Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no'))"
MISSING = "delete Element.prototype.requestFullscreen"


def present(screen):
    screen.page.keyboard.press("f")
    expect(screen.button("Present")).to_have_attribute("aria-pressed", "true")


def presents(screen):
    """Whether only what an audience needs is in sight."""
    expect(screen.region("Experiment")).to_be_hidden()
    for name in ("Results", "Optimizers", "Paths", "Equation", "Loss"):
        expect(screen.region(name)).to_be_in_viewport(ratio=0.98)
    expect(screen.button("Add optimizer")).to_be_hidden()
    expect(screen.slider("Step")).to_be_in_viewport(ratio=1)
    return True


def is_back(screen):
    for name in ("Experiment", "Results"):
        expect(screen.region(name)).to_be_visible()
    expect(screen.button("Present")).to_have_attribute("aria-pressed", "false")
    expect(screen.page.get_by_role("combobox", name="Surface")).to_be_visible()
    return not screen.page.evaluate(FULL)


def test_the_full_screen_holds_what_an_audience_needs(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page = screen.page
    axis = page.locator(".ov-plot .xtick text").first
    size = axis.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    present(screen)
    screen.until(lambda: page.evaluate(FULL), "the full screen")
    assert presents(screen)
    legend = screen.region("Results")
    for name in ("Adam", "SGD", "Momentum"):
        row = legend.get_by_role("button", name=name, exact=True)
        assert row.evaluate(LARGE) >= 19
        expect(row).to_be_in_viewport(ratio=1)
    expect(screen.slider("Adam: learning rate")).to_be_in_viewport(ratio=1)
    expect(screen.slider("SGD: learning rate")).to_be_hidden()
    expect(screen.region("Equation").locator("math").first).to_be_in_viewport(ratio=0.99)
    screen.until(
        lambda: axis.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") > size,
        "larger numbers at the axes",
    )
    picture = page.locator(".ov-stage").bounding_box()
    assert picture
    assert picture["width"] * picture["height"] > 0.5 * 1440 * 900

    # What can be set stands there instead of what came of it.
    page.keyboard.press("x")
    expect(screen.region("Experiment")).to_be_in_viewport(ratio=1)
    expect(legend).to_be_hidden()
    page.keyboard.press("x")

    # It goes on: another optimizer, another rate, another notation, a step.
    legend.get_by_role("button", name="Momentum", exact=True).click()
    expect(screen.region("Equation").get_by_role("heading")).to_have_text("Momentum")
    page.keyboard.press("Home")
    assert screen.step() == 0
    formula = screen.region("Equation").locator("math").first
    before = formula.text_content()
    tools = page.get_by_role("group", name="Presenting")
    tools.get_by_role("combobox", name="Notation").select_option("ruder")
    assert formula.text_content() != before
    screen.until(lambda: screen.address().get("notation") == ["ruder"], "the notation's address")

    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys and gestures")
    expect(sheet).to_be_in_viewport(ratio=1)
    expect(sheet.get_by_text("Esc", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_an_audience_sees_every_line_of_the_rule_and_every_name(visit):
    screen = visit.open(f"{RACE}&lane=radam&chosen=3&show=numbers", reduced_motion="reduce")
    present(screen)
    legend = screen.region("Results")
    for name in ("Adam", "SGD", "Momentum", "RAdam"):
        expect(legend.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    expect(screen.slider("RAdam: learning rate")).to_be_in_viewport(ratio=1)
    lines = screen.page.get_by_role("group", name="Step inspector").locator("ol > li")
    for line in lines.all():
        expect(line).to_be_in_viewport(ratio=0.99)
    assert lines.count() == 11


LETTERS = """(all) => all.map((e) => {
  const zoom = e.currentCSSZoom ?? 1;
  return zoom * parseFloat(getComputedStyle(e).fontSize);
})"""


# What is read and lies under what a key has come to, and titles that are cut.
HIDDEN = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const seen = (what) => all(what).filter((one) => one.checkVisibility());
  const box = (one) => one.getBoundingClientRect();
  const said = box(document.querySelector('.ov-key-said'));
  const apart = (a) => a.right <= said.left || said.right <= a.left
    || a.bottom <= said.top || said.bottom <= a.top;
  const numbers = seen('.ov-plot :is(.xtick, .ytick, .infolayer) text');
  const read = [...numbers, ...seen('.ov-legend, .ov-panel, .ov-controls')];
  const under = read.filter((one) => said.width < 2 || !apart(box(one)));
  const cut = seen('.ov-chart-title').filter((one) => one.scrollWidth > one.clientWidth);
  return [...under, ...cut].map((one) => one.textContent);
}"""


def test_the_last_row_reads_every_word(visit):
    """A projector's sizes: what is a fortieth of the height is read from the last row."""
    screen = visit.open(RACE, reduced_motion="reduce")
    page = screen.page
    present(screen)
    screen.until(lambda: page.evaluate(FULL), "the full screen")
    for width, height, least in ((1280, 720, 16), (1920, 1080, 24)):
        page.set_viewport_size({"width": width, "height": height})
        screen.until(lambda least=least: min(axis_sizes(screen)) > least - 0.1, "the axes")
        # Every chart, the map and the finder among them.
        for _ in range(7):
            page.keyboard.press("g")
            assert not screen.small(least - 0.1)
            assert page.evaluate(HIDDEN) == []
            assert page.evaluate("document.querySelector('.ov').scrollWidth <= innerWidth")
        sizes = page.locator(".ov-readout .ov-equation:visible > math").evaluate_all(LETTERS)
        assert min(sizes) > least - 0.1
        expect(screen.region("Loss").get_by_role("img")).to_be_in_viewport(ratio=0.99)
        # The numbers of the rule's lines, too, which take the chart's room.
        page.keyboard.press("i")
        expect(page.locator(".ov-inspector")).to_be_visible()
        assert not screen.small(least - 0.1)
        page.keyboard.press("i")
        expect(page.locator(".ov-inspector")).to_be_hidden()


def axis_sizes(screen):
    return screen.page.locator(".ov-plot .xtick text").evaluate_all(
        "(all) => all.map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )


def test_every_way_back(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    address = screen.page.url
    for way in ("Escape", "f", "button", "browser"):
        screen.slider("Steps").focus()
        present(screen)
        screen.until(lambda: screen.page.evaluate(FULL), "the full screen")
        expect(screen.button("Present")).to_be_focused()
        if way == "button":
            screen.button("Present").click()
        elif way == "browser":
            screen.page.evaluate("document.exitFullscreen()")
        else:
            screen.page.keyboard.press(way)
        assert is_back(screen), way
        assert screen.page.url == address
    screen.pick("Himmelblau")
    screen.until(lambda: "himmelblau" in screen.address().get("surface", []), "the new surface")


@pytest.mark.parametrize(
    ("device", "fault"), [("laptop", REFUSED), ("laptop", MISSING), ("phone", MISSING)]
)
def test_without_the_full_screen_it_fills_the_window(visit, device, fault):
    screen = visit.open(
        RACE,
        screen=device,
        reduced_motion="reduce",
        new=True,
        meddle=lambda page: page.add_init_script(fault),
    )
    page = screen.page
    screen.button("Present").click()
    screen.until(lambda: page.evaluate(COVERS), "the player to cover the page")
    box, size = page.locator(ROOT).bounding_box(), page.viewport_size
    assert box
    assert box == {"x": 0, "y": 0} | size
    expect(screen.region("Experiment")).to_be_hidden()
    expect(screen.slider("Step")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.querySelector('.ov').scrollWidth") <= size["width"]
    # What lies behind is out of reach.
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('[inert]')")
    # In a field this key would bring the number back.
    screen.button("Present").focus()
    page.keyboard.press("Escape")
    expect(screen.region("Experiment")).to_be_visible()
    assert not page.evaluate(COVERS)
    assert page.locator("[inert]").count() == 0


def sweep(screen):
    """Move the pointer over the picture."""
    screen.page.mouse.move(*screen.on_contour(0.4, 0.6))
    screen.page.mouse.move(*screen.on_contour(0.7, 0.8), steps=12)


def test_a_trail_follows_the_pointer_and_fades(visit):
    screen = visit.open(f"{RACE}&hidden=0,1,2")
    page = screen.page
    sweep(screen)
    assert page.evaluate(TRAIL) == 0
    present(screen)
    trail = screen.button("Pointer trail")
    expect(trail).to_have_attribute("aria-pressed", "true")
    screen.until(lambda: sweep(screen) or page.evaluate(TRAIL) > 200, "the trail")
    screen.until(lambda: page.evaluate(TRAIL) == 0, "the trail to fade")
    page.keyboard.press("t")
    expect(trail).to_have_attribute("aria-pressed", "false")
    sweep(screen)
    assert page.evaluate(TRAIL) == 0
    trail.click()
    screen.until(lambda: sweep(screen) or page.evaluate(TRAIL) > 200, "the trail")
    page.keyboard.press("Escape")
    screen.until(lambda: page.evaluate(TRAIL) == 0, "the trail to fade")
    sweep(screen)
    assert page.evaluate(TRAIL) == 0


def test_who_prefers_less_motion_has_no_trail(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    present(screen)
    expect(screen.button("Pointer trail")).to_be_disabled()
    screen.page.keyboard.press("t")
    sweep(screen)
    assert screen.page.evaluate(TRAIL) == 0


def test_a_stray_touch_moves_no_start_before_an_audience(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, start = screen.page, screen.start()
    # Nor does the other button of a mouse, at any time.
    page.mouse.click(*screen.on_contour(0.3, 0.7), button="right")
    page.keyboard.press("Escape")
    present(screen)
    page.mouse.click(*screen.on_contour(0.3, 0.7))
    x, y = screen.centre(screen.handle())
    screen.press(x, y)
    page.mouse.move(x + 80, y + 40, steps=4)
    page.mouse.up()
    screen.handle().press("ArrowRight")
    assert screen.start() == start
    page.keyboard.press("j")
    page.mouse.click(*screen.on_contour(0.3, 0.7))
    screen.until(lambda: screen.start() != start, "the start, unlocked")
    # At a desk it is free again.
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(screen.handle()).to_have_attribute("aria-disabled", "false")
