"""`python -m optviz`: races and maps without a browser, on a cluster or a GPU, too."""

import sys

from optviz.commandline import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
