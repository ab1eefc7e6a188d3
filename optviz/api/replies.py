"""The replies of the data plane: pure functions of what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from optviz.api.wire import finite
from optviz.heights import Heights, heights
from optviz.race import Race
from optviz.trajectories import Trajectories, run

LEVELS = 16

Reply = tuple[dict[str, Any], dict[str, np.ndarray]]


def race_reply(race: Race) -> Reply:
    """Run the race: a header about it and its lanes, and what the player draws.

    The arrays are `theta` (L, T+1, 2), `excess` (L, T+1), the loss above the surface's lowest value
    (taken in float64, so that it stays exact near a minimum), and `schedule` (T,).
    """
    trajectories, floor = run(race), race.objective.minimum
    header = {
        "race": race.plain(),
        "query": race.to_query(),
        "floor": floor,
        "lanes": [_lane(trajectories, index) for index in range(len(race.lanes))],
        "notes": list(trajectories.notes),
    }
    return header, {
        "theta": trajectories.theta,
        "excess": trajectories.loss - (floor or 0.0),
        "schedule": trajectories.multipliers,
    }


def _lane(trajectories: Trajectories, index: int) -> dict[str, Any]:
    return {
        "status": trajectories.status[index]._asdict(),
        "final_loss": finite(trajectories.loss[index, -1]),
        "distance": finite(trajectories.distance[index]),
        "steps_to_tolerance": trajectories.steps_to_tolerance[index],
    }


def surface_reply(
    race: Race, x: tuple[float, float] | None, y: tuple[float, float] | None, n: int
) -> Reply:
    """Return the heights of the race's surface over a window, by default its whole domain."""
    surface = race.objective
    grid = heights(surface, race.shape, x or surface.x, y or surface.y, n)
    header = {
        "x": [grid.x[0], grid.x[-1]],
        "y": [grid.y[0], grid.y[-1]],
        "n": n,
        "scale": grid.scale,
        "offset": grid.offset,
        "floor": grid.floor,
        "height_range": _range(grid),
        "levels": _levels(grid),
        "minima": surface.minima,
        "local_minima": surface.local_minima,
        "saddles": surface.saddles,
    }
    return header, {"height": grid.height}


def _range(grid: Heights) -> list[float | None]:
    seen = grid.height[np.isfinite(grid.height)]
    return [finite(seen.min()), finite(seen.max())] if seen.size else [None, None]


def _levels(grid: Heights) -> list[float]:
    """Return the heights of the contour lines: equal distances over what the grid holds."""
    low, high = _range(grid)
    if low is None or high is None or low == high:
        return []
    size = (high - low) / LEVELS
    return [low + (k + 1.5) * size for k in range(LEVELS - 1)]


def problems_reply(problems: tuple[str, ...] | list[str]) -> Mapping[str, Any]:
    """Return what is sent with status 422: the sentences, and all of them as one."""
    return {"detail": " ".join(problems), "problems": list(problems)}
