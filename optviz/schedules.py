"""Learning-rate schedules: the multiplier of the learning rate at every step."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy import abs, cos, exp, floor, inf, maximum, minimum, ones_like, pi, where  # noqa: A004

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


# Each with the range in which a schedule is one: whatever is allowed gives finite multipliers.


def _share(default: float, meaning: str, most: float = 1.0) -> Any:
    return Hyperparameter(default, 0.0, 1.0, meaning=meaning, least=0.0, most=most)


def _steps(default: int, meaning: str) -> Any:
    return Hyperparameter(default, 1, 2000, log=True, meaning=meaning, integer=True, least=1)


def _decay(default: float) -> Any:
    return Hyperparameter(default, 1e-5, 1.0, log=True, meaning="decay per step", least=0.0)


def _multiplier(default: float, meaning: str, high: float) -> Any:
    # Above 0, because it grows by a factor; as small as any learning rate could be.
    return Hyperparameter(default, 1e-5, high, log=True, meaning=meaning, least=1e-30, most=1e30)


@_schedule("Constant", "Goodfellow, Bengio and Courville (2016), section 8.3.1")
def constant(k, T):
    """The same rate at every step, from the first to the last."""
    return ones_like(k)


@_schedule("Linear", "Goodfellow, Bengio and Courville (2016), equation 8.14")
def linear(k, T, *, end=_share(0.01, "final multiplier", inf), tau=_steps(300, "steps to the end")):
    """Goes straight from the full rate at the first step to end at step tau, and stays there."""
    a = minimum(k / tau, 1)
    return (1 - a) + a * end


@_schedule("Inverse time", "Keras, the argument decay of its optimizers before version 2.11")
def inverse_time(k, T, *, decay=_decay(0.01)):
    """Falls like 1/k: from the full rate at the first step fast, then ever slower to the last."""
    return 1 / (1 + decay * k)


@_schedule("Step drop", "CSPB 3202, Optimization and Tips for Neural Network Training")
def step_drop(k, T, *, drop=_share(0.5, "factor of a drop"), every=_steps(100, "steps per drop")):
    """Multiplies the rate by drop at intervals; steps count from 1, so the first comes early."""
    return drop ** floor((1 + k) / every)


@_schedule("Hold, then exponential", "CSPB 3202, Optimization and Tips for Neural Network Training")
def hold_exponential(k, T, *, hold=_steps(100, "steps held"), decay=_decay(0.01)):
    """Holds the full rate for as many steps, then multiplies it by exp(-decay) at every one."""
    return exp(-decay * maximum(k + 1 - hold, 0))


@_schedule("Cyclical", SMITH)
def cyclical(k, T, *, low=_share(0.1, "lowest multiplier"), half=_steps(50, "half a period")):
    """Rises from low at the first step to the full rate and falls again, in triangles of 2 half."""
    c = floor(1 + k / (2 * half))
    x = abs(k / half - 2 * c + 1)
    return low + (1 - low) * maximum(0, 1 - x)


@_schedule(
    "Range test",
    f"{SMITH}, section 3.3: his rate grows linearly (as Linear with an end above 1), this one "
    "exponentially, as fastai's lr_find",
)
def range_test(
    k,
    T,
    *,
    low=_multiplier(1e-4, "first multiplier", 1.0),
    high=_multiplier(100.0, "last multiplier", 1e4),
):
    """Grows exponentially from low to high: the loss blows up where the rate is too high."""
    a = k / maximum(T - 1, 1)
    return low ** (1 - a) * high**a


@_schedule("Cosine", "Loshchilov and Hutter (2017), SGDR, equation 5 without restarts")
def cosine(k, T, *, end=_share(0.0, "final multiplier")):
    """Falls along half a cosine from the full rate to end at the last step: slow, quick, slow."""
    a = k / maximum(T - 1, 1)
    return end + (1 - end) * (1 + cos(pi * a)) / 2


@_schedule(
    "Warm-up",
    "Goyal et al. (2017), Accurate, Large Minibatch SGD, section 2.2; from 1/rise on, where theirs "
    "begins at the rate of one worker",
)
def warmup(k, T, *, rise=_steps(50, "steps of warm-up")):
    """Climbs on a straight line from 1/rise at the first step to the full rate, then stays."""
    return minimum((k + 1) / rise, 1)


@_schedule("One-cycle", "Smith and Topin (2018), Super-Convergence; fastai's cosine form")
def one_cycle(
    k,
    T,
    *,
    rise=Hyperparameter(
        0.3, 0.01, 0.99, meaning="share of the run that climbs", least=0.01, most=0.99
    ),
    start=_share(0.04, "first multiplier"),
    end=_share(0.0, "final multiplier"),
):
    """Climbs along a cosine from start to the full rate, then falls to end at the last step."""
    n = maximum(T - 1, 1)
    a = minimum(k / (rise * n), 1)
    b = maximum((k - rise * n) / (n - rise * n), 0)
    up = start + (1 - start) * (1 - cos(pi * a)) / 2
    down = end + (1 - end) * (1 + cos(pi * b)) / 2
    return where(k < rise * n, up, down)


SCHEDULES = MappingProxyType(
    {entry.slug: entry for entry in list(vars().values()) if isinstance(entry, ScheduleFormula)}
)
