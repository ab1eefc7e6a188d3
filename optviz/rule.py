"""An update rule: one step function that reads like the book, and what is declared about it."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import jax.numpy as jnp

from catalogues import Parameter as Hyperparameter
from catalogues import by_name, declared
from optviz import notation


@dataclass(frozen=True, eq=False, repr=False)
class Rule:
    """An update rule.

    `step(f, theta, *memory, **hyperparameters) -> (theta, *memory)` makes one step on the loss `f`,
    a function of parameters like theta (n,) that returns a number; here theta is a point (2,).
    Hyperparameters are numbers without a unit, `lr` always among them; each part of the `memory`
    keeps its shape and has a first value (see `start`). `stable` is known for rules that are linear
    in the gradient: given the hyperparameters that it names, numbers or arrays of one shape, the
    largest learning rate that stays stable on a quadratic, times its largest curvature. `family` is
    the slug of the rule of which it is another form, its own if of none. `rule` makes one, and says
    what it refuses.
    """

    step: Callable[..., Any]
    name: str
    source: str
    slug: str
    hyperparameters: Mapping[str, Hyperparameter]
    memory: Mapping[str, Any]
    family: str
    equation: str | None = None
    stable: Callable[..., Any] | None = None

    def __repr__(self) -> str:
        return self.step.__name__

    def __reduce_ex__(self, protocol: Any) -> Any:
        return by_name(self, self.step) or super().__reduce_ex__(protocol)

    @property
    def about(self) -> str:
        """One sentence: what the rule does, and what to watch."""
        return inspect.getdoc(self.step) or ""

    def start(self, theta: Any) -> tuple[Any, ...]:
        """Return the fresh memory for parameters `theta`, an array of any shape.

        A float stands for an array like theta full of it, an int for a counter of steps,
        a function is called with theta.
        """
        return tuple(_first(value, theta) for value in self.memory.values())

    def advance(
        self, f: Any, theta: Any, memory: tuple[Any, ...], **values: Any
    ) -> tuple[Any, ...]:
        """Return (theta, *memory) after one step on the loss `f`."""
        after = self.step(f, theta, *memory, **values)
        return after if self.memory else (after,)

    def limit(self, **values: Any) -> Any:
        """Return `stable` at these hyperparameters, numbers or arrays alike; None if unknown."""
        if self.stable is None:
            return None
        return self.stable(
            **{name: values[name] for name in inspect.signature(self.stable).parameters}
        )

    def latex(self, style: str = "book") -> str:
        """Return the rule's equations, printed from the code that runs, in the notation `style`."""
        return self.equation or notation.latex(self.step, style)


def _first(value: Any, theta: Any) -> Any:
    if callable(value):
        return value(theta)
    if isinstance(value, int):
        # No narrower than float32: in bfloat16, 256 + 1 is 256. No integer: its powers are slow.
        return jnp.full((), value, jnp.promote_types(theta.dtype, jnp.float32))
    return jnp.full_like(theta, value)


def rule(
    name: str,
    source: str,
    *,
    family: str | None = None,
    equation: str | None = None,
    stable: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., Any]], Rule]:
    """Declare the decorated step function as the rule called `name`, described in `source`.

    The function's own name is the slug and its docstring the sentence about it. Arguments after
    theta are its memory, keyword-only ones its hyperparameters. `stable` is the limit of
    `Rule.stable`. `family` is the slug of the rule of which this is another form. TypeError without
    a hyperparameter `lr`; CannotPrint, here at import, if the function's equation cannot be
    printed, unless `equation` gives the LaTeX.
    """

    def declare(step: Callable[..., Any]) -> Rule:
        arguments = list(inspect.signature(step).parameters.values())
        memory = {a.name: a.default for a in arguments[2:] if a.kind is a.POSITIONAL_OR_KEYWORD}
        hyperparameters = declared(step)
        if "lr" not in hyperparameters:
            raise TypeError(
                f"the rule {step.__name__} needs the hyperparameter lr: schedules act on it"
            )
        if equation is None:
            notation.latex(step)
        return Rule(
            step=step,
            name=name,
            source=source,
            slug=step.__name__,
            hyperparameters=MappingProxyType(hyperparameters),
            memory=MappingProxyType(memory),
            family=family or step.__name__,
            equation=equation,
            stable=stable,
        )

    return declare


# Typed as Any, because that is how a step function receives them: as numbers.


def learning_rate(default: float, low: float = 1e-5, high: float = 10.0) -> Any:
    """Declare a learning rate, on a logarithmic slider; a negative one would climb."""
    return Hyperparameter(default, low, high, log=True, meaning="learning rate", least=0.0)


def inertia(default: float = 0.9) -> Any:
    """Declare a momentum: the share of the velocity that a step keeps."""
    return Hyperparameter(default, 0.0, 0.999, meaning="momentum")


def decay(default: float, meaning: str = "decay of the average") -> Any:
    """Declare the decay rate of an exponentially weighted moving average."""
    return Hyperparameter(default, 0.0, 0.9999, meaning=meaning)


def stability(default: float, low: float = 1e-12, high: float = 1.0) -> Any:
    """Declare a small constant that keeps a division finite."""
    return Hyperparameter(default, low, high, log=True, meaning="stability constant", least=0.0)


def coefficient(default: float, low: float, high: float, meaning: str, *, log: bool = False) -> Any:
    """Declare any other hyperparameter."""
    return Hyperparameter(default, low, high, log, meaning)
