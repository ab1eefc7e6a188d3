"""The start point: dragged, clicked, moved by keys and by a finger, and every path follows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&steps=300"


def coordinates(screen):
    """Return the start that the address bar holds."""
    return [float(number) for number in screen.address()["start"][0].split(",")]


def moved(screen, before):
    return screen.until(
        lambda: screen.address().get("start") not in (None, before) and coordinates(screen),
        "the start in the address bar",
    )


def test_the_paths_follow_the_start_while_it_is_dragged(visit):
    screen = visit.open(RACE)
    address, seen = screen.page.url, [screen.loss("Adam")]
    x, y = screen.centre(screen.handle())
    screen.press(x, y)
    for way in (30, 60, 90):
        screen.page.mouse.move(x + way, y + way, steps=4)
        seen.append(screen.changed_loss("Adam", seen[-1]))
    assert screen.page.url == address
    expect(screen.page.get_by_text("drag me")).to_be_hidden()
    screen.page.mouse.up()
    u, v = moved(screen, None)
    assert u > -1.2
    assert v < 1
    assert screen.centre(screen.handle()) == pytest.approx((x + 90, y + 90), abs=2)


def dragged(screen) -> None:
    """Drag the start a little, and wait until the race is that from there."""
    x, y = screen.centre(screen.handle())
    screen.press(x, y)
    screen.page.mouse.move(x + 30, y, steps=4)
    screen.page.mouse.up()
    moved(screen, None)


FORGETFUL = """
Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error("Not kept."); };
"""


def test_who_has_dragged_it_once_is_not_told_again(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    hint = screen.page.get_by_text("drag me")
    expect(hint).to_be_visible()
    screen.page.reload()
    screen.ready()
    expect(hint).to_be_visible()
    dragged(screen)
    screen.page.reload()
    screen.ready()
    expect(screen.handle()).to_be_visible()
    expect(hint).to_be_hidden()


def test_a_browser_that_keeps_nothing_tells_it_each_time(visit):
    forget = lambda page: page.add_init_script(FORGETFUL)  # noqa: E731
    screen = visit.open(RACE, reduced_motion="reduce", meddle=forget, alone=True)
    hint = screen.page.get_by_text("drag me")
    expect(hint).to_be_visible()
    dragged(screen)
    expect(hint).to_be_hidden()


def test_a_click_anywhere_sets_the_start_and_arrow_keys_move_it(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    before = screen.loss("Adam")
    x, y = screen.on_contour(0.75, 0.75)
    screen.page.mouse.click(x, y)
    assert moved(screen, None) == pytest.approx([1, 0], abs=0.02)
    assert screen.centre(screen.handle()) == pytest.approx((x, y), abs=2)
    screen.changed_loss("Adam", before)

    address = screen.address()["start"]
    screen.handle().press("ArrowRight")
    screen.handle().press("Shift+ArrowUp")
    u, v = moved(screen, address)
    screen.until(lambda: coordinates(screen)[1] > 0.1, "both keys in the address bar")
    u, v = coordinates(screen)
    assert 1 < u < 1.1
    assert 0.1 < v <= 0.5
    # On a grid of round numbers.
    assert len(str(u)) <= 5
    assert v in (0.1, 0.2, 0.5)
    assert screen.count() == ["300", "300"]


def test_the_start_can_be_typed_and_the_keys_are_the_players_again(visit):
    """(-3, 3) can be set whatever the size of the picture."""
    screen = visit.open("surface=beale&lane=adam,lr:0.05&steps=300", reduced_motion="reduce")
    before = screen.loss("Adam")
    for name, value in (("x", "−3"), ("y", "3")):  # noqa: RUF001
        field = screen.field(f"Start, {name}")
        field.fill(value)
        field.press("Enter")
    screen.changed_loss("Adam", before)
    there = lambda: "start" in screen.address() and coordinates(screen) == [-3, 3]  # noqa: E731
    screen.until(there, "the start in the address bar")
    expect(screen.handle()).to_have_attribute("aria-valuetext", "x −3.00, y 3.00")  # noqa: RUF001
    # What is around the field has the focus, and a space plays.
    expect(screen.page.get_by_role("group", name="Start, y")).to_be_focused()
    screen.until(lambda: screen.step() == 300, "the race's end")
    screen.page.keyboard.press("Home")
    assert screen.step() == 0
    screen.page.keyboard.press("Space")
    screen.until(lambda: screen.step() > 0, "the race to play")
    screen.page.keyboard.press("Space")
    expect(field).to_have_value("3")
    # There Enter types again, and Escape does not take it.
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.type("2")
    screen.page.keyboard.press("Escape")
    expect(field).to_have_value("3")
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.type("2")
    screen.page.keyboard.press("Enter")
    screen.until(lambda: coordinates(screen) == [-3, 2], "another start")
    # From there Tab goes on.
    screen.page.keyboard.press("Tab")
    expect(field).to_be_focused()


def test_what_is_no_number_for_the_start_is_told_and_changes_nothing(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    field = screen.field("Start, x")
    # Some phones have a keypad of decimals without a minus sign.
    expect(field).to_have_attribute("inputmode", "text")
    expect(screen.field("Adam: learning rate")).to_have_attribute("inputmode", "decimal")
    field.fill("left")
    field.press("Enter")
    expect(screen.page.get_by_text("It stays -1.2.")).to_be_visible()
    assert "start" not in screen.address()
    field.fill("99")
    field.press("Enter")
    said = "99 is outside the range of the surface, −2 to 2."  # noqa: RUF001
    expect(screen.page.get_by_text(said)).to_be_visible()
    # Where it is not seen it does not look as if it were where the picture ends.
    handle = screen.handle()
    for _ in range(2):
        screen.button("Zoom in").click()
    expect(handle).to_have_attribute("aria-valuetext", re.compile(", outside the picture$"))
    expect(handle.locator(".ov-start-way")).to_be_visible()
    right, _ = screen.on_contour(1, 0.5)
    assert right - 30 < screen.centre(handle)[0] < right - 10
    # No digit is cut through where nobody types.
    field.fill("0.0468369099917")
    field.press("Enter")
    expect(field).to_have_value("0.04684")
    expect(field).to_have_attribute("title", "0.0468369099917")
    field.focus()
    expect(field).to_have_value("0.0468369099917")
    screen.until(lambda: coordinates(screen)[0] == 0.0468369099917, "all digits in the link")
    screen.button("Show the whole surface").click()
    expect(handle.locator(".ov-start-way")).to_be_hidden()


def touch(session, kind, x=None, y=None):
    points = [] if x is None else [{"x": x, "y": y}]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def swipe(screen, start, right, down):
    """Draw one finger over the screen."""
    x, y = start
    session = screen.hand
    touch(session, "touchStart", x, y)
    for share in range(1, 11):
        touch(session, "touchMove", x + right * share / 10, y + down * share / 10)
        screen.page.evaluate("new Promise(requestAnimationFrame)")
    touch(session, "touchEnd")


def test_a_finger_drags_the_start_and_elsewhere_scrolls_the_page(visit):
    screen = visit.open(RACE, screen="phone", reduced_motion="reduce")
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop + scrollY"
    before = screen.loss("Adam")
    swipe(screen, screen.centre(screen.handle()), 80, 60)
    u, v = moved(screen, None)
    assert u > -1.2
    assert v < 1
    screen.changed_loss("Adam", before)
    assert screen.page.evaluate(scrolled) == 0

    start = screen.address()["start"]
    screen.page.touchscreen.tap(*screen.on_contour(0.25, 0.9))
    assert moved(screen, start) == pytest.approx([-1, -0.6], abs=0.05)

    start, ticks = screen.address()["start"], screen.ticks()
    swipe(screen, screen.on_contour(0.7, 0.8), 0, -150)
    screen.page.wait_for_function(f"() => {scrolled} > 60")
    assert screen.address()["start"] == start
    assert screen.ticks() == ticks
