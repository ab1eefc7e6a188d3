"""What is typed, made into one command that runs, and its exit status."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from optviz.checks import RaceError
from optviz.commandline import comparing, links, mapping, racing

# Each has its NAME and what is said of it, add(parser), which declares its options, and run.
COMMANDS = (racing, mapping, comparing)
WRONG, INTERRUPTED = 2, 130

DESCRIPTION = """Race optimizers on two-dimensional surfaces.

A QUERY says what is run, as a link from the browser does: the whole link, or
what follows its question mark. Quote it: a shell has a meaning of its own for &.
"""
EPILOG = """examples:
  %(prog)s race "surface=beale&lane=momentum,lr:0.01&lane=adam,lr:0.05"
  %(prog)s map "surface=beale&lane=adam,lr:0.05" --out map.npz
  %(prog)s compare "surface=beale&trials=64" --out beale.csv

%(prog)s COMMAND --help says more about a command."""


def main(typed: Sequence[str] | None = None) -> int:
    """Run the command that was typed, by default to start this program; return its exit status."""
    try:
        arguments = _parser().parse_args(_joined(sys.argv[1:] if typed is None else typed))
        arguments.run(arguments)
    except SystemExit as said:
        return said.code if isinstance(said.code, int) else WRONG
    except RaceError as error:
        print(*error.problems, sep="\n", end="\n" * bool(error.problems), file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without repeating how all of it is used."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"{message[:1].upper()}{message[1:]}. See {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    alike: dict[str, Any] = {
        "formatter_class": argparse.RawDescriptionHelpFormatter,
        "allow_abbrev": False,
    }
    prog = "optviz" if Path(sys.argv[0]).stem == "optviz" else "python -m optviz"
    parser = _Parser(prog=prog, description=DESCRIPTION, epilog=EPILOG, **alike)
    parser.set_defaults(run=lambda _: parser.print_help())
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for one in COMMANDS:
        command = commands.add_parser(
            one.NAME, help=one.HELP, description=one.DESCRIPTION, epilog=one.EPILOG, **alike
        )
        links.add(command)
        one.add(command)
        command.set_defaults(run=one.run)
    return parser


def _joined(typed: Sequence[str]) -> list[str]:
    """Return what was typed, limits like -5,5 joined to their option: argparse takes - for one."""
    joined: list[str] = []
    for word in typed:
        if joined and joined[-1].startswith("--") and re.match(r"-[\d.]", word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined
