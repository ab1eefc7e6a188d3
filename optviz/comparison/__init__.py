"""Fair comparison: every optimizer is tuned with as many trials, then judged from other starts."""

from optviz.comparison.experiment import (
    DEFAULT,
    FIRST,
    TUNING_STARTS,
    Comparison,
    encode,
    read_pairs,
)
from optviz.comparison.verdicts import Verdict, as_csv, compare, judge

__all__ = [
    "DEFAULT",
    "FIRST",
    "TUNING_STARTS",
    "Comparison",
    "Verdict",
    "as_csv",
    "compare",
    "encode",
    "judge",
    "read_pairs",
]
