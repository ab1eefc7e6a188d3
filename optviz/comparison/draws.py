"""What a comparison draws: settings from the declared ranges of a rule, starts from the domain."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from optviz.comparison.experiment import TUNING_STARTS, Comparison
from optviz.rule import Hyperparameter, Rule
from surfaces import Surface

# Settings and starts are drawn apart from each other.
SETTINGS, STARTS = 0, 1
# Significant digits of a setting.
DIGITS = 3


def search_space(rule: Rule, surface: Surface) -> Mapping[str, Hyperparameter]:
    """Return what the rule's settings are drawn from.

    A rule that is told the lowest loss is told the surface's: that is a fact, there is nothing to
    tune about it.
    """
    space = dict(rule.hyperparameters)
    if "f_star" in space and (lowest := surface.minimum) is not None:
        space["f_star"] = replace(space["f_star"], default=lowest, low=lowest, high=lowest)
    return space


def settings(comparison: Comparison, space: Mapping[str, Hyperparameter]) -> np.ndarray:
    """Return the trials (N, H) of a rule, evenly spread over its search space.

    Rules with the same range of learning rates try the same ones.
    """
    share = _spread(comparison.trials, len(space), SETTINGS, comparison.seed).T
    drawn = [_placed(part, declared) for part, declared in zip(share, space.values(), strict=True)]
    return np.stack(drawn, axis=1)


def starts(comparison: Comparison) -> tuple[np.ndarray, np.ndarray]:
    """Return the starts for tuning (TUNING_STARTS, 2), and the others (N, 2) for the verdict."""
    surface = comparison.objective
    low, high = np.array([surface.x, surface.y]).T
    share = _spread(TUNING_STARTS + comparison.starts, 2, STARTS, comparison.seed)
    points = low + share * (high - low)
    return points[:TUNING_STARTS], points[TUNING_STARTS:]


def _placed(share: np.ndarray, declared: Hyperparameter) -> np.ndarray:
    """Return the values of a hyperparameter at these shares of its range, on its own scale."""
    low, high = declared.low, declared.high
    values = low * (high / low) ** share if declared.log else low + share * (high - low)
    if declared.integer:
        return np.round(values)
    # What is told of a setting is then the whole of it, and a link to it stays short.
    short = [float(f"{value:.{DIGITS}g}") for value in values]
    return np.clip(short, low, high)


def _spread(count: int, dimensions: int, purpose: int, seed: int) -> np.ndarray:
    """Return points (count, dimensions) of the unit cube: a scrambled Halton sequence.

    More points begin with the fewer ones.
    """
    # Takes most of a second to import, which a page without a comparison need not wait for.
    from scipy.stats.qmc import Halton  # noqa: PLC0415

    return Halton(dimensions, rng=np.random.default_rng([purpose, seed])).random(count)
