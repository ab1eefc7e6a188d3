"""What a step starts from, as a module reads it: state, hyperparameters, schedule, noise, shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np

from optviz.kernels.ground import shape_inputs, shape_names
from optviz.kernels.javascript import literal
from optviz.kernels.scalars import Loop, Scalars
from optviz.kernels.tracing import flat, inputs
from optviz.rule import Rule
from surfaces import Surface


@dataclass(frozen=True)
class Given:
    """The inputs of one step of a rule on a surface, anew in every turn of the loop `step`.

    `theta` (2,) and the parts of the `memory` are the state before it, `values` are the
    hyperparameters; the schedule's `multiplier` acts on the learning rate, `noise` (2,) on the
    gradient, and `shape` holds what the surface's own parameters are.
    """

    rule: Rule
    surface: Surface
    step: Loop
    theta: np.ndarray
    memory: Mapping[str, np.ndarray]
    values: Mapping[str, np.ndarray]
    multiplier: np.ndarray
    noise: np.ndarray
    shape: list[np.ndarray]

    @classmethod
    def of(cls, rule: Rule, surface: Surface, scalars: Scalars) -> "Given":
        """Make the inputs."""
        step = Loop()
        begun = zip(rule.memory, rule.start(jnp.zeros(2)), strict=True)
        return cls(
            rule,
            surface,
            step,
            theta=inputs(scalars, "p", [2], loop=step),
            memory={
                name: inputs(scalars, f"m{k}_", part.shape, loop=step)
                for k, (name, part) in enumerate(begun)
            },
            values={
                name: inputs(scalars, f"h{k}", loop=step)
                for k, name in enumerate(rule.hyperparameters)
            },
            multiplier=inputs(scalars, "mu", loop=step),
            noise=inputs(scalars, "n", [2], loop=step),
            shape=shape_inputs(surface, scalars),
        )

    @property
    def state(self) -> list[str]:
        """How the numbers of theta and of the memory are called, in this order."""
        return names(self.theta, *self.memory.values())

    @property
    def called(self) -> dict[str, str]:
        """How all inputs are called in the module: by their names."""
        rest = [*self.values.values(), self.multiplier, self.noise, *self.shape]
        return {name: name for name in (*self.state, *names(*rest))}

    def parts(self) -> dict[str, Any]:
        """Return the parts of a module that read what it is given, all but the state."""
        shape = [
            f"const {z} = form[{literal(name)}];"
            for z, name in zip(shape_names(self.surface), self.surface.parameters, strict=True)
        ]
        kept = [f"const memory{k} = memory[{literal(name)}];" for k, name in enumerate(self.memory)]
        values = [
            f"const [u{k}, w{k}] = along(own[{literal(name)}]);"
            for k, name in enumerate(self.values)
        ]
        return {
            "along": [_ALONG],
            "defaults": literal({n: one.default for n, one in self.rule.hyperparameters.items()}),
            "shape": literal(dict(self.surface.values())),
            "given": [*kept, *shape, *values],
            "shaped": shape,
            "shape inputs": "".join(f", {name}" for name in shape_names(self.surface)),
            "form": f"[{', '.join(shape_names(self.surface))}]",
            "now": [
                *(f"const h{k} = u{k}[w{k} * k];" for k in range(len(self.values))),
                "const mu = multipliers ? multipliers[k] : 1;",
                "const n0 = noise ? noise[2 * k] : 0;",
                "const n1 = noise ? noise[2 * k + 1] : 0;",
            ],
        }


# How often a hyperparameter changes: never, or every step.
_ALONG = 'const along = (value) => (typeof value === "number" ? [[value], 0] : [value, 1]);'


def names(*arrays: np.ndarray) -> list[str]:
    """Return the names of all inputs of some arrays."""
    return [one.value for one in flat(arrays)]


def row(array: str, width: int) -> list[str]:
    """Return how a module calls the numbers of row k of an array (..., width), flattened."""
    first = "k" if width == 1 else f"{width} * k"
    return [f"{array}[{first}{f' + {offset}' * (offset > 0)}]" for offset in range(width)]
