"""The experiment: surface and shape, steps, schedule, noise, and the notation it is written in."""

from __future__ import annotations

from playwright.sync_api import expect

from optviz import SURFACES
from optviz.notation import NOTATIONS
from optviz.schedules import SCHEDULES
from optviz.suggestions import suggested

CONTOUR = "() => document.querySelector('.ov-plot .contourlayer').innerHTML.length"


def test_the_notation_changes_equation_and_sliders(visit):
    screen = visit.open("lane=momentum", reduced_motion="reduce")
    formula = screen.region("Equation").locator("math").first
    symbols = screen.region("Optimizers").locator("math")
    seen = {(formula.text_content(), *symbols.all_text_contents())}
    table = screen.results()
    for slug, notation in list(NOTATIONS.items())[1:]:
        screen.choose("Notation", notation.name)
        screen.until(
            lambda slug=slug: screen.address().get("notation") == [slug], "the notation's name"
        )
        screen.until(
            lambda: (formula.text_content(), *symbols.all_text_contents()) not in seen,
            "other symbols",
        )
        seen.add((formula.text_content(), *symbols.all_text_contents()))
    assert screen.results() == table


def test_another_surface_brings_its_start_and_its_rates(visit):
    screen = visit.open(reduced_motion="reduce")
    field = screen.field("Momentum: learning rate")
    field.fill("0.003")
    field.press("Enter")
    screen.until(lambda: "lr:0.003" in screen.address().get("lane", ["", ""])[1], "a turned rate")
    before = screen.ticks()
    screen.choose("Surface", SURFACES["himmelblau"].name)
    screen.until(lambda: screen.ticks() != before, "other axes")
    rate = suggested("sgd", "himmelblau")["lr"]
    assert rate != suggested("sgd", "rosenbrock")["lr"]
    expect(screen.field("SGD: learning rate")).to_have_value(f"{rate:g}")
    expect(field).to_have_value("0.003")
    # From its own start, which a link need not name.
    assert "start" not in screen.address()
    x, y = screen.centre(screen.handle())
    screen.until(
        lambda: screen.results()[0][1].startswith("converged"), "the race on the new surface"
    )
    assert (x, y) == screen.centre(screen.handle())
    screen.until(lambda: screen.ink() > 1000, "paths on the new surface")


def test_the_shape_bends_the_surface_under_the_race(visit):
    screen = visit.open("surface=ravine&lane=sgd&steps=20", reduced_motion="reduce")
    for name in ("condition number", "rotation in degrees"):
        loss, contour, address = screen.loss("SGD"), screen.page.evaluate(CONTOUR), screen.page.url
        x, y = screen.thumb(screen.slider(name))
        screen.press(x, y)
        screen.page.mouse.move(x + 50, y, steps=10)
        screen.changed_loss("SGD", loss)
        screen.until(
            lambda before=contour: screen.page.evaluate(CONTOUR) != before, "another contour"
        )
        assert screen.page.url == address
        screen.page.mouse.up()
        value = screen.field(name).input_value()
        screen.until(
            lambda value=value: f":{value}" in screen.address().get("shape", [""])[0],
            "the shape's value",
        )


def test_steps_schedule_and_noise_change_the_race(visit):
    screen = visit.open("lane=sgd,lr:0.001", reduced_motion="reduce")
    page, seen = screen.page, [screen.loss("SGD")]

    def type_into(name, value):
        screen.field(name).fill(value)
        screen.field(name).press("Enter")

    def follows(part):
        seen.append(screen.changed_loss("SGD", seen[-1]))
        screen.until(lambda: part in screen.address(), f"{part} in the address bar")

    type_into("Steps", "200")
    follows("steps")
    assert screen.count() == ["200", "200"]
    type_into("Steps", "20000")
    expect(page.get_by_text("Type 10000 or less. It stays 200.")).to_be_visible()

    screen.region("Experiment").get_by_text("Schedule", exact=True).click()
    page.get_by_role("combobox", name="Learning-rate schedule").select_option("Inverse time")
    follows("schedule")
    expect(page.get_by_text(SCHEDULES["inverse_time"].about)).to_be_visible()
    expect(
        page.get_by_role("group", name="Equation of the schedule").locator("math")
    ).to_be_visible()
    expect(
        page.get_by_role("img", name="Multiplier of the learning rate against the step")
    ).to_be_visible()

    page.get_by_text("Gradient noise", exact=True).click()
    type_into("σ, standard deviation", "5")  # noqa: RUF001
    follows("noise")
    type_into("decay of σ per step", "0.01")  # noqa: RUF001
    follows("noise_decay")
    seed = page.get_by_role("textbox", name="Seed of the noise")
    seed.fill("7")
    seed.press("Enter")
    follows("seed")
    assert screen.address()["seed"] == ["7"]
    screen.button("New noise").click()
    screen.until(lambda: screen.address()["seed"] != ["7"], "another seed in the address bar")
    expect(seed).not_to_have_value("7")


def test_the_rate_below_the_equation_is_that_of_the_step(visit):
    race = "surface=ravine&lane=sgd,lr:0.05&steps=100&schedule=step_drop,drop:0.5,every:10"
    screen = visit.open(race, reduced_motion="reduce")
    screen.results()
    values = screen.region("Equation").locator(".ov-values")
    screen.slider("Step").fill("35")
    expect(values).to_contain_text("= 0.00625")
    screen.slider("Step").fill("0")
    expect(values).to_contain_text("= 0.05")


def test_keys_lead_to_a_lanes_own_schedule_and_to_the_noise_wherever_they_are(visit):
    screen = visit.open("surface=booth&lane=sgd,lr:0.05&steps=50", reduced_motion="reduce")
    page, keyboard = screen.page, screen.page.keyboard

    def press(*keys):
        for key in keys:
            keyboard.type(key) if len(key) > 1 and key.islower() else keyboard.press(key)

    # Even where there is but one: who adds another one is to find that one constant.
    press("d", "linear", "Enter")
    screen.until(lambda: screen.results()[0][0] == "SGD, linear", "the lane's name")
    told = page.locator(".ov-key-said")
    expect(told).to_have_text("SGD, linear: the schedule is linear")
    # Its steps are as large a part of these 50 as the usual 300 are of 500.
    screen.until(lambda: "schedule.tau:30" in screen.address()["lane"][0], "a shorter schedule")
    press("o", "sgd", "Enter")
    scheduled = lambda: ["schedule:" in lane for lane in screen.address()["lane"]]  # noqa: E731
    screen.until(lambda: scheduled() == [True, False], "one schedule alone")
    press("p", "f", "r", "r")
    expect(screen.slider("Steps")).to_be_focused()
    expect(told).to_have_text("The experiment")
    press("r")
    expect(screen.slider("final multiplier")).to_be_focused()
    press("r", "r", "s")
    expect(screen.slider("σ, standard deviation")).to_be_focused()  # noqa: RUF001
    expect(told).to_contain_text("turn σ up first")  # noqa: RUF001
    press("ArrowRight", "s")
    screen.until(lambda: screen.address().get("show") == ["seeds"], "many seeds")
    press("R", "R", "R", "R")
    expect(told).to_have_text("Table and chart")
    expect(screen.region("Results")).to_be_visible()
