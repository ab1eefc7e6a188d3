"""The lines of a rule on a surface as an ES module: what each computed, what steps are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jax
import numpy as np

from optviz.checks import resolved
from optviz.inspection.plan import PARTS, Plan, plan
from optviz.kernels import formula
from optviz.kernels.given import Given, names, row
from optviz.kernels.ground import loss_on
from optviz.kernels.javascript import JAVASCRIPT, helpers, literal
from optviz.kernels.scalars import Scalar, Scalars
from optviz.kernels.template import filled
from optviz.kernels.tracing import flat, follow
from optviz.kernels.writing import Writing, bare
from optviz.rule import Rule
from optviz.rules import RULES
from surfaces import SURFACES, Surface

_TEMPLATE = Path(__file__).with_name("lines.js").read_text()


def lines_kernel(rule: str | Rule, surface: str | Surface) -> str:
    """Return an ES module that inspects runs of `rule` on `surface` as `inspect` does.

    It exports `lines` and `inspect(...)`, see lines.js; it is printed from JAX's jaxpr of the
    rule's plan. RaceError if there is no such rule or surface, CannotPrint if no kernel can do what
    they do.
    """
    algorithm = resolved(rule, RULES, "rule", Rule)
    objective = resolved(surface, SURFACES, "surface", Surface)
    scalars, steps = Scalars(), plan(algorithm)
    given = Given.of(algorithm, objective, scalars)
    curve = lambda at, shape: jax.hessian(loss_on(objective, shape))(at)  # noqa: E731
    point = {"hessian": flat([follow(scalars, curve, given.theta, given.shape)])}
    lines, step = _step(scalars, steps, given)
    outputs = [scalar for part in (*point.values(), *step.values()) for scalar in part]
    writing = Writing(JAVASCRIPT, outputs, given.called)
    state: list[str] = []
    for array, part in [("theta", given.theta), *_memory(given)]:
        places = row(array, part.size)
        state += [f"const {name} = {at};" for name, at in zip(names(part), places, strict=True)]
    parts = {
        **given.parts(),
        "lines": literal(lines),
        "made": _arrays(point, step),
        "before": writing.before(given.step, outputs),
        "point": [*state[:2], *_kept(point, writing)],
        "step": [*state[2:], *_kept(step, writing)],
        "helpers": helpers(writing.used),
    }
    return filled(_TEMPLATE, parts)


# What arrays hold in one row, by their names.
_Rows = Mapping[str, Sequence[Scalar]]


def _step(scalars: Scalars, steps: Plan, given: Given) -> tuple[list[dict[str, Any]], _Rows]:
    """Return what lines there are, and the rows that a step makes."""

    def at(theta: Any, memory: Any, values: Any, multiplier: Any, noise: Any, shape: Any):
        loss = loss_on(given.surface, shape)
        return steps.at(loss, theta, memory, values, multiplier, noise)

    acting = given.values, given.multiplier, given.noise, given.shape
    found = follow(scalars, at, given.theta, given.memory, *acting)
    values = [found[str(index)] for index in range(len(steps.lines))]
    made = {
        "values": flat(values),
        "taken_at": flat([found["taken_at"]]),
        "parts": flat(found[part] for part in PARTS),
    }
    if "rate" in found:
        made["rate"] = flat([found["rate"]])
    if steps.rule.stable:
        numbers = {name: value.item() for name, value in given.values.items()}
        made["stable"] = [formula.follow(scalars, steps.rule.limit, **numbers)]
    told = zip(steps.lines, values, strict=True)
    return [asdict(line) | {"shape": list(value.shape)} for line, value in told], made


def _memory(given: Given) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the parts of the memory, and how the module calls their arrays."""
    for index, part in enumerate(given.memory.values()):
        yield f"memory{index}", part


def _arrays(point: _Rows, step: _Rows) -> str:
    """Return the arrays that are made: with a row for every point, or for every step."""
    made = [f"{name}: new Float64Array({len(one)} * (steps + 1))" for name, one in point.items()]
    made += [f"{name}: new Float64Array({len(one)} * steps)" for name, one in step.items()]
    return f"{{ {', '.join(made)} }}"


def _kept(rows: _Rows, writing: Writing) -> list[str]:
    """Return the statements that make rows k and keep them."""
    lines: list[str] = []
    for name, scalars in rows.items():
        texts = writing.values(scalars, lines)
        places = row(f"made.{name}", len(texts))
        lines += [f"{place} = {bare(text)};" for place, text in zip(places, texts, strict=True)]
    return lines
