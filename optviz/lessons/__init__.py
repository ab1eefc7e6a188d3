"""Lessons: text with races; what is told of a race is computed, and what is claimed is tested."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from optviz.checks import RaceError
from optviz.lessons.reading import Lesson, Section, filled, read, right

__all__ = ["Lesson", "Section", "bring", "filled", "in_folder", "lessons", "read", "right"]

TEXTS = Path(__file__).parent / "texts"
# Longer ones nobody reads, and no more are listed.
MOST_BYTES = 100_000
MOST_LESSONS = 200

_brought: dict[str, Lesson] = {}


def lessons() -> dict[str, Lesson]:
    """Return the lessons by their slugs, in their order, and after them those of a course."""
    return {**_shipped(), **_brought}


def bring(folder: Path) -> list[str]:
    """Add a course's own lessons; return a sentence for each file that cannot be read.

    One that has the slug of another takes its place.
    """
    problems = []
    for slug, found in in_folder(folder):
        if isinstance(found, Lesson):
            _brought[slug] = found
        else:
            problems.append(found)
    return problems


def in_folder(folder: Path) -> Iterator[tuple[str, Lesson | str]]:
    """Yield the slug of each file of a folder, and its lesson or what is wrong with it.

    The files are called as `07-some-name.md`, and come in the order of their names.
    """
    for path in sorted(folder.glob("*.md"))[:MOST_LESSONS]:
        slug = path.stem.lstrip("0123456789-") or path.stem
        try:
            if path.stat().st_size > MOST_BYTES:
                raise RaceError(f"it is longer than {MOST_BYTES} bytes.")
            yield slug, read(slug, path.read_text("utf-8"))
        except (RaceError, OSError, UnicodeDecodeError) as error:
            yield slug, f"{path.name} is left out: {error}"


@cache
def _shipped() -> dict[str, Lesson]:
    found = dict(in_folder(TEXTS))
    assert all(isinstance(one, Lesson) for one in found.values()), found
    return {slug: one for slug, one in found.items() if isinstance(one, Lesson)}
