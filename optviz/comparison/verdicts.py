"""Running a comparison: every rule is tuned, its best setting judged from many other starts."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf
from operator import attrgetter
from typing import Any

import numpy as np

from optviz import query
from optviz.comparison import draws
from optviz.comparison.experiment import Comparison
from optviz.conditions import bounds_of, tolerance_of
from optviz.engine import Conditions
from optviz.maps.sweep import START, sweep
from optviz.parts import Lane
from optviz.pointwise import losses
from optviz.proceed import Proceed
from optviz.rule import Hyperparameter, Rule
from optviz.verdict import OUTSIDE

# A setting works when it brings at least this share of the starts to a global minimum.
WORKS = 0.5


@dataclass(frozen=True)
class Verdict:
    """How well a rule does at its best.

    `lane` holds its best setting, `space` what the settings were drawn from, `works` the share of
    them that bring at least half of the tuning starts to a global minimum. Of the fresh starts,
    `reached` is the share that the best setting brings to a global minimum, `diverged` the share
    that leave all bounds. By step `median` half of all fresh starts have arrived for good, by
    `first_quartile` a quarter, by `third_quartile` three quarters; None if fewer ever do. `loss` is
    the median of the last points' losses, None if most diverged.
    """

    lane: Lane
    reached: float
    first_quartile: int | None
    median: int | None
    third_quartile: int | None
    diverged: float
    loss: float | None
    works: float
    space: Mapping[str, Hyperparameter]

    @property
    def score(self) -> tuple[float, ...]:
        """What the verdicts are ranked by, one after the other; less is better.

        The share that came to a global minimum, the median of the steps, that of the last losses.
        """
        steps, loss = (inf if part is None else part for part in (self.median, self.loss))
        return -self.reached, steps, loss

    @property
    def shown(self) -> tuple[float, ...]:
        """The part of the score that decides the rank: verdicts with the same one share theirs."""
        return self.score[:2]

    def plain(self) -> dict[str, Any]:
        """Return the verdict as JSON-ready data."""
        figures = {name: getattr(self, name) for name in FIGURES}
        space = [
            {"name": name, "low": h.low, "high": h.high, "log": h.log, "integer": h.integer}
            for name, h in self.space.items()
        ]
        return self.lane.plain() | figures | {"space": space}


FIGURES = ("reached", "first_quartile", "median", "third_quartile", "diverged", "loss", "works")


@dataclass(frozen=True)
class _Fates:
    """What became of N settings, each from S starts.

    `steps` (N, S) until a run arrived at a global minimum for good, infinite if it did not,
    `diverged` (N, S), and the last `loss` (N, S), infinite for a run that diverged.
    """

    steps: np.ndarray
    diverged: np.ndarray
    loss: np.ndarray

    @property
    def reached(self) -> np.ndarray:
        """The share (N,) of the starts that come to a global minimum."""
        return np.isfinite(self.steps).mean(axis=1)

    def best(self) -> int:
        """Return which of the settings is the best one, as `Verdict.score` ranks them."""
        steps, loss = _reached_by(self.steps, 0.5), _reached_by(self.loss, 0.5)
        return int(np.lexsort((loss, steps, -self.reached))[0])


def compare(
    comparison: Comparison, *, dtype: Any = np.float64, proceed: Proceed = lambda _: True
) -> tuple[Verdict, ...]:
    """Tune every rule and judge it at its best; the best rule comes first (see `Verdict.score`).

    `dtype` is the precision of the paths; those of float64 are a race's. `proceed` is told how many
    of the comparison's `cells` are done; it may return False, which raises StoppedError.
    """
    verdicts = []
    for named in comparison.rules:
        before = len(verdicts) * comparison.runs
        further = lambda done, before=before: proceed(before + done)  # noqa: E731
        verdicts.append(judge(comparison, named, dtype=dtype, proceed=further))
    return tuple(sorted(verdicts, key=attrgetter("score")))


def judge(
    comparison: Comparison,
    named: str | Rule,
    *,
    dtype: Any = np.float64,
    proceed: Proceed = lambda _: True,
) -> Verdict:
    """Tune one rule of the comparison and judge it at its best, as `compare` does with each.

    The other rules of the comparison change nothing about it. `dtype` and `proceed` are those of
    `compare`, `proceed` with the cells of this rule alone.
    """
    rule = Lane(named).algorithm
    tuning, fresh = draws.starts(comparison)
    space = draws.search_space(rule, comparison.objective)
    settings = draws.settings(comparison, space)
    tried = _fates(comparison, rule, settings, tuning, dtype, proceed)
    best = settings[[tried.best()]]
    before = tried.steps.size
    final = _fates(comparison, rule, best, fresh, dtype, lambda done: proceed(before + done))
    loss = _reached_by(final.loss, 0.5).item()
    return Verdict(
        lane=Lane(named, **dict(zip(space, best[0].tolist(), strict=True))),
        reached=float(final.reached[0]),
        first_quartile=_whole(final.steps, 0.25),
        median=_whole(final.steps, 0.5),
        third_quartile=_whole(final.steps, 0.75),
        diverged=float(final.diverged.mean()),
        loss=None if loss == inf else loss,
        works=float((tried.reached >= WORKS).mean()),
        space=space,
    )


def as_csv(comparison: Comparison, verdicts: Sequence[Verdict]) -> str:
    """Return a table of the verdicts, the best one first; every row says all that repeats it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    stated = comparison.plain()
    stated |= {"shape": query.settings(comparison.shape), "rules": " ".join(stated["rules"])}
    writer.writerow(["rank", "rule", "name", "setting", *FIGURES, "space", *stated])
    shown = [verdict.shown for verdict in verdicts]
    for verdict in verdicts:
        lane = verdict.lane
        writer.writerow(
            [
                shown.index(verdict.shown) + 1,
                lane.algorithm.slug,
                lane.algorithm.name,
                query.settings(lane.values),
                *(getattr(verdict, figure) for figure in FIGURES),
                "; ".join(_described(name, declared) for name, declared in verdict.space.items()),
                *stated.values(),
            ]
        )
    return text.getvalue()


def _fates(
    comparison: Comparison,
    rule: Rule,
    settings: np.ndarray,
    starts: np.ndarray,
    dtype: Any,
    proceed: Proceed,
) -> _Fates:
    """Run every one of the settings (N, H) from every one of the starts (S, 2)."""
    surface, steps = comparison.objective, comparison.steps
    # Every start is in the domain: the bounds are the same for all.
    bounds = bounds_of(surface, (starts[0, 0], starts[0, 1]))
    shared = Conditions.of(
        starts[0],
        comparison.shape,
        np.ones(steps),
        bounds,
        places=np.array(surface.minima),
        near=tolerance_of(surface),
    )
    # No hyperparameter is shared: every cell has its own.
    own = np.full((1, settings.shape[1]), np.nan)
    pairs = len(settings), len(starts)
    cells = np.hstack([np.tile(starts, (pairs[0], 1)), np.repeat(settings, pairs[1], axis=0)])
    axes = (*START, *rule.hyperparameters)
    end, (place, since, stays) = sweep(
        surface.function, rule, axes, cells, shared, own, dtype=dtype, proceed=proceed
    )
    diverged = (place == OUTSIDE) & stays
    loss = losses(surface.function, comparison.shape, end)
    return _Fates(
        steps=np.where((place >= 0) & stays, since, inf).reshape(pairs),
        diverged=diverged.reshape(pairs),
        loss=np.where(diverged | np.isnan(loss), inf, loss).reshape(pairs),
    )


def _reached_by(values: np.ndarray, share: float) -> np.ndarray:
    """Return the least value (N,) that `share` of the values (N, S) do not exceed."""
    return np.sort(values, axis=1)[:, ceil(share * values.shape[1]) - 1]


def _whole(steps: np.ndarray, share: float) -> int | None:
    """Return the step by which `share` of one setting's runs (1, S) have arrived."""
    step = _reached_by(steps, share).item()
    return None if step == inf else int(step)


def _described(name: str, declared: Hyperparameter) -> str:
    scale = " logarithmic" if declared.log else ""
    return f"{name} {declared.low:g} to {declared.high:g}{scale}"
