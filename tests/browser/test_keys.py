"""Keys: a sheet lists them, they do what it says, and they leave alone who types."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&lane=momentum&steps=300"
SHEET = "Keys and gestures"
FOCUS = "document.activeElement.closest('dialog, .ov-card, button')?.className ?? 'nowhere'"


def sheet(screen):
    return screen.page.get_by_role("dialog", name=SHEET)


def listed(screen):
    """Return what stands on the keys of the sheet."""
    return set(sheet(screen).locator("kbd").all_inner_texts())


def pressed(screen, key):
    screen.page.keyboard.press(key)
    return screen


def in_address(screen, name, value):
    screen.until(lambda: screen.address().get(name) == value, f"{name} {value} in the address bar")


def test_the_sheet_lists_the_keys_holds_the_focus_and_gives_it_back(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, play = screen.page, screen.button("Play")
    play.focus()
    page.keyboard.press("?")
    expect(sheet(screen)).to_be_visible()
    assert {"Space", "←", "→", "Home", "End", "<", ">", "l", "n", "p", "h"} <= listed(screen)
    assert {"+", "−", "0", "w", "i", "a", "c", "3", "m", "f", "t", "?"} <= listed(screen)  # noqa: RUF001
    assert "Esc" not in listed(screen), "there is nothing to leave"
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "['DIALOG', 'BODY'].includes(document.activeElement.tagName)"
            " || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(sheet(screen)).to_be_hidden()
    expect(play).to_be_focused()
    assert "chosen" not in screen.address(), "the sheet leaves the race alone"

    help_button = screen.button(SHEET)
    help_button.click()
    expect(sheet(screen)).to_be_visible()
    screen.button("Close").click()
    expect(sheet(screen)).to_be_hidden()
    expect(help_button).to_be_focused()
    page.keyboard.press("?")
    page.keyboard.press("?")
    expect(sheet(screen)).to_be_hidden()


def test_keys_choose_and_hide_optimizers(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    heading = screen.region("Equation").get_by_role("heading")
    for key, name in (
        ("n", "SGD"),
        ("]", "Momentum"),
        ("n", "Adam"),
        ("p", "Momentum"),
        ("[", "SGD"),
    ):
        pressed(screen, key)
        expect(heading).to_have_text(name)
    pressed(screen, "h")
    expect(screen.button("SGD, visible")).to_have_attribute("aria-pressed", "false")
    pressed(screen, "h")
    expect(screen.button("SGD, visible")).to_have_attribute("aria-pressed", "true")


def test_keys_move_the_axes(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    home = screen.ticks()
    there_and_back = (
        ("+", "-"),
        ("-", "+"),
        ("0", "w"),
        ("Shift+D", "Shift+A"),
        ("Shift+W", "Shift+S"),
    )
    for key, back in there_and_back:
        pressed(screen, key)
        screen.until(lambda: screen.ticks() != home, f"{key} to move the axes")
        pressed(screen, back)
        screen.until(lambda: screen.ticks() == home, f"{back} to bring them back")
    # What one looks at stays where it is: the chosen optimizer, which is at the start now.
    pressed(screen, "Home")
    marker = screen.centre(screen.handle())
    pressed(screen, "+")
    screen.until(lambda: screen.ticks() != home, "the axes to move")
    expect(screen.page.get_by_text("Zoomed in about Adam")).to_have_count(1)
    assert screen.centre(screen.handle()) == pytest.approx(marker, abs=1)
    pressed(screen, "Shift+D")
    screen.until(lambda: screen.centre(screen.handle())[0] < marker[0] - 50, "what is to the right")


def test_keys_set_speed_loop_and_notation(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    speed = screen.page.get_by_role("combobox", name="Speed")
    for key, value in ((">", "2"), (">", "4"), ("<", "2"), ("<", "1"), ("<", "0.5")):
        pressed(screen, key)
        expect(speed).to_have_value(value)
    pressed(screen, "l")
    expect(screen.button("Loop")).to_have_attribute("aria-pressed", "true")
    formula = screen.region("Equation").locator("math").first
    before = formula.text_content()
    pressed(screen, "m")
    screen.until(lambda: formula.text_content() != before, "another notation")
    in_address(screen, "notation", ["ruder"])


def test_keys_look_closer(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    for key, shown in (("i", "numbers"), ("a", "arrows"), ("c", "curvature"), ("3", "space")):
        pressed(screen, key)
        in_address(screen, "show", [shown])
        # The page has letters of its own, which must not be heard as well.
        expect(screen.page.get_by_test_id("stDialog")).to_have_count(0)
        pressed(screen, key)
        in_address(screen, "show", None)


def test_keys_rest_while_one_types_and_with_modifiers(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, loop = screen.page, screen.button("Loop")
    for combination in ("Control+l", "Alt+l", "Meta+l", "Shift+L"):
        page.keyboard.press(combination)
    name = page.get_by_role("textbox", name="Name of this optimizer")
    name.fill("")
    name.press_sequentially("hill?")
    expect(name).to_have_value("hill?")
    # The name is taken at the end of typing.
    rate = screen.field("hill?: learning rate")
    screen.field("Adam: learning rate").focus()
    rate.press("l")
    rate.press("Escape")
    expect(rate).to_have_value("0.05")
    screen.button("Add optimizer").click()
    search = page.get_by_role("searchbox", name="Find a rule")
    search.press_sequentially("l?")
    expect(search).to_have_value("l?")
    search.press("Escape")
    page.get_by_role("combobox", name="Notation").first.press("l")
    page.keyboard.press("Escape")
    expect(loop).to_have_attribute("aria-pressed", "false")
    expect(sheet(screen)).to_be_hidden()
    expect(screen.button("hill?, visible")).to_have_attribute("aria-pressed", "true")
    # On a slider or a button a letter is a key.
    for part in (screen.slider("Step"), loop):
        part.focus()
        page.keyboard.press("l")
    expect(loop).to_have_attribute("aria-pressed", "false")
    screen.slider("Step").press("l")
    expect(loop).to_have_attribute("aria-pressed", "true")


def test_a_field_has_all_keys_until_its_number_is_taken_or_left(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, rate = screen.page, screen.field("Adam: learning rate")
    pressed(screen, "r")
    slider = screen.slider("Adam: learning rate")
    # Numbers that are called out one after the other, led to by a key or not.
    for number, keys in (("0.19", "Enter"), ("0.12", "r Enter"), ("0.11", "Enter")):
        for key in keys.split():
            pressed(screen, key)
        expect(rate).to_be_focused()
        page.keyboard.type(number)
        pressed(screen, "Enter")
        expect(slider).to_be_focused()
        expect(rate).to_have_value(number)
    pressed(screen, "Enter")
    page.keyboard.type("abc")
    pressed(screen, "Home")
    pressed(screen, "Enter")
    assert screen.count() == ["300", "300"]
    expect(page.get_by_role("status").filter(has_text="Type a number")).to_have_count(1)
    pressed(screen, "Escape")
    expect(slider).to_be_focused()
    expect(rate).to_have_value("0.11")
    pressed(screen, "Enter")
    page.keyboard.type("7")
    pressed(screen, "Escape")
    expect(rate).to_have_value("0.11")
    # Left without another number, the same key leads on.
    pressed(screen, "r")
    expect(slider).not_to_be_focused()
    pressed(screen, "Shift+R")
    # The button that restores comes after the number that it would change.
    pressed(screen, "Tab")
    expect(rate).to_be_focused()
    pressed(screen, "Tab")
    expect(screen.button("Adam: learning rate, restore the default")).to_be_focused()
    # Page keys are a slider's own: no sequence is spoken of.
    screen.slider("Step").focus()
    pressed(screen, "PageDown")
    assert 200 < screen.step() < 300
    expect(screen.page.get_by_text("The sequence is empty")).to_have_count(0)
    assert "show" not in screen.address()
    pressed(screen, " ")
    expect(screen.button("Pause")).to_be_visible()


def test_letters_can_be_switched_off_and_stay_off(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page = screen.page
    loop = screen.button("Loop")
    page.keyboard.press("?")
    letters = page.get_by_role("switch", name="Letters, digits and signs are keys")
    expect(letters).to_be_checked()
    letters.uncheck()
    page.keyboard.press("Escape")
    page.reload()
    screen.ready()
    for key in ("l", "?", "n", "3", "+"):
        page.keyboard.press(key)
    page.keyboard.press("Home")
    assert screen.step() == 0, "keys that are no letters stay"
    expect(loop).to_have_attribute("aria-pressed", "false")
    expect(sheet(screen)).to_be_hidden()

    screen.button(SHEET).click()
    letters.check()
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(loop).to_have_attribute("aria-pressed", "true")


def test_the_focus_is_never_lost(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, lanes = screen.page, screen.region("Optimizers")
    # The button of the next optimizer goes when a key chooses it.
    lanes.get_by_role("button", name="SGD", exact=True).focus()
    page.keyboard.press("n")
    assert "ov-card" in page.evaluate(FOCUS)
    page.keyboard.press("n")
    expect(screen.region("Equation").get_by_role("heading")).to_have_text("Momentum")
    for name in ("Momentum", "Adam"):
        screen.button(f"Remove {name}").focus()
        page.keyboard.press("Enter")
        expect(screen.button(f"Remove {name}")).to_have_count(0)
        assert "ov-card" in page.evaluate(FOCUS), name
    page.keyboard.press("Home")
    assert screen.step() == 0


def test_sliders_are_called_by_the_present_name(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    name = screen.page.get_by_role("textbox", name="Name of this optimizer")
    name.fill("Mine")
    name.press("Enter")
    expect(screen.slider("Mine: learning rate")).to_be_visible()
    expect(screen.field("Mine: learning rate")).to_have_value("0.05")
    expect(screen.slider("Adam: learning rate")).to_have_count(0)


def test_letters_are_keys_on_the_pages_own_buttons_too(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    screen.button("Share").focus()
    heading = screen.region("Equation").get_by_role("heading")
    pressed(screen, "n")
    expect(heading).to_have_text("SGD")
    combobox = screen.page.get_by_role("combobox", name="Surface")
    combobox.focus()
    pressed(screen, "n")
    expect(screen.page.get_by_role("option", name="Branin")).to_be_visible()
    pressed(screen, "Escape")
    expect(heading).to_have_text("SGD")


def test_every_change_can_be_undone_and_done_again_with_the_address(visit):
    race = "surface=beale&lane=adam,lr:0.05&lane=sgd,lr:0.01&steps=300"
    screen = visit.open(race, reduced_motion="reduce")
    page, rate = screen.page, screen.field("Adam: learning rate")
    screen.handle().press("Control+z")
    expect(page.get_by_text("There is nothing to undo")).to_have_count(1)
    undo, redo = screen.button("Undo"), screen.button("Redo")
    expect(undo).to_be_disabled()
    rate.fill("0.02")
    rate.press("Enter")
    screen.button("Add optimizer").click()
    page.get_by_role("button", name="Lion").click()
    screen.until(lambda: len(screen.results()) == 3, "the new lane")
    steps = screen.field("Steps")
    steps.fill("200")
    steps.press("Enter")
    screen.until(lambda: screen.address().get("steps") == ["200"], "the steps in the address")
    back = (
        (3, "300", "0.02", "Undone: 300 steps"),
        (2, "300", "0.02", "Undone: Lion removed"),
        (2, "300", "0.05", "Undone: Adam: learning rate 0.05"),
    )
    for count, wanted, value, said in back:
        # By the button, too, which does not keep the focus when it has done all that it can.
        if count == 2:
            undo.click()
        else:
            screen.handle().press("Control+z")
        expect(page.get_by_text(said, exact=True)).to_have_count(1)
        expect(steps).to_have_value(wanted)
        expect(rate).to_have_value(value)
        screen.until(lambda count=count: len(screen.results()) == count, "the lanes of before")
    here = lambda: screen.address()["lane"][0] == "adam"  # noqa: E731
    screen.until(here, "the address of before")
    expect(undo).to_be_disabled()
    expect(redo).to_be_focused()
    redo.click()
    for key in ("Control+Shift+z", "Control+y"):
        screen.handle().press(key)
    expect(redo).to_be_disabled()
    expect(rate).to_have_value("0.02")
    expect(steps).to_have_value("200")
    screen.until(lambda: screen.address().get("steps") == ["200"], "the address again")
    # A new change is a way of its own.
    screen.handle().press("Control+z")
    rate.fill("0.03")
    rate.press("Enter")
    screen.handle().press("Control+y")
    expect(steps).to_have_value("300")
    # What is being typed is the field's own to undo.
    rate.focus()
    page.keyboard.type("9")
    page.keyboard.press("Control+z")
    expect(steps).to_have_value("300")


def test_a_drag_is_one_change(visit):
    screen = visit.open("lane=adam,lr:0.05&steps=300", reduced_motion="reduce")
    x, y = screen.thumb(screen.slider("Adam: learning rate"))
    screen.press(x, y)
    screen.page.mouse.move(x + 60, y, steps=12)
    screen.page.mouse.up()
    expect(screen.field("Adam: learning rate")).not_to_have_value("0.05")
    screen.handle().press("Control+z")
    expect(screen.field("Adam: learning rate")).to_have_value("0.05")
