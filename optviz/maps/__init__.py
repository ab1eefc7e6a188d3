"""Maps: one lane over a grid of starts, or of hyperparameters, as many optimizers at once."""

from optviz.maps.grids import DIVERGED, RUNNING, Map, Window, checked_axes, run_map, spaced
from optviz.maps.places import Place
from optviz.maps.sweep import START, StoppedError

__all__ = [
    "DIVERGED",
    "RUNNING",
    "START",
    "Map",
    "Place",
    "StoppedError",
    "Window",
    "checked_axes",
    "run_map",
    "spaced",
]
