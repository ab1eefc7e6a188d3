"""A race as the Python program that runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optviz.query import USUAL


def program(plain: Mapping[str, Any], labels: Sequence[str]) -> str:
    """Return the program for a race given as plain data; an empty label is left out."""
    lanes = [
        _call("optviz.Lane", repr(lane["rule"]), **lane["values"], **_given(label=label))
        for lane, label in zip(plain["lanes"], labels, strict=True)
    ]
    arguments = {"start": tuple(plain["start"]), "steps": plain["steps"]}
    arguments |= {name: plain[name] for name in ("noise", "noise_decay", "seed")}
    arguments |= _given(shape=plain["shape"])
    written = {k: repr(v) for k, v in arguments.items() if k not in USUAL or v != USUAL[k]}
    schedule = plain["schedule"]
    if schedule["slug"] != USUAL["schedule"]:
        written["schedule"] = _call("optviz.Schedule", repr(schedule["slug"]), **schedule["values"])
    if plain["changes"]:
        written["changes"] = f"[{', '.join(map(_change, plain['changes']))}]"
    lines = "".join(f"    {name}={text},\n" for name, text in written.items())
    return (
        "import optviz\n\n"
        "race = optviz.Race(\n"
        f"    {plain['surface']!r},\n"
        f"    [\n{''.join(f'        {lane},{chr(10)}' for lane in lanes)}    ],\n"
        f"{lines})\n"
        "for lane, status in zip(race.lanes, optviz.run(race).status):\n"
        "    print(lane.label, status.text)\n"
    )


def _change(change: Mapping[str, Any]) -> str:
    if schedule := change.get("schedule"):
        made = _call("optviz.Schedule", repr(schedule["slug"]), **schedule["values"])
        return f"optviz.Change({change['step']}, schedule={made})"
    return _call("optviz.Change", f"{change['step']}, {change['lane']}", **change["values"])


def _call(function: str, first: str, **values: Any) -> str:
    return f"{function}({', '.join([first, *(f'{k}={v!r}' for k, v in values.items())])})"


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
