"""The programs of one step of a rule on a surface, as scalars, and as the middle of a module."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from optviz import stepping, verdict
from optviz.engine import FAR
from optviz.kernels.ground import bounds, loss_on, shape_inputs, shape_names
from optviz.kernels.javascript import JAVASCRIPT, literal
from optviz.kernels.scalars import Loop, Scalar, Scalars
from optviz.kernels.tracing import flat, follow, inputs
from optviz.kernels.writing import Writing, bare
from optviz.rule import Rule
from surfaces import Surface


@dataclass
class Path:
    """A step of a rule on a surface: what is seen before it, and what the state is after it.

    `theta` (2,) and the parts of the `memory` are inputs; `begun` is what the memory begins with
    and `far` how far from the centre is outside; `after` is the state that follows, part by part.
    """

    step: Loop
    theta: np.ndarray
    memory: Mapping[str, np.ndarray]
    begun: Sequence[Scalar]
    far: Scalar
    seen: Sequence[Scalar]
    after: Sequence[Scalar]

    @classmethod
    def of(cls, rule: Rule, surface: Surface, *, noisy: bool = True) -> "Path":
        """Trace a step, with noise if it is `noisy`; CannotPrint if it does what no kernel can."""
        scalars, step = Scalars(), Loop()
        theta, start = inputs(scalars, "p", [2], loop=step), inputs(scalars, "start", [2])
        begun, far = follow(scalars, partial(_begin, rule, surface), start)
        memory = {
            name: inputs(scalars, f"m{index}_", part.shape, loop=step)
            for index, (name, part) in enumerate(zip(rule.memory, begun, strict=True))
        }
        values = {
            name: inputs(scalars, f"h{index}", loop=step)
            for index, name in enumerate(rule.hyperparameters)
        }
        multiplier, noise = inputs(scalars, "mu", loop=step), inputs(scalars, "n", [2], loop=step)
        shape = shape_inputs(surface, scalars)

        def advance(at: Any, memory: Any, values: Any, multiplier: Any, noise: Any, shape: Any):
            state, loss = (at, *memory), loss_on(surface, shape)
            return stepping.advance(rule, loss, state, values, multiplier, noise if noisy else None)

        look = lambda at, shape: jax.value_and_grad(loss_on(surface, shape))(at)  # noqa: E731
        seen = follow(scalars, look, theta, shape)
        given = theta, [*memory.values()], values, multiplier, noise, shape
        after = follow(scalars, advance, *given)
        return cls(step, theta, memory, flat(begun), far[()], flat(seen), flat(after))

    def written(self, rule: Rule, surface: Surface) -> tuple[dict[str, Any], set[str]]:
        """Return the parts of a module that run the rule, and the operations they are made of."""
        state = [one.value for one in flat([self.theta, *self.memory.values()])]
        outputs = [*self.begun, self.far, *self.seen, *self.after]
        writing = Writing(JAVASCRIPT, outputs, _names(state, rule, surface))
        before = writing.before(self.step, [*self.seen, *self.after])
        begun = ["start[0]", "start[1]", *writing.values(self.begun, before)]
        (far,) = writing.values([self.far], before)
        first = [f"let {name} = {bare(text)};" for name, text in zip(state, begun, strict=True)]
        look: list[str] = []
        loss, *grad = writing.values(self.seen, look)
        look += self._kept(state, loss, grad)
        advance: list[str] = []
        writing.next([*zip(state, self.after, strict=True)], advance)
        parts = {
            "before": [*before, f"const far = {bare(far)};", *first],
            "look": look,
            "advance": advance,
            **_given(rule, surface, self.memory),
        }
        return parts, writing.used

    def _kept(self, state: Sequence[str], loss: str, grad: Sequence[str]) -> Iterator[str]:
        """Yield the statements that keep what is seen at step k."""
        kept = [("theta", state[:2]), ("loss", [loss]), ("grad", grad)]
        for index, part in enumerate(self.memory.values()):
            kept.append((f"memory{index}", [one.value for one in part.ravel()]))
        for array, texts in kept:
            for offset, text in enumerate(texts):
                scaled = "k" if len(texts) == 1 else f"{len(texts)} * k"
                index = f"{scaled} + {offset}" if offset else scaled
                yield f"{array}[{index}] = {bare(text)};"


def _begin(rule: Rule, surface: Surface, start: Any) -> tuple[tuple[Any, ...], Any]:
    """Return the memory before the first step, and how far from the centre is outside."""
    _, *memory = stepping.first(rule, start)
    usual = bounds(surface)
    return (*memory,), jnp.maximum(usual[2], FAR * verdict.reach(start, usual))


def _names(state: Sequence[str], rule: Rule, surface: Surface) -> dict[str, str]:
    """Return how the inputs are called in the module."""
    own = [f"h{index}" for index in range(len(rule.hyperparameters))]
    same = [*state, *own, *shape_names(surface), "mu", "n0", "n1"]
    return {name: name for name in same} | {f"start{k}": f"start[{k}]" for k in range(2)}


def _given(rule: Rule, surface: Surface, memory: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Return the parts of the module that read what a run is given, and hold what it keeps."""
    arrays = [
        f"{literal(name)}: new Float64Array({part.size} * (steps + 1))"
        for name, part in memory.items()
    ]
    kept = [f"const memory{k} = memory[{literal(name)}];" for k, name in enumerate(memory)]
    shape = [
        f"const {z} = form[{literal(name)}];"
        for z, name in zip(shape_names(surface), surface.parameters, strict=True)
    ]
    values = [
        f"const [u{k}, w{k}] = along(own[{literal(name)}]);"
        for k, name in enumerate(rule.hyperparameters)
    ]
    now = [f"const h{k} = u{k}[w{k} * k];" for k in range(len(rule.hyperparameters))]
    return {
        "memory": f"{{ {', '.join(arrays)} }}",
        "given": [*kept, *shape, *values],
        "shaped": shape,
        "shape inputs": "".join(f", {name}" for name in shape_names(surface)),
        "now": [
            *now,
            "const mu = multipliers ? multipliers[k] : 1;",
            "const n0 = noise ? noise[2 * k] : 0;",
            "const n1 = noise ? noise[2 * k + 1] : 0;",
        ],
        "form": f"[{', '.join(shape_names(surface))}]",
    }
