"""What of a rule on a surface is each cell's own in a map, and what all of its cells share."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from optviz.kernels.ground import shape_names
from optviz.kernels.path import Path
from optviz.kernels.scalars import Scalar
from optviz.kernels.tracing import flat
from optviz.kernels.writing import parts, reaches
from optviz.rule import Rule
from surfaces import Surface

# The axes that are the start's coordinates, by what a kernel calls them.
START = {"x": "start0", "y": "start1"}
NOISE = "noise"
# What a cell remembers besides its rule's memory: where it is, its place, since when, where it was.
KEPT = 6


@dataclass(frozen=True)
class Split:
    """A step of `rule` on `surface`, split: what all cells share is computed once, not by each.

    `over` are a map's axes, `along` what changes from step to step besides the schedule.
    """

    rule: Rule
    surface: Surface
    over: tuple[str, ...]
    along: frozenset[str]

    @cached_property
    def path(self) -> Path:
        """The step itself."""
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
    def owned(self) -> Callable[[Scalar], bool]:
        """Which scalars are each cell's own, those that it remembers included."""
        names = {"p0", "p1", *START.values(), *self.varied}
        while True:
            reach = reaches(names)
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
        changing = reaches(steps)
        found = [*_frontier(self.outputs, self.owned, self.path)]
        return [s for s in found if not changing(s)], [s for s in found if changing(s)]

    @property
    def stride(self) -> int:
        """How many vectors of four are given at every step."""
        return max(1, _fours(len(self.given[1])))

    @property
    def depth(self) -> int:
        """How many vectors of four the state of a cell takes."""
        return _fours(KEPT + len(self.memory))

    @property
    def constants(self) -> int:
        """How many vectors of four stay the same."""
        return max(1, _fours(len(self.given[0])))

    @property
    def names(self) -> dict[str, str]:
        """How inputs are called: as they are."""
        memory = (one.value for one in self.changes)
        same = [*memory, *self.short.values(), *shape_names(self.surface), "p0", "p1"]
        return {name: name for name in [*same, *START.values(), "mu", "n0", "n1"]}


def _frontier(
    outputs: Iterable[Scalar], owned: Callable[[Scalar], bool], path: Path
) -> Iterator[Scalar]:
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


def _fours(count: int) -> int:
    """Return how many vectors of four hold so many numbers."""
    return -(-count // 4)
