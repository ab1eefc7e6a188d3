"""The lessons page: a text, and beside it the race that it speaks of; every part has a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optviz import query
from optviz.checks import attempt, known, shown, whole
from optviz.lessons import lessons
from optviz.lessons.reading import Lesson, Section
from optviz.lessons.telling import told as told_lesson
from optviz.pages import paths
from optviz.pages.hosted import hosted, told
from optviz.pages.navigation import Page, address, go
from optviz.pages.offers import share_link
from optviz.race import DEFAULT, Race

HOST = "lessonshost"
KEYS = ("lesson", "part")


@dataclass(frozen=True)
class LessonLink:
    """A lesson and which of its parts is open, from 1; no lesson is the list of all."""

    lesson: Lesson | None = None
    part: int = 1
    problems: tuple[str, ...] = ()

    @property
    def section(self) -> Section | None:
        """The part that is open, if a lesson is."""
        return self.lesson.sections[self.part - 1] if self.lesson else None

    def query(self) -> str:
        """Return the query string; the first part is left out."""
        if not self.lesson:
            return ""
        part = [("part", str(self.part))] if self.part > 1 else []
        return query.joined([("lesson", self.lesson.slug), *part])


def read(text: str) -> LessonLink:
    """Return what the page's query means; what is broken in it falls back, and says so."""
    said, rest, problems = query.split(query.pairs(text), KEYS)
    problems += [f"The link of a lesson has no part {shown(name)}." for name, _ in rest[:1]]
    slug = said.get("lesson")
    if slug is None or not attempt(problems, known, slug, lessons(), "lesson"):
        return LessonLink(problems=tuple(problems))
    lesson = lessons()[slug]
    last = len(lesson.sections)
    part = attempt(problems, whole, said.get("part", "1"), "the part of a lesson", 1, last) or 1
    return LessonLink(lesson, part, tuple(problems))


def show(bar: DeltaGenerator) -> None:
    """Show the lesson of the address bar, or all that there are."""
    link = read(address())
    with bar, st.popover("Share"):
        share_link("lesson" if link.lesson else "page", link.query())
    hosted("lessons", HOST, data(address()), _commit)


def data(text: str) -> dict[str, Any]:
    """Return what a query says to the page's module."""
    link = read(text)
    problems = [*link.problems]
    # One of a course may claim what its race has not.
    lesson = link.lesson and attempt(problems, told_lesson, link.lesson)
    return {
        "contents": [
            {"slug": slug, "title": one.title, "about": one.about, "parts": len(one.sections)}
            for slug, one in lessons().items()
        ],
        "lesson": lesson,
        "part": link.part,
        "problems": told(problems),
    }


def _commit(change: Mapping[str, Any]) -> None:
    """Take over what the browser module says."""
    go(read(change["query"]).query())


def _race(text: str) -> Race:
    section = read(text).section
    return section.link.race if section else DEFAULT


PAGE = Page(
    title="Lessons",
    path=paths.LESSONS,
    host=HOST,
    data=data,
    show=show,
    race_of=_race,
    query_of=lambda _: "",
)
