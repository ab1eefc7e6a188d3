"""Learning-rate schedules: the multiplier of the learning rate at every step."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy import abs, cos, exp, floor, maximum, minimum, ones_like, pi, where  # noqa: A004

from catalogues import Parameter as Hyperparameter
from catalogues import declared

SMITH = "Smith (2017), Cyclical Learning Rates for Training Neural Networks"


@dataclass(frozen=True, eq=False)
class ScheduleFormula:
    """A schedule: `formula(k, T, **hyperparameters)` is the multiplier at step k = 0 .. T - 1."""

    formula: Callable[..., Any]
    name: str
    source: str
    slug: str
    hyperparameters: Mapping[str, Hyperparameter]

    @property
    def about(self) -> str:
        """One sentence: what the schedule does to the learning rate."""
        return inspect.getdoc(self.formula) or ""

    def multipliers(self, steps: int, **values: float) -> np.ndarray:
        """Return the `(steps,)` float64 multipliers; values not given keep their default."""
        settings = {name: h.default for name, h in self.hyperparameters.items()} | values
        with np.errstate(all="ignore"):
            return np.asarray(self.formula(np.arange(float(steps)), float(steps), **settings))


def _schedule(name: str, source: str) -> Callable[[Callable[..., Any]], ScheduleFormula]:
    """Declare the decorated formula as the schedule called `name`."""

    def declare(formula: Callable[..., Any]) -> ScheduleFormula:
        values = MappingProxyType(declared(formula))
        return ScheduleFormula(formula, name, source, formula.__name__, values)

    return declare


def _fraction(default: float, meaning: str) -> Any:
    return Hyperparameter(default, 0.0, 1.0, meaning=meaning)


def _steps(default: int, meaning: str, low: int = 1) -> Any:
    return Hyperparameter(default, low, 2000, log=low > 0, meaning=meaning, integer=True)


def _rate(default: float, meaning: str, high: float = 1.0) -> Any:
    return Hyperparameter(default, 1e-5, high, log=True, meaning=meaning)


@_schedule("Constant", "Goodfellow, Bengio and Courville (2016), section 8.3.1")
def constant(k, T):
    """The same rate at every step."""
    return ones_like(k)


@_schedule("Linear", "Goodfellow, Bengio and Courville (2016), equation 8.14")
def linear(k, T, *, end=_fraction(0.01, "final multiplier"), tau=_steps(300, "steps to the end")):
    """Falls on a straight line, then stays."""
    a = minimum(k / tau, 1)
    return (1 - a) + a * end


@_schedule("Inverse time", "Keras, the argument decay of its optimizers before version 2.11")
def inverse_time(k, T, *, decay=_rate(0.01, "decay per step")):
    """Falls like 1/k: fast first, then ever slower."""
    return 1 / (1 + decay * k)


@_schedule("Step drop", "CSPB 3202, Optimization and Tips for Neural Network Training")
def step_drop(
    k, T, *, drop=_fraction(0.5, "factor of a drop"), every=_steps(100, "steps per drop")
):
    """Multiplies the rate by a factor at regular intervals."""
    return drop ** floor((1 + k) / every)


@_schedule("Hold, then exponential", "CSPB 3202, Optimization and Tips for Neural Network Training")
def hold_exponential(k, T, *, hold=_steps(100, "steps held"), decay=_rate(0.01, "decay per step")):
    """Holds the rate for a while, then lets it fall exponentially."""
    return where(k < hold, 1, exp(decay * (hold - k)))


@_schedule("Cyclical", SMITH)
def cyclical(k, T, *, low=_fraction(0.1, "lowest multiplier"), half=_steps(50, "half a period")):
    """Rises and falls in triangles between a low rate and the full one."""
    c = floor(1 + k / (2 * half))
    x = abs(k / half - 2 * c + 1)
    return low + (1 - low) * maximum(0, 1 - x)


@_schedule("Range test", SMITH)
def range_test(
    k, T, *, low=_rate(1e-4, "first multiplier"), high=_rate(100.0, "last multiplier", 1e4)
):
    """Grows exponentially: the loss blows up where the rate is too high."""
    return low * (high / low) ** (k / maximum(T - 1, 1))


@_schedule("Cosine", "Loshchilov and Hutter (2017), SGDR, without restarts")
def cosine(k, T, *, end=_fraction(0.0, "final multiplier")):
    """Falls along half a cosine: slowly, quickly, slowly."""
    return end + (1 - end) * (1 + cos(pi * k / T)) / 2


@_schedule("Warm-up", "Goyal et al. (2017), Accurate, Large Minibatch SGD, section 2.2")
def warmup(k, T, *, rise=_steps(50, "steps of warm-up")):
    """Climbs on a straight line to the full rate, then stays."""
    return minimum((k + 1) / rise, 1)


@_schedule("One-cycle", "Smith and Topin (2018), Super-Convergence; cosine form of fastai")
def one_cycle(
    k,
    T,
    *,
    rise=Hyperparameter(0.3, 0.01, 0.99, meaning="share of the run that climbs"),
    start=_fraction(0.04, "first multiplier"),
    end=_fraction(0.0, "final multiplier"),
):
    """Climbs to the full rate along a cosine, then falls below where it began."""
    a = minimum(k / (rise * T), 1)
    b = maximum((k - rise * T) / (T - rise * T), 0)
    up = start + (1 - start) * (1 - cos(pi * a)) / 2
    down = end + (1 - end) * (1 + cos(pi * b)) / 2
    return where(k < rise * T, up, down)


SCHEDULES = MappingProxyType(
    {entry.slug: entry for entry in list(vars().values()) if isinstance(entry, ScheduleFormula)}
)
