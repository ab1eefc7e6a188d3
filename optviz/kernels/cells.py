"""All cells of a map as one fragment program of WebGL, with what it is given at every step."""

from collections.abc import Collection, Sequence
from pathlib import Path as File

from optviz import verdict
from optviz.checks import RaceError, resolved
from optviz.conditions import known_places, tolerance_of
from optviz.kernels import javascript, judging
from optviz.kernels.fragment import LEAST, ROOM, STAYS, source
from optviz.kernels.javascript import JAVASCRIPT, literal
from optviz.kernels.split import NOISE, START, Split
from optviz.kernels.template import filled
from optviz.kernels.writing import Writing, bare
from optviz.notation import CannotPrint
from optviz.rule import Rule
from optviz.rules import RULES
from surfaces import SURFACES, Surface

_MODULE = File(__file__).with_name("cells.js").read_text()
# So many outputs every WebGL 2 has, and surely as many vectors that stay the same.
OUTPUTS, CONSTANTS = 4, 128


def cells(
    rule: str | Rule, surface: str | Surface, over: Sequence[str], along: Collection[str] = ()
) -> str:
    """Return an ES module with the program of a map: what becomes of a lane in all of its cells.

    `over` are the two axes, coordinates of the start or hyperparameters; `along` names what changes
    from step to step: other hyperparameters, and "noise". For what the module exports see cells.js,
    for its fragment program, in float32, cells.glsl: what depends on no cell is computed outside of
    it, in float64. RaceError if there is no such rule, surface or axis, CannotPrint if no
    program can do what they do.
    """
    algorithm = resolved(rule, RULES, "rule", Rule)
    objective = resolved(surface, SURFACES, "surface", Surface)
    names = [*START, *algorithm.hyperparameters]
    if len(set(over)) != 2 or not {*over} <= {*names}:
        raise RaceError("A map has two different axes, like x,y or lr,alpha.")
    if not {*along} <= {*algorithm.hyperparameters, NOISE} - {*over}:
        raise RaceError("Along the steps change hyperparameters that are no axes, and noise.")
    return _module(Split(algorithm, objective, tuple(over), frozenset(along)))


def _module(split: Split) -> str:
    """Return the ES module."""
    if split.depth > OUTPUTS or split.constants > CONSTANTS or split.stride > ROOM:
        raise CannotPrint("A map's program has no room for what this rule remembers.")
    surface, used = split.surface, set[str]()
    known, here = judging.written(surface)
    used |= here
    constant, along = _constant(split, used), _along(split, used)
    read = split.path.given.parts()
    same = {name: read[name] for name in ("shaped", "shape inputs", "defaults", "shape")}
    fixed = [
        f"const {short} = own[{literal(name)}];"
        for name, short in split.short.items()
        if short not in split.varied and name not in split.along
    ]
    return filled(
        _MODULE,
        {
            **same,
            **along,
            "constant": constant,
            "given": [*same["shaped"], *fixed],
            "value": known["value"],
            "value inputs": known["value inputs"],
            "helpers": javascript.helpers(used),
            "source": literal(source(split)),
            "places": literal([place._asdict() for place in known_places(surface)]),
            "near": literal(tolerance_of(surface)),
            "stride": str(split.stride),
            "room": str(ROOM),
            "depth": str(split.depth),
            "constants": str(split.constants),
            "least": str(LEAST),
            "stays": str(STAYS),
            "few": literal(verdict.FEW),
            "share": literal(verdict.SHARE),
        },
    )


def _constant(split: Split, used: set[str]) -> list[str]:
    writing = Writing(JAVASCRIPT, split.given[0], split.names)
    lines: list[str] = []
    texts = writing.values(split.given[0], lines)
    used |= writing.used
    return [*lines, *(f"made[{k}] = {bare(text)};" for k, text in enumerate(texts))]


def _along(split: Split, used: set[str]) -> dict[str, list[str]]:
    """Return the parts of the module that say what is given at every step."""
    steps, shared = split.given[1], split.shared
    begun, after = ([split.changes[one][k] for one in shared] for k in range(2))
    writing = Writing(JAVASCRIPT, [*steps, *begun, *after], split.names)
    first: list[str] = []
    texts = writing.values(begun, first)
    first += [f"let {one.value} = {bare(t)};" for one, t in zip(shared, texts, strict=True)]
    told: list[str] = []
    texts = writing.values(steps, told)
    told += [f"made[base + {k}] = {bare(text)};" for k, text in enumerate(texts)]
    writing.next([(one.value, new) for one, new in zip(shared, after, strict=True)], told)
    used |= writing.used
    now = [
        f"const {short} = own[{literal(name)}][k];"
        for name, short in split.short.items()
        if name in split.along
    ]
    if NOISE in split.along:
        now += [f"const n{axis} = noise[2 * k + {axis}];" for axis in range(2)]
    return {"first": first, "told": told, "now": [*now, "const mu = multipliers[k];"]}
