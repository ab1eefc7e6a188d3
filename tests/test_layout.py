"""Imports point one way, every module says its purpose, and the README's code runs."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("catalogues", "optviz", "surfaces")
PRODUCT = sorted([ROOT / "app.py", *(path for top in HOUSE for path in (ROOT / top).rglob("*.py"))])
MODULES = [*PRODUCT, *sorted((ROOT / "tests").rglob("*.py"))]

# What a module may import of the house, and which packages of others, by the longest prefix of
# its name. `catalogues` is everybody's ground floor.
HOUSE_ALLOWED = {
    "catalogues": {"catalogues"},
    "surfaces": {"catalogues", "surfaces"},
    "optviz.notation": {"optviz.notation"},
    "optviz.mathml": set(),
    "optviz.noise": set(),
    "optviz.limits": set(),
    "optviz.values": set(),
    "optviz.rule": {"catalogues", "optviz.notation"},
    "optviz.rules": {"catalogues", "optviz.rule", "optviz.rules"},
    "optviz.schedules": {"catalogues"},
    "optviz.checks": {"catalogues", "optviz.limits", "optviz.values"},
    "optviz.query": {"optviz.checks", "optviz.limits"},
    "optviz.programs": set(),
    "optviz.proceed": set(),
    "optviz.verdict": set(),
    "optviz.stepping": {"optviz.rule"},
    "optviz.engine": {"optviz.programs", "optviz.rule", "optviz.stepping", "optviz.verdict"},
    "optviz.pointwise": {
        "optviz.engine",
        "optviz.programs",
        "optviz.stepping",
        "optviz.verdict",
    },
    "optviz.heights": {"optviz.checks", "optviz.limits", "optviz.pointwise", "surfaces"},
    "optviz.suggestions": {"optviz.rules", "surfaces"},
    "optviz.writings": {"optviz.rules"},
    "optviz.tuning": {
        "optviz.conditions",
        "optviz.engine",
        "optviz.rule",
        "optviz.rules",
        "optviz.suggestions",
        "surfaces",
    },
    "optviz.parts": {
        "optviz.checks",
        "optviz.rule",
        "optviz.rules",
        "optviz.schedules",
        "optviz.values",
    },
    "optviz.snippets": {
        "catalogues",
        "optviz.checks",
        "optviz.parts",
        "optviz.schedules",
        "optviz.snippets",
    },
    "optviz.race": {
        "optviz.checks",
        "optviz.limits",
        "optviz.parts",
        "optviz.query",
        "optviz.rule",
        "optviz.snippets",
        "optviz.suggestions",
        "optviz.values",
        "surfaces",
    },
    "optviz.quota": set(),
    "optviz.settings": set(),
    "optviz.healthy": {"optviz.settings"},
    "optviz.shelf": set(),
    "optviz.encodings": {"optviz.shelf"},
    "optviz.moment": {"optviz.checks"},
    "optviz.link": {
        "optviz.checks",
        "optviz.moment",
        "optviz.notation",
        "optviz.query",
        "optviz.race",
    },
    "optviz.keeping": {"optviz.trajectories"},
    "optviz.lessons": {
        "optviz.checks",
        "optviz.lessons",
        "optviz.link",
        "optviz.status",
        "optviz.trajectories",
    },
    "optviz.conditions": {
        "optviz.engine",
        "optviz.noise",
        "optviz.parts",
        "optviz.race",
        "optviz.schedules",
        "surfaces",
    },
    "optviz.status": {
        "optviz.conditions",
        "optviz.engine",
        "optviz.parts",
        "optviz.race",
        "optviz.verdict",
        "surfaces",
    },
    "optviz.trajectories": {
        "optviz.checks",
        "optviz.conditions",
        "optviz.engine",
        "optviz.parts",
        "optviz.race",
        "optviz.status",
        "surfaces",
    },
    "optviz.inspection": {
        "optviz.conditions",
        "optviz.engine",
        "optviz.inspection",
        "optviz.noise",
        "optviz.notation",
        "optviz.programs",
        "optviz.rule",
        "optviz.stepping",
        "optviz.trajectories",
    },
    "optviz.kernels": {
        "optviz.checks",
        "optviz.conditions",
        "optviz.engine",
        "optviz.inspection",
        "optviz.kernels",
        "optviz.notation",
        "optviz.rule",
        "optviz.rules",
        "optviz.schedules",
        "optviz.stepping",
        "optviz.verdict",
        "surfaces",
    },
    "optviz.maps": {
        "optviz.checks",
        "optviz.conditions",
        "optviz.engine",
        "optviz.maps",
        "optviz.parts",
        "optviz.pointwise",
        "optviz.proceed",
        "optviz.programs",
        "optviz.race",
        "optviz.rule",
        "optviz.status",
        "optviz.stepping",
        "optviz.trajectories",
        "optviz.verdict",
        "surfaces",
    },
    "optviz.ensemble": {
        "optviz.checks",
        "optviz.conditions",
        "optviz.engine",
        "optviz.noise",
        "optviz.proceed",
        "optviz.programs",
        "optviz.race",
        "optviz.status",
        "optviz.stepping",
        "optviz.trajectories",
    },
    "optviz.comparison": {
        "optviz.checks",
        "optviz.comparison",
        "optviz.conditions",
        "optviz.engine",
        "optviz.limits",
        "optviz.maps",
        "optviz.parts",
        "optviz.pointwise",
        "optviz.proceed",
        "optviz.query",
        "optviz.race",
        "optviz.rule",
        "optviz.rules",
        "optviz.values",
        "optviz.verdict",
        "surfaces",
    },
    "optviz.commandline": {
        "optviz.api.offline",
        "optviz.checks",
        "optviz.commandline",
        "optviz.comparison",
        "optviz.conditions",
        "optviz.keeping",
        "optviz.maps",
        "optviz.link",
        "optviz.proceed",
        "optviz.status",
        "optviz.trajectories",
    },
    "optviz.__main__": {"optviz.commandline"},
    "optviz": {"optviz", "surfaces"},
    "optviz.api": {"optviz", "surfaces"},
    "optviz.pages": {"optviz", "surfaces"},
    "optviz.watch": {"optviz.programs", "optviz.watch"},
    "app": {
        "optviz.api",
        "optviz.lessons",
        "optviz.pages",
        "optviz.programs",
        "optviz.quota",
        "optviz.settings",
        "optviz.watch",
    },
}
# Who may import what of others; a package that is not listed is anybody's.
KEPT_APART = {
    "streamlit": ("app", "optviz.pages"),
    "fastapi": ("optviz.api",),
    "fastapi_offline": ("optviz.api",),
    "starlette": ("app", "optviz.api", "optviz.pages.standin", "optviz.watch"),
    "prometheus_client": ("optviz.watch",),
    "uvicorn": ("app",),
    "anyio": ("app", "optviz.api", "optviz.pages.standin"),
    "latex2mathml": ("optviz.mathml",),
    "markdown_it": ("optviz.lessons.telling",),
    "plotly": (),
    "brotli": ("optviz.encodings",),
    "tree_sitter": ("optviz.pages.esmodule",),
    "tree_sitter_javascript": ("optviz.pages.esmodule",),
    "jax": (
        "surfaces",
        "optviz.rule",
        "optviz.rules",
        "optviz.engine",
        "optviz.ensemble",
        "optviz.pointwise",
        "optviz.programs",
        "optviz.stepping",
        "optviz.verdict",
        "optviz.inspection",
        "optviz.kernels",
        "optviz.maps",
        "optviz.commandline.hosts",
    ),
    "tqdm": ("optviz.commandline.progress",),
}


def named(path: Path) -> str:
    """Return the dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {named(path): path for path in PRODUCT}


def imported(path: Path):
    """Yield the dotted name of every module that a module imports, also inside of functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports here name the whole module"
            for alias in node.names:
                deeper = f"{node.module}.{alias.name}"
                yield deeper if deeper in NAMES else str(node.module)


def within(name: str, prefixes) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def layer(name: str) -> str:
    """Return the entry of HOUSE_ALLOWED that a module belongs to: its own, or its package's."""
    while name not in HOUSE_ALLOWED:
        name = name.rpartition(".")[0]
    return name


@pytest.mark.parametrize("name", NAMES)
def test_imports_of_the_house_point_downwards(name):
    assert name.startswith("optviz.") <= (layer(name) != "optviz"), "give it a layer above"
    house = {module for module in imported(NAMES[name]) if within(module, HOUSE)}
    assert {module for module in house if not within(module, HOUSE_ALLOWED[layer(name)])} == set()


@pytest.mark.parametrize("name", NAMES)
def test_packages_of_others_stay_where_they_belong(name):
    for module in imported(NAMES[name]):
        owners = KEPT_APART.get(module.partition(".")[0])
        assert owners is None or within(name, owners), module


def test_pages_and_data_plane_are_siblings():
    """Pages may name the player's address; the data plane knows no page."""
    for name, path in NAMES.items():
        modules = {*imported(path)}
        if within(name, ["optviz.api"]):
            assert not any(within(module, ["optviz.pages"]) for module in modules)
        if within(name, ["optviz.pages"]):
            planes = {module for module in modules if within(module, ["optviz.api"])}
            assert planes <= {"optviz.api.assets"}


def test_notation_is_made_of_the_standard_library():
    for name, path in NAMES.items():
        if within(name, ["optviz.notation"]):
            others = {module.partition(".")[0] for module in imported(path)} - {"optviz"}
            assert others <= sys.stdlib_module_names


def test_no_modules_import_each_other():
    graph = {
        name: {module for module in imported(path) if module in NAMES and module != name}
        for name, path in NAMES.items()
    }
    while leaves := {name for name, needs in graph.items() if not needs & graph.keys()}:
        graph = {name: needs for name, needs in graph.items() if name not in leaves}
    assert not graph, f"a circle is among {sorted(graph)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_first_line_of_a_module_says_its_purpose(path):
    text = path.read_text()
    assert text.startswith('"""'), "it begins with a docstring"
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    first, *rest = docstring.split("\n")
    assert first[0].isupper() or first[0] in "`"
    assert first[-1] in ".`" or not rest, "its first line is one sentence"
    assert len(first) > 20


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short(path):
    assert len(path.read_text().splitlines()) <= 275


def test_the_library_needs_no_server():
    """`import optviz` is for notebooks and tests: neither Streamlit nor FastAPI comes along."""
    code = "import sys, optviz; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    loaded = {*done.stdout.split()}
    assert "optviz.engine" in loaded
    others = {"streamlit", "fastapi", "starlette", "uvicorn", "plotly", "optax", "pandas", "tqdm"}
    assert not loaded & others


def test_the_readmes_code_runs(tmp_path, capsys):
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(), re.S | re.M)
    assert blocks
    for index, block in enumerate(blocks):
        # In a file, because a rule's equation is printed from its source.
        path = tmp_path / f"block_{index}.py"
        path.write_text(block)
        runpy.run_path(str(path))
    capsys.readouterr()


def test_no_path_of_one_machine_is_in_the_repository():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".js", ".css", ".md", ".toml", ".txt", ""}:
            text = path.read_text()
            assert not re.search(r"(?<![\w.])/(home|Users|work|root)/\w", text), name
