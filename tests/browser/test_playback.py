"""Playing: buttons, keys, scrubber, speed and loop move the same play-head everywhere."""

from __future__ import annotations

from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&steps=500"


def test_buttons_keys_and_pointers_move_the_play_head(visit):
    screen = visit.open(RACE)
    page = screen.page
    screen.until(lambda: screen.step() > 5, "the race to play")
    page.keyboard.press("Space")
    expect(screen.button("Play")).to_be_visible()
    for key, step in (
        ("Home", 0),
        ("ArrowRight", 1),
        ("Shift+ArrowRight", 11),
        ("ArrowLeft", 10),
        ("End", 500),
        ("ArrowRight", 500),
        ("Shift+ArrowLeft", 490),
    ):
        page.keyboard.press(key)
        assert screen.step() == step, key
    for name, step in (
        ("To the start (Home)", 0),
        ("One step on (right arrow)", 1),
        ("One step back (left arrow)", 0),
        ("To the end (End)", 500),
    ):
        screen.button(name).click()
        assert screen.step() == step, name
        expect(screen.region("Equation")).to_contain_text(f"{step} of 500")

    # The scrubber and the chart.
    ink = screen.ink()
    page.mouse.click(*screen.centre(screen.slider("Step")))
    assert abs(screen.step() - 250) < 5
    assert screen.ink() != ink
    page.mouse.click(*screen.centre(screen.region("Loss").get_by_role("img")))
    assert abs(screen.step() - 250) < 40

    # At the end, play begins anew.
    page.keyboard.press("End")
    screen.button("Play").click()
    screen.until(lambda: 0 < screen.step() < 400, "the race to begin anew")


def test_space_plays_while_a_slider_has_the_focus_and_its_arrows_move_it_alone(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, slider = screen.page, screen.slider("Adam: learning rate")
    field = screen.field("Adam: learning rate")
    slider.focus()
    page.keyboard.press("Space")
    expect(screen.button("Pause")).to_be_visible()
    screen.until(lambda: 5 < screen.step() < 500, "the race to play")
    page.keyboard.press("Space")
    expect(screen.button("Play")).to_be_visible()
    step, rates = screen.step(), [float(field.input_value())]
    for key in ("ArrowRight", "Shift+ArrowRight", "End", "ArrowLeft", "Home"):
        page.keyboard.press(key)
        rates.append(float(field.input_value()))
        assert screen.step() == step, key
    start, right, further, end, left, home = rates
    assert home < start < right < further < end
    assert start < left < end
    screen.until(lambda: f"lr:{home:g}" in screen.address()["lane"][0], "the rate in the address")
    assert screen.step() == step
    expect(slider).to_be_focused()


def test_arrows_on_the_scrubber_move_it_by_steps(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, scrubber = screen.page, screen.slider("Step")
    page.mouse.click(*screen.centre(scrubber))
    expect(scrubber).to_be_focused()
    middle = screen.step()
    assert 200 < middle < 300
    for key, step in (
        ("ArrowRight", middle + 1),
        ("ArrowLeft", middle),
        ("Shift+ArrowLeft", middle - 10),
        ("Shift+ArrowRight", middle),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("ArrowRight", 1),
        ("End", 500),
        ("ArrowRight", 500),
    ):
        page.keyboard.press(key)
        assert screen.step() == step, key
        assert scrubber.input_value() == str(step), key
    page.keyboard.press("Space")
    expect(screen.button("Pause")).to_be_visible()
    screen.until(lambda: 0 < screen.step() < 400, "the race to begin anew")


def test_a_field_keeps_its_keys(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page = screen.page
    field = screen.field("Adam: learning rate")
    field.focus()
    for key in ("Home", "ArrowLeft", "Shift+ArrowRight", "Space", "End"):
        page.keyboard.press(key)
        assert screen.step() == 500, key
    expect(screen.button("Play")).to_be_visible()
    page.keyboard.press("Escape")
    name = page.get_by_role("textbox", name="Name of this optimizer")
    name.fill("Heavy")
    name.press("Space")
    name.press_sequentially("ball")
    name.press("Home")
    assert screen.step() == 500
    name.press("Tab")
    screen.until(lambda: screen.results()[0][0] == "Heavy ball", "the new name in the table")
    page.get_by_role("combobox", name="Notation").focus()
    page.keyboard.press("Home")
    assert screen.step() == 500


def test_speed_and_loop(visit):
    # The clock is that of all the browser's pages.
    screen = visit.open(RACE, reduced_motion="reduce", alone=True)
    clock = screen.page.clock
    # It stands still but for what it is told.
    clock.install()
    clock.pause_at(screen.page.evaluate("Date.now() + 1000"))
    screen.button("To the start (Home)").click()
    travelled = []
    for speed in ("1", "4"):
        screen.page.get_by_role("combobox", name="Speed").select_option(speed)
        screen.button("Play").click()
        before = screen.step()
        clock.run_for(1000)
        travelled.append(screen.step() - before)
        screen.button("Pause").click()
    assert 40 < travelled[0] < 80
    assert 3.5 < travelled[1] / travelled[0] < 4.5

    screen.page.keyboard.press("End")
    screen.button("Play").click()
    clock.run_for(4000)
    expect(screen.button("Play")).to_be_visible()
    assert screen.step() == 500

    loop = screen.button("Loop")
    loop.click()
    expect(loop).to_have_attribute("aria-pressed", "true")
    screen.button("Play").click()
    clock.run_for(3500)
    expect(screen.button("Pause")).to_be_visible()
    assert screen.step() < 500
