"""The lessons page: read, predicted, played; what its races show is what the library runs."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from optviz import run
from optviz.lessons import lessons
from optviz.lessons.telling import told
from tests.browser.test_accessibility import faults

LESSONS = lessons()
SEEN = """() => [...document.querySelectorAll('.ov-lesson-figure .ov-layer')]
  .some((canvas) => getComputedStyle(canvas).visibility === 'visible')"""


class LessonPage:
    """The lessons page on a screen."""

    def __init__(self, visit, query: str = "", **options) -> None:
        self.screen = visit.enter(query, path="lessons", reduced_motion="reduce", **options)
        self.page = self.screen.page
        self.text = self.screen.region("Lesson")

    def predict(self, section) -> None:
        """Choose the right option of a part that asks, whose paths are hidden until then."""
        asked = self.text.get_by_role("group", name="Prediction")
        expect(self.text).to_contain_text(section.prediction.question)
        assert not self.page.evaluate(SEEN)
        expect(self.screen.region("Results")).to_be_hidden()
        (said,) = (one for one in told(self.lesson)["sections"] if one["title"] == section.title)
        asked.get_by_role("button").nth(said["prediction"]["right"]).click()
        expect(asked).to_contain_text("As you said")
        expect(asked).not_to_contain_text("{")
        assert self.page.evaluate(SEEN)

    def read(self, slug: str, parts: int) -> None:
        """Read so many parts of a lesson that is open, and compare each race with the library's."""
        self.lesson = LESSONS[slug]
        for number, section in enumerate(self.lesson.sections[:parts], 1):
            expect(self.text.get_by_role("heading", level=2)).to_have_text(self.lesson.title)
            expect(self.text.get_by_role("heading", level=3)).to_have_text(section.title)
            if section.prediction:
                self.predict(section)
            race = section.link.race
            # One that hops about for ever may differ in its steps: rounding decides there.
            wanted = sorted(re.sub(r"\d+", "#", status.text) for status in run(race).status)
            self.screen.until(
                lambda wanted=wanted: (
                    sorted(re.sub(r"\d+", "#", row[1]) for row in self.screen.table()) == wanted
                ),
                f"the race of {section.title}: {wanted}",
            )
            if number < min(parts, len(self.lesson.sections)):
                self.text.get_by_role("button", name="On", exact=True).click()


def test_every_lesson_is_read_predicted_and_played_from_the_first_to_the_last(visit):
    here = LessonPage(visit)
    listed = here.screen.region("All lessons").get_by_role("link")
    expect(listed).to_have_text([lesson.title for lesson in LESSONS.values()])
    assert faults(here.screen) == []
    listed.first.click()
    for slug, lesson in LESSONS.items():
        here.read(slug, len(lesson.sections))
        way = here.text.get_by_role("link", name=re.compile("^Next: "))
        if lesson is [*LESSONS.values()][-1]:
            expect(way).to_have_count(0)
        else:
            way.click()
    here.text.get_by_role("link", name="All lessons").click()
    expect(listed.first).to_be_visible()


def test_the_first_part_of_every_lesson_on_a_phone(visit):
    here = LessonPage(visit, "lesson=learning-rate", screen="phone")
    for slug in LESSONS:
        here.read(slug, 1)
        assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
        if slug == "saddle":
            assert faults(here.screen) == []
        here.text.get_by_role("link", name="All lessons").click()
        here.screen.region("All lessons").get_by_role("link").nth(
            [*LESSONS].index(slug) + 1 - len(LESSONS)
        ).click()


def test_a_part_has_a_link_and_a_wrong_prediction_is_told_why(visit):
    here = LessonPage(visit, "lesson=plateau", color_scheme="dark")
    asked = here.text.get_by_role("group", name="Prediction")
    asked.get_by_role("button", name="SGD alone").click()
    outcome = asked.locator(".ov-lesson-outcome")
    expect(outcome).to_contain_text("Not as you said: Momentum alone.")
    expect(outcome).to_be_focused()
    assert faults(here.screen) == []
    # The race is live, and the address stays the lesson's.
    before = here.screen.results()
    here.screen.slider("Momentum: learning rate").press("ArrowRight")
    here.screen.until(lambda: here.screen.table() != before, "another result")
    here.text.get_by_role("button", name="On", exact=True).click()
    here.screen.until(lambda: here.screen.address().get("part") == ["2"], "the part in the link")
    # So does a presenter's clicker, which leaves the race to the lesson.
    here.page.keyboard.press("PageUp")
    expect(here.text.get_by_role("heading", level=3)).to_have_text("Through a flat ring")
    here.screen.until(lambda: "part" not in here.screen.address(), "the first part in the link")
    here.page.keyboard.press("PageDown")
    here.screen.until(lambda: here.screen.address().get("part") == ["2"], "the part again")
    here.page.go_back()
    expect(here.text.get_by_role("heading", level=3)).to_have_text("Through a flat ring")
    here.page.go_forward()
    expect(here.text.get_by_role("heading", level=3)).to_have_text("Noise moves it")
    # A link to the moment, and the race opened on its own page, are of the same race.
    here.screen.results()
    here.screen.button("Link to this moment").click()
    link = urlsplit(here.page.get_by_label("Link", exact=True).input_value())
    assert link.path == "/"
    assert parse_qs(link.query)["noise"] == ["2"]
    here.page.keyboard.press("Escape")
    here.text.get_by_role("link", name="Open this race on its own page").click()
    here.screen.ready()
    assert here.screen.address()["noise"] == ["2"]


@pytest.mark.parametrize("query", ["lesson=nope", "lesson=saddle&part=7"])
def test_a_link_that_is_wrong_is_told_of(query, visit):
    here = LessonPage(visit, query)
    expect(here.page.get_by_text("Not all of this link can be used")).to_be_visible()
