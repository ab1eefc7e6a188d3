"""The player's rooms: imports point to lower floors only, and every module says its purpose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PLAYER = Path(__file__).parents[1] / "optviz" / "player"
MODULES = sorted(PLAYER.rglob("*.js"))
SHEETS = sorted(PLAYER.rglob("*.css"))
# A room imports from itself and from the floors below its own, its types included.
FLOORS = (
    ("base", "scales"),
    ("look", "state"),
    ("controls", "plane", "server"),
    ("live",),
    ("step", "space", "charts", "compare"),
    ("outcomes",),
    ("panels", "picture", "labsheet"),
    ("race", "maps", "sheets"),
    ("lessons",),
    ("hosts",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# `import ... from "x"`, `import "x"`, `import("x")`, also within JSDoc and after `@import`.
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


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
    graph = {
        path: {
            (path.parent / name).resolve()
            for name in IMPORT.findall(COMMENT.sub("", path.read_text()))
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


def test_nothing_is_imported_in_vain(module):
    text = module.read_text()
    code = COMMENT.sub("", text)
    for pattern, where in (
        (r"^import \{([^}]*)\} from .*;$", code),
        (r"^/\*\* @import \{([^}]*)\} from .* \*/$", text),
    ):
        rest = re.sub(pattern, "", where, flags=re.M)
        for names in re.findall(pattern, where, re.M):
            used = [name.split()[-1] for name in names.replace(",", " , ").split(" , ")]
            assert [name for name in used if not re.search(rf"\b{name}\b", rest)] == []


def styled(sheet: Path) -> set[str]:
    """Return the classes that a sheet says something of: the last ones of its selectors."""
    text = COMMENT.sub("", sheet.read_text())
    parts = [part for rule in re.findall(r"([^{};]+)\{", text) for part in rule.split(",")]
    subjects = (re.split(r"[\s>+~]", part.strip())[-1] for part in parts if "@" not in part)
    return {name for subject in subjects for name in re.findall(r"\.(ov[\w-]*)", subject)}


def test_a_class_has_one_meaning():
    """Sheets stay loaded, whichever page comes next: each class is at home in one room.

    A room may say more of what lower rooms make: the lowest that speaks of a class is its home.
    """
    homes: dict[str, set[str]] = {}
    for sheet in SHEETS:
        for name in styled(sheet):
            homes.setdefault(name, set()).add(sheet.parent.name)
    for name, rooms in homes.items():
        lowest = min(FLOOR[room] for room in rooms)
        assert len({room for room in rooms if FLOOR[room] == lowest}) == 1, (name, rooms)


def test_the_sheets_of_a_page_are_those_of_the_rooms_that_it_shows_something_of():
    table = (PLAYER / "base" / "load.js").read_text()
    pages = {
        page: {f"{name}.css" for name in re.findall(r'"([^"]+)"', names)}
        for page, names in re.findall(r"^  (\w+): \[(.*)\],$", table, re.M)
    }
    assert pages.keys() == {path.parent.name for path in PLAYER.glob("*/page.js")}
    assert set.union(*pages.values()) == set(map(named, SHEETS))
    for page, sheets in pages.items():
        rooms = {module.parent.name for module in reached(PLAYER / page / "page.js")}
        assert {name.partition("/")[0] for name in sheets} <= rooms


def reached(path: Path, known: frozenset[Path] = frozenset()) -> frozenset[Path]:
    """Return a module with all those that it needs to run."""
    if path in known:
        return known
    known |= {path}
    for name in IMPORT.findall(COMMENT.sub("", path.read_text())):
        known = reached((path.parent / name).resolve(), known)
    return known
