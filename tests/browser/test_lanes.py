"""Optimizers: add any of them, the same one twice, name, choose, hide and remove them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from optviz import RULES
from optviz.race import MAX_LANES

SWATCHES = """(all) => all.map((e) => [
  e.closest('tr').querySelector('.ov-row-name').textContent,
  e.outerHTML,
])"""
OUTER = "(all) => all.map((e) => e.outerHTML)"
COLOUR = re.compile(r"--ov-lane-(\d+)-(\d+)")


def names(screen):
    return [row[0] for row in screen.results()]


def add(screen, typed):
    """Add the optimizer that is found first by typing."""
    screen.button("Add optimizer").click()
    search = screen.page.get_by_role("searchbox", name="Find a rule")
    expect(search).to_be_focused()
    search.fill(typed)
    search.press("Enter")
    expect(search).to_be_hidden()


def remove(screen, name):
    """Remove an optimizer; the button shows when the pointer is on its card."""
    card = screen.region("Optimizers").get_by_role("listitem")
    card.filter(has=screen.button(f"{name}, visible")).hover()
    screen.button(f"Remove {name}").click()


def test_every_rule_can_be_added_and_the_same_one_twice(visit):
    screen = visit.open("lane=sgd&steps=300", reduced_motion="reduce")
    screen.button("Add optimizer").click()
    menu = screen.page.get_by_role("dialog", name="Add optimizer")
    assert menu.locator(".ov-menu-name").all_inner_texts() == [rule.name for rule in RULES.values()]
    expect(menu).to_contain_text("Learning rates begin tuned to the surface")
    menu.get_by_role("button").first.press("Escape")
    expect(menu).to_be_hidden()

    for _ in range(2):
        add(screen, "belief")
    screen.until(lambda: names(screen) == ["SGD", "AdaBelief", "AdaBelief 2"], "both in the table")
    screen.until(
        lambda: (
            [lane.split(",")[0] for lane in screen.address()["lane"]]
            == ["sgd", "adabelief", "adabelief"]
        ),
        "both in the address bar",
    )
    expect(screen.region("Equation").get_by_role("heading")).to_have_text("AdaBelief 2")

    # Each has sliders of its own.
    first = screen.loss("AdaBelief")
    field = screen.field("AdaBelief 2: learning rate")
    field.fill("0.0001")
    field.press("Enter")
    screen.until(lambda: screen.loss("AdaBelief 2") != first, "the second to differ")
    assert screen.loss("AdaBelief") == first

    # Another form of a rule is raced at that rule's values, not at those that would suit it alone.
    add(screen, "nadam")
    rate = screen.field("Nadam: learning rate")
    rate.fill("0.0003")
    rate.press("Enter")
    add(screen, "nadam (pytorch")
    expect(screen.field("Nadam (PyTorch): learning rate")).to_have_value("3e-4")
    told = "Added: Nadam (PyTorch), at the values of Nadam: ε 3e-4"
    expect(screen.page.locator(".ov-key-said")).to_contain_text(told)


def test_choosing_shows_an_optimizers_equation_hiding_takes_its_path_away(visit):
    screen = visit.open("lane=sgd&lane=adam&steps=300", reduced_motion="reduce")
    equation = screen.region("Equation")
    heading, formula = equation.get_by_role("heading"), equation.locator("math").first
    expect(heading).to_have_text("SGD")
    before = formula.text_content()
    screen.region("Optimizers").get_by_role("button", name="Adam", exact=True).click()
    expect(heading).to_have_text("Adam")
    assert formula.text_content() != before
    expect(screen.slider("Adam: stability constant")).to_be_visible()
    screen.until(lambda: screen.address().get("chosen") == ["1"], "the choice in the address bar")
    screen.region("Results").get_by_role("button", name="SGD").click()
    expect(heading).to_have_text("SGD")
    screen.until(lambda: "chosen" not in screen.address(), "the choice in the address bar")

    ink, table = screen.ink(), screen.results()
    eye = screen.button("Adam, visible")
    eye.click()
    expect(eye).to_have_attribute("aria-pressed", "false")
    screen.until(lambda: screen.ink() < 0.9 * ink, "the path to go")
    screen.until(lambda: screen.address().get("hidden") == ["1"], "its absence in the address bar")
    assert screen.results() == table
    eye.click()
    screen.until(lambda: screen.ink() == ink, "the path to come back")


def test_removing_leaves_the_others_as_they_were(visit):
    screen = visit.open("lane=sgd&lane=adam&lane=lion&hidden=2", reduced_motion="reduce")
    before = screen.results()
    remove(screen, "SGD")
    screen.until(lambda: screen.results() == before[1:], "the others to stay")
    screen.until(lambda: screen.address().get("hidden") == ["1"], "the hidden one to stay hidden")
    screen.region("Optimizers").get_by_role("button", name="Lion", exact=True).click()
    remove(screen, "Adam")
    screen.until(lambda: screen.results() == before[2:], "the last to stay")
    expect(screen.region("Equation").get_by_role("heading")).to_have_text("Lion")
    expect(screen.button("Remove Lion")).to_be_disabled()


def test_a_new_name_is_told_everywhere_and_going_back_brings_the_old_one(visit):
    screen = visit.open("lane=adam&lane=sgd&steps=50", reduced_motion="reduce")
    name = screen.region("Optimizers").get_by_role("textbox", name="Name of this optimizer")
    parts = (
        lambda label: screen.slider(f"{label}: learning rate"),
        lambda label: screen.field(f"{label}: learning rate"),
        lambda label: screen.button(f"Remove {label}"),
        lambda label: screen.region("Equation").get_by_role("heading", name=label),
    )
    name.fill("Mine")
    name.press("Enter")
    screen.until(lambda: "label:Mine" in screen.address()["lane"][0], "the name in the address bar")
    for part in parts:
        expect(part("Mine")).to_be_visible()
    # The field has the focus still.
    expect(name).to_be_focused()
    screen.page.go_back()
    expect(name).to_have_value("Adam")
    for part in parts:
        expect(part("Adam")).to_be_visible()
    screen.page.go_forward()
    expect(name).to_have_value("Mine")
    expect(parts[0]("Mine")).to_be_visible()


def test_a_full_race_says_so(visit):
    lanes = "&".join(["lane=sgd", *["lane=adam"] * (MAX_LANES - 2)])
    screen = visit.open(f"{lanes}&steps=50", reduced_motion="reduce")
    add(screen, "lion")
    screen.until(lambda: len(screen.results()) == MAX_LANES, "the last place to be taken")
    expect(screen.button("Add optimizer")).to_be_disabled()
    sentence = screen.page.get_by_text(f"A race holds at most {MAX_LANES} optimizers.")
    expect(sentence).to_be_visible()
    remove(screen, "Lion")
    expect(sentence).to_be_hidden()
    expect(screen.button("Add optimizer")).to_be_enabled()


def test_a_colour_belongs_to_its_optimizer_wherever_it_is_and_whoever_has_gone(visit):
    screen = visit.open("lane=sgd&lane=momentum&lane=adam&lane=adam", reduced_motion="reduce")
    page = screen.page
    swatches = page.locator(".ov-results .ov-swatch")
    before = swatches.evaluate_all(SWATCHES)
    looks = dict(before)
    assert len({look for _, look in before}) == 4
    # The same rule twice has one hue in two shades, and another dash and marker.
    one, other = (set(COLOUR.findall(looks[name])) for name in ("Adam", "Adam 2"))
    assert {hue for hue, _ in one} == {hue for hue, _ in other}
    assert {shade for _, shade in one} != {shade for _, shade in other}
    assert len(one) == len(other) == 1
    remove(screen, "SGD")
    screen.until(lambda: swatches.count() == 3, "the lane to go")
    assert dict(swatches.evaluate_all(SWATCHES)) == {n: look for n, look in before if n != "SGD"}
    # Also of one rule: who was the second stays so, by name and look, when the first has gone.
    remove(screen, "Adam")
    screen.until(lambda: swatches.count() == 2, "the other lane to go")
    assert dict(swatches.evaluate_all(SWATCHES)) == {n: looks[n] for n in ("Momentum", "Adam 2")}
    page.keyboard.press("Control+z")
    screen.until(lambda: swatches.count() == 3, "the lane to be back")
    page.get_by_role("link", name="Maps").click()
    page.locator(".ov-maps").wait_for()
    tiles = page.locator(".ov-tile .ov-swatch")
    screen.until(lambda: looks["Momentum"] in tiles.evaluate_all(OUTER), "the map's look")
