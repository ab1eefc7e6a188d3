"""The command `race`: runs a race, prints what became of its lanes, and keeps their paths."""

import argparse
from math import isfinite
from pathlib import Path

from optviz import trajectories
from optviz.checks import RaceError
from optviz.commandline import links, output
from optviz.commandline.text import table
from optviz.keeping import arrays
from optviz.link import Link

NAME, HELP = "race", "run a race and print what became of every lane"
DESCRIPTION = """Run a race and print what became of every lane, with the loss at its end and the
distance to the nearest minimum."""
EPILOG = """example:
  %(prog)s "surface=beale&lane=momentum,lr:0.01&lane=adam,lr:0.05" --out race.npz

FILE holds the arrays theta, loss and grad of all lanes and steps, what each rule
remembered (memory_0_v: of lane 0, v), state, step and distance of every lane, and
the race itself as the text `query`. PAGE is an HTML file that runs the race in any
browser, with its sliders, without a server or a network."""
HEAD = ("lane", "status", "final loss", "distance")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    output.add(parser, required=False)
    parser.add_argument(
        "--html",
        type=Path,
        metavar="PAGE",
        help="where the race is written as a page that needs no server; a file there is replaced",
    )


def run(arguments: argparse.Namespace) -> None:
    """Run the command."""
    link = links.read(arguments.query)
    race = link.race
    output.check(arguments.out)
    output.check(arguments.html, "--html", "race.html")
    page = _page(link) if arguments.html else ""
    done = trajectories.run(race)
    lanes = zip(race.lanes, done.status, done.loss[:, -1], done.distance, strict=True)
    rows = [
        (lane.label, status.text, _number(loss), _number(gap)) for lane, status, loss, gap in lanes
    ]
    print(table(HEAD, rows, "<<>>"), *done.notes, sep="\n")
    output.write(arguments.out, arrays(done))
    output.write(arguments.html, page)


def _page(link: Link) -> str:
    """Return the race, as it is looked at, as a page of its own."""
    try:
        # The rest of the command runs where the app's packages are not.
        from optviz.api import offline  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise RaceError(
            f'--html needs what the pages need, and {error.name} is missing: pip install ".[app]".'
        ) from None
    return offline.page(link.race, link.view).decode()


def _number(value: float) -> str:
    return f"{value:.4g}" if isfinite(value) else "-"
