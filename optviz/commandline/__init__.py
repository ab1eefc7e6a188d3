"""The command line: `python -m optviz race ...`, and one module for every such command."""

from optviz.commandline.program import main

__all__ = ["main"]
