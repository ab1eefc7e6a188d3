"""The moment that a link holds: where the play-head is, and what of the picture is seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from optviz.checks import RaceError, attempt, limits, number, switch, whole

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True)
class Moment:
    """How a link finds a race, where that is not as usual; None, or False, for what is.

    `at` is the step of the play-head, which moves on if `playing`, so many times as fast as usual
    and from the start again if `loop`. `window` (4,) is what is seen of the plane, from left to
    right and from below to above, with `equal` units on both axes or not, as a quadratic has them
    usually; `camera` (6,) from where the surface is seen in space, and the point that is looked at.
    `present` is it on the full screen.
    """

    at: int | None = None
    playing: bool = False
    speed: float | None = None
    loop: bool = False
    window: tuple[float, ...] | None = None
    equal: bool | None = None
    camera: tuple[float, ...] | None = None
    present: bool = False

    def plain(self) -> dict[str, Any]:
        """Return what is not as usual, as JSON-ready data."""
        parts = {field.name: getattr(self, field.name) for field in fields(self)}
        told = {
            name: part
            for name, part in parts.items()
            if part is not None and (part is not False or name == "equal")
        }
        return {name: [*part] if isinstance(part, tuple) else part for name, part in told.items()}


AS_USUAL = Moment()
MOMENT_KEYS = tuple(field.name for field in fields(Moment))


def read(given: Mapping[str, str], steps: int, problems: list[str]) -> Moment:
    """Return the moment of a link's parts, in a race of so many steps; what is broken falls back.

    `problems` gets a sentence for each.
    """
    parts: dict[str, Any] = {
        name: attempt(problems, check, given[name])
        for name, check in _checks(steps).items()
        if name in given
    }
    switches: dict[str, Any] = {
        name: attempt(problems, switch, given, name) or False
        for name in ("playing", "loop", "present")
    }
    equal = attempt(problems, switch, given, "equal") if "equal" in given else None
    return Moment(**parts, **switches, equal=equal)


def _checks(steps: int) -> Mapping[str, Callable[[str], Any]]:
    return {
        "at": partial(whole, what="The step of the link", least=0, most=steps),
        "speed": _speed,
        "window": _window,
        "camera": _camera,
    }


def _speed(text: str) -> float:
    speed = number(text, "The speed")
    if speed not in SPEEDS:
        raise RaceError(f"The speed is one of {', '.join(f'{one:g}' for one in SPEEDS)}.")
    return speed


def _window(text: str) -> tuple[float, ...]:
    numbers = _numbers(text, 4, "The window", "-2,2,-1,3")
    return (*limits(numbers[:2], "The window's x"), *limits(numbers[2:], "The window's y"))


def _camera(text: str) -> tuple[float, ...]:
    numbers = _numbers(text, 6, "The camera", "1.2,-1.4,0.9,0,0,0")
    if numbers[:3] == numbers[3:]:
        raise RaceError("The camera looks from one point at another; the link gives one twice.")
    return numbers


def _numbers(text: str, count: int, what: str, like: str) -> tuple[float, ...]:
    parts = text.split(",")
    if len(parts) != count:
        raise RaceError(f"{what} has {count} numbers, like {like}; the link has {len(parts)}.")
    return tuple(number(part, what) for part in parts)
