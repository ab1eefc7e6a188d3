"""What is made ready before anyone asks: first what the first visitor needs, then the rest."""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain

from optviz import encodings
from optviz.api import assets, kernels
from optviz.api.asked import Asked
from optviz.api.catalogue import catalogue
from optviz.api.comparing import verdict
from optviz.api.many import MapAsked
from optviz.api.single import InspectionAsked, RaceAsked, SurfaceAsked
from optviz.comparison.experiment import FIRST
from optviz.maps.sweep import START
from optviz.proceed import StoppedError
from optviz.race import DEFAULT, Race, default_lanes
from surfaces import SURFACES

# Points along a side of a grid, as the player asks while a shape is dragged: one program does for
# finer ones, too.
GRID = 71
# Cells along a side of a map, as the player asks: a coarse one while it is dragged, and a fine one.
MAPS = (64, 256)
# What the player fetches ahead of a surface.
AHEAD = (("all",), ("lines", "all"))


def warm_up() -> None:
    """Compile the race that a page without a link shows, and make the files that it fetches."""
    catalogue()
    assets.fingerprint()
    for name in assets.names():
        assets.encoded(name, encodings.KNOWN[0])
    for asked in _visit(DEFAULT):
        asked.answer(lambda _: True)
    _print(DEFAULT)
    freeze()


def warm_up_rest(stopped: threading.Event) -> None:
    """Make what comes next: the first surface's programs, inspections, other surfaces, maps, ..."""
    lanes = range(len(DEFAULT.lanes))
    inspections = (InspectionAsked("", DEFAULT, k) for k in lanes)
    races = (_visit(Race(slug, default_lanes(one))) for slug, one in SURFACES.items())
    maps = (MapAsked("", DEFAULT, k, START, None, None, n) for k in lanes for n in MAPS)
    wanted = lambda _: not stopped.is_set()  # noqa: E731
    # Every page fetches these when it has shown its first race; many come at the same time.
    for ahead in AHEAD:
        kernels.compressed(*ahead, str(DEFAULT.surface))
    with suppress(StoppedError):
        for asked in chain(inspections, *races, maps):
            if stopped.is_set():
                return
            asked.answer(wanted)
        for slug, surface in SURFACES.items():
            if stopped.is_set():
                return
            _print(Race(slug, default_lanes(surface)))
        for rule in FIRST.rules:
            verdict(FIRST, str(rule), wanted)
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


def _visit(race: Race) -> Iterator[Asked]:
    """Yield what the player asks for when it shows a race."""
    yield RaceAsked("", race)
    surface = race.objective
    yield SurfaceAsked("", surface, race.shape, surface.x, surface.y, GRID)


def _print(race: Race) -> None:
    """Print the programs that the player runs a race on."""
    for lane in race.lanes:
        kernels.compressed(str(lane.rule), str(race.surface))
    kernels.compressed(race.schedule.slug)


if __name__ == "__main__":
    # Fills JAX's compilation cache, when an image is built.
    warm_up()
    warm_up_rest(threading.Event())
