"""Looking closer: a step in numbers, line by line."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.closer import (
    DASH,
    NESTEROV,
    current,
    figure,
    forward,
    inspector,
    legend,
    remembered,
    values,
)

RULES = ("sgd", "nesterov", "adam", "rprop", "bfgs")
LANES = "&".join(f"lane={slug}" for slug in RULES)
UNCOVERED = """(row) => {
  const { left, top, bottom } = row.getBoundingClientRect();
  return [top + 2, bottom - 2].every((y) => row.contains(document.elementFromPoint(left + 2, y)));
}"""
LOOKS = {"Numbers": "numbers", "Arrows": "arrows", "Curvature": "curvature"}


def test_the_last_line_is_where_the_next_step_begins(still):
    screen = still(f"{LANES}&show=numbers&steps=60")
    for index, slug in enumerate(RULES):
        screen.page.locator(f"[data-lane='{index}']").click(position={"x": 3, "y": 3})
        screen.button("To the start (Home)").click()
        for step in range(4):
            expect(inspector(screen)).to_contain_text(f"Step {step} → {step + 1}")
            *_, last = values(screen)
            before = figure(screen, "Position")
            forward(screen)
            assert figure(screen, "Position") == last != before, (slug, step)


def test_what_is_remembered_is_what_the_step_before_left(still):
    screen = still(f"{NESTEROV}&show=numbers")
    assert remembered(screen) == ["(0, 0)"]
    for _ in range(3):
        _, velocity, _ = values(screen)
        forward(screen)
        assert remembered(screen) == [velocity] != ["(0, 0)"]


def test_every_line_has_its_equation_and_a_value(still):
    screen = still(f"{LANES}&show=numbers&chosen=4&steps=60")
    lines = inspector(screen).locator("ol > li")
    assert len(values(screen)) == lines.count() == 7
    assert all(any(sign.isdigit() for sign in value) for value in values(screen))
    for line in lines.all():
        for math in line.locator("math").all():
            expect(math).to_be_visible()
        assert line.locator("math").count() == 2


@pytest.mark.parametrize("rule", ["radam", "bfgs"])
def test_the_longest_rules_are_there_at_a_glance(still, rule):
    screen = still(f"lane={rule}&steps=60&show=numbers")
    for line in inspector(screen).locator("li").all():
        expect(line).to_be_in_viewport(ratio=1)
    expect(screen.region("Loss").locator("canvas").first).to_be_in_viewport(ratio=1)
    expect(screen.region("Results").locator("tbody tr")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("asking", [False, True])
def test_scrubbing_asks_for_nothing(still, asking):
    screen = still(NESTEROV, asking=asking)
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    forward(screen, 3)
    assert inspections(asked) == []
    for name in LOOKS:
        screen.button(name).click()
    shown = [values(screen)]
    for _ in range(5):
        forward(screen)
        shown.append(values(screen))
    assert len({*map(tuple, shown)}) == 6
    # Only where no programs come is the server asked, and then once.
    assert len(inspections(asked)) == asking


def test_the_lines_one_at_a_time(still):
    screen = still("lane=adam&steps=60&show=numbers")
    forward(screen, 3)
    assert current(screen) == []
    ahead, back = screen.button("Next line"), screen.button("Previous line")
    seen = []
    for line in range(1, 8):
        ahead.click()
        assert current(screen) == [line]
        expect(inspector(screen)).to_contain_text(f"line {line} of 7")
        seen.append(legend(screen))
    # The gradient, a count, two averages, both corrected, the step.
    gradient, count, average, squares, *_, step = [entry[0] if entry else "" for entry in seen]
    assert gradient.startswith("minus the gradient")
    assert count == ""
    assert average.startswith("minus this direction")
    assert squares.startswith("learning rates")
    assert step == "step taken"
    ahead.click()
    assert (screen.step(), current(screen)) == (4, [1])
    back.click()
    assert (screen.step(), current(screen)) == (3, [7])
    for key, line in ((".", 1), (".", 2), (",", 1), (",", 7)):
        screen.page.keyboard.press(key)
        assert current(screen) == [line], key
    assert screen.step() == 3


def test_a_line_is_told_with_its_value(still):
    screen = still(f"{NESTEROV}&show=numbers")
    value = values(screen)[1]
    for _ in range(2):
        screen.page.keyboard.press(".")
    expect(inspector(screen).get_by_role("status")).to_have_text(f"line 2 of 3: v = {value}")


def test_a_line_is_chosen_and_left_by_a_click(still):
    screen = still(f"{NESTEROV}&show=numbers")
    ink = screen.ink()
    second = inspector(screen).locator("ol > li").nth(1)
    second.click()
    assert current(screen) == [2]
    assert screen.ink() > ink
    second.click()
    assert current(screen) == []
    assert screen.ink() == ink


def test_the_switches_are_in_the_link_and_survive_a_reload(still):
    screen = still(NESTEROV)
    shown: list[str] = []
    for name, word in LOOKS.items():
        expect(screen.button(name)).to_have_attribute("aria-pressed", "false")
        screen.button(name).click()
        expect(screen.button(name)).to_have_attribute("aria-pressed", "true")
        shown.append(word)
        wanted = [",".join(shown)]
        screen.until(lambda wanted=wanted: screen.address().get("show") == wanted, "the link")
    screen.page.reload()
    screen.ready()
    for name in LOOKS:
        expect(screen.button(name)).to_have_attribute("aria-pressed", "true")
    assert len(values(screen)) == 3
    screen.until(lambda: legend(screen), "the legend")


def test_the_notation_is_that_of_the_lines(still):
    screen = still(f"{NESTEROV}&show=numbers")
    lines = inspector(screen).locator("ol math")
    before = lines.all_text_contents()
    values_before = values(screen)
    screen.page.keyboard.press("m")
    screen.until(lambda: lines.all_text_contents() != before, "the lines in another notation")
    assert values(screen) == values_before


def test_where_no_step_follows_it_says_so_and_shows_the_last(still):
    screen = still("lane=sgd,lr:5&lane=adam&steps=40&show=numbers")
    inspector(screen)
    screen.page.keyboard.press("End")
    expect(inspector(screen)).to_contain_text(
        re.compile(r"Diverged at step (\d+)\. Its last step: ")
    )
    diverged = values(screen)
    screen.button("Next line").click()
    assert (screen.step(), current(screen)) == (40, [])
    screen.page.locator("[data-lane='1']").click(position={"x": 3, "y": 3})
    expect(inspector(screen)).to_contain_text("The race ends here. Its last step: 39 → 40")
    last = screen.until(
        lambda: seen if all(seen := values(screen)) and seen != diverged else [], "Adam's values"
    )
    assert DASH not in "".join(last)
    screen.button("One step back (left arrow)").click()
    expect(inspector(screen)).to_contain_text("Step 39 → 40")
    assert values(screen) == last


def test_the_lane_under_the_pointer_is_fetched_before_it_is_chosen(still):
    screen = still("surface=beale&lane=adam&lane=momentum&steps=60&show=numbers", asking=True)
    values(screen)
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    with screen.page.expect_response(re.compile(r"/inspection\?.*&of=1$")):
        screen.page.locator("[data-lane='1']").hover(position={"x": 3, "y": 3})
    before = len(inspections(asked))
    screen.page.locator("[data-lane='1']").click(position={"x": 3, "y": 3})
    expect(inspector(screen).locator("ol .ov-line")).to_have_count(3)
    assert all(values(screen))
    assert len(inspections(asked)) == before == 1


def inspections(urls: list[str]) -> list[str]:
    return [url for url in urls if "/inspection?" in url]


def test_on_a_phone_the_lines_are_gone_through_in_sight_of_the_picture(still):
    screen = still("surface=beale&lane=radam&steps=60", screen="phone")
    screen.button("Numbers").tap()
    assert len(values(screen)) == 11
    ink = screen.ink()
    for line in range(1, 12):
        screen.button("Next line").tap()
        assert current(screen) == [line]
        row = inspector(screen).locator("ol > li").nth(line - 1)
        expect(row).to_be_in_viewport(ratio=0.99)
        screen.until(lambda row=row: row.evaluate(UNCOVERED), f"line {line} in sight")
    expect(screen.page.get_by_role("list", name="Legend")).to_be_in_viewport(ratio=1)
    assert screen.ink() > ink
    assert screen.page.evaluate("document.scrollingElement.scrollWidth") <= 390


@pytest.mark.parametrize("noise", ["0", "0.5"])
def test_a_gradient_with_noise_is_called_one(still, noise):
    screen = still(f"surface=ravine&lane=sgd&steps=50&show=numbers&noise={noise}")
    group = screen.page.get_by_role("group", name="Step inspector")
    expect(group).to_be_visible()
    told = group.get_by_text("that of f, and the noise")
    expect(told).to_be_visible(visible=noise != "0")
