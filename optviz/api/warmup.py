"""What is made ready before anyone asks: first what the first visitor needs, then the rest."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain

from optviz.api import assets
from optviz.api.catalogue import catalogue
from optviz.api.comparing import verdict
from optviz.api.replies import inspection_reply, map_reply, race_reply, surface_reply
from optviz.comparison import FIRST
from optviz.maps import START, StoppedError
from optviz.race import DEFAULT, Race, default_lanes
from surfaces import SURFACES

# Points along a side, as the player asks: a coarse grid while a shape is dragged, and a fine one.
GRIDS = (71, 201)
# Cells along a side of a map, likewise.
MAPS = (64, 256)


def warm_up() -> None:
    """Compile the race that a page without a link shows, and prepare the files that it fetches."""
    catalogue()
    assets.fingerprint()
    for name in assets.names():
        assets.compressed(name)
    _visit(DEFAULT)
    freeze()


def warm_up_rest(stopped: threading.Event) -> None:
    """Compile what comes next: inspections, other surfaces, the first maps and comparison."""
    lanes = range(len(DEFAULT.lanes))
    inspections = (partial(inspection_reply, DEFAULT, k) for k in lanes)
    races = (partial(_visit, Race(slug, default_lanes(one))) for slug, one in SURFACES.items())
    wanted = lambda _: not stopped.is_set()  # noqa: E731
    maps = (
        partial(map_reply, DEFAULT, k, START, (None, None), n, wanted) for k in lanes for n in MAPS
    )
    verdicts = (partial(verdict, FIRST, str(rule), wanted) for rule in FIRST.rules)
    for prepare in chain(inspections, races, maps, verdicts):
        if stopped.is_set():
            return
        with suppress(StoppedError):
            prepare()
    freeze()


@contextmanager
def in_background(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Run `work` in a thread of its own; leaving tells it to stop, and waits until it has."""
    stopped = threading.Event()
    thread = threading.Thread(target=work, args=[stopped], name="warm-up")
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def freeze() -> None:
    """Keep what stands now out of collections: it stands for ever, and there is much of it."""
    gc.collect()
    gc.freeze()


def _visit(race: Race) -> None:
    race_reply(race)
    surface = race.objective
    for points in GRIDS:
        surface_reply(surface, race.shape, surface.x, surface.y, points)


if __name__ == "__main__":
    # Fills JAX's compilation cache, when an image is built.
    warm_up()
    warm_up_rest(threading.Event())
