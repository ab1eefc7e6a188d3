"""Sliders: the race follows the thumb, the address bar follows the release."""

from __future__ import annotations

from playwright.sync_api import expect

RATE = "Adam: learning rate"
RACE = "lane=adam,lr:0.05&lane=momentum,lr:0.001,alpha:0.9&steps=300"

# Where everything stands that a sentence could push.
PLACES = """() => [...document.querySelectorAll('.ov-panel *:not([popover])')]
  .map((part) => part.getBoundingClientRect()).map(({ x, y }) => [x, y])"""


def drag(screen, *ways):
    """Drag the thumb of Adam's rate; at each place yield Adam's new loss. The caller lets go."""
    x, y = screen.thumb(screen.slider(RATE))
    loss = screen.loss("Adam")
    screen.press(x, y)
    for way in ways:
        screen.page.mouse.move(x + way, y, steps=8)
        loss = screen.changed_loss("Adam", loss)
        yield loss


def test_the_race_follows_the_thumb_and_the_address_bar_the_release(visit):
    screen = visit.open(RACE)
    address = screen.page.url
    assert len(list(drag(screen, 20, 40, 60))) == 3
    value = screen.field(RATE).input_value()
    assert float(value) > 0.05
    assert screen.page.url == address
    screen.page.mouse.up()
    screen.until(lambda: screen.page.url != address, "the address bar to follow")
    assert f"lr:{value}" in screen.address()["lane"][0]
    assert screen.address()["lane"][1] == "momentum"


def test_every_way_to_set_a_value(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    field, thumb = screen.field(RATE), screen.slider(RATE)
    lane = lambda: screen.address()["lane"][0]  # noqa: E731

    # Typed, within the slider's range and outside of it.
    field.fill("0.2")
    field.press("Enter")
    screen.until(lambda: "lr:0.2" in lane(), "the typed value in the address bar")
    expect(thumb).to_be_focused()
    before = screen.loss("Adam")
    field.fill("37,5")
    field.press("Tab")
    screen.until(lambda: "lr:37.5" in lane(), "the value outside the slider in the address bar")
    assert thumb.evaluate("(e) => e.value === e.max")
    far = screen.changed_loss("Adam", before)
    # It is taken, but not without a word.
    outside = "outside its range, 1e-5 to 10"
    expect(screen.page.get_by_text(f"37.5 is {outside}.")).to_be_visible()
    expect(field).to_have_attribute("title", outside)
    expect(thumb).to_have_attribute("aria-valuetext", f"37.5, {outside}")

    # What is no number gets a sentence, and the old value stays, as does everything around it.
    places = screen.page.evaluate(PLACES)
    for wrong, sentence in (
        ("fast", "Type a number"),
        ("1e999", "finite"),
        ("-3", "Type 0 or more"),
        ("", "Type a number"),
    ):
        field.fill(wrong)
        field.press("Enter")
        problem = screen.page.get_by_role("status").filter(has_text="It stays 37.5.")
        expect(problem).to_contain_text(sentence)
        expect(field).to_have_value("37.5")
        # It is to be typed again.
        expect(field).to_be_focused()
        assert screen.page.evaluate("String(getSelection())") == "37.5"
    assert screen.page.evaluate(PLACES) == places
    expect(problem).to_be_in_viewport(ratio=1)
    assert screen.loss("Adam") == far
    expect(field).to_have_attribute("aria-invalid", "true")

    # The keyboard moves the thumb, and the sentence goes.
    thumb.focus()
    thumb.press("ArrowLeft")
    screen.until(lambda: "lr:37.5" not in lane(), "the arrow key's value in the address bar")
    expect(problem).to_have_count(0)
    expect(field).not_to_have_attribute("title", outside)
    expect(field).to_have_attribute("aria-invalid", "false")
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
    momentum = screen.loss("Momentum")
    list(drag(screen, -40))
    screen.changed_loss("Momentum", momentum)
    value = screen.field(RATE).input_value()
    expect(screen.field("Momentum: learning rate")).to_have_value(value)
    screen.page.mouse.up()
    screen.until(
        lambda: all(f"lr:{value}" in lane for lane in screen.address()["lane"]),
        "both rates in the address bar",
    )
    assert "alpha" not in screen.address()["lane"][1]


def test_a_slider_that_is_not_linked_moves_alone(visit):
    screen = visit.open(f"{RACE}&chosen=1", reduced_motion="reduce")
    lane, momentum = screen.address()["lane"], screen.loss("Momentum")
    others = [screen.slider("Momentum: learning rate"), screen.slider("Momentum: momentum")]
    rest = [other.input_value() for other in others]
    for _ in drag(screen, -20, -40):
        assert [other.input_value() for other in others] == rest
        expect(screen.field("Momentum: learning rate")).to_have_value("0.001")
        expect(screen.field("Momentum: momentum")).to_have_value("0.9")
        assert screen.loss("Momentum") == momentum
    screen.page.mouse.up()
    screen.until(lambda: screen.address()["lane"] != lane, "the address bar to follow")
    assert [other.input_value() for other in others] == rest
    assert screen.address()["lane"][1] == "momentum"
    assert screen.loss("Momentum") == momentum


def test_hidden_paths_stay_hidden_while_a_slider_is_dragged(visit):
    screen = visit.open(f"{RACE}&hidden=0,1", reduced_motion="reduce")
    ink, eyes = screen.ink(), screen.region("Optimizers").locator("[aria-pressed=false]")
    expect(eyes).to_have_count(2)
    for _ in drag(screen, -20, -40):
        assert screen.ink() == ink
        expect(eyes).to_have_count(2)
    address = screen.page.url
    screen.page.mouse.up()
    screen.until(lambda: screen.page.url != address, "the address bar to follow")
    assert screen.address()["hidden"] == ["0,1"]
    assert screen.ink() == ink
    # There is something to hide.
    screen.button("Adam, visible").click()
    screen.until(lambda: screen.ink() > ink + 200, "the path to come back")


def test_separators_are_understood_where_they_can_mean_one_thing_and_else_asked_about(visit):
    screen = visit.open(f"{RACE}&noise=1&seed=1234567890123456", reduced_motion="reduce")
    steps, rate = screen.field("Steps"), screen.field(RATE)

    def typed(field, text):
        field.fill(text)
        field.press("Enter")
        return field

    expect(typed(steps, "1,000")).to_have_value("1000")
    screen.until(lambda: screen.address()["steps"] == ["1000"], "the steps in the address bar")
    expect(typed(rate, "0,01")).to_have_value("0.01")
    screen.until(lambda: "lr:0.01" in screen.address()["lane"][0], "the rate in the address bar")
    for field, text, sentence, kept in (
        (steps, "1,5", "Type a whole number. It stays 1000.", "1000"),
        (steps, "0,01", "Type a whole number. It stays 1000.", "1000"),
        (rate, "1,500", "1,500 may be 1500 or 1.5: type one of them. It stays 0.01.", "0.01"),
    ):
        expect(typed(field, text)).to_have_value(kept)
        problem = screen.page.get_by_role("status").filter(has_text="It stays")
        expect(problem).to_have_text(sentence)
    assert screen.address()["steps"] == ["1000"]
    assert "lr:0.01" in screen.address()["lane"][0]

    # The seed of a link, and one more: every digit counts.
    screen.region("Experiment").get_by_text("Gradient noise").click()
    seed = screen.page.get_by_role("textbox", name="Seed of the noise")
    expect(seed).to_have_value("1234567890123456")
    expect(typed(seed, "1234567890123457")).to_have_value("1234567890123457")
    told = lambda: float(screen.address()["seed"][0])  # noqa: E731
    screen.until(lambda: told() == 1234567890123457, "the seed in the link")
    expect(typed(seed, str(2**53 + 1))).to_have_value("1234567890123457")
    expect(problem).to_have_text("Type 9007199254740991 or less. It stays 1234567890123457.")
