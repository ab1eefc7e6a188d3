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
        winner = min(range(len(values)), key=lambda lane: _cost(surface, run, lane))
        best[slug] = float(values[winner, [*rule.hyperparameters].index("lr")])
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


def _cost(surface: Surface, run: Run, lane: int) -> tuple[float, float]:
    """Rank a lane: how soon it comes near a minimum for good, then how low it ends."""
    theta, loss = run.theta[lane], run.loss[lane]
    if not surface.minima:
        away = ~_inside(surface, theta)
        return abs((int(away.argmax()) if away.any() else STEPS * 2) - EXIT), 0.0
    if not np.isfinite(loss).all():
        return np.inf, np.inf
    gap = np.min([np.hypot(*(theta - point).T) for point in surface.minima], axis=0)
    diagonal = np.hypot(np.ptp(surface.x), np.ptp(surface.y))
    late = np.flatnonzero(gap > NEAR * diagonal)
    return (late[-1] + 1.0 if late.size else 0.0), float(loss[-1])


def _inside(surface: Surface, theta: np.ndarray) -> np.ndarray:
    x, y = theta.T
    return (x >= surface.x[0]) & (x <= surface.x[1]) & (y >= surface.y[0]) & (y <= surface.y[1])


if __name__ == "__main__":
    main()
