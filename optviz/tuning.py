"""Finds the learning rates that `optviz.suggestions` holds: `python -m optviz.tuning`."""

from __future__ import annotations

import json

import numpy as np

from optviz.engine import Course, Run, launch
from optviz.rule import Rule
from optviz.rules import RULES
from optviz.suggestions import RATES
from surfaces import SURFACES, Surface

STEPS = 500
MANTISSAS = (1, 2, 5)
# Near enough to a minimum, as a share of the domain's diagonal.
NEAR = 1e-3
# A rate within this factor of the best one's time is as good, and so is a path that stays within
# this share of the domain's sides around it.
NEARLY = 1.5
MARGIN = 0.25
# On a surface without a minimum a race is worth watching when it leaves the domain about here.
EXIT = 150


def main() -> None:
    """Tune every rule on every surface and write the table."""
    table = {slug: _tune(surface) for slug, surface in SURFACES.items()}
    RATES.write_text(json.dumps(table, indent=1) + "\n")


def _tune(surface: Surface) -> dict[str, float]:
    """Return the best rate of every rule on `surface`, among 1, 2, 5 x 10^k."""
    course = Course.of(
        np.array(surface.start),
        surface.values(),
        np.ones(STEPS),
        np.zeros((STEPS, 2)),
        np.array([np.mean(surface.x), np.mean(surface.y), 10 * np.ptp(surface.x)]),
    )
    best = {}
    for slug, rule in RULES.items():
        values = _grid(rule)
        run = launch(surface.function, rule, values, course)()
        costs = np.array([_cost(surface, run, lane) for lane in range(len(values))])
        best[slug] = _choose(values[:, [*rule.hyperparameters].index("lr")], costs)
    return best


def _grid(rule: Rule) -> np.ndarray:
    """Return rows of hyperparameters (L, H): the defaults, with the learning rate varied."""
    names = [*rule.hyperparameters]
    declared = rule.hyperparameters["lr"]
    rates = [float(f"{m}e{k}") for k in range(-6, 3) for m in MANTISSAS]
    rates = [rate for rate in rates if declared.low <= rate <= declared.high]
    values = np.tile([h.default for h in rule.hyperparameters.values()], (len(rates), 1))
    values[:, names.index("lr")] = rates
    return values


def _choose(rates: np.ndarray, costs: np.ndarray) -> float:
    """Return the smallest rate that is nearly as good as the best: its path is the calmest."""
    return float(rates[np.flatnonzero(costs <= NEARLY * costs.min())[0]])


def _cost(surface: Surface, run: Run, lane: int) -> float:
    """Return how late a lane comes near a minimum for good, or more than that if it never does."""
    theta = run.theta[lane]
    if not surface.minima:
        away = ~_inside(surface, theta, 0.0)
        return 1.0 + abs((int(away.argmax()) if away.any() else 2 * STEPS) - EXIT)
    if not _inside(surface, theta, MARGIN).all():
        return np.inf
    points = (*surface.minima, *surface.local_minima)
    gap = np.min([np.hypot(*(theta - point).T) for point in points], axis=0)
    diagonal = float(np.hypot(np.ptp(surface.x), np.ptp(surface.y)))
    late = np.flatnonzero(gap > NEAR * diagonal)
    if late.size and late[-1] == STEPS:
        return STEPS * 1e3 ** (gap[-1] / diagonal)
    return late[-1] + 1.0 if late.size else 1.0


def _inside(surface: Surface, theta: np.ndarray, margin: float) -> np.ndarray:
    """Return (T+1,) whether theta is in the domain, widened on each side by a share of it."""
    sides = [(surface.x, theta[:, 0]), (surface.y, theta[:, 1])]
    return np.all([np.abs(v - np.mean(s)) <= (0.5 + margin) * np.ptp(s) for s, v in sides], axis=0)


if __name__ == "__main__":
    main()
