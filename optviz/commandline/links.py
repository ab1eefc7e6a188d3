"""The QUERY of a command: a link as the browser has it, or the part of it that says what is run."""

import argparse
from urllib.parse import urlsplit

from optviz import link
from optviz.checks import RaceError
from optviz.link import Link


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the argument."""
    parser.add_argument(
        "query", metavar="QUERY", help="a link from the browser, or what follows its question mark"
    )


def read(text: str) -> Link:
    """Return what a link says, or raise RaceError: nobody sees here what was put right."""
    said = link.read(after_the_question_mark(text))
    if said.problems:
        raise RaceError(*said.problems)
    return said


def after_the_question_mark(text: str) -> str:
    """Return the part of a link that says what is run; a part alone is that part."""
    return urlsplit(text).query if text.startswith(("http://", "https://")) else text
