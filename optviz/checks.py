"""Checks of what a user gave: each returns the clean value or says in a sentence what was wrong."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import inf
from typing import Any, TypeVar

import numpy as np

from catalogues import Parameter
from optviz.limits import MAX_LABEL, MAX_SEED
from optviz.values import Numbers

T = TypeVar("T")
# They join letters or pictures, or keep them apart: many scripts and emoji are written with them.
JOINERS = "\u200c\u200d"
STRAY_JOINERS = re.compile(rf"(?:(?<!\S)|(?<=[{JOINERS}]))[{JOINERS}]+")
# A canonical combining class: of signs that join two letters to one.
VIRAMA = 9
# Two of these letters make a flag.
FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
SKIN_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))


class RaceError(ValueError):
    """What is wrong with a race: `problems` holds one sentence each, made for the user's eyes."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def attempt(problems: list[str], make: Callable[..., Any], /, *args: Any, **values: Any) -> Any:
    """Return make(*args, **values); None if it raises RaceError, which adds to `problems`."""
    try:
        return make(*args, **values)
    except RaceError as error:
        problems.extend(error.problems)
        return None


def accepts(make: Callable[..., Any], /, *args: Any, **values: Any) -> bool:
    """Return whether make(*args, **values) raises no RaceError."""
    problems: list[str] = []
    attempt(problems, make, *args, **values)
    return not problems


def known(slug: Any, catalogue: Collection[str], noun: str) -> str:
    """Return `slug` if the catalogue has it."""
    if not isinstance(slug, str) or slug not in catalogue:
        raise RaceError(f"There is no {noun} {shown(str(slug))}.{suggest(str(slug), catalogue)}")
    return slug


def resolved(given: Any, catalogue: Mapping[str, T], noun: str, kind: type[T]) -> T:
    """Return the entry of the catalogue that `given` names; one of `kind` is that entry itself."""
    return given if isinstance(given, kind) else catalogue[known(given, catalogue, noun)]


def named(entry: T, catalogue: Mapping[str, T]) -> str | T:
    """Return the slug of an entry of the catalogue; what is not in it has none but itself."""
    slug: str = entry.slug  # type: ignore[attr-defined]
    return slug if catalogue.get(slug) is entry else entry


def settings(
    values: Mapping[str, Any], declared: Mapping[str, Parameter], owner: str, noun: str
) -> Mapping[str, float]:
    """Return a number for every declared parameter: the given values over the defaults."""
    problems: list[str] = []
    numbers: dict[str, float] = {}
    for name in values:
        if name not in declared:
            hint = suggest(name, declared) if declared else " It has none."
            problems.append(f"{owner} has no {noun} {shown(name)}.{hint}")
    for name, parameter in declared.items():
        value = values.get(name, parameter.default)
        numbers[name] = attempt(problems, _read, parameter, value, f"{owner}, {name}")
    if problems:
        raise RaceError(*problems)
    return Numbers(numbers)


def number(value: Any, what: str) -> float:
    """Return a finite float."""
    return _read(Parameter(0.0, 0.0, 0.0), value, what)


def size(value: Any, what: str) -> float:
    """Return a finite float that is not negative."""
    result = number(value, what)
    if result < 0:
        raise RaceError(f"{what} is {typed(value)}; it cannot be below 0.")
    return result


def whole(value: Any, what: str, least: int, most: float = inf) -> int:
    """Return an int from `least` to `most`, with all its digits."""
    result = number(value, what)
    if result != round(result) or result < least:
        raise RaceError(f"{what} is {typed(value)}; it must be a whole number of at least {least}.")
    if result > most:
        raise RaceError(f"{what} is {typed(value)}; it can be at most {most}.")
    try:
        # Not through a float, which holds no more than 53 bits.
        return int(value)
    except ValueError:  # a text like 1e3
        return int(result)


def linked(seed: int | None, given: Any = None) -> int | None:
    """Return a seed, `given` as a text or as itself, that a link can hold, in a browser, too."""
    if seed is not None and seed > MAX_SEED:
        raise RaceError(
            f"In a link, a seed is at most {MAX_SEED}, the largest that a browser holds exactly; "
            f"this one is {typed(given or seed)}."
        )
    return seed


def switch(given: Mapping[str, str], name: str) -> bool:
    """Return whether 1 is given by this name, and not 0."""
    if (text := given.get(name, "0")) not in ("0", "1"):
        raise RaceError(f"{name} is 1 or 0, not {shown(text)}.")
    return text == "1"


def point(value: Sequence[Any], what: str) -> tuple[float, float]:
    """Return two finite floats."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise RaceError(f"{what} needs two numbers, like (1, 2), not {shown(repr(value))}.")
    numbers = [number(part, what) for part in value]
    if len(numbers) != 2:
        raise RaceError(f"{what} needs two numbers, like 1,2; it has {len(numbers)}.")
    return numbers[0], numbers[1]


def window(given: str | Sequence[Any] | None, what: str) -> tuple[float, float] | None:
    """Return the limits that are given, as two numbers or as a text like -1,3, if there are any."""
    return None if given is None else limits(given, what)


def limits(given: str | Sequence[Any], what: str) -> tuple[float, float]:
    """Return a lower number and a higher one, given as two numbers or as a text like -1,3."""
    low, high = point(given.split(",") if isinstance(given, str) else given, what)
    if not low < high:
        raise RaceError(f"{what} must go from a lower number to a higher one.")
    if high - low == inf:
        raise RaceError(f"{what} is too wide: its limits differ by more than the largest number.")
    return low, high


def precision(given: Any) -> Any:
    """Return the type of number, float32 or float64, that is given as itself or by its name."""
    try:
        name = "None" if given is None else np.dtype(given).name
    except TypeError:
        name = str(given)
    if name not in ("float32", "float64"):
        raise RaceError(f"dtype is {shown(name)}; it can be float32 or float64.")
    return getattr(np, name)


def label(text: str) -> str:
    """Return the text as one short printable line, with the joiners that belong to its letters.

    The player's `state/label.js` does the same to what is typed there.
    """
    line = "".join(c if c.isprintable() or c in JOINERS else " " for c in text)
    line = " ".join(STRAY_JOINERS.sub("", " ".join(line.split())).split())
    end = MAX_LABEL
    # No character is torn apart, unless it is longer than a label.
    while 0 < end < len(line) and _joined(line, end):
        end -= 1
    return line[: end or MAX_LABEL].strip()


def _joined(text: str, at: int) -> bool:
    """Return whether what stands before `at` and after it is read as one character."""
    before, after = text[at - 1], text[at]
    if before == JOINERS[1] or unicodedata.combining(before) == VIRAMA:
        return True
    if before in FLAGS and after in FLAGS:
        return (at - len(text[:at].rstrip(FLAGS))) % 2 == 1
    return after in JOINERS or unicodedata.category(after)[0] == "M" or after in SKIN_TONES


def suggest(word: str, words: Iterable[str]) -> str:
    """Return ' Did you mean ...?' with the nearest of `words`, or all of them if none is near."""
    words = list(words)
    near = difflib.get_close_matches(word[:60].lower(), words, n=1, cutoff=0.5)
    return f" Did you mean '{near[0]}'?" if near else f" There is {', '.join(words)}."


def shown(word: str) -> str:
    """Return what a visitor typed, quoted, and short enough for a sentence."""
    return repr(word if len(word) <= 40 else word[:40] + "...")


def typed(number: Any) -> str:
    """Return a number as it was typed, or rounded if that is too long for a sentence."""
    text = str(number).strip()
    return text if len(text) <= 40 else f"{float(number):.15g}"


def _read(parameter: Parameter, value: Any, what: str) -> float:
    try:
        # Zero has no sign: what is equal prints alike, and is one reply.
        return parameter.read(value) + 0.0
    except ValueError as error:
        raise RaceError(f"{what.rstrip(',')}: {error}.") from None
