"""A lesson from its file: text in Markdown, with races, and what is claimed of them beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from optviz import link as links
from optviz.checks import RaceError
from optviz.lessons import claims
from optviz.link import Link
from optviz.trajectories import Trajectories, run

# What of a section is no text: its race, what is claimed of it, and what is asked.
BLOCK = re.compile(r"^```(race|claims|predict|question)\n(.*?)^```\s*$", re.M | re.S)
HEADING = re.compile(r"^## +(.*)$", re.M)
NUMBER = re.compile(r"\{([^{}]+)\}")
OPTION = re.compile(r"^- (.*?): +(.*)$")


@dataclass(frozen=True)
class Prediction:
    """What is asked before the paths are shown: an option is right whose claim holds."""

    question: str
    options: tuple[str, ...]
    claims: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Section:
    """A part of a lesson: `text` and `answers` in Markdown, with {expressions} for their numbers.

    `query` is that of the race that it shows; a section without one goes on with the race before.
    `questions` are pairs: what is asked, and the answer to fold out.
    """

    title: str
    text: str
    query: str
    claims: tuple[str, ...] = ()
    prediction: Prediction | None = None
    questions: tuple[tuple[str, str], ...] = ()

    @property
    def link(self) -> Link:
        """The race as the page reads it; RaceError if a part of it is not understood."""
        link = links.read(self.query)
        if link.problems:
            raise RaceError(*link.problems)
        return link


@dataclass(frozen=True)
class Lesson:
    """A lesson: what it is called and about, and its sections."""

    slug: str
    title: str
    about: str
    sections: tuple[Section, ...] = field(repr=False)

    def broken(self) -> list[str]:
        """Return a sentence for each claim that its race does not keep, running every race."""
        return [sentence for section in self.sections for sentence in _broken(section)]


def read(slug: str, text: str) -> Lesson:
    """Return the lesson that a file holds; RaceError says what is wrong with it."""
    head, *rest = HEADING.split(text)
    title, _, about = head.strip().partition("\n")
    if not title.startswith("# ") or not about.strip() or not rest:
        raise RaceError(
            f"The lesson {slug} needs a title (# ...), a sentence, and sections (## ...)."
        )
    sections: list[Section] = []
    for name, body in zip(rest[::2], rest[1::2], strict=True):
        sections.append(_section(name.strip(), body, sections[-1].query if sections else ""))
    return Lesson(slug, title.removeprefix("# ").strip(), about.strip(), tuple(sections))


def filled(text: str, done: Trajectories) -> str:
    """Return a text whose {expressions} are the numbers that they come to."""
    return NUMBER.sub(lambda found: claims.told(claims.value(found[1], done)), text)


def right(prediction: Prediction, done: Trajectories) -> int:
    """Return which option of a prediction is right; RaceError if that is not exactly one."""
    true = [at for at, claim in enumerate(prediction.claims) if claims.holds(claim, done)]
    if len(true) != 1:
        raise RaceError(f"{len(true)} options of {prediction.question!r} are right, not one.")
    return true[0]


def _section(title: str, body: str, before: str) -> Section:
    blocks: dict[str, list[str]] = {"race": [], "claims": [], "predict": [], "question": []}
    for kind, inner in BLOCK.findall(body):
        blocks[kind].append(inner.strip())
    if max(len(blocks[kind]) for kind in ("race", "claims", "predict")) > 1:
        raise RaceError(
            f"The section {title!r} has one race, one prediction and one list of claims."
        )
    query = "".join(blocks["race"][:1]).replace("\n", "")
    if not (query or before):
        raise RaceError(f"The section {title!r} has no race.")
    return Section(
        title=title,
        text=BLOCK.sub("", body).strip(),
        query=query or before,
        claims=tuple(line for block in blocks["claims"] for line in block.splitlines()),
        prediction=_prediction(blocks["predict"][0]) if blocks["predict"] else None,
        questions=tuple(_question(block) for block in blocks["question"]),
    )


def _prediction(block: str) -> Prediction:
    question, *lines = block.splitlines()
    options = [found for line in lines if (found := OPTION.match(line))]
    because = " ".join(line for line in lines if line and not OPTION.match(line))
    if len(options) < 2:
        raise RaceError(f"The prediction {question!r} needs two options, each '- words: claim'.")
    return Prediction(
        question, tuple(one[1] for one in options), tuple(one[2] for one in options), because
    )


def _question(block: str) -> tuple[str, str]:
    asked, _, answer = block.partition("\n\n")
    if not answer:
        raise RaceError(f"The question {asked!r} needs an answer, after an empty line.")
    return asked.replace("\n", " "), answer


def _broken(section: Section) -> Sequence[str]:
    done = run(section.link.race)
    texts = [section.text, *(part for pair in section.questions for part in pair)]
    if section.prediction:
        right(section.prediction, done)
        texts.append(section.prediction.because)
    for text in texts:
        filled(text, done)
    return [
        f"{section.title}: {claim} is not so ({done})."
        for claim in section.claims
        if not claims.holds(claim, done)
    ]
