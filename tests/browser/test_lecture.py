"""What a lecturer does in an hour, each with the keyboard alone, and how many keys it takes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from optviz import RULES
from tests.browser.closer import legend
from tests.browser.test_presenting import FULL

# The lectures' schedules, as they are typed, and how a link calls them.
SCHEDULED = {
    "step drop": "step_drop",
    "linear": "linear",
    "inverse time": "inverse_time",
    "hold, then exponential": "hold_exponential",
    "cyclical": "cyclical",
    "one-cycle": "one_cycle",
}
AT_RATE = "document.activeElement.matches('.ov-card.ov-chosen .ov-rate .ov-range')"


class Hands:
    """Someone who has a keyboard and nothing else; a word that is typed counts as one key."""

    def __init__(self, screen) -> None:
        self.screen, self.pressed = screen, 0
        self._keyboard = screen.page.keyboard

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += 1
            if len(key) > 1 and key.islower():
                self._keyboard.type(key)
            else:
                self._keyboard.press(key)

    def surface(self, begin: str, name: str) -> None:
        """Go to a surface and wait for its race."""
        self.press("u", begin, "Enter")
        expect(self.screen.page.locator(".ov-stage")).to_have_attribute(
            "aria-label", re.compile(name)
        )
        slug = name.lower().replace(" ", "_")
        self.screen.until(lambda: self.screen.address().get("surface") == [slug], "the surface")

    def rate(self, text: str) -> None:
        """Set the chosen optimizer's learning rate to what was called from the seats."""
        # After one number the slider has the focus still.
        if not self.screen.page.evaluate(AT_RATE):
            self.press("r")
        self.type(text)

    def type(self, number: str) -> None:
        """Type a number for the slider that has the focus."""
        self.press("Enter")
        self._keyboard.type(number)
        self.pressed += 1
        self.press("Enter")

    def add(self, words: str) -> None:
        """Add an optimizer."""
        before = len(self.screen.results())
        self.press("o", words, "Enter")
        self.screen.until(lambda: len(self.screen.results()) == before + 1, "the new lane")

    def takes(self, most: int) -> None:
        """Say how many keys a task may take, and begin anew."""
        assert self.pressed <= most, self.pressed
        self.pressed = 0


@pytest.fixture
def hands(visit):
    screen = visit.open("", reduced_motion="reduce")
    screen.results()
    return Hands(screen)


def outcomes(hands) -> dict[str, str]:
    return {row[0]: row[1] for row in hands.screen.results()}


def becomes(hands, name: str, words: str) -> None:
    hands.screen.until(lambda: re.search(words, outcomes(hands)[name]), f"{name}: {words}")


def test_rates_momentum_and_the_look_ahead(hands):
    """Tasks 1 to 3: too high and too low, momentum across and along a ravine, Nesterov's step."""
    hands.surface("booth", "Booth")
    hands.press("p")
    hands.rate("0.3")
    becomes(hands, "SGD", "^diverged")
    hands.rate("0.0001")
    becomes(hands, "SGD", "^not converged")
    hands.surface("ravi", "Ravine")
    hands.rate("0.09")
    becomes(hands, "SGD", "^diverged")
    hands.takes(24)

    hands.rate("0.076")
    becomes(hands, "SGD", "^converged at step 7")
    becomes(hands, "Momentum", "^converged at step 2")
    hands.takes(6)

    hands.add("nesterov momentum")
    hands.press("a", "Home", "ArrowRight")
    expect(hands.screen.button("Arrows")).to_have_attribute("aria-pressed", "true")
    hands.screen.until(lambda: "look-ahead point" in legend(hands.screen), "the look-ahead")
    hands.takes(7)


def test_a_plateau_a_saddle_and_a_long_valley(hands):
    """Tasks 4 to 6: who coasts and who stops, who leaves first, and Beale's valley."""
    hands.surface("plat", "Plateau")
    becomes(hands, "Momentum", "^converged")
    becomes(hands, "SGD", "^not converged")
    hands.takes(3)
    # Noise moves who has no gradient: it goes elsewhere than without.
    row = lambda: next(row for row in hands.screen.results() if row[0] == "SGD")  # noqa: E731
    still = row()
    hands.press("s")
    expect(hands.screen.page.get_by_role("slider", name="standard deviation")).to_be_focused()
    hands.type("0.5")
    hands.screen.until(lambda: row()[3] != still[3], "another distance")
    hands.press("Control+z")
    hands.takes(5)

    hands.surface("sad", "Saddle")
    hands.press("v")
    said = {row[0]: re.search(r"left the saddle at step (\d+)", row[1]) for row in order(hands)}
    steps = [int(found[1]) for found in said.values() if found]
    assert len(steps) == 6
    assert steps == sorted(steps)
    # Each coordinate has a rate of its own there; plain descent lingers.
    assert next(iter(said)) in ("AdaGrad", "RMSProp", "Adam")
    assert [*said][-1] == "SGD"
    hands.takes(4)

    hands.surface("beal", "Beale")
    assert {"AdaGrad", "RMSProp"} <= {*outcomes(hands)}
    becomes(hands, "SGD", "^not converged")
    becomes(hands, "Momentum", r"minimum \(3, 0.5\)")
    hands.takes(3)

    # Task 7: the rate that dies and the one that does not, in one picture.
    hands.press("g", "g", "g")
    chart = hands.screen.region("Effective learning rate").get_by_role("img")
    for name in ("AdaGrad", "RMSProp"):
        expect(chart).to_have_accessible_name(re.compile(f"{name} in x from .* to "))
    hands.takes(3)


def order(hands) -> list[list[str]]:
    return hands.screen.results()


def test_variants_schedules_and_the_finder(hands):
    """Tasks 8 to 11: bias correction, delta's place, schedules side by side, the finder."""
    hands.add("no bias")
    hands.add("adam (delta inside")
    names = [*outcomes(hands)]
    for rule in ("adam_uncorrected", "adam_inside"):
        assert RULES[rule].name in names
    hands.takes(6)

    for kind in SCHEDULED:
        hands.add("sgd")
        hands.press("d", kind, "Enter")
        called = f"SGD, {kind}"
        hands.screen.until(lambda called=called: called in outcomes(hands), called)
    lanes = hands.screen.until(
        lambda: (own := lanes_of(hands, "schedule:")) and len(own) == len(SCHEDULED) and own,
        "the schedules",
    )
    found = [re.search(r"schedule:(\w+)", lane) for lane in lanes]
    assert [one and one[1] for one in found] == [*SCHEDULED.values()]
    hands.takes(6 * len(SCHEDULED))

    hands.press("G")
    finder = hands.screen.region("Learning-rate finder")
    expect(finder.get_by_role("button", name=re.compile("^Use 0"))).to_be_visible()
    hands.takes(1)


def lanes_of(hands, words: str) -> list[str]:
    return [lane for lane in hands.screen.address().get("lane", []) if words in lane]


def test_notations_and_a_prepared_sequence(hands):
    """Tasks 13 and 14: a rule in three notations; moments of the evening before, presented."""
    page = hands.screen.page
    formula = hands.screen.region("Equation").locator("math").first
    seen = {formula.text_content()}
    for _ in range(2):
        hands.press("m")
        seen.add(formula.text_content())
    assert len(seen) == 3
    hands.takes(2)

    hands.press("k")
    hands.surface("sad", "Saddle")
    hands.press("g", "Home", "ArrowRight", "k")
    hands.takes(9)
    # Another day, in the same browser.
    page.reload()
    hands.screen.ready()
    hands.press("f", "PageDown")
    expect(page.locator(".ov-stage")).to_have_attribute("aria-label", re.compile("Rosenbrock"))
    hands.press("PageDown")
    expect(page.locator(".ov-stage")).to_have_attribute("aria-label", re.compile("Saddle"))
    expect(page.get_by_text(re.compile("^2 of 2: Saddle: SGD, "))).to_have_count(1)
    hands.screen.until(lambda: hands.screen.step() == 1, "the step of the moment")
    expect(hands.screen.region("Gradient norm")).to_be_visible()
    hands.press("PageDown")
    expect(page.get_by_text("This is the last of the sequence")).to_have_count(1)
    # The clicker's keys are that on a slider, too.
    hands.press("r", "PageUp")
    expect(page.locator(".ov-stage")).to_have_attribute("aria-label", re.compile("Rosenbrock"))
    hands.takes(6)


@pytest.mark.parametrize("path", ["maps", "compare"])
def test_other_pages_are_presented_too(path, visit):
    """Task 12: who is robust, on the full screen."""
    screen = visit.enter("rules=adam&trials=4&starts=4&steps=50" * (path == "compare"), path=path)
    page = screen.page
    page.locator(f".ov-{path}").wait_for()
    page.keyboard.press("f")
    screen.until(lambda: page.evaluate(FULL), "the full screen")
    page.keyboard.press("q")
    sheet = page.get_by_role("dialog", name="Link to this moment")
    expect(sheet.get_by_label("Link", exact=True)).to_have_value(re.compile(path))
    page.wait_for_function("() => document.querySelector('.ov-link-code').naturalWidth > 0")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    sheet = page.get_by_role("dialog", name="Keys")
    # A page that computes thirty maps may still be busy with the key before.
    screen.until(lambda: sheet.is_visible() or page.keyboard.press("?"), "the keys")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("f")
    expect(screen.button("Present")).to_have_attribute("aria-pressed", "false")
