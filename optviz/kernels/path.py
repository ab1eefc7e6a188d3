"""The programs of one step of a rule on a surface, as scalars, and as the middle of a module."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

from optviz import stepping, verdict
from optviz.engine import FAR
from optviz.kernels.given import Given, row
from optviz.kernels.ground import bounds, loss_on
from optviz.kernels.javascript import JAVASCRIPT, literal
from optviz.kernels.scalars import Scalar, Scalars
from optviz.kernels.tracing import flat, follow, inputs
from optviz.kernels.writing import Writing, bare
from optviz.rule import Rule
from surfaces import Surface


@dataclass
class Path:
    """A step of a rule on a surface: what is seen before it, and what the state is after it.

    `begun` is what the memory begins with and `far` how far from the centre is outside; `after` is
    the state that follows, part by part.
    """

    given: Given
    begun: Sequence[Scalar]
    far: Scalar
    seen: Sequence[Scalar]
    after: Sequence[Scalar]

    @classmethod
    def of(cls, rule: Rule, surface: Surface, *, noisy: bool = True) -> "Path":
        """Trace a step, with noise if it is `noisy`; CannotPrint if it does what no kernel can."""
        scalars = Scalars()
        given, start = Given.of(rule, surface, scalars), inputs(scalars, "start", [2])
        begun, far = follow(scalars, partial(_begin, rule, surface), start)

        def advance(at: Any, memory: Any, values: Any, multiplier: Any, noise: Any, shape: Any):
            state, loss = (at, *memory), loss_on(surface, shape)
            return stepping.advance(rule, loss, state, values, multiplier, noise if noisy else None)

        look = lambda at, shape: jax.value_and_grad(loss_on(surface, shape))(at)  # noqa: E731
        seen = follow(scalars, look, given.theta, given.shape)
        acting = given.values, given.multiplier, given.noise, given.shape
        after = follow(scalars, advance, given.theta, [*given.memory.values()], *acting)
        return cls(given, flat(begun), far[()], flat(seen), flat(after))

    def written(self) -> tuple[dict[str, Any], set[str]]:
        """Return the parts of a module that run the rule, and the operations they are made of."""
        state = self.given.state
        outputs = [*self.begun, self.far, *self.seen, *self.after]
        start = {f"start{k}": f"start[{k}]" for k in range(2)}
        writing = Writing(JAVASCRIPT, outputs, self.given.called | start)
        before = writing.before(self.given.step, [*self.seen, *self.after])
        begun = ["start[0]", "start[1]", *writing.values(self.begun, before)]
        (far,) = writing.values([self.far], before)
        first = [f"let {name} = {bare(text)};" for name, text in zip(state, begun, strict=True)]
        look: list[str] = []
        loss, *grad = writing.values(self.seen, look)
        look += self._kept(state, loss, grad)
        advance: list[str] = []
        writing.next([*zip(state, self.after, strict=True)], advance)
        arrays = [
            f"{literal(name)}: new Float64Array({part.size} * (steps + 1))"
            for name, part in self.given.memory.items()
        ]
        parts = {
            "memory": f"{{ {', '.join(arrays)} }}",
            "before": [*before, f"const far = {bare(far)};", *first],
            "look": look,
            "advance": advance,
            **self.given.parts(),
        }
        return parts, writing.used

    def _kept(self, state: Sequence[str], loss: str, grad: Sequence[str]) -> Iterator[str]:
        """Yield the statements that keep what is seen at step k."""
        kept = [("theta", state[:2]), ("loss", [loss]), ("grad", grad)]
        for index, part in enumerate(self.given.memory.values()):
            kept.append((f"memory{index}", [one.value for one in part.ravel()]))
        for array, texts in kept:
            for place, text in zip(row(array, len(texts)), texts, strict=True):
                yield f"{place} = {bare(text)};"


def _begin(rule: Rule, surface: Surface, start: Any) -> tuple[tuple[Any, ...], Any]:
    """Return the memory before the first step, and how far from the centre is outside."""
    _, *memory = stepping.first(rule, start)
    usual = bounds(surface)
    return (*memory,), jnp.maximum(usual[2], FAR * verdict.reach(start, usual))
