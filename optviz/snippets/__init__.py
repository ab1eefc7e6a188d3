"""A race as code: with optviz, in NumPy alone, or with Optax, PyTorch or Keras."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from optviz import checks
from optviz.checks import RaceError
from optviz.snippets import optimizers, own, plain
from optviz.snippets.libraries import LIBRARIES

# What a race can be written with: the name of each, and what writes it.
_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "numpy": plain.program,
    **{slug: partial(optimizers.program, slug=slug) for slug in LIBRARIES},
    "optviz": own.program,
}
DIALECTS: Mapping[str, str] = MappingProxyType(
    {
        "optviz": "Python",
        "numpy": "NumPy",
        **{slug: one.name for slug, one in LIBRARIES.items()},
    }
)


def program(race: Any, dialect: str) -> str:
    """Return the race as a program; RaceError if there is no such dialect, or if it cannot be one.

    Only optviz has functions of the user's own, and only those that a program can import.
    """
    write = _WRITERS[checks.known(dialect, DIALECTS, "dialect")]
    if dialect != "optviz":
        for part in (race.surface, *(lane.rule for lane in race.lanes)):
            if not isinstance(part, str):
                raise RaceError(
                    f"{part.name} is not in the catalogue, so the race cannot be written in "
                    f"{DIALECTS[dialect]}: to_code('optviz') imports what is your own."
                )
    return write(race)
