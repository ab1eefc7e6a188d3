"""`python -m optviz`, and `optviz` where it is installed: the command line."""

import sys

from optviz.commandline import main

if __name__ == "__main__":
    sys.exit(main())
