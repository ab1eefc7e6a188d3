"""The command `map`: runs one lane over a grid, on all devices, and keeps what became of it."""

import argparse
import json
import textwrap
from typing import Any

import numpy as np

from optviz import checks
from optviz.checks import RaceError
from optviz.commandline import hosts, links, output, progress
from optviz.commandline.text import percent
from optviz.conditions import tolerance_of
from optviz.maps.grids import DIVERGED, RUNNING, Map, checked_axes, run_map
from optviz.maps.sweep import START
from optviz.status import place_text

# A cell takes about 200 bytes of memory, whatever the number of steps.
MAX_SIDE = 8192
# The summary names so many places, if such a share of the cells came there.
NAMED = 6
WORTH_A_NAME = 0.01
NO_POINT = (np.nan, np.nan)

NAME, HELP = "map", "run one lane from a grid of starts, or with a grid of hyperparameters"
DESCRIPTION = """Run one lane from a grid of starts, or with a grid of hyperparameters, and say
where each of its cells ended, and after how many steps."""
EPILOG = f"""examples:
  %(prog)s "surface=beale&lane=adam,lr:0.05" --n 512 --out starts.npz
  %(prog)s "surface=ravine&lane=momentum" --over lr,alpha \\
      --x 0.001,1 --y 0,0.99 --out rates.npz

on two machines, of which node1 is the first:
  %(prog)s QUERY --out FILE --coordinator node1:9000 --processes 2 --process 0
  %(prog)s QUERY --out FILE --coordinator node1:9000 --processes 2 --process 1

FILE holds, per cell (rows are the second axis): place, the index of where it ended,
{RUNNING} if it is not there yet, {DIVERGED} if it diverged; step, from which on it stayed there, or
at which it diverged; end, its last point; loss, there. x and y are the values of the
two axes, points and kinds the places, and `arguments` is the JSON of this command."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    output.add(parser, required=True)
    option = parser.add_argument
    # Of each option with two names, the second one is older.
    lane = "which lane, by its number, counted from 0, or label; by default the link's chosen"
    option("--lane", "--of", metavar="LANE", help=lane)
    option(
        "--over",
        default=",".join(START),
        metavar="A,B",
        help="two axes: of x and y, the start's coordinates, and the lane's hyperparameters;"
        " by default x,y",
    )
    usual = "by default those of the domain or the slider"
    option("--x", "--across", metavar="LOW,HIGH", help=f"limits of the first axis; {usual}")
    option("--y", "--up", metavar="LOW,HIGH", help=f"limits of the second axis; {usual}")
    option(
        "--n",
        default="256",
        help=f"cells along each side, 2 to {MAX_SIDE}, by default 256;"
        " memory is about 200 bytes a cell: 3 GB for 4096",
    )
    option(
        "--dtype",
        choices=("float32", "float64"),
        help="precision of the paths; by default float32 where that does, else float64",
    )
    hosts.add(parser)


def run(arguments: argparse.Namespace) -> None:
    """Run the command."""
    said = links.read(arguments.query)
    race = said.race
    lane = said.view.chosen if arguments.lane is None else race.index(arguments.lane)
    axes = checked_axes(race, lane, tuple(arguments.over.split(",")))
    x = checks.window(arguments.x, f"--x ({axes[0]})")
    y = checks.window(arguments.y, f"--y ({axes[1]})")
    n = checks.whole(arguments.n, "--n", 2, MAX_SIDE)
    hosts.join(arguments)
    leads = hosts.leads()
    problems: list[str] = []
    # The file is checked where it is written; the other processes end with the first, in silence.
    if leads:
        checks.attempt(problems, output.check, arguments.out)
    if hosts.first_says(bool(problems)):
        raise RaceError(*problems)
    with progress.bar(n * n, shown=leads) as proceed:
        done = run_map(race, lane, axes, x, y, n, dtype=arguments.dtype, proceed=proceed)
    if leads:
        said = textwrap.fill(_summary(done), 88, break_on_hyphens=False, break_long_words=False)
        output.write(arguments.out, _arrays(done), said)


def _arrays(done: Map) -> dict[str, np.ndarray]:
    arguments: dict[str, Any] = {
        "query": done.race.to_query(),
        "lane": done.lane,
        "over": list(done.axes),
        "x": [done.x[0], done.x[-1]],
        "y": [done.y[0], done.y[-1]],
        "n": len(done.x),
        "dtype": done.precision,
    }
    return {
        "arguments": np.array(json.dumps(arguments)),
        "x": done.x,
        "y": done.y,
        "kinds": np.array([place.kind for place in done.places], str),
        "points": np.array([place.point or NO_POINT for place in done.places], float),
        "place": done.place,
        "step": done.step,
        "end": done.end,
        "loss": done.loss,
    }


def _summary(done: Map) -> str:
    """Return in a paragraph which share of the cells came where."""
    race, near = done.race, tolerance_of(done.race.objective)
    indices, counts = np.unique(done.place, return_counts=True)
    share = dict(zip(indices.tolist(), counts / done.place.size, strict=True))
    apart = {DIVERGED: "diverged", RUNNING: "are not there yet"}
    ranked = sorted(share.keys() - apart, key=lambda index: -share[index])
    named = [index for index in ranked[:NAMED] if share[index] >= WORTH_A_NAME]
    parts = [
        f"{percent(share[index])} came to {place_text(place.kind, place.point, near)}"
        for index in named
        for place in [done.places[index]]
    ]
    if rest := ranked[len(named) :]:
        others = f"{len(rest)} {'other ' * bool(named)}place{'s' * (len(rest) > 1)}"
        parts.append(f"{percent(sum(share[index] for index in rest))} came to {others}")
    parts += [f"{percent(share[index])} {what}" for index, what in apart.items() if index in share]
    limits = [
        f"{axis} from {values[0]:g} to {values[-1]:g}"
        for axis, values in zip(done.axes, (done.x, done.y), strict=True)
    ]
    return (
        f"{race.lanes[done.lane].label} on {race.objective.name}, {' and '.join(limits)}:"
        f" of {len(done.x)} x {len(done.y)} cells, after {race.steps} steps, {', '.join(parts)}."
    )
