"""Checks of what a user gave: each returns the clean value or says in a sentence what was wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import Any

import numpy as np

from surfaces.parameter import Parameter

MAX_LABEL = 40


class RaceError(ValueError):
    """What is wrong with a race: `problems` holds one sentence each, made for the user's eyes."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def known(slug: Any, catalogue: Mapping[str, Any], noun: str) -> str:
    """Return `slug` if the catalogue has it."""
    if not isinstance(slug, str) or slug not in catalogue:
        raise RaceError(f"There is no {noun} {shown(str(slug))}.{suggest(str(slug), catalogue)}")
    return slug


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
        try:
            value = values.get(name, parameter.default)
            numbers[name] = _read(parameter, value, f"{owner}, {name}")
        except RaceError as error:
            problems += error.problems
    if problems:
        raise RaceError(*problems)
    return MappingProxyType(numbers)


def number(value: Any, what: str) -> float:
    """Return a finite float."""
    return _read(Parameter(0.0, 0.0, 0.0), value, what)


def size(value: Any, what: str) -> float:
    """Return a finite float that is not negative."""
    result = number(value, what)
    if result < 0:
        raise RaceError(f"{what} is {result:g}; it cannot be below 0.")
    return result


def whole(value: Any, what: str, least: int) -> int:
    """Return an int of at least `least`."""
    result = number(value, what)
    if result != round(result) or result < least:
        raise RaceError(f"{what} is {result:.15g}; it must be a whole number of at least {least}.")
    return int(result)


def point(value: Sequence[Any], what: str) -> tuple[float, float]:
    """Return two finite floats."""
    numbers = [number(part, what) for part in value]
    if len(numbers) != 2:
        raise RaceError(f"{what} needs two numbers, like 1,2; there are {len(numbers)}.")
    return numbers[0], numbers[1]


def precision(value: Any) -> type[np.floating]:
    """Return NumPy's type for "float32" or "float64", or for the type itself."""
    for kind in (np.float32, np.float64):
        if value is kind or str(value) == kind.__name__:
            return kind
    raise RaceError(f"The precision {shown(str(value))} is neither 'float32' nor 'float64'.")


def window(text: str | None, what: str) -> tuple[float, float] | None:
    """Return the limits that `text` gives, like -1,3, if it gives any."""
    if text is None:
        return None
    low, high = point(text.split(","), what)
    if not 0 < high - low < inf:
        raise RaceError(f"{what} must go from a lower number to a higher one.")
    return low, high


def label(text: str) -> str:
    """Return the text as one short printable line."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(line.split())[:MAX_LABEL].strip()


def suggest(word: str, words: Iterable[str]) -> str:
    """Return ' Did you mean ...?' with the nearest of `words`, or all of them if none is near."""
    words = list(words)
    near = difflib.get_close_matches(word[:60].lower(), words, n=1, cutoff=0.5)
    return f" Did you mean '{near[0]}'?" if near else f" There is {', '.join(words)}."


def shown(word: str) -> str:
    """Return what a visitor typed, quoted, and short enough for a sentence."""
    return repr(word if len(word) <= 40 else word[:40] + "...")


def _read(parameter: Parameter, value: Any, what: str) -> float:
    try:
        return parameter.read(value)
    except ValueError as error:
        raise RaceError(f"{what}: {error}.") from None
