"""`python -m optviz`, and `optviz` where it is installed: the command line."""

import sys

from optviz.commandline import main


def run() -> None:
    """Run what was typed, and exit with its status."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
