"""A number that a user may turn: its default, its slider's range and scale, its meaning."""

import math
import re
from dataclasses import dataclass
from typing import Any

_POWER = re.compile("\\s*[·\N{MULTIPLICATION SIGN}]\\s*10(⁻?[⁰¹²³⁴-⁹]+)$")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@dataclass(frozen=True)
class Parameter:
    """A number that a user may turn.

    `low` and `high` bound the slider; a typed number may lie outside, from `least` to `most`.
    `log` declares a logarithmic slider, `integer` one that moves in whole steps.
    """

    default: float
    low: float
    high: float
    log: bool = False
    meaning: str = ""
    integer: bool = False
    least: float = -math.inf
    most: float = math.inf

    def __post_init__(self) -> None:
        """Refuse a declaration whose slider could not be drawn."""
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError(f"a slider cannot run from {self.low} to {self.high}")
        if not self.low <= self.default <= self.high:
            raise ValueError(f"the default {self.default} is outside {self.low} .. {self.high}")
        if self.log and self.low <= 0:
            raise ValueError(f"a logarithmic range must begin above 0, not at {self.low}")
        if not self.least <= self.low <= self.high <= self.most:
            raise ValueError(f"the slider leaves what is allowed, {self.least} .. {self.most}")
        if self.integer and self.default != round(self.default):
            raise ValueError(f"the default {self.default} is not a whole number")

    def read(self, value: object) -> float:
        """Return `value` as a finite float; ValueError says what was wrong with it."""
        if isinstance(value, str):
            value = _typed(value)
        # Python reads 1_0 and the digits of every script; who writes a link does not mean those.
        if isinstance(value, str) and ("_" in value or not value.isascii()):
            raise ValueError(f"{value[:40]!r} is not a number")
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise ValueError(f"{str(value)[:40]!r} is not a number") from None
        except OverflowError:
            raise ValueError("a number of that many digits is too large") from None
        if not math.isfinite(number):
            raise ValueError(f"{str(value)[:40]!r} is not a finite number")
        if self.integer and number != round(number):
            raise ValueError(f"{str(value)[:40]} is not a whole number")
        if not self.least <= number <= self.most:
            raise ValueError(f"{str(value)[:40]} is not {self._allowed()}")
        return number

    def _allowed(self) -> str:
        if math.isinf(self.most):
            return f"{self.least:g} or more"
        return f"within {self.least:g} to {self.most:g}"


def _typed(text: str) -> str:
    """Return a number as it would be typed that is written as a page shows it: −7.86·10⁻⁵."""
    bare = text.replace("\N{MINUS SIGN}", "-")
    return _POWER.sub(lambda found: f"e{found[1].translate(_LOWERED)}", bare)


def declared(function: Any) -> dict[str, Parameter]:
    """Return the parameters that `function` declares as defaults of its keyword-only arguments."""
    defaults = getattr(function, "__kwdefaults__", None) or {}
    return {name: value for name, value in defaults.items() if isinstance(value, Parameter)}
