"""The player's rooms: imports point to lower floors only, and every module says its purpose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PLAYER = Path(__file__).parents[1] / "optviz" / "player"
MODULES = sorted(PLAYER.rglob("*.js"))
# A room imports from itself and from the floors below its own, its types included.
FLOORS = (
    ("base", "scales"),
    ("look", "state"),
    ("controls", "plane", "server"),
    ("step", "space", "charts", "compare"),
    ("outcomes",),
    ("panels", "picture"),
    ("race", "maps"),
    ("hosts",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# `import ... from "x"`, `import "x"`, `import("x")`, also within JSDoc and after `@import`.
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")


def named(path: Path) -> str:
    return path.relative_to(PLAYER).as_posix()


def imported(path: Path) -> set[Path]:
    """Return the modules that a module imports, those of which it takes types only included."""
    return {(path.parent / name).resolve() for name in IMPORT.findall(path.read_text())}


def upwards(path: Path) -> set[str]:
    """Return what a module imports from other rooms on its own floor or above."""
    room = path.parent.name
    others = {module for module in imported(path) if module.parent != path.parent}
    return {named(module) for module in others if FLOOR[module.parent.name] >= FLOOR[room]}


@pytest.fixture(params=MODULES, ids=named)
def module(request) -> Path:
    return request.param


def test_every_file_is_in_a_room():
    files = [path for path in PLAYER.rglob("*") if path.is_file()]
    assert files
    assert {path.relative_to(PLAYER).parts[0] for path in files} == set(FLOOR)
    assert {len(path.relative_to(PLAYER).parts) for path in files} == {2}


def test_a_module_imports_from_lower_floors_only(module):
    assert imported(module) <= set(MODULES)
    assert upwards(module) == set()


def test_an_import_of_a_higher_floor_is_noticed_however_it_is_written(tmp_path, monkeypatch):
    """The two tests above could not fail if the imports were not found."""
    monkeypatch.setitem(globals(), "PLAYER", tmp_path)
    (tmp_path / "look").mkdir()
    low = tmp_path / "look" / "low.js"
    for text in (
        'import { a } from "../race/a.js";',
        'import "../race/a.js";',
        'const a = await import("../race/a.js");',
        'export { a } from "../race/a.js";',
        '/** @import {A} from "../race/a.js" */',
        '/** @param {import("../race/a.js").A} a */',
    ):
        low.write_text(text)
        assert upwards(low) == {"race/a.js"}, text


def test_no_modules_import_each_other():
    code = re.compile(r"/\*.*?\*/", re.S)
    graph = {
        path: {
            (path.parent / name).resolve()
            for name in IMPORT.findall(code.sub("", path.read_text()))
        }
        for path in MODULES
    }
    while leaves := {path for path, needs in graph.items() if not needs & graph.keys()}:
        graph = {path: needs for path, needs in graph.items() if path not in leaves}
    assert not graph, f"a circle is among {sorted(map(named, graph))}"


def test_a_module_begins_with_a_sentence_that_says_its_purpose(module):
    assert re.match(r"/\*\*(?:\n \*)? [A-Z0-9`][^\n]{18,}\.(?: \*/)?\n", module.read_text())


def test_a_module_is_short(module):
    assert len(module.read_text().splitlines()) <= 275
