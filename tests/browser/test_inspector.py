"""Looking closer: a step in numbers, line by line, as arrows on the picture, and the curvature."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

RULES = ("sgd", "nesterov", "adam", "rprop", "bfgs")
LANES = "&".join(f"lane={slug}" for slug in RULES)
DASH, TIMES = "\N{EN DASH}", "\N{MULTIPLICATION SIGN}"
NESTEROV = "lane=nesterov,lr:0.0005,alpha:0.9&steps=100"
UNCOVERED = """(row) => {
  const { left, top, bottom } = row.getBoundingClientRect();
  return [top + 2, bottom - 2].every((y) => row.contains(document.elementFromPoint(left + 2, y)));
}"""
LOOKS = {"Numbers": "numbers", "Arrows": "arrows", "Curvature": "curvature"}


@pytest.fixture
def still(visit):
    """Open a finished race at its start, and wait for what is shown closer."""

    def opened(query: str, **options):
        screen = visit.open(query, reduced_motion="reduce", **options)
        screen.results()
        screen.button("To the start (Home)").click()
        return screen

    return opened


def inspector(screen) -> Locator:
    """The inspector, once it shows the present race."""
    found = screen.page.get_by_role("group", name="Step inspector")
    expect(found).to_have_attribute("aria-busy", "false")
    return found


def values(screen) -> list[str]:
    """Return the value of every line."""
    return inspector(screen).locator("ol .ov-value-of").all_text_contents()


def remembered(screen) -> list[str]:
    """Return what the rule remembered before the step."""
    return inspector(screen).locator("ul .ov-value-of").all_text_contents()


def figure(screen, term: str) -> str:
    """Return the number that stands beside a term under the equation."""
    row = screen.region("Equation").locator("dl > div").filter(has_text=term)
    return row.locator("dd").inner_text()


def current(screen) -> list[int]:
    """Return which lines are highlighted, counted from 1."""
    marks = (
        inspector(screen)
        .locator("ol > li")
        .evaluate_all("(all) => all.map((row) => row.getAttribute('aria-current') === 'step')")
    )
    return [index for index, marked in enumerate(marks, 1) if marked]


def legend(screen) -> list[str]:
    """Return the names of what is drawn about the point; none while the legend is hidden."""
    found = screen.page.get_by_role("list", name="Legend")
    return found.locator("li").all_text_contents() if found.is_visible() else []


def forward(screen, steps: int = 1) -> None:
    for _ in range(steps):
        screen.button("One step on (right arrow)").click()


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


def test_scrubbing_asks_for_nothing(still):
    screen = still(NESTEROV)
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    forward(screen, 3)
    assert [url for url in asked if "/inspection" in url] == []
    for name in LOOKS:
        screen.button(name).click()
    shown = [values(screen)]
    for _ in range(5):
        forward(screen)
        shown.append(values(screen))
    assert len({*map(tuple, shown)}) == 6
    assert len([url for url in asked if "/inspection" in url]) == 1


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


def test_arrows_are_drawn_while_they_are_switched_on(still):
    screen = still(NESTEROV)
    forward(screen, 4)
    ink = screen.ink()
    assert legend(screen) == []
    screen.button("Arrows").click()
    screen.until(lambda: screen.ink() > ink + 100, "the arrows")
    names = legend(screen)
    assert names[:4] == ["momentum", "gradient step", "step taken", "look-ahead point"]
    assert all(name.startswith(f"arrows {TIMES}") for name in names[4:])
    with_arrows = screen.ink()
    forward(screen)
    assert screen.ink() != with_arrows
    screen.button("One step back (left arrow)").click()
    screen.button("Arrows").click()
    assert legend(screen) == []
    assert screen.ink() == ink


def test_short_arrows_are_magnified_and_it_says_so(still):
    screen = still("lane=momentum,lr:1e-5&show=arrows&steps=50")
    scale = lambda: [name for name in legend(screen) if TIMES in name]  # noqa: E731
    screen.until(scale, "the scale of the arrows")
    assert float(scale()[0].removeprefix(f"arrows {TIMES} ")) > 1
    for _ in range(12):
        screen.button("Zoom in").click()
    screen.until(lambda: not scale(), "arrows to scale")


def test_arrows_that_leave_the_picture_are_drawn_shorter_and_it_says_so(still):
    screen = still("lane=sgd,lr:1&show=arrows&steps=20")
    screen.until(lambda: legend(screen), "the arrows")
    taken, scale = legend(screen)
    assert taken == "step taken: the gradient step"
    assert 0 < float(scale.removeprefix(f"arrows {TIMES} ")) < 1


def test_rates_that_differ_are_a_box_and_equal_ones_are_not(still):
    for lane, boxes in (("adam", 1), ("momentum", 0)):
        screen = still(f"lane={lane}&show=arrows&steps=50")
        forward(screen, 5)
        screen.until(lambda screen=screen: "step taken" in legend(screen), "the arrows")
        assert sum(name.startswith("learning rates") for name in legend(screen)) == boxes


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


@pytest.mark.parametrize(("condition", "limit"), [("50", "0.0400"), ("200", "0.0100")])
def test_the_curvature_of_the_ravine_is_its_condition(still, condition, limit):
    shape = f"surface=ravine&shape=condition:{condition},rotation:30"
    screen = still(f"{shape}&lane=sgd,lr:0.001&steps=50&show=curvature")
    row = screen.region("Equation").get_by_text("Condition number")
    expect(row).to_be_visible()
    screen.until(lambda: figure(screen, "Condition number") != DASH, "the curvature")
    assert float(figure(screen, "Condition number")) == float(condition)
    assert figure(screen, "Largest stable rate") == limit
    mark = screen.region("Optimizers").get_by_title(f"Largest stable rate here: {limit}")
    slider = screen.slider("SGD: learning rate")
    box, track = mark.bounding_box(), slider.bounding_box()
    assert box
    assert track
    # The mark is where the thumb stands at that rate.
    screen.field("SGD: learning rate").fill(limit)
    screen.field("SGD: learning rate").press("Enter")
    screen.until(lambda: f"lr:{float(limit)}" in screen.address()["lane"][0], "the rate")
    assert abs(screen.thumb(slider)[0] - (box["x"] + box["width"] / 2)) < 4
    screen.button("Curvature").click()
    expect(mark).to_have_count(0)
    expect(row).to_be_hidden()


def test_a_saddle_has_no_condition_number(still):
    screen = still("surface=saddle&lane=sgd&steps=50&show=curvature")
    screen.until(lambda: "saddle" in figure(screen, "Condition number"), "the word")
    assert "negative curvature" in legend(screen)


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
    expect(inspector(screen)).to_contain_text(re.compile(r"It diverged at step (\d+)\. Its last: "))
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
    screen = still("surface=beale&lane=adam&lane=momentum&steps=60&show=numbers")
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
