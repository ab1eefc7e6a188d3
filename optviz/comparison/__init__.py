"""Fair comparison: every optimizer is tuned with as many trials, then judged from other starts."""

from optviz.comparison.experiment import (
    DEFAULT,
    MAX_STARTS,
    MAX_STEPS,
    MAX_TRIALS,
    MAX_WORK,
    TUNING_STARTS,
    Comparison,
)
from optviz.comparison.verdicts import Verdict, as_csv, compare

__all__ = [
    "DEFAULT",
    "MAX_STARTS",
    "MAX_STEPS",
    "MAX_TRIALS",
    "MAX_WORK",
    "TUNING_STARTS",
    "Comparison",
    "Verdict",
    "as_csv",
    "compare",
]
