"""Looking closer: the step as arrows on the picture, and the curvature there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.closer import DASH, NESTEROV, figure, forward, legend

TIMES = "\N{MULTIPLICATION SIGN}"


def test_arrows_are_drawn_while_they_are_switched_on(still):
    screen = still(NESTEROV)
    forward(screen, 4)
    ink = screen.ink()
    assert legend(screen) == []
    screen.button("Arrows").click()
    screen.until(lambda: screen.ink() > ink + 100, "the arrows")
    names = legend(screen)
    assert names[:4] == ["momentum", "gradient step", "step taken", "look-ahead point"]
    assert all(name.startswith(f"arrows and look-ahead {TIMES}") for name in names[4:])
    with_arrows = screen.ink()
    forward(screen)
    screen.until(lambda: screen.ink() != with_arrows, "other arrows")
    screen.button("One step back (left arrow)").click()
    screen.button("Arrows").click()
    screen.until(lambda: screen.ink() == ink, "the paths alone")
    assert legend(screen) == []


def test_at_the_end_the_last_step_is_drawn(still):
    screen = still(f"{NESTEROV}&show=arrows")
    screen.page.keyboard.press("End")
    screen.until(lambda: "step taken" in legend(screen), "the last step's arrows")


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
    # The legend is not where the point is.
    screen.page.keyboard.press("Home")
    names = screen.page.get_by_role("list", name="Legend")
    for y, above in (("-0.9", True), ("2.8", False)):
        screen.field("Start, y").fill(y)
        screen.field("Start, y").press("Enter")
        screen.until(
            lambda above=above: (screen.centre(names)[1] < screen.on_contour(0, 0.5)[1]) == above,
            "the legend away from the point",
        )
    # What is out of sight is not promised; and before an audience what is seen has larger letters.
    size = "(e) => parseFloat(getComputedStyle(e).fontSize)"
    named = screen.page.get_by_role("list", name="Legend")
    small = named.evaluate(size)
    screen.page.keyboard.press("f")
    large = "Number(getComputedStyle(document.querySelector('.ov')).getPropertyValue('--ov-large'))"
    grown = 13 * screen.page.evaluate(large)
    assert grown > small
    assert named.evaluate(size) == pytest.approx(grown)
    for _ in range(6):
        screen.page.keyboard.press("Shift+W")
    screen.until(lambda: not legend(screen), "nothing to be named")


def test_rates_that_differ_are_a_box_and_equal_ones_are_not(still):
    for lane, boxes in (("adam", 1), ("momentum", 0)):
        screen = still(f"lane={lane}&show=arrows&steps=50")
        forward(screen, 5)
        screen.until(lambda screen=screen: "step taken" in legend(screen), "the arrows")
        assert sum(name.startswith("learning rates") for name in legend(screen)) == boxes


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
    # Along the way down, every rate leads away.
    assert figure(screen, "Largest stable rate") == "none: saddle-shaped here"
    assert "negative curvature" in legend(screen)


def test_every_rule_has_its_own_limit_or_none(still):
    lanes = "lane=sgd&lane=momentum,alpha:0.9&lane=adam"
    screen = still(f"surface=ravine&shape=condition:25&{lanes}&steps=50&show=curvature")
    mark = screen.region("Optimizers").get_by_title("Largest stable rate here")
    for index, (limit, term) in enumerate([("0.0800", ""), ("0.152", ""), ("0.0800", "of SGD")]):
        screen.page.locator(f"[data-lane='{index}']").click(position={"x": 3, "y": 3})
        screen.until(
            lambda limit=limit: figure(screen, "Largest stable rate") == limit, "the limit"
        )
        expect(
            screen.region("Equation").get_by_text(f"Largest stable rate {term}".strip(), exact=True)
        ).to_be_visible()
        expect(mark).to_have_count(0 if term else 1)
