"""Records what the programs of PyTorch and Keras come to: `python record_snippets.py > ends.json`.

It needs torch and keras beside optviz. Every rule that they have is run, and every surface.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from optviz import RULES, SCHEDULES, SURFACES, Lane, Race
from optviz.suggestions import starting

STEPS = 15


def races() -> Iterator[Race]:
    """Yield a race on every surface, with all rules, all schedules, and noise on every third.

    Every twelfth rule, as in the tests of kernels: what is compiled for those is found compiled.
    """
    schedules = [*SCHEDULES]
    for index, surface in enumerate(SURFACES):
        slugs = [*RULES][index % 12 :: 12]
        lanes = [_lane(slug, surface) for slug in (slugs if index < 12 else slugs[:2])]
        schedule = schedules[index // 2 % len(schedules)] if index % 2 else None
        noise = 0.01 * (index % 3 == 0)
        yield Race(surface, lanes, steps=STEPS, schedule=schedule, noise=noise, seed=index)


def _lane(slug: str, surface: str) -> Lane:
    """Return a lane at a rate that suits the surface.

    Its delta is so large that it shows where a library's optimizer adds it elsewhere: RAdam has
    divided by little when it ends.
    """
    values: dict[str, Any] = {"lr": starting(slug, surface)["lr"]}
    if "delta" in RULES[slug].hyperparameters:
        values["delta"] = 1e3 if slug == "radam" else 1e-3
    return Lane(slug, **values)


def digest(program: str) -> str:
    """Return what names a program, whatever its comments and docstrings say."""
    tree = ast.parse(program)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:]
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:16]


def ends(program: str) -> list[list[float]]:
    """Run a program and return where its lanes end."""
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(program, names)
    return [[float(number) for number in path[-1]] for _, path in names["LANES"]]


def recorded() -> Iterator[str]:
    """Yield every program's end as one line of JSON."""
    for dialect in ("torch", "keras"):
        for race in races():
            program = race.to_code(dialect)
            yield json.dumps(
                {
                    "dialect": dialect,
                    "query": race.to_query(),
                    "digest": digest(program),
                    "ends": ends(program),
                }
            )


if __name__ == "__main__":
    head = json.dumps({name: version(name) for name in ("torch", "keras")})
    print(f'{head[:-1]}, "programs": [\n{",".join(chr(10) + one for one in recorded())[1:]}\n]}}')
