"""The engine: runs lanes on a surface, compiled once for every setting of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import jax
import jax.numpy as jnp
import numpy as np

from optviz import stepping, verdict
from optviz.programs import PROGRAMS
from optviz.rule import Rule
from optviz.stepping import on_plane
from optviz.verdict import Verdict

# Runs are padded to these many steps and lanes, so that few programs are ever compiled.
STEP_LENGTHS = (1024, 4096, 10240)
LANE_COUNTS = (1, 4, 8, 16)
# A lane that is this many times the domain's size away has left all bounds.
FAR = 100.0


@dataclass(frozen=True)
class Run:
    """What L lanes did in T steps.

    `theta` (L, T+1, 2), `loss` (L, T+1) and `grad` (L, T+1, 2) are the positions and the surface's
    own loss and gradient there, without noise. `memory` holds, per lane, what its rule remembered:
    name -> (T+1, ...). `verdict`, each part (L,), judges the paths; its places are those of the
    conditions and, after them, the lane's own: `rest` (L, 2), where Newton's method leads to from
    the last point, and of which `kind` (L,), see `verdict.stationary`. All numbers after the step
    at which a lane `left` (L,) for good are NaN; T + 1 where it did not.
    """

    theta: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    memory: tuple[Mapping[str, np.ndarray], ...]
    verdict: Verdict
    left: np.ndarray
    rest: np.ndarray
    kind: np.ndarray


@dataclass(frozen=True)
class Conditions:
    """What lanes of a race run with: arrays, so that none of it is compiled in.

    `start` (2,), the surface's `shape` (S,), the learning rate's `multipliers`, (P,) for all lanes
    or (L, P), and the gradient's `noise` (P, 2), both padded with zeros, `bounds` (3,): centre and
    half width of where a lane may be; `places` (K, 2) that a lane may come to, and how `near` it is
    then. P is the length that programs are compiled for, `steps` how many of it count.
    """

    steps: int
    shape_names: tuple[str, ...]
    shape: np.ndarray
    start: np.ndarray
    multipliers: np.ndarray
    noise: np.ndarray
    bounds: np.ndarray
    places: np.ndarray
    near: float

    @classmethod
    def of(
        cls,
        start: Sequence[float] | np.ndarray,
        shape: Mapping[str, float],
        multipliers: np.ndarray,
        bounds: np.ndarray,
        *,
        noise: np.ndarray | None = None,
        places: np.ndarray | None = None,
        near: float = 0.0,
    ) -> Self:
        """Pad conditions of T steps to a length that programs are compiled for.

        `multipliers` are (T,) or (L, T).
        """
        steps = multipliers.shape[-1]
        length = padded(steps, STEP_LENGTHS)
        # Left in NumPy: a compiled program takes such small arrays faster than `device_put` does.
        return cls(
            steps=steps,
            shape_names=tuple(shape),
            shape=np.array([*shape.values()], float),
            start=np.asarray(start, float),
            multipliers=lengthened(multipliers.T, length).T,
            noise=np.zeros((length, 2)) if noise is None else lengthened(noise, length),
            bounds=np.asarray(bounds, float),
            places=np.zeros((0, 2)) if places is None else places,
            near=near,
        )

    @property
    def length(self) -> int:
        """How many steps programs are compiled for."""
        return self.multipliers.shape[-1]


def run(f: Callable[..., Any], lanes: Sequence[tuple[Rule, Any]], shared: Conditions) -> Run:
    """Run `lanes` on `f(x, y, **shape)`.

    Each is a rule and the values of its hyperparameters in the rule's order, one set (H,) for the
    whole run or one (T, H) for every step. All rules are started before any is waited for: JAX may
    then run them side by side.
    """
    groups: dict[Rule, list[int]] = {}
    for index, (rule, _) in enumerate(lanes):
        groups.setdefault(rule, []).append(index)
    paths = {
        rule: _launch(f, rule, members, [lanes[index][1] for index in members], shared)
        for rule, members in groups.items()
    }
    return _collect(f, groups, paths, shared)


def _launch(
    f, rule: Rule, members: Sequence[int], values: Sequence[Any], shared: Conditions
) -> Any:
    """Start one rule: return theta (L, P+1, 2) and its memory, each (L, P+1, ...), unawaited.

    `members` are the numbers of its lanes, `values` their hyperparameters.
    """
    size = padded(len(values), LANE_COUNTS), shared.length
    table, multipliers = np.zeros((*size, len(rule.hyperparameters))), np.zeros(size)
    for row, own in zip(table, values, strict=False):
        row[: shared.steps] = own
    own = shared.multipliers.ndim > 1
    multipliers[: len(values)] = shared.multipliers[members] if own else shared.multipliers
    arguments = (table, multipliers, shared.start, shared.shape, shared.noise)
    return PROGRAMS.run(_simulation, f, (shared.shape_names, rule), arguments)


def _collect(f, groups: Mapping[Rule, Sequence[int]], paths: Mapping[Rule, Any], shared) -> Run:
    """Wait for all rules and judge their paths; what comes after a lane has left is blanked."""
    count, seen = sum(map(len, groups.values())), slice(shared.steps + 1)
    theta = np.zeros((padded(count, LANE_COUNTS), shared.length + 1, 2))
    memory: list[dict[str, np.ndarray]] = [{}] * count
    for rule, members in groups.items():
        positions, *remembered = map(np.asarray, paths[rule])
        theta[members] = positions[: len(members)]
        for row, index in enumerate(members):
            parts = zip(rule.memory, remembered, strict=True)
            memory[index] = {name: np.asarray(v[row, seen], float) for name, v in parts}
    return judge(f, theta, shared, memory)


def judge(
    f, theta: np.ndarray, shared: Conditions, memory: Sequence[Mapping[str, np.ndarray]]
) -> Run:
    """Return the run of the paths theta (N, P+1, 2), of which those of the L memories count."""
    steps, near = np.int32(shared.steps), np.float64(shared.near)
    late = np.int32(shared.steps - verdict.wait(shared.steps))
    arguments = (theta, shared.shape, shared.places, near, shared.bounds, steps, late)
    # Apart from the simulation, so that it is compiled once per surface and size of theta, not once
    # per rule.
    outputs = PROGRAMS.run(_observation, f, (shared.shape_names,), arguments)
    count, end = len(memory), shared.steps + 1
    place, since, stays, rest, kind = (np.asarray(part)[:count] for part in outputs[2:])
    left = np.where((place == verdict.OUTSIDE) & stays, since, end)
    paths = [np.asarray(part)[:count, :end] for part in (theta, *outputs[:2])]
    gone, remembered = np.flatnonzero(left < end - 1).tolist(), [*memory]
    theta, loss, grad = [part.copy() for part in paths] if gone else paths
    for index in gone:
        remembered[index] = {name: part.copy() for name, part in memory[index].items()}
        for part in (theta[index], loss[index], grad[index], *remembered[index].values()):
            part[left[index] + 1 :] = np.nan
    return Run(theta, loss, grad, tuple(remembered), Verdict(place, since, stays), left, rest, kind)


def _simulation(f, shape_names: tuple[str, ...], rule: Rule) -> Callable[..., Any]:
    """Return the run of `rule` on `f`: theta and memory along the path of every lane."""

    def lanes(tables, multipliers, start, shape, noise):
        loss = on_plane(f, shape_names, shape)
        # One loop per lane, after one another: XLA compiles such a small loop into one function,
        # which takes half the time of the vectorised loop for 16 lanes and a sixth for 2.
        return jax.lax.map(
            lambda lane: stepping.path(rule, loss, start, (*lane, noise)), (tables, multipliers)
        )

    return jax.jit(lanes)


def _observation(f, shape_names: tuple[str, ...]) -> Callable[..., Any]:
    """Return the evaluation of `f` along given paths, and what became of them."""

    def lane(theta, shape, places, near, bounds, steps, late):
        loss = on_plane(f, shape_names, shape)
        height, slope = jax.vmap(jax.value_and_grad(loss))(theta)
        rest, kind = verdict.stationary(loss, theta[steps], near)
        # Near a known place the prediction is that place, and it is not reached yet.
        rest = verdict.unknown(rest, places, near)
        all_places = jnp.concatenate([places, rest[None]])
        judged = verdict.of_path(theta, height, all_places, near, bounds, steps, late)
        return height, slope, *judged, rest, kind

    return jax.jit(jax.vmap(lane, in_axes=(0, *[None] * 6)))


def padded(count: int, sizes: tuple[int, ...]) -> int:
    """Return the smallest of `sizes` that holds `count`, or a multiple of the largest."""
    return next((size for size in sizes if size >= count), -(-count // sizes[-1]) * sizes[-1])


def lengthened(array: np.ndarray, length: int) -> np.ndarray:
    """Return `array` with zeros appended along its first axis."""
    longer = np.zeros((length, *array.shape[1:]))
    longer[: len(array)] = array
    return longer
