"""All cells of a map as one fragment program of WebGL, with what it is given at every step."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as File

from optviz import verdict
from optviz.checks import RaceError, resolved
from optviz.conditions import known_places, tolerance_of
from optviz.kernels import glsl, javascript, judging
from optviz.kernels.glsl import GLSL, kind
from optviz.kernels.ground import shape_names
from optviz.kernels.javascript import JAVASCRIPT, literal
from optviz.kernels.path import Path
from optviz.kernels.scalars import Scalar
from optviz.kernels.template import filled
from optviz.kernels.tracing import flat
from optviz.kernels.writing import Writing, bare, parts
from optviz.notation import CannotPrint
from optviz.rule import Rule
from optviz.rules import RULES
from surfaces import SURFACES, Surface

_MODULE = File(__file__).with_name("cells.js").read_text()
_PROGRAM = File(__file__).with_name("cells.glsl").read_text()
# The axes that are the start's coordinates, by what a kernel calls them.
START = {"x": "start0", "y": "start1"}
NOISE = "noise"
# As many vectors as every WebGL 2 has room for in a block, outputs, and constants.
ROOM, OUTPUTS, CONSTANTS = 1024, 4, 128
# Of a cell's place, in what it writes.
LEAST, STAYS = -verdict.OUTSIDE, 1 << 16
# A place where no cell is: it has not been looked at.
NEVER = verdict.OUTSIDE - 1


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
    return _Cells(algorithm, objective, tuple(over), frozenset(along)).module()


@dataclass(frozen=True)
class _Cells:
    """A map's program: what is each cell's own, and what all of them are given."""

    rule: Rule
    surface: Surface
    over: tuple[str, ...]
    along: frozenset[str]

    @cached_property
    def path(self) -> Path:
        return Path.of(self.rule, self.surface, noisy=NOISE in self.along)

    @cached_property
    def short(self) -> dict[str, str]:
        """How hyperparameters are called in kernels."""
        return {name: f"h{index}" for index, name in enumerate(self.rule.hyperparameters)}

    @cached_property
    def varied(self) -> list[str]:
        """What the axes are called in kernels."""
        return [(START | self.short)[name] for name in self.over]

    @cached_property
    def changes(self) -> dict[Scalar, tuple[Scalar, Scalar]]:
        """What each number of the memory begins with, and what it is after a step."""
        memory, after = flat(self.path.given.memory.values()), self.path.after[2:]
        return dict(zip(memory, zip(self.path.begun, after, strict=True), strict=True))

    @cached_property
    def owned(self) -> "_Reach":
        """Which scalars are each cell's own, those that it remembers included."""
        names = {"p0", "p1", *START.values(), *self.varied}
        while True:
            reach = _Reach(names)
            own = {one.value for one, both in self.changes.items() if any(map(reach, both))}
            if own <= names:
                return reach
            names |= own

    @cached_property
    def memory(self) -> list[Scalar]:
        """What each cell remembers for itself."""
        return [one for one in self.changes if self.owned(one)]

    @cached_property
    def shared(self) -> list[Scalar]:
        """What all cells remember alike: a counter, and what is made of it."""
        return [one for one in self.changes if not self.owned(one)]

    @cached_property
    def outputs(self) -> list[Scalar]:
        """All that the fragment program computes: first what it begins with, loss, what is next."""
        begun = [self.changes[one][0] for one in self.memory]
        after = [self.changes[one][1] for one in self.memory]
        return [self.path.far, *begun, self.path.seen[0], *self.path.after[:2], *after]

    @cached_property
    def given(self) -> tuple[list[Scalar], list[Scalar]]:
        """What the fragment program is given: always the same, and anew at every step."""
        steps = {"mu", "n0", "n1", *(one.value for one in self.shared)}
        steps |= {self.short[name] for name in self.along - {NOISE}}
        changing = _Reach(steps)
        found = [*_frontier(self.outputs, self.owned, self.path)]
        return [s for s in found if not changing(s)], [s for s in found if changing(s)]

    @property
    def stride(self) -> int:
        return max(1, _fours(len(self.given[1])))

    @property
    def depth(self) -> int:
        return _fours(6 + len(self.memory))

    @property
    def constants(self) -> int:
        return max(1, _fours(len(self.given[0])))

    def module(self) -> str:
        """Return the ES module."""
        if self.depth > OUTPUTS or self.constants > CONSTANTS or self.stride > ROOM:
            raise CannotPrint("A map's program has no room for what this rule remembers.")
        surface, used = self.surface, set[str]()
        known, here = judging.written(surface)
        used |= here
        constant, along = self._constant(used), self._along(used)
        shaped = [
            f"const {z} = form[{literal(name)}];"
            for z, name in zip(shape_names(surface), surface.parameters, strict=True)
        ]
        fixed = [
            f"const {short} = own[{literal(name)}];"
            for name, short in self.short.items()
            if short not in self.varied and name not in self.along
        ]
        return filled(
            _MODULE,
            {
                **along,
                "constant": constant,
                "given": [*shaped, *fixed],
                "shaped": shaped,
                "shape inputs": "".join(f", {name}" for name in shape_names(surface)),
                "value": known["value"],
                "value inputs": known["value inputs"],
                "helpers": javascript.helpers(used),
                "source": literal(self._source()),
                "defaults": literal({n: p.default for n, p in self.rule.hyperparameters.items()}),
                "shape": literal(dict(surface.values())),
                "places": literal([place._asdict() for place in known_places(surface)]),
                "near": literal(tolerance_of(surface)),
                "stride": str(self.stride),
                "room": str(ROOM),
                "depth": str(self.depth),
                "constants": str(self.constants),
                "least": str(LEAST),
                "stays": str(STAYS),
                "few": literal(verdict.FEW),
                "share": literal(verdict.SHARE),
            },
        )

    def _constant(self, used: set[str]) -> list[str]:
        writing = Writing(JAVASCRIPT, self.given[0], self._names())
        lines: list[str] = []
        texts = writing.values(self.given[0], lines)
        used |= writing.used
        return [*lines, *(f"made[{k}] = {bare(text)};" for k, text in enumerate(texts))]

    def _along(self, used: set[str]) -> dict[str, list[str]]:
        """Return the parts of the module that say what is given at every step."""
        steps, shared = self.given[1], self.shared
        begun, after = ([self.changes[one][k] for one in shared] for k in range(2))
        writing = Writing(JAVASCRIPT, [*steps, *begun, *after], self._names())
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
            for name, short in self.short.items()
            if name in self.along
        ]
        if NOISE in self.along:
            now += [f"const n{axis} = noise[2 * k + {axis}];" for axis in range(2)]
        return {"first": first, "told": told, "now": [*now, "const mu = multipliers[k];"]}

    def _names(self) -> dict[str, str]:
        """Return how inputs are called: as they are."""
        memory = (one.value for one in self.changes)
        same = [*memory, *self.short.values(), *shape_names(self.surface), "p0", "p1"]
        return {name: name for name in [*same, *START.values(), "mu", "n0", "n1"]}

    def _source(self) -> str:
        """Return the fragment program."""
        constant, steps = self.given
        names = {one: _component(f"c[{k // 4}]", k, one) for k, one in enumerate(constant)}
        names |= {one: _component(f"s{k // 4}", k, one) for k, one in enumerate(steps)}
        writing = Writing(GLSL, self.outputs, self._names(), names)
        state, count = ["p0", "p1", *(one.value for one in self.memory)], len(self.memory)
        before: list[str] = []
        far, *begun = writing.values(self.outputs[: count + 1], before)
        before.append(f"float far = {bare(far)};")
        types = ["float", "float", *map(kind, self.memory)]
        for name, text in zip(state, ["start0", "start1", *begun], strict=True):
            before.append(f"{types[state.index(name)]} {name} = {bare(text)};")
        look: list[str] = []
        (loss,) = writing.values([self.outputs[count + 1]], look)
        look.append(f"float loss = {bare(loss)};")
        advance: list[str] = []
        writing.next([*zip(state, self.outputs[count + 2 :], strict=True)], advance)
        verdicts, used = _verdicts(self.surface)
        return filled(
            _PROGRAM,
            {
                **verdicts,
                "helpers": glsl.helpers({*writing.used, *used, "is_finite"}),
                "constants": str(self.constants),
                "room": str(ROOM),
                "own": self._own(),
                "before": before,
                "look": look,
                "now": [
                    f"vec4 s{j} = s[{self.stride} * (k - begin) + {j}];"
                    for j in range(_fours(len(steps)))
                ],
                "advance": advance,
                **self._kept(),
                "never": str(NEVER),
                "outside": str(verdict.OUTSIDE),
                "least": str(LEAST),
                "stays": str(STAYS),
            },
        )

    def _own(self) -> list[str]:
        """Return the statements that name what is a cell's own: its start, and its values."""
        values = {"start0": "usual.x", "start1": "usual.y"}
        values |= dict(zip(self.varied, ("across", "up"), strict=True))
        return [f"float {name} = {text};" for name, text in values.items()]

    def _kept(self) -> dict[str, list[str]]:
        """Return what carries the state of a cell from one draw to the next."""
        here = ["p0", "p1", "code", "uint(since)", "earlier.x", "earlier.y"]
        bits = [text if k in (2, 3) else f"floatBitsToUint({text})" for k, text in enumerate(here)]
        bits += [f"floatBitsToUint({one.value})" for one in self.memory]
        bits += ["0u"] * (4 * self.depth - len(bits))
        load = [f"uvec4 k{j} = texelFetch(held{j}, cell, 0);" for j in range(self.depth)]
        load += [
            f"place = int(k0.z) - {LEAST};",
            "since = int(k0.w);",
            "earlier = uintBitsToFloat(k1.xy);",
        ]
        for index, name in [(0, "p0"), (1, "p1"), *enumerate((m.value for m in self.memory), 6)]:
            load.append(f"{name} = uintBitsToFloat(k{index // 4}.{'xyzw'[index % 4]});")
        numbers = range(self.depth)
        return {
            "held": [f"uniform usampler2D held{j};" for j in numbers],
            "outputs": [f"layout(location = {j}) out uvec4 out{j};" for j in numbers],
            "load": load,
            "save": [f"out{j} = uvec4({', '.join(bits[4 * j : 4 * j + 4])});" for j in numbers],
        }


class _Reach:
    """Says which scalars depend on inputs of some names."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)
        self._known: dict[Scalar, bool] = {}

    def __call__(self, scalar: Scalar) -> bool:
        if scalar not in self._known:
            own = scalar.operation == "input" and scalar.value in self._names
            self._known[scalar] = own or any(map(self, parts(scalar)))
        return self._known[scalar]


def _frontier(outputs: Iterable[Scalar], owned: _Reach, path: Path) -> Iterator[Scalar]:
    """Yield, of what leads to the outputs, the last scalars that are the same for all cells."""
    seen: set[Scalar] = set()
    waiting = [*reversed([*outputs])]
    while waiting:
        scalar = waiting.pop()
        if scalar in seen:
            continue
        seen.add(scalar)
        # What changes within a loop of the step stays in that loop.
        if owned(scalar) or scalar.inside - {path.given.step}:
            waiting += parts(scalar)
        elif scalar.operation != "constant":
            yield scalar


def _component(vector: str, index: int, scalar: Scalar) -> str:
    number = f"{vector}.{'xyzw'[index % 4]}"
    return f"({number} != 0.0)" if glsl.is_truth(scalar) else number


def _verdicts(surface: Surface) -> tuple[dict[str, str | list[str]], set[str]]:
    """Return where a point is and whether it stays there, as functions, and their operations."""
    functions = {"whereabouts": judging.whereabouts(surface), "staying": judging.staying(surface)}
    made: dict[str, str | list[str]] = {}
    used: set[str] = set()
    for name, function in functions.items():
        lines, here = function.written(GLSL)
        inputs = ", ".join(f"float {one}" for one in function.arguments)
        made |= {name: lines, f"{name} inputs": inputs}
        used |= here
    made["targets"] = [
        f"if (place == {k}) target = vec2({', '.join(map(GLSL.constant, place.point))});"
        for k, place in enumerate(known_places(surface))
        if place.point
    ]
    return made, used


def _fours(count: int) -> int:
    """Return how many vectors of four hold so many numbers."""
    return -(-count // 4)
