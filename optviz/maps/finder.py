"""The learning-rate finder: the range test of a lane, and beside it what every rate comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz import checks
from optviz.conditions import Place, is_scheduled
from optviz.maps.advice import Advice, Tried, advise, fate, steepest, written
from optviz.maps.grids import DIVERGED, fates
from optviz.maps.stability import stable_rate
from optviz.parts import Change, Lane, Schedule
from optviz.proceed import Proceed
from optviz.race import Race
from optviz.status import MINIMA
from optviz.trajectories import run

# So many rates are tried, each from the race's start and from so many in all: one coarse tile.
RATES = 256
STARTS = 16
# Starts nearby lie within this share of the domain's sides around the race's own.
NEARBY = 0.1
# The plastic number spreads points evenly over a square (Roberts, 2018).
PLASTIC = 1.324717957244746
# Of a range that reaches down to zero, so many orders of magnitude are tried.
DECADES = 6


@dataclass(frozen=True)
class RateFinder:
    """What became of a lane at every learning rate, and what a range test alone says.

    Every one of `rate` (n,), over the range of the slider, was held for the whole race: it ended at
    `places[place]`, (n,), or RUNNING or DIVERGED, from step `step` (n,) on, with the final `loss`
    (n,), as in `Map`. From starts nearby it ended between the quartiles `around` (2, n), infinite
    where it diverged, as a share `lost_around` (n,) of them did. `ramp_rate` (T,) grows
    exponentially in the one run of the range test, and `ramp_loss` (T,) is the loss after each of
    its steps. `steepest` is the rate at which that falls most. For `suggested`, `good` and
    `blow_up` see `advise`; `notes` are sentences about them, the most important first.
    """

    race: Race
    lane: int
    rate: np.ndarray
    places: tuple[Place, ...]
    place: np.ndarray
    step: np.ndarray
    loss: np.ndarray
    around: np.ndarray
    lost_around: np.ndarray
    ramp_rate: np.ndarray
    ramp_loss: np.ndarray
    steepest: float | None
    suggested: float | None
    good: tuple[float, float] | None
    blow_up: float | None
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n  ".join([self.race.lanes[self.lane].label, *self.notes])


def find_rate(
    race: Race, lane: int = 0, *, dtype: Any = np.float64, proceed: Proceed = lambda _: True
) -> RateFinder:
    """Find a learning rate for lane `lane` of the race.

    The lane's own rate plays no part; everything else is the race's. The schedule multiplies every
    rate that is tried, and a change of the rate in mid-run holds. In the range test (Smith, 2017)
    the growing rate takes the place of both. `dtype` is the precision of the paths; in float64 a
    rate that is tried ends exactly as the race with it does. For `proceed` see `sweep`.
    """
    lane, dtype = race.index(lane), checks.precision(dtype)
    rate = _rates(race, lane)
    starts = starts_of(race)
    cells = np.column_stack([np.repeat(rate, len(starts)), np.tile(starts, (len(rate), 1))])
    places, ended = fates(race, lane, ("lr", "x", "y"), cells, dtype, proceed)
    place, step, _, loss = (part.reshape(len(rate), len(starts), *part.shape[1:]) for part in ended)
    ramp = run(_ramp(race, lane))
    ramp_rate, ramp_loss = ramp.multipliers[0], ramp.loss[0, 1:]
    arrived = np.isin(place[:, 0], [k for k, (kind, _) in enumerate(places) if kind in MINIMA])
    tried = Tried(
        rate=rate,
        loss=loss[:, 0],
        step=np.where(arrived, step[:, 0], np.inf),
        lost_around=(place[:, 1:] == DIVERGED).mean(axis=1),
        begun=float(ramp.loss[0, 0]),
        floor=race.objective.minimum,
    )
    advice = advise(tried)
    descent = steepest(ramp_rate, ramp_loss)
    ends = np.where(np.isnan(loss[:, 1:]), np.inf, loss[:, 1:])
    return RateFinder(
        race=race,
        lane=lane,
        rate=rate,
        places=tuple(places),
        place=place[:, 0],
        step=step[:, 0],
        loss=loss[:, 0],
        # Between two of them, not halfway: that would be no number where one is infinite.
        around=np.quantile(ends, [0.25, 0.75], axis=1, method="nearest"),
        lost_around=tried.lost_around,
        ramp_rate=ramp_rate,
        ramp_loss=ramp_loss,
        steepest=descent,
        suggested=advice.suggested,
        good=advice.good,
        blow_up=advice.blow_up,
        notes=(advice.text, *_notes(race, lane, tried, advice, descent)),
    )


def _ramp(race: Race, lane: int = 0) -> Race:
    """Return the race of one lane that is its range test: its rate is what the schedule says."""
    own = race.lanes[lane]
    values: dict[str, Any] = {**own.values, "lr": 1.0}
    low, high = _range(race, lane)
    held = [
        Change(change.step, 0, **rest)
        for change in race.changes
        if change.lane == lane and (rest := {k: v for k, v in change.values.items() if k != "lr"})
    ]
    ramp = Schedule("range_test", low=low, high=high)
    return race.replace(lanes=Lane(own.rule, **values), schedule=ramp, changes=held)


def _range(race: Race, lane: int) -> tuple[float, float]:
    declared = race.lanes[lane].algorithm.hyperparameters["lr"]
    high = float(declared.high)
    return float(declared.low) if declared.low > 0 else high / 10**DECADES, high


def _rates(race: Race, lane: int) -> np.ndarray:
    """Return the rates that are tried, with three digits: one that is suggested was tried so."""
    spread = np.geomspace(*_range(race, lane), RATES)
    return np.unique([float(f"{rate:.3g}") for rate in spread])


def starts_of(race: Race) -> np.ndarray:
    """Return from where (STARTS, 2) every rate is tried: the race's start, and those nearby."""
    index = np.arange(1, STARTS)[:, None]
    shares = (0.5 + index / PLASTIC ** np.array([1, 2])) % 1
    sides = np.ptp([race.objective.x, race.objective.y], axis=1)
    return np.concatenate([[race.start], race.start + NEARBY * sides * (2 * shares - 1)])


def _notes(
    race: Race, lane: int, tried: Tried, advice: Advice, descent: float | None
) -> Sequence[str]:
    """Return sentences about what fails, the range test, and what the race's schedule does."""
    notes = [advice.distance] if advice.distance else []
    blow_up, stable = advice.blow_up, stable_rate(race, lane)
    if stable is not None:
        limit = f"the largest stable rate on this quadratic is {written(stable, 4)}"
        notes.append(f"In theory, {limit}.")
    if blow_up is None and tried.loss[-1] > tried.begun:
        last = written(tried.rate[-1])
        notes.append(f"At {last}, the highest rate tried, it ends higher than it began.")
    elif blow_up is None:
        notes.append(f"It does not diverge at {written(tried.rate[-1])}, the highest rate tried.")
    elif blow_up > tried.rate[0]:
        last = written(tried.rate[tried.rate < blow_up].max())
        lost = f"at {written(blow_up)} and every higher rate tried it does"
        notes.append(f"At {last} it does not diverge; {lost}.")
    if descent is None:
        notes.append("In the range test, one run with a growing rate, the loss does not fall.")
    else:
        alone = "In the range test, one run with a growing rate, the loss falls fastest at about"
        notes.append(f"{alone} {fate(tried, descent)}.")
    if is_scheduled(race, lane):
        notes.append("The schedule multiplies every rate tried; the range test is without it.")
    return notes
