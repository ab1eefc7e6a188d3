"""A race as the Python program that runs it with optviz."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from catalogues import imported
from optviz.checks import RaceError

NAMES = ("Change", "Lane", "Schedule", "Surface")


def program(race: Any) -> str:
    """Return the program; RaceError if it would need a function that no program can import."""
    parts = race.written()
    surface = parts.pop("surface")
    del parts["lanes"]
    lanes = "".join(f"        {lane!r},\n" for lane in race.lanes)
    others = "".join(f"    {name}={text},\n" for name, text in parts.items())
    call = f"race = Race(\n    {surface},\n    [\n{lanes}    ],\n{others})\n"
    names = [name for name in NAMES if re.search(rf"\b{name}\(", call)]
    return (
        f"from optviz import {', '.join(sorted([*names, 'Race', 'run']))}\n"
        f"{''.join(dict.fromkeys(_imports(race)))}\n"
        f"{call}"
        "for lane, status in zip(race.lanes, run(race).status):\n"
        "    print(lane.label, status.text)\n"
    )


def _imports(race: Any) -> Iterator[str]:
    """Yield a line for every function of the user's own that the program names."""
    if not isinstance(race.surface, str):
        yield _import(race.surface.function, race.surface)
    for lane in race.lanes:
        if not isinstance(lane.rule, str):
            yield _import(lane.rule.step, lane.rule)


def _import(function: Callable[..., Any], owner: Any) -> str:
    """Return the line that imports `function`, or `owner`, which a decorator made of it."""
    module, name = function.__module__, function.__qualname__
    if module == "__main__" or imported(function) not in (function, owner):
        raise RaceError(
            f"{owner.name} is a function of your own that no program can import: define it with "
            "def in a module, a file of its own, import it from there, and make the race with that."
        )
    return f"from {module} import {name}\n"
