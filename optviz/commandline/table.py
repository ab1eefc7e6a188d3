"""A table of text for the terminal."""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> str:
    """Return rows under a head; `sides` has "<" for a column of words, ">" for one of numbers."""
    every = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    lines = (
        "  ".join(
            f"{cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True)
        )
        for row in every
    )
    return "\n".join(line.rstrip() for line in lines)
