"""The largest stable learning rate along an axis, as `optviz.maps.stability`, for a module."""

import inspect
from functools import lru_cache
from typing import Any

import jax.numpy as jnp

from optviz import verdict
from optviz.kernels import formula
from optviz.kernels.ground import loss_on, shape_inputs, shape_names
from optviz.kernels.javascript import JAVASCRIPT, literal
from optviz.kernels.scalars import Scalar, Scalars
from optviz.kernels.tracing import flat, follow, inputs
from optviz.kernels.writing import Writing, bare, reaches
from optviz.notation import CannotPrint
from optviz.rule import Rule
from surfaces import Surface

UNKNOWN = ["return null;"]


def written(rule: Rule, surface: Surface) -> tuple[list[str], set[str]]:
    """Return the statements of a module's `stable`, and the operations that they are made of."""
    scalars = Scalars()
    told = rule.stable is not None and is_quadratic(surface)
    curvature = largest_curvature(surface, scalars) if told else None
    if rule.stable is None or curvature is None:
        return UNKNOWN, set()
    short = {name: f"h{index}" for index, name in enumerate(rule.hyperparameters)}
    asked = [*inspect.signature(rule.stable).parameters]
    given = {name: scalars.input(short[name]) for name in asked}
    try:
        limit = formula.follow(scalars, rule.stable, **given)
    except CannotPrint:
        return UNKNOWN, set()
    names = {name: name for name in [*short.values(), *shape_names(surface)]}
    writing = Writing(JAVASCRIPT, [curvature, limit], names)
    before: list[str] = []
    (bend,) = writing.values([curvature], before)
    within: list[str] = []
    (most,) = writing.values([limit], within)
    lines = [
        *before,
        f"const bend = {bare(bend)};",
        "if (!(bend > 0)) return null;",
        "return Float64Array.from(along, (value) => {",
        "  own[other] = value;",
        *(f"  const {short[name]} = own[{literal(name)}];" for name in asked),
        *(f"  {line}" for line in within),
        f"  return {most} / bend;",
        "});",
    ]
    return lines, writing.used


# The same for all rules on a surface, and for most it is all that is asked.
@lru_cache(maxsize=64)
def is_quadratic(surface: Surface) -> bool:
    """Return whether the surface bends alike everywhere."""
    return largest_curvature(surface, Scalars()) is not None


def largest_curvature(surface: Surface, scalars: Scalars) -> Scalar | None:
    """Return the largest curvature of a quadratic, not a number if it bends downwards anywhere.

    None for any other surface: there it depends on the point.
    """

    def of(p: Any, shape: Any) -> Any:
        _, (a, b, d) = verdict.second_order(loss_on(surface, shape), p)
        mean, gap = (a + d) / 2, jnp.sqrt(((a - d) / 2) ** 2 + b * b)
        return jnp.where(mean > gap, mean + gap, jnp.nan)

    point = inputs(scalars, "p", [2])
    (made,) = flat([follow(scalars, of, point, shape_inputs(surface, scalars))])
    return None if reaches({"p0", "p1"})(made) else made
