"""Importing: `import optviz` beside `import jax`, each in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.figures import Figure, Peer, in_turn

ROUNDS = 5
# Heavy packages of the application, which the library alone must not bring in.
FOREIGN = ("streamlit", "fastapi")


def figures() -> list[Figure]:
    """Return what importing optviz costs beyond JAX, and how many foreign packages come with it."""
    ours, theirs = in_turn(ROUNDS, lambda: _python("import optviz"), lambda: _python("import jax"))
    beyond = [max(a - b, 0.0) for a, b in zip(ours, theirs, strict=True)]
    foreign = _python(f"import optviz, sys; print(sum(p in sys.modules for p in {FOREIGN}))")
    return [
        Figure(
            "import optviz, beyond import jax",
            beyond,
            limits={"p50": 300},
            peers=[Peer("a fresh interpreter that imports jax", theirs)],
        ),
        Figure(f"  of {', '.join(FOREIGN)} imported", [int(foreign)], unit="", limits={"p50": 0}),
    ]


def _python(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
