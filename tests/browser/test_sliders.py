"""Sliders: the race follows the thumb, the address bar follows the release."""

from __future__ import annotations

from playwright.sync_api import expect

RATE = "Adam: learning rate"
RACE = "lane=adam,lr:0.05&lane=momentum,lr:0.001,alpha:0.9&steps=300"


def test_the_race_follows_the_thumb_and_the_address_bar_the_release(visit):
    screen = visit.open(RACE)
    thumb = screen.slider(RATE)
    before, address = screen.loss("Adam"), screen.page.url
    x, y = screen.thumb(thumb)
    screen.press(x, y)
    seen = [before]
    for way in (20, 40, 60):
        screen.page.mouse.move(x + way, y, steps=4)
        seen.append(screen.changed_loss("Adam", seen[-1]))
    value = screen.field(RATE).input_value()
    assert float(value) > 0.05
    assert screen.page.url == address
    screen.page.mouse.up()
    screen.until(lambda: screen.page.url != address, "the address bar to follow")
    assert f"lr:{value}" in screen.address()["lane"][0]
    assert screen.address()["lane"][1].startswith("momentum,lr:0.001,alpha:0.9")


def test_every_way_to_set_a_value(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    field, thumb = screen.field(RATE), screen.slider(RATE)
    lane = lambda: screen.address()["lane"][0]  # noqa: E731

    # Typed, within the slider's range and outside of it.
    field.fill("0.2")
    field.press("Enter")
    screen.until(lambda: "lr:0.2" in lane(), "the typed value in the address bar")
    before = screen.loss("Adam")
    field.fill("37,5")
    field.press("Tab")
    screen.until(lambda: "lr:37.5" in lane(), "the value outside the slider in the address bar")
    assert thumb.evaluate("(e) => e.value === e.max")
    far = screen.changed_loss("Adam", before)

    # What is no number gets a sentence, and the old value stays.
    for wrong, sentence in (("fast", "Type a number"), ("1e999", "finite"), ("", "Type a number")):
        field.fill(wrong)
        field.press("Enter")
        problem = screen.page.get_by_role("status").filter(has_text="It stays 37.5.")
        expect(problem).to_contain_text(sentence)
        expect(field).to_have_value("37.5")
    assert screen.loss("Adam") == far

    # The keyboard moves the thumb, and the sentence goes.
    thumb.focus()
    thumb.press("ArrowLeft")
    screen.until(lambda: "lr:37.5" not in lane(), "the arrow key's value in the address bar")
    expect(problem).to_have_count(0)
    assert screen.count() == ["300", "300"]

    # A double-click and the button beside it both restore what suits the surface.
    restore = screen.button(f"{RATE}, restore the default")
    thumb.dblclick()
    expect(restore).to_be_hidden()
    suggested = field.input_value()
    screen.until(lambda: f"lr:{suggested}" in lane(), "the restored value in the address bar")
    field.fill("0.3")
    field.press("Enter")
    restore.click()
    expect(field).to_have_value(suggested)


def test_linked_sliders_move_together(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    screen.page.get_by_role("switch", name="Link sliders").check()
    screen.until(lambda: screen.address().get("linked") == ["1"], "the switch in the address bar")
    adam, momentum = screen.loss("Adam"), screen.loss("Momentum")
    x, y = screen.thumb(screen.slider(RATE))
    screen.press(x, y)
    screen.page.mouse.move(x - 40, y, steps=8)
    screen.changed_loss("Adam", adam)
    screen.changed_loss("Momentum", momentum)
    value = screen.field(RATE).input_value()
    expect(screen.field("Momentum: learning rate")).to_have_value(value)
    screen.page.mouse.up()
    screen.until(
        lambda: all(f"lr:{value}" in lane for lane in screen.address()["lane"]),
        "both rates in the address bar",
    )
    assert "alpha:0.9" in screen.address()["lane"][1]
