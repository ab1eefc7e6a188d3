"""Long work that tells how far it is, and may be stopped."""

from collections.abc import Callable

# Told how much is done; returns whether to go on.
Proceed = Callable[[int], bool]


class StoppedError(Exception):
    """Nobody wants the result any more."""
