"""Maps: one lane over many starts or hyperparameters, as many optimizers at once."""

from optviz.maps.finder import RateFinder, find_rate
from optviz.maps.grids import DIVERGED, RUNNING, Map, Window, checked_axes, run_map, spaced
from optviz.maps.places import Place
from optviz.maps.sweep import START
from optviz.proceed import StoppedError

__all__ = [
    "DIVERGED",
    "RUNNING",
    "START",
    "Map",
    "Place",
    "RateFinder",
    "StoppedError",
    "Window",
    "checked_axes",
    "find_rate",
    "run_map",
    "spaced",
]
