"""Requests about one race or one surface, and their replies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from anyio import to_thread

from optviz import keeping
from optviz.api import offline
from optviz.api.asked import Asked, OfLane, OfRace, Options, Reply, side, window
from optviz.api.caching import tag
from optviz.api.reply_shelf import REPLIES
from optviz.api.wire import finite
from optviz.checks import known, resolved, switch
from optviz.heights import heights
from optviz.inspection import inspect
from optviz.link import View, first_looked_at
from optviz.maps.grids import Window
from optviz.notation import NOTATIONS, current
from optviz.proceed import Proceed
from optviz.query import Pairs
from optviz.race import Race
from optviz.snippets import DIALECTS
from optviz.trajectories import Trajectories, run
from surfaces import SURFACES, Surface

# What a race can be taken away as: the media type of each file, and what writes it in a notation.
FILES: Mapping[str, tuple[str, Callable[[Race, str], bytes]]] = {
    "csv": ("text/csv", lambda race, _: keeping.as_csv(run(race)).encode()),
    "npz": ("application/zip", lambda race, _: keeping.as_npz(run(race))),
    "html": ("text/html", lambda race, notation: offline.page(race, _written_in(race, notation))),
}
# What a program is sent as.
CODE = "text/x-python"
LEVELS = 16
# Heights that differ by less than this share of their size are sent from the lowest of them on:
# as float32 they would hardly differ. What differs by less than rounding is flat.
NARROW = 0.01
ROUNDING = 1e-13


@dataclass(frozen=True)
class RaceAsked(OfRace):
    """Run a race: positions, losses and status of all its lanes."""

    path = "/race"
    options = OfRace.options | {"rest": "rest", "notation": "notation"}
    formats = ("json", *FILES, *DIALECTS)
    types = (*OfRace.types, *(kind for kind, _ in FILES.values()), CODE)
    rest: bool = False
    notation: str = View.notation

    @property
    def cost(self) -> int:
        """A program is written without a step."""
        return 1 if self.format in DIALECTS else super().cost

    @property
    def media_type(self) -> str:
        """A file of its kind, or what is usual."""
        if self.format in DIALECTS:
            return CODE
        return FILES[self.format][0] if self.format in FILES else super().media_type

    @property
    def headers(self) -> Mapping[str, str]:
        """A file is for keeping."""
        name = f"optviz-{self.race.objective.slug}"
        if self.format in DIALECTS:
            name = f"{name}-{self.format}.py"
        elif self.format in FILES:
            name = f"{name}.{self.format}"
        else:
            return super().headers
        return {"Content-Disposition": f"attachment; filename={name}"}

    async def body(self, proceed: Proceed) -> bytes:
        """Return the reply, the whole of what came of the race as a file, or its program."""
        if self.format in DIALECTS:
            return (await to_thread.run_sync(self.race.to_code, self.format)).encode()
        if self.format not in FILES:
            return await super().body(proceed)
        _, written = FILES[self.format]
        make = lambda _: written(self.race, self.notation)  # noqa: E731
        return await REPLIES.reply(tag(self.key), make, proceed, self.cost)

    @classmethod
    def parts(cls, _: Race, options: Options, /) -> dict[str, Any]:
        """Return whether the rest of the positions is asked for, and the letters of equations."""
        slug = current(options.get("notation", View.notation))
        return {"rest": switch(options, "rest"), "notation": known(slug, NOTATIONS, "notation")}

    def answer(self, _: Proceed, /) -> Reply:
        """Run the race: a header about it and its lanes, and what the player draws.

        The arrays are `theta` (L, T+1, 2), `excess` (L, T+1), the loss above the surface's lowest
        value (taken in float64, so that it stays exact near a minimum), and `schedule` (L, T), by
        which the learning rate is multiplied; if asked for, `rest` (L, T+1, 2) is what the next
        float32 leaves of theta, for a look from very close.
        """
        race, trajectories = self.race, run(self.race)
        header = {
            "race": race.plain(),
            "query": race.to_query(),
            "floor": race.objective.minimum,
            "lanes": [_lane(trajectories, index) for index in range(len(race.lanes))],
            "notes": list(trajectories.notes),
        }
        theta = trajectories.theta
        arrays = {
            "theta": theta,
            "excess": self.above(trajectories.loss),
            "schedule": trajectories.multipliers,
        }
        return header, arrays | {"rest": theta - theta.astype(np.float32)} if self.rest else arrays


def _written_in(race: Race, notation: str) -> View:
    return View(chosen=first_looked_at(race), notation=notation)


def _lane(trajectories: Trajectories, index: int) -> dict[str, Any]:
    return {
        "status": trajectories.status[index]._asdict(),
        "final_loss": finite(trajectories.loss[index, -1]),
        "distance": finite(trajectories.distance[index]),
        "steps_to_tolerance": trajectories.steps_to_tolerance[index],
    }


@dataclass(frozen=True)
class SlopesAsked(OfRace):
    """Run a race: the norm of the gradient along every lane."""

    path = "/slopes"

    def answer(self, _: Proceed, /) -> Reply:
        """Run the race: the Euclidean norm of the gradient, `slope` (L, T+1), along every lane."""
        slope = np.linalg.norm(run(self.race).grad, axis=-1)
        return {"query": self.race.to_query()}, {"slope": slope}


@dataclass(frozen=True)
class InspectionAsked(OfLane):
    """Inspect a lane: what every line of its rule computed at every step."""

    path = "/inspection"

    def answer(self, _: Proceed, /) -> Reply:
        """Inspect a lane of the race: what every line of its rule computed at every step.

        The header's `lines` say of each line what it assigns, its role in the picture, and how many
        numbers of a row of `values` (T, W) are its, in which shape; `initial` what the memory
        begins with, by name. `taken_at` (T, 2) is where the gradient was taken; `parts` (T, 4, 2)
        are what the memory, this step's gradient, the position and the rest contribute to the step;
        `rate` (T, 2) is the effective learning rate of each coordinate and `hessian` (T+1, 2, 2)
        that of the surface; `stable` (T,) is the largest stable learning rate times the largest
        curvature.
        """
        trajectories = run(self.race)
        seen = inspect(trajectories, self.lane)
        described = zip(seen.lines, seen.values, strict=True)
        memory = trajectories.memory[self.lane]
        header = {
            "query": self.race.to_query(),
            "lane": self.lane,
            "initial": {name: of[0].tolist() for name, of in memory.items()},
            "lines": [
                {"target": line.target, "role": line.role, "shape": list(values.shape[1:])}
                for line, values in described
            ],
        }
        flat = [values.reshape(self.race.steps, -1) for values in seen.values]
        arrays = {
            "values": np.concatenate(flat, axis=1),
            "taken_at": seen.taken_at,
            "parts": np.stack([seen.momentum, seen.slope, seen.pull, seen.rest], axis=1),
            "hessian": seen.hessian,
        }
        known = {"rate": seen.rate, "stable": seen.stable}
        return header, arrays | {name: part for name, part in known.items() if part is not None}


@dataclass(frozen=True)
class SurfaceAsked(Asked):
    """Return the heights of a surface on a grid, scaled to be drawn, and its known minima."""

    path = "/surface"
    options = Asked.options | {"x": "x", "y": "y", "n": "n"}
    surface: str | Surface
    shape: Mapping[str, float]
    x: Window
    y: Window
    n: int

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the surface and the grid; of a race that is given nothing else plays a part."""
        race = Race.from_query(pairs, cls.options)
        x, y = (window(options, a, a) or getattr(race.objective, a) for a in ("x", "y"))
        form = options.get("format", "")
        return cls(form, race.surface, race.shape, x, y, side(options, 121))

    @property
    def cost(self) -> int:
        """A point of the grid is about as much as a step."""
        return self.n * self.n

    def answer(self, _: Proceed, /) -> Reply:
        """Return the heights of a surface over a window.

        The header's `base` is to be added to every height: it is not zero where they are large
        numbers that hardly differ.
        """
        surface = resolved(self.surface, SURFACES, "surface", Surface)
        grid = heights(surface, self.shape, self.x, self.y, self.n)
        seen = grid.height[np.isfinite(grid.height)]
        low, high = (float(seen.min()), float(seen.max())) if seen.size else (np.nan, np.nan)
        base = low if high - low < NARROW * max(abs(low), abs(high)) else 0.0
        header = {
            "x": [grid.x[0], grid.x[-1]],
            "y": [grid.y[0], grid.y[-1]],
            "n": self.n,
            "scale": grid.scale,
            "offset": grid.offset,
            "floor": grid.floor,
            "base": base,
            "height_range": [finite(end - base) for end in (low, high)],
            "levels": [level - base for level in _levels(low, high)],
            "minima": surface.minima,
            "local_minima": surface.local_minima,
            "saddles": surface.saddles,
        }
        return header, {"height": grid.height - base}


def _levels(low: float, high: float) -> list[float]:
    """Return the heights of the contour lines: equal distances over what the grid holds.

    There are none where that is nothing, flat, or less high than the rounding of its numbers.
    """
    if not high - low > ROUNDING * max(abs(low), abs(high)):
        return []
    # Each term by itself: the difference of two huge heights may be no number.
    shares = [(k + 1.5) / LEVELS for k in range(LEVELS - 1)]
    levels = [low * (1 - share) + high * share for share in shares]
    return levels if all(a < b for a, b in pairwise([low, *levels, high])) else []
