"""How many steps a map takes at once, so that nobody waits long for one that is not wanted."""

from dataclasses import dataclass
from functools import lru_cache

import jax

from optviz.rule import Rule

# Work is cut into slices of steps that take about as long, in seconds. The first takes so many
# steps of all its cells.
SLICE, FIRST_SLICE = 0.02, 1 << 17
# Several machines take slices of the same length, in steps.
COMMON_SLICE = 256


@dataclass
class Pace:
    """How many steps one tile takes in a slice, as measured when it was last done."""

    steps: int

    def slice(self, tiles: int) -> int:
        """Return how many steps each of some tiles takes in the next slice."""
        return COMMON_SLICE if jax.process_count() > 1 else max(1, self.steps // tiles)

    def learn(self, steps: int, took: float) -> None:
        """Take note that so many steps took some seconds."""
        if steps:
            self.steps = max(1, int(steps * SLICE / max(took, 1e-6)))


@lru_cache(maxsize=256)
def pace_of(_rule: Rule, size: int) -> Pace:
    """Return the pace of a rule in tiles of `size` cells, which is learnt as it goes."""
    return Pace(FIRST_SLICE // size)
