"""Gradient perturbation: noise that is added to the gradient at every step, equal for all lanes."""

import numpy as np


def draws(steps: int, seed: int) -> np.ndarray:
    """Return `(steps, 2)` float64 draws from the standard normal distribution.

    The same seed gives the same draws, whatever `steps` is: a longer run begins like a shorter one.
    """
    return np.random.Generator(np.random.PCG64(seed)).standard_normal((steps, 2))


def perturbations(steps: int, sigma: float, decay: float = 0.0, seed: int = 0) -> np.ndarray:
    """Return `(steps, 2)` float64 numbers n_k ~ N(0, (sigma exp(-decay k))^2), k = 0 .. steps - 1.

    They are the `draws` of the seed, scaled.
    """
    return many_perturbations(steps, sigma, decay, range(seed, seed + 1))[0]


def many_perturbations(steps: int, sigma: float, decay: float, seeds: range) -> np.ndarray:
    """Return the `perturbations` (S, steps, 2) of each of S seeds."""
    noise = np.zeros((len(seeds), steps, 2))
    if sigma == 0:
        return noise
    for row, seed in zip(noise, seeds, strict=True):
        row[:] = draws(steps, seed)
    # Noise without bounds is infinite: the lanes leave at once, and say so.
    with np.errstate(over="ignore"):
        noise *= sigma * np.exp(-decay * np.arange(steps))[:, None]
    return noise
