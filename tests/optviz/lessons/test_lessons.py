"""Every lesson: its claims hold, its predictions have one answer, its links are read as meant."""

from __future__ import annotations

import html
import json
import re

import pytest

from optviz import link as links
from optviz import run
from optviz.lessons import lessons, right
from optviz.lessons.telling import told
from optviz.pages import compare, maps
from optviz.pages.lessons import PAGE, read

LESSONS = lessons()
SECTIONS = [
    pytest.param(section, id=f"{slug}-{number}")
    for slug, lesson in LESSONS.items()
    for number, section in enumerate(lesson.sections, 1)
]


@pytest.mark.parametrize("slug", LESSONS)
def test_every_claim_of_a_lesson_holds(slug):
    assert LESSONS[slug].broken() == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_claims_something_of_a_race_that_a_link_can_hold(section):
    link = section.link
    assert section.claims
    assert links.read(link.query()).race == link.race
    assert section.text.strip()


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_is_told_as_json_with_all_its_numbers(slug):
    plain = told(LESSONS[slug])
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    for section, declared in zip(plain["sections"], LESSONS[slug].sections, strict=True):
        answers = [part for pair in section["questions"] for part in pair]
        asked = section["prediction"]
        texts = [section["html"], *answers, *([asked["because"]] if asked else [])]
        assert not [text for text in texts if re.search(r"[{}]|```|step never|no number", text)]
        assert section["race"] == declared.link.race.plain()
        if declared.prediction:
            assert asked["right"] == right(declared.prediction, run(declared.link.race))
    # One is predicted in each lesson at least: that is what it is for.
    assert any(section["prediction"] for section in plain["sections"])


READERS = {"maps": maps.read, "compare": compare.read, "": links.read}


@pytest.mark.parametrize("slug", LESSONS)
def test_the_links_of_a_text_lead_where_they_say(slug):
    text = json.dumps(told(LESSONS[slug]))
    for address in re.findall(r'href=\\"(.*?)\\"', text):
        page, _, query = html.unescape(address).partition("?")
        assert READERS[page](query).problems == (), address


@pytest.mark.parametrize("slug", LESSONS)
def test_each_part_has_a_link(slug):
    for part in range(1, len(LESSONS[slug].sections) + 1):
        link = read(f"lesson={slug}&part={part}")
        assert (link.lesson, link.part, link.problems) == (LESSONS[slug], part, ())
        assert read(link.query()) == link
        assert PAGE.race_of(link.query()) == LESSONS[slug].sections[part - 1].link.race


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("lesson=nope", "There is no lesson 'nope'"),
        ("lesson=saddle&part=9", "the part of a lesson is 9; it can be at most 2"),
        ("lesson=saddle&part=x", "x"),
        ("lesson=saddle&lesson=plateau", "lesson"),
        ("lane=sgd", "The link of a lesson has no part 'lane'"),
    ],
)
def test_what_is_wrong_with_a_link_is_said(query, sentence):
    assert any(sentence in problem for problem in read(query).problems)
