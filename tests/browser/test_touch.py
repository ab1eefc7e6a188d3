"""Fingers: they drag, scrub, tap and zoom on a phone, and hide nothing of what they move."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&steps=300"
PHONES = ("phone", "small phone")
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop + scrollY"
SMALL = """(all) => all.filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => {
    const { width, height } = e.getBoundingClientRect();
    return Math.min(width, height) < 43.5;
  }).map((e) => e.outerHTML.slice(0, 120))"""
STEPS = 8


@pytest.fixture
def phone(visit):
    """A race at rest on a phone."""
    return visit.open(RACE, screen="phone", reduced_motion="reduce")


def drag(screen, start, right, down):
    """Put a finger down and move it; it stays on the screen."""
    x, y = start
    screen.fingers("touchStart", start)
    for step in range(1, STEPS + 1):
        screen.fingers("touchMove", (x + right * step / STEPS, y + down * step / STEPS))


def spread(screen, start, end):
    """Put two fingers down side by side, as (x, y, distance), and move them; then lift them."""
    (x, y, apart), (right, down, further) = start, end
    screen.fingers("touchStart", (x - apart / 2, y))
    screen.fingers("touchStart", (x - apart / 2, y), (x + apart / 2, y))
    for step in range(1, STEPS + 1):
        share = step / STEPS
        u, v, wide = (
            before + share * (after - before)
            for before, after in zip((x, y, apart), (right, down, further), strict=True)
        )
        screen.fingers("touchMove", (u - wide / 2, v), (u + wide / 2, v))
    screen.fingers("touchEnd")


@pytest.mark.parametrize("device", PHONES)
def test_what_a_finger_uses_is_large_enough(visit, device):
    phone = visit.open(RACE, screen=device, reduced_motion="reduce")
    phone.results()
    controls = phone.page.locator(".ov-controls :is(button, select, input), .ov-start")
    assert controls.count() >= 14
    assert controls.evaluate_all(SMALL) == []
    sliders = phone.page.locator(".ov-range")
    assert sliders.count() >= 4
    assert sliders.evaluate_all(SMALL) == []
    assert phone.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_the_start_stays_above_the_finger_that_drags_it(phone):
    before = phone.loss("Adam")
    x, y = phone.centre(phone.handle())
    drag(phone, (x, y), 40, 60)
    phone.changed_loss("Adam", before)
    u, v = phone.centre(phone.handle())
    assert u == pytest.approx(x + 40, abs=2)
    assert 40 < y + 60 - v < 60, "a fingertip reaches about 25 pixels up"
    place = phone.start().replace("x ", "(").replace("y ", "") + ")"
    expect(phone.page.get_by_text(place, exact=True).first).to_be_visible()
    phone.fingers("touchEnd")
    phone.until(lambda: "start" in phone.address(), "the start in the address bar")
    assert phone.centre(phone.handle()) == pytest.approx((u, v), abs=2)
    expect(phone.page.get_by_text(place, exact=True)).to_be_hidden()


def test_a_touch_without_a_movement_leaves_the_start(phone):
    place = phone.start()
    phone.page.touchscreen.tap(*phone.centre(phone.handle()))
    expect(phone.handle()).to_be_focused()
    assert phone.start() == place
    # Nor does one beside it while it is locked.
    lock = phone.button("Start locked")
    lock.tap()
    phone.page.touchscreen.tap(*phone.on_contour(0.25, 0.9))
    lock.tap()
    expect(lock).to_have_attribute("aria-pressed", "false")
    assert phone.start() == place
    phone.page.touchscreen.tap(*phone.on_contour(0.25, 0.9))
    phone.until(lambda: phone.start() != place, "the start where it was put")
    phone.button("Undo").tap()
    phone.until(lambda: phone.start() == place, "the start back again")


def test_a_thumb_scrubs(phone):
    x, y = phone.thumb(phone.slider("Step"))
    drag(phone, (x - 2, y), -120, 5)
    assert 100 < phone.step() < 250
    step = phone.step()
    phone.fingers("touchEnd")
    assert phone.step() == step
    # One that goes over the bar scrolls, and a tap on it leads there.
    phone.page.touchscreen.tap(x - 200, y)
    phone.until(lambda: phone.step() < step, "the step that was tapped")
    step = phone.step()
    drag(phone, (x - 60, y), 3, -150)
    phone.until(lambda: phone.page.evaluate(SCROLLED) > 60, "the page to scroll")
    phone.fingers("touchEnd")
    assert phone.step() == step


def test_a_slider_is_moved_with_the_picture_in_view(phone):
    slider, picture = phone.slider("Steps"), phone.page.locator(".ov-stage")
    slider.scroll_into_view_if_needed()
    slider.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    assert phone.page.evaluate(SCROLLED) > 200
    expect(picture).to_be_in_viewport(ratio=0.99)
    before = phone.loss("SGD")
    thumb, (_, top) = phone.thumb(slider), phone.centre(slider)
    box = picture.bounding_box()
    assert box
    assert top > box["y"] + box["height"], "the picture does not cover the slider"
    drag(phone, thumb, 90, 4)
    expect(picture).to_be_in_viewport(ratio=0.99)
    phone.changed_loss("SGD", before)
    phone.fingers("touchEnd")
    phone.until(lambda: int(phone.address()["steps"][0]) > 300, "the steps in the address bar")


def test_two_fingers_zoom_and_move_the_picture(phone):
    ticks, address = phone.ticks(), phone.page.url
    x, y = phone.centre(phone.handle())
    # Twice as far apart, and a little further to the right: so goes all that lies around them.
    spread(phone, (x + 30, y + 60, 50), (x + 40, y + 60, 100))
    phone.until(lambda: phone.ticks() != ticks, "other numbers at the axes")
    assert phone.centre(phone.handle()) == pytest.approx((x - 20, y - 60), abs=3)
    assert phone.page.evaluate(SCROLLED) == 0
    assert phone.page.url == address
    phone.button("Show the whole surface").tap()
    phone.until(lambda: phone.ticks() == ticks, "the whole surface")
    assert phone.centre(phone.handle()) == pytest.approx((x, y), abs=2)


@pytest.mark.parametrize("together", [True, False])
def test_two_fingers_zoom_wherever_they_are_put(phone, together):
    start, ticks = phone.start(), phone.ticks()
    x, y = phone.centre(phone.handle())
    if not together:
        phone.fingers("touchStart", (x, y))
    phone.fingers("touchStart", (x, y), (x + 60, y))
    for step in range(1, STEPS + 1):
        phone.fingers("touchMove", (x - 5 * step, y), (x + 60 + 5 * step, y))
    phone.fingers("touchEnd")
    phone.until(lambda: phone.ticks() != ticks, "other numbers at the axes")
    assert phone.start() == start


def test_one_finger_that_scrolls_does_not_begin_to_zoom(phone):
    ticks = phone.ticks()
    # The menu with light and dark, which would lie over what comes there.
    menu = phone.page.get_by_test_id("stMainMenu")
    expect(menu).to_be_in_viewport(ratio=1)
    drag(phone, phone.on_contour(0.7, 0.9), 0, -160)
    phone.until(lambda: phone.page.evaluate(SCROLLED) > 60, "the page to scroll")
    phone.fingers("touchEnd")
    assert phone.ticks() == ticks
    expect(menu).to_be_hidden()


def in_the_stage(phone):
    """Return where the start is in the picture, which may have been scrolled."""
    (x, y), box = phone.centre(phone.handle()), phone.page.locator(".ov-stage").bounding_box()
    return x - box["x"], y - box["y"]


def test_a_finger_turns_the_surface_in_3d(phone):
    phone.button("3-D").tap()
    phone.page.wait_for_selector(".ov-in-space")
    box = phone.page.locator(".ov-stage").bounding_box()
    assert box
    start, before = phone.start(), phone.centre(phone.handle())
    drag(phone, (box["x"] + 0.7 * box["width"], box["y"] + 0.8 * box["height"]), 60, 10)
    phone.until(
        lambda: phone.centre(phone.handle()) != pytest.approx(before, abs=10), "the start to turn"
    )
    phone.fingers("touchEnd")
    assert phone.start() == start

    # Its turning comes to rest by itself.
    phone.page.wait_for_timeout(800)
    turned, scrolled = in_the_stage(phone), phone.page.evaluate(SCROLLED)
    drag(phone, (box["x"] + 0.7 * box["width"], box["y"] + 0.8 * box["height"]), 5, -120)
    phone.fingers("touchEnd")
    phone.until(lambda: phone.page.evaluate(SCROLLED) > scrolled + 60, "the page to scroll")
    phone.page.wait_for_timeout(800)
    assert in_the_stage(phone) == pytest.approx(turned, abs=3), "the same view"


def test_a_drag_that_the_browser_breaks_off_changes_nothing(phone):
    start, ticks, loss, address = phone.start(), phone.ticks(), phone.loss("Adam"), phone.page.url
    drag(phone, phone.centre(phone.handle()), 40, 60)
    phone.until(lambda: phone.start() != start, "the start to follow the finger")
    phone.changed_loss("Adam", loss)
    phone.fingers("touchCancel")
    phone.until(lambda: phone.start() == start, "the start to go back")
    phone.until(lambda: phone.loss("Adam") == loss, "the race as it was")

    slider = phone.slider("Steps")
    slider.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    drag(phone, phone.thumb(slider), 90, 4)
    phone.until(lambda: phone.field("Steps").input_value() != "300", "the steps to follow")
    phone.changed_loss("Adam", loss)
    phone.fingers("touchCancel")
    expect(phone.field("Steps")).to_have_value("300")
    phone.until(lambda: phone.loss("Adam") == loss, "the race as it was")
    assert phone.ticks() == ticks
    assert phone.page.url == address


@pytest.mark.parametrize("chart", ["map", "finder"])
def test_a_swipe_over_a_map_scrolls_and_a_tap_takes_the_value(visit, chart):
    screen = visit.open(f"{RACE}&chart={chart}", screen="phone", reduced_motion="reduce")
    hair = screen.page.locator(".ov-crosshair:visible")
    hair.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    screen.results()
    rate = screen.field("Adam: learning rate")
    before, scrolled = rate.input_value(), screen.page.evaluate(SCROLLED)
    box = hair.bounding_box()
    assert box
    left, middle = box["x"] + 0.25 * box["width"], box["y"] + 0.4 * box["height"]
    drag(screen, (left, middle), 10, -120)
    screen.fingers("touchEnd")
    screen.until(lambda: screen.page.evaluate(SCROLLED) > scrolled + 60, "the page to scroll")
    assert rate.input_value() == before
    screen.page.wait_for_timeout(300)
    hair.tap(position={"x": 0.25 * box["width"], "y": 0.4 * box["height"]})
    screen.until(lambda: rate.input_value() != before, "the tapped rate")


@pytest.mark.parametrize("size", [(844, 390), (720, 450)])
def test_where_there_is_little_height_the_picture_stays_beside_the_sliders(visit, size):
    screen = visit.open(f"{RACE}&chart=finder", reduced_motion="reduce")
    screen.page.set_viewport_size({"width": size[0], "height": size[1]})
    screen.results()
    expect(screen.button("Play")).to_be_in_viewport(ratio=1)
    # The chosen chart's tab is seen, though the row is longer than its place.
    tab = screen.page.get_by_role("tab", name="Finder")
    tab.locator("..").evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    expect(tab).to_be_in_viewport(ratio=1)
    slider, picture = screen.slider("Steps"), screen.page.locator(".ov-stage")
    slider.scroll_into_view_if_needed()
    expect(picture).to_be_in_viewport(ratio=0.9)
    assert picture.bounding_box()["height"] > 140
    before = screen.loss("SGD")
    slider.press("End")
    screen.changed_loss("SGD", before)
    expect(picture).to_be_in_viewport(ratio=0.9)
    assert screen.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
