"""A number that a user may turn: its default, its slider's range and scale, its meaning."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """A number that a user may turn.

    `low` and `high` bound the slider; unless `bounded`, a typed number may lie outside.
    `log` declares a logarithmic slider, `integer` one that moves in whole steps.
    """

    default: float
    low: float
    high: float
    log: bool = False
    meaning: str = ""
    integer: bool = False
    bounded: bool = False

    def __post_init__(self) -> None:
        """Refuse a declaration whose slider could not be drawn."""
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError(f"a slider cannot run from {self.low} to {self.high}")
        if not self.low <= self.default <= self.high:
            raise ValueError(f"the default {self.default} is outside {self.low} .. {self.high}")
        if self.log and self.low <= 0:
            raise ValueError(f"a logarithmic range must begin above 0, not at {self.low}")
        if self.integer and self.default != round(self.default):
            raise ValueError(f"the default {self.default} is not a whole number")

    def read(self, value: object) -> float:
        """Return `value` as a finite float; ValueError says what was wrong with it."""
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise ValueError(f"{str(value)[:40]!r} is not a number") from None
        except OverflowError:
            raise ValueError("a number of that many digits is too large") from None
        if not math.isfinite(number):
            raise ValueError(f"{str(value)[:40]!r} is not a finite number")
        if self.integer and number != round(number):
            raise ValueError(f"{number:g} is not a whole number")
        if self.bounded and not self.low <= number <= self.high:
            raise ValueError(f"{number:g} is not within {self.low:g} to {self.high:g}")
        return number


def declared(function: Any) -> dict[str, Parameter]:
    """Return the parameters that `function` declares as defaults of its keyword-only arguments."""
    defaults = getattr(function, "__kwdefaults__", None) or {}
    return {name: value for name, value in defaults.items() if isinstance(value, Parameter)}
