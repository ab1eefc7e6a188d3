"""`python -m benchmarks [engine|maps|api|...]`: measures, and prints one table."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version

from benchmarks.figures import Figure, table

# Each part has a function `figures()`; it is imported when it is its turn.
PARTS = {
    "engine": "engine",
    "kernels": "kernels",
    "maps": "maps",
    "live": "live",
    "api": "api",
    "shared": "shared",
    "browser": "browser",
    "looks": "looks",
    "visits": "visits",
    "import": "imports",
}


def main(asked: Sequence[str]) -> int:
    """Measure the parts that are asked for, or all of them."""
    unknown = [name for name in asked if name not in PARTS]
    if unknown:
        print(f"There is no part {', '.join(unknown)}; there is {', '.join(PARTS)}.")
        return 2
    print(_machine(), flush=True)
    before = os.getloadavg()[0]
    print(table([figure for name in asked or PARTS for figure in _figures(name)()]))
    print(f"Load average {before:.1f} before, {os.getloadavg()[0]:.1f} after, the runs themselves")
    print("included; above the number of cores at the beginning, others disturbed them.")
    return 0


def _figures(part: str) -> Callable[[], list[Figure]]:
    print(f"measuring {part} ...", file=sys.stderr, flush=True)
    return import_module(f"benchmarks.{PARTS[part]}").figures


def _machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("jax", "optax", "streamlit"))
    return f"Python {platform.python_version()}, {versions}, {os.cpu_count()} cores"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
