"""The QUERY of a command: a link as the browser has it, or the part of it that says what is run."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from optviz.checks import RaceError
from optviz.pages import link
from optviz.pages.link import Link


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the argument."""
    parser.add_argument(
        "query", metavar="QUERY", help="a link from the browser, or what follows its question mark"
    )


def read(text: str) -> Link:
    """Return what a link says, or raise RaceError: nobody sees here what was put right."""
    if text.startswith(("http://", "https://")):
        text = urlsplit(text).query
    said = link.read(text)
    if said.problems:
        raise RaceError(*said.problems)
    return said
