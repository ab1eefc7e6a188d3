"""Inspecting a lane: every line of its rule at every step, and what the step is made of."""

import ast
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from optviz.conditions import in_force
from optviz.engine import STEP_LENGTHS, lengthened, padded
from optviz.inspection.evaluation import Evaluation
from optviz.inspection.terms import Origin, Terms
from optviz.inspection.unrolled import Unrolled
from optviz.noise import perturbations
from optviz.notation.definition import Definition
from optviz.programs import PROGRAMS
from optviz.rule import Rule
from optviz.stepping import on_plane, with_noise
from optviz.trajectories import Trajectories


@dataclass(frozen=True)
class Line:
    """A line of the rule: the name it assigns, and the line's `role` in the picture.

    "gradient" (a slope, taken at `Inspection.taken_at`), "displacement" (added to theta as it is),
    "step" (the new theta), "direction" (in units of the gradient) or "number" (anything else).
    """

    target: str
    role: str


@dataclass(frozen=True)
class Inspection:
    """What one lane computed in T steps, float64; NaN where it has diverged.

    `values` holds, per line of the rule, its values (T, ...). `taken_at` (T, 2) is where the
    gradient was taken: theta, or ahead of it. The parts of the step, each (T, 2), add up to it:
    `momentum` is what the memory of earlier gradients contributes, `slope` this step's gradient,
    `pull` the position itself (weight decay), `rest` what is not a sum of these. `rate` (T, 2) is
    the effective learning rate of each coordinate, None where the rule has none. `hessian`
    (T+1, 2, 2) is that of the surface, without noise. `stable` (T,) is the largest stable learning
    rate times the largest curvature, None where the rule knows of none.
    """

    lines: tuple[Line, ...]
    values: tuple[np.ndarray, ...]
    taken_at: np.ndarray
    momentum: np.ndarray
    slope: np.ndarray
    pull: np.ndarray
    rest: np.ndarray
    rate: np.ndarray | None
    hessian: np.ndarray
    stable: np.ndarray | None

    def __repr__(self) -> str:
        return f"{', '.join(line.target for line in self.lines)} at {len(self.taken_at)} steps"


def inspect(trajectories: Trajectories, lane: int = 0) -> Inspection:
    """Inspect a lane: run the lines of its rule once more, from the state before every step.

    RaceError if there is no such lane, CannotPrint if the source of the rule cannot be read.
    """
    race = trajectories.race
    lane = race.index(lane)
    rule, surface, steps = race.lanes[lane].algorithm, race.objective, race.steps
    values = np.broadcast_to(in_force(race, lane), (steps, len(rule.hyperparameters)))
    settings = dict(zip(rule.hyperparameters, values.T, strict=True))
    limit = rule.limit(**settings)
    settings["lr"] = settings["lr"] * trajectories.multipliers
    memory = {name: part[:steps] for name, part in trajectories.memory[lane].items()}
    noise = perturbations(steps, race.noise, race.noise_decay, race.seed)
    size = padded(steps, STEP_LENGTHS)
    along = jax.tree.map(lambda a: lengthened(a, size), (memory, settings, noise))
    shape = np.array([*race.shape.values()], float)
    arguments = (lengthened(trajectories.theta[lane], size + 1), *along, shape)
    found, hessian = PROGRAMS.run(_program, surface.function, (tuple(race.shape), rule), arguments)
    arrays = {name: np.asarray(array)[:steps] for name, array in found.items()}
    lines = _plan(rule).lines
    return Inspection(
        lines=lines,
        values=tuple(arrays.pop(str(index)) for index in range(len(lines))),
        hessian=np.asarray(hessian)[: steps + 1],
        rate=arrays.pop("rate", None),
        stable=None if limit is None else np.broadcast_to(limit, steps),
        **arrays,
    )


@dataclass(frozen=True)
class _Plan:
    """A rule's lines, and what is computed for them."""

    rule: Rule
    lines: tuple[Line, ...]
    step: Unrolled
    wanted: Mapping[str, ast.expr]

    def compute(self, **names: Any) -> dict[str, Any]:
        """Run the lines on loss, state and hyperparameters; return what is wanted."""
        values = dict(names)
        evaluation = Evaluation(values, self.rule.step.__globals__)
        for line in self.step.lines:
            values[line.name] = evaluation.visit(line.value)
        return {name: evaluation.visit(value) for name, value in self.wanted.items()}


# A plan is a few syntax trees.
@functools.lru_cache(maxsize=256)
def _plan(rule: Rule) -> _Plan:
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
    return _Plan(rule, lines, step, wanted)


def _program(f, names: tuple[str, ...], rule: Rule) -> Callable[..., Any]:
    """Return the compiled inspection of a whole path: what `_plan` computes, and the Hessian."""
    compute = _plan(rule).compute

    def inspected(theta, memory, settings, noise, shape):
        loss = on_plane(f, names, shape)

        def at(p, remembered, values, n):
            found = compute(f=with_noise(loss, n, p), theta=p, **remembered, **values)
            # A part that a rule does not have is no array yet, and a rate may be one number.
            vectors = {*Origin, "rate"}
            return {k: jnp.broadcast_to(v, (2,)) if k in vectors else v for k, v in found.items()}

        steps = jax.vmap(at)(theta[:-1], memory, settings, noise)
        return steps, jax.vmap(jax.hessian(loss))(theta)

    return jax.jit(inspected)


def _named(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _sum(values: Iterable[ast.expr]) -> ast.expr:
    """Return the sum of expressions, zero without any."""
    return functools.reduce(lambda a, b: ast.BinOp(a, ast.Add(), b), values, ast.Constant(0.0))
