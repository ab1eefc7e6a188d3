"""The command `race`: runs a race, prints what became of its lanes, and keeps their paths."""

import argparse
from math import isfinite

from optviz import trajectories
from optviz.commandline import links, output
from optviz.commandline.text import table
from optviz.keeping import arrays

NAME, HELP = "race", "run a race and print what became of every lane"
DESCRIPTION = """Run a race and print what became of every lane, with the loss at its end and the
distance to the nearest minimum."""
EPILOG = """example:
  %(prog)s "surface=beale&lane=momentum,lr:0.01&lane=adam,lr:0.05" --out race.npz

FILE holds the arrays theta, loss and grad of all lanes and steps, what each rule
remembered (memory_0_v: of lane 0, v), state, step and distance of every lane, and
the race itself as the text `query`."""
HEAD = ("lane", "status", "final loss", "distance")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    output.add(parser, required=False)


def run(arguments: argparse.Namespace) -> None:
    """Run the command."""
    race = links.read(arguments.query).race
    output.check(arguments.out)
    done = trajectories.run(race)
    lanes = zip(race.lanes, done.status, done.loss[:, -1], done.distance, strict=True)
    rows = [
        (lane.label, status.text, _number(loss), _number(gap)) for lane, status, loss, gap in lanes
    ]
    print(table(HEAD, rows, "<<>>"), *done.notes, sep="\n")
    output.write(arguments.out, arrays(done))


def _number(value: float) -> str:
    return f"{value:.4g}" if isfinite(value) else "-"
