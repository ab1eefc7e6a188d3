"""Results as text for the terminal: tables, and shares in percent as the pages write them."""

from collections.abc import Sequence
from math import floor

# So much of a percent may be missing where shares are added.
ROUNDING = 1e-9


def percent(share: float) -> str:
    """Return a share from 0 to 1 in percent, in tenths within one percent of none or of all.

    Only what is none at all is 0%, and only what is all is 100%. `percent` of the player's
    `scales/numbers.js` is the same, with a space before the sign.
    """
    hundredths = 100 * share
    near = min(hundredths, 100 - hundredths)
    parts = 10 if near < 1 else 1
    rounded = floor(parts * hundredths + 0.5) / parts
    if near >= ROUNDING and rounded in (0, 100):
        return ">99.9%" if rounded else "<0.1%"
    return f"{rounded:g}%"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> str:
    """Return rows under a head; `sides` has "<" for a column of words, ">" for one of numbers."""
    every = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    row = "  ".join(f"{{:{side}{width}}}" for side, width in zip(sides, widths, strict=True))
    return "\n".join(row.format(*cells).rstrip() for cells in every)
