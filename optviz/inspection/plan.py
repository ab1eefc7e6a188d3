"""What is computed of one step of a rule: every line of it, and what the step is made of."""

import ast
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp

from optviz.inspection.evaluation import Evaluation
from optviz.inspection.terms import Origin, Terms
from optviz.inspection.unrolled import Unrolled
from optviz.notation.definition import Definition
from optviz.rule import Rule
from optviz.stepping import Loss, scheduled, with_noise

# The parts of a step, in the order in which they are told.
PARTS: tuple[str, ...] = tuple(Origin)


@dataclass(frozen=True)
class Line:
    """A line of the rule: the name it assigns, and the line's `role` in the picture.

    "gradient" (a slope, taken at `Inspection.taken_at`), "displacement" (added to theta as it is),
    "step" (the new theta), "direction" (in units of the gradient) or "number" (anything else).
    """

    target: str
    role: str


@dataclass(frozen=True)
class Plan:
    """A rule's lines, and what is computed for them."""

    rule: Rule
    lines: tuple[Line, ...]
    step: Unrolled
    wanted: Mapping[str, ast.expr]

    def at(
        self,
        loss: Loss,
        theta: Any,
        memory: Mapping[str, Any],
        values: Mapping[str, Any],
        multiplier: Any,
        noise: Any,
    ) -> dict[str, Any]:
        """Return what a step from theta (2,) computes; its arguments are those of `advance`.

        It holds the value of line k as "k", "taken_at" (2,), each of PARTS (2,) and, if the rule
        has one, the effective "rate" (2,), see `Inspection`.
        """
        seen = with_noise(loss, noise, theta)
        found = self._computed(f=seen, theta=theta, **memory, **scheduled(values, multiplier))
        # A part that a rule does not have is no array yet, and a rate may be one number.
        vectors = {*PARTS, "rate"}
        return {k: jnp.broadcast_to(v, (2,)) if k in vectors else v for k, v in found.items()}

    def _computed(self, **names: Any) -> dict[str, Any]:
        """Run the lines on loss, state and hyperparameters; return what is wanted."""
        values = dict(names)
        evaluation = Evaluation(values, self.rule.step.__globals__)
        for line in self.step.lines:
            values[line.name] = evaluation.visit(line.value)
        return {name: evaluation.visit(value) for name, value in self.wanted.items()}


# A plan is a few syntax trees.
@functools.lru_cache(maxsize=256)
def plan(rule: Rule) -> Plan:
    """Return the plan of a rule; CannotPrint if its source cannot be read."""
    step = Unrolled.of(Definition.of(rule.step))
    terms = Terms(step)
    flat, deep = terms.of_the_step(deep=False), terms.of_the_step(deep=True)
    wanted = {str(index): _named(line.name) for index, line in enumerate(step.lines)}
    wanted["taken_at"] = next(step.gradients(), _named("theta"))
    for origin in Origin:
        wanted[origin] = _sum(term.value for term in deep if terms.origin(term) is origin)
    apart = (Origin.POSITION, Origin.MEMORY)
    scaled = [term for term in flat if terms.origin(term) not in apart and not term.plain]
    if scaled:
        wanted["rate"] = ast.Call(_named("abs"), [scaled[0].scale], [])
    lines = tuple(Line(line.target, terms.role(line)) for line in step.lines)
    return Plan(rule, lines, step, wanted)


def _named(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _sum(values: Iterable[ast.expr]) -> ast.expr:
    """Return the sum of expressions, zero without any."""
    return functools.reduce(lambda a, b: ast.BinOp(a, ast.Add(), b), values, ast.Constant(0.0))
