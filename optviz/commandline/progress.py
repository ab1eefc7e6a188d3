"""A bar on the terminal that fills while a map or a comparison is made."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from optviz.proceed import Proceed


@contextmanager
def bar(cells: int, *, shown: bool, what: str = "map", unit: str = "cells") -> Iterator[Proceed]:
    """Return what a sweep tells how many of its cells are done; nothing is shown in a pipe."""
    with tqdm(
        total=cells,
        desc=what,
        unit=f" {unit}",
        unit_scale=True,
        dynamic_ncols=True,
        leave=False,
        file=sys.stderr,
        disable=None if shown else True,
    ) as filling:

        def proceed(done: int) -> bool:
            if done < filling.n:
                # Cells that came to places found on the way run once more; how many, nobody says.
                filling.total = None
                filling.set_description_str("places found on the way", refresh=False)
                filling.reset()
            filling.update(done - filling.n)
            return True

        yield proceed
