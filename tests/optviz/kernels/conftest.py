"""JavaScript, run by Node as a browser would run it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import Race, kernels
from optviz.noise import draws

RUN = Path(__file__).with_name("run.mjs")
KINDS = {"theta": "<f8", "excess": "<f4", "slope": "<f4", "schedule": "<f4"}


def node(script: Path, given: Any) -> Any:
    """Return what a script prints, given something, both as JSON."""
    # Without its remarks: these modules say by no package.json what they are.
    command = [str(Path(sys.executable).with_name("node")), "--no-warnings", str(script)]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def exported(stock: str, folder: Path) -> dict[str, list[str]]:
    """Return the names of the modules that a stock holds, each with what it exports."""
    module, script = folder / "stock.mjs", folder / "names.mjs"
    module.write_text(stock)
    script.write_text(
        f'const {{ modules }} = await import("{module.as_uri()}");\n'
        "const told = Object.entries(modules).map(([name, one]) => [name, Object.keys(one)]);\n"
        "process.stdout.write(JSON.stringify(Object.fromEntries(told)));\n"
    )
    return node(script, None)


def told(race: Race) -> dict[str, Any]:
    """Return a race with all that the player knows of it."""
    rules = [lane.algorithm for lane in race.lanes]
    numbers = ("name", "low", "high")
    return {
        "race": race.plain(),
        "surface": {
            "minima": race.objective.minima,
            "endless": race.objective.endless,
            "saddle_height": race.objective.saddle_height,
            "minimum": race.objective.minimum,
            "x": race.objective.x,
            "y": race.objective.y,
        },
        "rules": [
            {
                "hyperparameters": [
                    dict(zip(numbers, (name, one.low, one.high), strict=True))
                    for name, one in rule.hyperparameters.items()
                ]
            }
            for rule in rules
        ],
        "draws": draws(race.steps, race.seed).ravel().tolist() if race.noise else None,
    }


@pytest.fixture(scope="session")
def in_browser(tmp_path_factory) -> Callable[[list[Race]], list[dict[str, Any]]]:
    """Run races on their kernels: of each, what the player would show."""
    folder = tmp_path_factory.mktemp("kernels")

    def keep(name: str, make: Callable[[], str]) -> None:
        path = folder / f"{name}.mjs"
        if not path.exists():
            path.write_text(make())

    def run(races: list[Race]) -> list[dict[str, Any]]:
        for race in races:
            for lane in race.lanes:
                pair = str(lane.rule), str(race.surface)
                keep("-".join(pair), lambda pair=pair: kernels.kernel(*pair))
            own = [part.schedule for part in (*race.lanes, *race.changes) if part.schedule]
            for schedule in (race.schedule, *own):
                keep(schedule.slug, lambda slug=schedule.slug: kernels.schedule_kernel(slug))
        came = node(RUN, {"kernels": folder.as_uri(), "races": [*map(told, races)]})
        for one in came:
            for name, kind in KINDS.items():
                one[name] = np.frombuffer(base64.b64decode(one[name]), kind)
        return came

    return run
