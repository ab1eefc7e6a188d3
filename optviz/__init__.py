"""Race optimizers on two-dimensional surfaces: `run(Race("beale", [Lane("adam", lr=0.05)]))`."""

from optviz import notation
from optviz.checks import RaceError
from optviz.comparison.experiment import Comparison
from optviz.comparison.verdicts import Verdict, compare
from optviz.ensemble import Ensemble, run_ensemble
from optviz.inspection import Inspection, inspect
from optviz.kernels import kernel
from optviz.maps.finder import RateFinder, find_rate
from optviz.maps.grids import Map, run_map
from optviz.parts import Change, Lane, Schedule
from optviz.race import Race
from optviz.rule import Hyperparameter, Rule
from optviz.rules import RULES
from optviz.schedules import SCHEDULES
from optviz.status import Status
from optviz.trajectories import Trajectories, Trajectory, run
from surfaces import SURFACES, Surface

__all__ = [
    "RULES",
    "SCHEDULES",
    "SURFACES",
    "Change",
    "Comparison",
    "Ensemble",
    "Hyperparameter",
    "Inspection",
    "Lane",
    "Map",
    "Race",
    "RaceError",
    "RateFinder",
    "Rule",
    "Schedule",
    "Status",
    "Surface",
    "Trajectories",
    "Trajectory",
    "Verdict",
    "compare",
    "find_rate",
    "inspect",
    "kernel",
    "notation",
    "run",
    "run_ensemble",
    "run_map",
]
