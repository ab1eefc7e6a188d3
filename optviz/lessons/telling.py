"""A lesson as the page has it: text as HTML with its numbers, races as a link means them."""

from functools import cache
from typing import Any

from markdown_it import MarkdownIt

from optviz.lessons.reading import Lesson, Section, filled, right
from optviz.trajectories import Trajectories, run

# What somebody has written into a lesson as HTML is shown as it is written.
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@cache
def told(lesson: Lesson) -> dict[str, Any]:
    """Return a lesson as JSON-ready data; every race is run for it, once."""
    return {
        "slug": lesson.slug,
        "title": lesson.title,
        "about": lesson.about,
        "sections": [_section(section) for section in lesson.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    link, asked = section.link, section.prediction
    done = run(link.race)
    return {
        "title": section.title,
        "html": _html(section.text, done),
        "query": section.query,
        "race": link.race.plain(),
        "view": link.view.plain(),
        "moment": link.moment.plain(),
        "questions": [[_html(part, done) for part in pair] for pair in section.questions],
        "prediction": asked
        and {
            "question": asked.question,
            "options": list(asked.options),
            "right": right(asked, done),
            "because": _html(asked.because, done),
        },
    }


def _html(text: str, done: Trajectories) -> str:
    return _MARKDOWN.render(filled(text, done))
