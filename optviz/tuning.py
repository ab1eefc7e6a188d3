"""Finds the learning rates that `optviz.suggestions` holds: `python -m optviz.tuning beale ...`."""

import json
import sys
from collections.abc import Sequence

import numpy as np

from optviz import engine
from optviz.conditions import TOLERANCE, tolerance_of
from optviz.engine import Conditions, Run
from optviz.rule import Rule
from optviz.rules import RULES
from optviz.suggestions import RATES
from surfaces import SURFACES, Surface

STEPS = 500
MANTISSAS = (1, 2, 5)
# A rate within this factor of the best one's time is as good.
NEARLY = 1.5
# A calm path makes no step longer than this share of the diagonal, and leaves the domain by no more
# than this share of its sides.
STRIDE = 0.1
MARGIN = 0.1
# Newton's step has a length of its own: where no rate arrives, its own one shows where it leads.
OWN = {"newton"}
# On a surface without a minimum a race is worth watching when it leaves the domain about here.
EXIT = 150


def main(surfaces: Sequence[str]) -> None:
    """Tune every rule on the given surfaces, by default on all, and write the table."""
    table = json.loads(RATES.read_text()) if RATES.exists() else {}
    table |= {slug: _tune(SURFACES[slug]) for slug in surfaces or SURFACES}
    RATES.write_text(json.dumps(table, indent=1) + "\n")


def _tune(surface: Surface) -> dict[str, float]:
    """Return the best rate of every rule on `surface`, among 1, 2, 5 x 10^k."""
    shared = Conditions.of(
        np.array(surface.start),
        surface.values(),
        np.ones(STEPS),
        np.array([np.mean(surface.x), np.mean(surface.y), 10 * np.ptp(surface.x)]),
        near=tolerance_of(surface),
    )
    best = {}
    for slug, rule in RULES.items():
        values = _grid(rule)
        run = engine.run(surface.function, [(rule, row) for row in values], shared)
        calm = np.array([_calm(surface, theta) for theta in run.theta])
        late = np.array([_late(surface, run, lane) for lane in range(len(values))])
        late[~calm] = np.inf
        # Where no rate arrives, the lowest end is the best that can be had.
        ends = np.where(calm | ~calm.any(), run.loss[:, -1], np.inf)
        ends[np.isnan(ends)] = np.inf
        if slug in OWN and not (surface.minima and np.isfinite(late).any()):
            best[slug] = rule.hyperparameters["lr"].default
            continue
        good = late <= NEARLY * late.min() if np.isfinite(late).any() else ends <= ends.min()
        rates = values[:, [*rule.hyperparameters].index("lr")]
        # The smallest rate of several good ones makes the calmest path.
        best[slug] = float(rates[good].min())
    return best


def _grid(rule: Rule) -> np.ndarray:
    """Return rows of hyperparameters (L, H): the defaults, with the learning rate varied."""
    declared = rule.hyperparameters["lr"]
    rates = [float(f"{m}e{k}") for k in range(-6, 3) for m in MANTISSAS]
    rates = [rate for rate in rates if declared.low <= rate <= declared.high]
    usual = {name: h.default for name, h in rule.hyperparameters.items()}
    return np.array([[*(usual | {"lr": rate}).values()] for rate in rates])


def _late(surface: Surface, run: Run, lane: int) -> float:
    """Return the step from which on a lane stays near a minimum, infinite if it never does."""
    theta = run.theta[lane]
    if not surface.minima:
        away = ~_inside(surface, theta, 0.0)
        return 1.0 + abs((int(away.argmax()) if away.any() else 2 * STEPS) - EXIT)
    if not np.isfinite(theta).all():
        return np.inf
    points = (*surface.minima, *surface.local_minima, run.rest[lane])
    gap = np.nanmin([np.hypot(*(theta - point).T) for point in points], axis=0)
    away = gap > tolerance_of(surface)
    return np.inf if away[-1] else float(STEPS + 1 - away[::-1].argmax()) if away.any() else 1.0


def _calm(surface: Surface, theta: np.ndarray) -> bool:
    """Return whether a path (T+1, 2) can be followed with the eye."""
    if not surface.minima:
        return True
    strides = np.hypot(*np.diff(theta, axis=0).T)
    inside = _inside(surface, theta, MARGIN)
    longest = STRIDE / TOLERANCE * tolerance_of(surface)
    return bool(inside.all() and (strides <= longest).all())


def _inside(surface: Surface, theta: np.ndarray, margin: float) -> np.ndarray:
    """Return (T+1,) whether theta is in the domain, widened on each side by a share of it."""
    sides = [(surface.x, theta[:, 0]), (surface.y, theta[:, 1])]
    return np.all([np.abs(v - np.mean(s)) <= (0.5 + margin) * np.ptp(s) for s, v in sides], axis=0)


if __name__ == "__main__":
    main(sys.argv[1:])
