"""The replies of the data plane: pure functions of what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from optviz.api.wire import finite
from optviz.ensemble import LEVELS as QUANTILES
from optviz.ensemble import STATES, run_ensemble
from optviz.heights import Heights, heights
from optviz.inspection import inspect
from optviz.maps import Place, Window, find_rate, run_map, spaced
from optviz.maps.stability import stable_rates
from optviz.proceed import Proceed
from optviz.race import Race
from optviz.trajectories import Trajectories, run

LEVELS = 16
# Heights that differ by less than this share of their size are sent from the lowest of them on:
# as float32 they would hardly differ. What differs by less than rounding is flat.
NARROW = 0.01
ROUNDING = 1e-13

Reply = tuple[dict[str, Any], dict[str, np.ndarray]]


def race_reply(race: Race, *, rest: bool = False) -> Reply:
    """Run the race: a header about it and its lanes, and what the player draws.

    The arrays are `theta` (L, T+1, 2), `excess` (L, T+1), the loss above the surface's lowest value
    (taken in float64, so that it stays exact near a minimum), and `schedule` (T,); if asked for,
    `rest` (L, T+1, 2) is what the next float32 leaves of theta, for a look from very close.
    """
    trajectories, floor = run(race), race.objective.minimum
    header = {
        "race": race.plain(),
        "query": race.to_query(),
        "floor": floor,
        "lanes": [_lane(trajectories, index) for index in range(len(race.lanes))],
        "notes": list(trajectories.notes),
    }
    theta = trajectories.theta
    arrays = {
        "theta": theta,
        "excess": trajectories.loss - (floor or 0.0),
        "schedule": trajectories.multipliers,
    }
    return header, arrays | {"rest": theta - theta.astype(np.float32)} if rest else arrays


def _lane(trajectories: Trajectories, index: int) -> dict[str, Any]:
    return {
        "status": trajectories.status[index]._asdict(),
        "final_loss": finite(trajectories.loss[index, -1]),
        "distance": finite(trajectories.distance[index]),
        "steps_to_tolerance": trajectories.steps_to_tolerance[index],
    }


def slopes_reply(race: Race) -> Reply:
    """Run the race: the Euclidean norm of the gradient, `slope` (L, T+1), along every lane."""
    slope = np.linalg.norm(run(race).grad, axis=-1)
    return {"query": race.to_query()}, {"slope": slope}


def inspection_reply(race: Race, lane: int) -> Reply:
    """Inspect a lane of the race: what every line of its rule computed at every step.

    The header's `lines` say of each line what it assigns, its role in the picture, and how many
    numbers of a row of `values` (T, W) are its, in which shape; `initial` what the memory begins
    with, by name. `taken_at` (T, 2) is where the gradient was taken; `parts` (T, 4, 2) are what the
    memory, this step's gradient, the position and the rest contribute to the step; `rate` (T, 2) is
    the effective learning rate of each coordinate and `hessian` (T+1, 2, 2) that of the surface;
    `stable` (T,) is the largest stable learning rate times the largest curvature.
    """
    trajectories = run(race)
    seen = inspect(trajectories, lane)
    described = zip(seen.lines, seen.values, strict=True)
    header = {
        "query": race.to_query(),
        "lane": lane,
        "initial": {name: of[0].tolist() for name, of in trajectories.memory[lane].items()},
        "lines": [
            {"target": line.target, "role": line.role, "shape": list(values.shape[1:])}
            for line, values in described
        ],
    }
    flat = [values.reshape(race.steps, -1) for values in seen.values]
    arrays = {
        "values": np.concatenate(flat, axis=1),
        "taken_at": seen.taken_at,
        "parts": np.stack([seen.momentum, seen.slope, seen.pull, seen.rest], axis=1),
        "hessian": seen.hessian,
    }
    known = {"rate": seen.rate, "stable": seen.stable}
    return header, arrays | {name: part for name, part in known.items() if part is not None}


def map_reply(
    race: Race,
    lane: int,
    axes: tuple[str, str],
    windows: tuple[Window | None, Window | None],
    n: int,
    proceed: Proceed,
) -> Reply:
    """Run a lane over a grid of starts or of hyperparameters: what became of every cell.

    The header's `places` are where cells ended, each with its `kind` and its `point`, null for all
    others of a kind; `precision` is that of the paths. The arrays are `place` (n, n), the index of
    a place, -1 for a cell that is still on its way and -2 for one that diverged; `step` (n, n), the
    first step from which on it stayed there, or at which it diverged, -1 while it is on its way;
    `excess` (n, n), the final loss above the surface's lowest value; and, where theory knows it,
    `stable` (n,), the largest stable learning rate along the axis that is not the learning rate.
    """
    done = run_map(race, lane, axes, *windows, n, proceed=proceed)
    rows_vary = done.axes[0] == "lr"
    others = (done.axes[1], done.y) if rows_vary else (done.axes[0], done.x)
    stable = stable_rates(race, lane, *others) if "lr" in done.axes else None
    header = {
        "query": race.to_query(),
        "lane": lane,
        "axes": list(done.axes),
        "x": [done.x[0], done.x[-1]],
        "y": [done.y[0], done.y[-1]],
        "log": [spaced(race, lane, axis) for axis in done.axes],
        "n": n,
        "precision": done.precision,
        "places": _placed(done.places),
    }
    arrays = {
        "place": done.place,
        "step": done.step,
        "excess": done.loss - (race.objective.minimum or 0.0),
    }
    return header, arrays | ({} if stable is None else {"stable": stable})


def _placed(places: Sequence[Place]) -> list[dict[str, Any]]:
    return [{"kind": kind, "point": point and list(point)} for kind, point in places]


def ensemble_reply(race: Race, lane: int, seeds: int, proceed: Proceed) -> Reply:
    """Run a lane under many seeds of its noise: where they end, and quantiles of the loss.

    The header has the `shares` of the seeds that are in each of the `states` at the last step, and
    that of the `lowest`: those converged to a known global minimum. The arrays are `end` (S, 2),
    not a number for a seed that diverged; `state` (S,), which of the states; `step` (S,), at which
    it converged or diverged, -1 while it is running; and `excess` (5, T+1), the `quantiles` of the
    loss above the surface's lowest value, infinite where so many seeds have diverged.
    """
    done = run_ensemble(race, lane, seeds, proceed=proceed)
    header = {
        "query": race.to_query(),
        "lane": lane,
        "seeds": len(done.status),
        "quantiles": QUANTILES,
        "states": STATES,
        "shares": dict(done.shares),
        "lowest": done.lowest,
    }
    return header, {
        "end": done.end,
        "state": np.array([STATES.index(status.state) for status in done.status]),
        "step": np.array([-1 if status.step is None else status.step for status in done.status]),
        "excess": done.loss - (race.objective.minimum or 0.0),
    }


def rates_reply(race: Race, lane: int, *, rough: bool, proceed: Proceed) -> Reply:
    """Find a learning rate for a lane: what every rate comes to, and the range test.

    The header has the `suggested` rate, the limits of those as `good`, the `blow_up` from which on
    it diverges and the rate at which the range test is `steepest`, each null if there is none;
    `notes` say it in sentences. `places`, `place`, `step` and `excess`, all (n,) as in a map, are
    of each `rate` (n,); `around` (2, n) are the quartiles of the excess from starts nearby,
    infinite where they diverged, as the share `lost_around` (n,) did. `ramp` (T,) is the excess
    after each step of the range test, whose rate grows exponentially from the first to the last
    rate. `rough` computes in float32.
    """
    found = find_rate(race, lane, dtype=np.float32 if rough else np.float64, proceed=proceed)
    header = {
        "query": race.to_query(),
        "lane": lane,
        "suggested": found.suggested,
        "good": found.good,
        "blow_up": found.blow_up,
        "steepest": found.steepest,
        "notes": found.notes,
        "range": [found.rate[0], found.rate[-1]],
        "places": _placed(found.places),
    }
    floor = race.objective.minimum or 0.0
    return header, {
        "rate": found.rate,
        "place": found.place,
        "step": found.step,
        "excess": found.loss - floor,
        "around": found.around - floor,
        "lost_around": found.lost_around,
        "ramp": found.ramp_loss - floor,
    }


def surface_reply(
    race: Race, x: tuple[float, float] | None, y: tuple[float, float] | None, n: int
) -> Reply:
    """Return the heights of the race's surface over a window, by default its whole domain.

    The header's `base` is to be added to every height: it is not zero where they are large numbers
    that hardly differ.
    """
    surface = race.objective
    grid = heights(surface, race.shape, x or surface.x, y or surface.y, n)
    low, high = _range(grid)
    base = _base(low, high)
    header = {
        "x": [grid.x[0], grid.x[-1]],
        "y": [grid.y[0], grid.y[-1]],
        "n": n,
        "scale": grid.scale,
        "offset": grid.offset,
        "floor": grid.floor,
        "base": base,
        "height_range": [None if end is None else end - base for end in (low, high)],
        "levels": [level - base for level in _levels(low, high)],
        "minima": surface.minima,
        "local_minima": surface.local_minima,
        "saddles": surface.saddles,
    }
    return header, {"height": grid.height - base}


def _range(grid: Heights) -> tuple[float | None, float | None]:
    seen = grid.height[np.isfinite(grid.height)]
    return (finite(seen.min()), finite(seen.max())) if seen.size else (None, None)


def _base(low: float | None, high: float | None) -> float:
    if low is None or high is None:
        return 0.0
    return low if high - low < NARROW * max(abs(low), abs(high)) else 0.0


def _levels(low: float | None, high: float | None) -> list[float]:
    """Return the heights of the contour lines: equal distances over what the grid holds.

    There are none where that is flat, or less high than the rounding of its numbers.
    """
    if low is None or high is None or high - low <= ROUNDING * max(abs(low), abs(high)):
        return []
    # Each term by itself: the difference of two huge heights may be no number.
    shares = [(k + 1.5) / LEVELS for k in range(LEVELS - 1)]
    levels = [low * (1 - share) + high * share for share in shares]
    return levels if all(a < b for a, b in pairwise([low, *levels, high])) else []


def problems_reply(problems: tuple[str, ...] | list[str]) -> Mapping[str, Any]:
    """Return what is sent with status 422: the sentences, and all of them as one."""
    return {"detail": " ".join(problems), "problems": list(problems)}
