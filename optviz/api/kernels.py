"""Kernels over HTTP: programs that browsers run, printed once and kept, and the draws they take."""

import gzip
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

import numpy as np

from optviz import checks, kernels, shelf
from optviz.api import assets
from optviz.checks import RaceError
from optviz.limits import MAX_DRAWS, MAX_SEED, MAX_STEPS
from optviz.noise import draws
from optviz.notation import CannotPrint
from optviz.rules import RULES
from optviz.schedules import SCHEDULES
from surfaces import SURFACES

# As many as there are, and for each surface all in one; together they take a few megabytes.
KEPT = 2 * (len(RULES) + 1) * len(SURFACES) + len(SCHEDULES)
# Programs of maps are many, with all the axes that there may be; each takes four kilobytes.
KEPT_CELLS = 1024
# Whoever asks for what is being printed waits for it: a class opens a page all at once. Each name
# has one of these, whatever names are asked for.
_TURNS = [Lock() for _ in range(32)]


def names(asked: Mapping[str, str]) -> tuple[str, ...]:
    """Return which kernel a query asks for: a rule and a surface, or a schedule alone.

    RaceError says what is wrong with the query.
    """
    if unknown := {*asked} - {"rule", "surface", "schedule"}:
        raise RaceError(f"A kernel is not asked for with {min(unknown)[:40]!r}.")
    if {*asked} not in ({"rule", "surface"}, {"schedule"}):
        raise RaceError(
            "A kernel is that of a rule on a surface, as in rule=adam&surface=beale, or of a "
            "schedule, as in schedule=cosine."
        )
    return tuple(asked[name] for name in ("rule", "surface", "schedule") if name in asked)


def compressed(*names: str) -> bytes:
    """Return the kernel called so, compressed: adam, beale is that of a rule on a surface.

    A schedule's is called by its slug alone, and that of a rule's lines has LINES before it. With
    "all" for the rule it is a module of all that may be needed on the surface. It is printed once.
    RaceError if there is none.
    """
    with _TURNS[hash(names) % len(_TURNS)]:
        return _compressed(*names)


@lru_cache(maxsize=KEPT)
def _compressed(*names: str) -> bytes:
    said = " ".join((assets.fingerprint(), *names))
    return shelf.kept(said, lambda: _printed(*names))


def _printed(*names: str) -> bytes:
    try:
        text = _text(*names)
    except CannotPrint as error:
        raise RaceError(str(error)) from None
    return gzip.compress(text.encode(), 6, mtime=0)


def _text(*names: str) -> str:
    match names:
        case kernels.LINES, "all", surface:
            return kernels.lines_stock(surface)
        case kernels.LINES, rule, surface:
            return kernels.lines_kernel(rule, surface)
        case "all", surface:
            return kernels.stock(surface)
        case rule, surface:
            return kernels.kernel(rule, surface)
        case (schedule,):
            return kernels.schedule_kernel(schedule)
    raise RaceError("A kernel is called by a rule and a surface, or by a schedule.")


@lru_cache(maxsize=KEPT_CELLS)
def cells(rule: str, surface: str, over: str, along: str = "") -> bytes:
    """Return the program of a map, compressed; names of `over` and `along` are apart by commas.

    RaceError if there is none.
    """
    try:
        text = kernels.cells(rule, surface, over.split(","), [*filter(None, along.split(","))])
    except CannotPrint as error:
        raise RaceError(str(error)) from None
    return gzip.compress(text.encode(), 6, mtime=0)


def drawn(asked: Mapping[str, str]) -> bytes:
    """Return the draws (seeds, steps, 2) of one seed or of several, as float64, little-endian.

    RaceError says what is wrong with the query.
    """
    if unknown := {*asked} - {"seed", "steps", "seeds"}:
        raise RaceError(f"Draws are not asked for with {min(unknown)[:40]!r}.")
    if not {*asked} >= {"seed", "steps"}:
        raise RaceError("Draws are those of a seed for some steps, as in seed=7&steps=500.")
    seed = checks.whole(asked["seed"], "The seed", 0, MAX_SEED)
    steps = checks.whole(asked["steps"], "The number of steps", 1, MAX_STEPS)
    seeds = checks.whole(asked.get("seeds", 1), "The number of seeds", 1, MAX_DRAWS // steps)
    many = [draws(steps, one) for one in range(seed, seed + seeds)]
    return np.array(many, "<f8").tobytes()
