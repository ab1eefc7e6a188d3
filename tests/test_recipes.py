"""The recipes of the README and of CONTRIBUTING, carried out on a copy of the tree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text()


@pytest.fixture
def copy(tmp_path) -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    yield tmp_path
    shutil.rmtree(tmp_path)


def passes(copy: Path, *arguments: str) -> None:
    """Run some of the copy's own tests."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def blocks(text: str, language: str) -> list[str]:
    """Return the code blocks of a text, an indented one without its indent."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, re.S | re.M)
    return ["".join(line.removeprefix(by) for line in code.splitlines(True)) for by, code in found]


def recipe(name: str) -> str:
    """Return what CONTRIBUTING says of a recipe."""
    return GUIDE.partition(f"## Recipe: {name}\n")[2].partition("\n## ")[0]


def add_before(path: Path, anchor: str, text: str) -> None:
    before, found, after = path.read_text().partition(anchor)
    assert found, f"{path.name} has no {anchor!r}"
    path.write_text(before + text + found + after)


def test_the_readmes_rule_is_tested_without_touching_a_test(copy):
    (code,) = (b for b in blocks((ROOT / "README.md").read_text(), "python") if "@rule(" in b)
    doc = '"""Heavy ball: another way to write momentum."""\n\n'
    (copy / "optviz" / "rules" / "heavy.py").write_text(doc + code)
    what = "heavy or menus_order or on_the_sliders or tuned or first_line"
    suites = ("rules", "notation", "test_suggestions.py", "test_api_catalogue.py")
    passes(copy, *(f"tests/optviz/{suite}" for suite in suites), "tests/test_layout.py", "-k", what)


def test_a_surface_is_tested_once_its_formula_is_written_twice(copy):
    code, formula = blocks(recipe("a surface"), "python")
    bowls = copy / "surfaces" / "bowls.py"
    bowls.write_text(f"{bowls.read_text()}\n\n{code}")
    oracle = copy / "tests" / "surfaces" / "test_surface_oracles.py"
    add_before(oracle, '    "monkey_saddle": ', f"    {formula}")
    passes(copy, "tests/surfaces", "-k", "zakharov or every_surface")


def test_a_layer_a_chart_a_key_and_a_page_fit_the_players_house_and_types(copy):
    player = copy / "optviz" / "player"
    add_layer(player)
    (chart,) = blocks(recipe("a chart of lines by step"), "js")
    add_before(player / "charts" / "kinds.js", "  {\n    slug:", chart)
    slug = re.findall('slug: "(.*)"', chart)[0]
    add_before(player / "state" / "types.js", '"schedule"} LineChart', f'"{slug}" | ')
    (key,) = blocks(recipe("a key"), "js")
    assert "keys:" in key
    add_page(player)
    layout = copy / "tests" / "test_player_layout.py"
    layout.write_text(
        layout.read_text().replace('("race", "maps", ', '("race", "places", "maps", ')
    )
    passes(copy, "tests/test_player_layout.py")
    npx = str(Path(sys.executable).with_name("npx"))
    command = [npx, "--yes", "--package", "typescript@5.9", "tsc", "-p", "jsconfig.json"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_a_page_says_what_its_address_means(copy):
    page, path = blocks(recipe("a page"), "python")
    pages = copy / "optviz" / "pages"
    (pages / "places.py").write_text(page)
    listed = (pages / "paths.py").read_text().replace("SHEETS})", "SHEETS, PLACES})")
    (pages / "paths.py").write_text(listed.replace("# A race is", f"{path}\n# A race is"))
    script = (
        "from optviz.pages import paths, places;"
        "page = places.PAGE; race = page.race_of('steps=7');"
        "assert page.path in paths.ALL; assert race.steps == 7;"
        "assert page.data(page.query_of(race))['race']['steps'] == 7"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    passes(copy, "tests/test_layout.py", "-k", "places or paths")


def add_layer(player: Path) -> None:
    layer, importing, entry = blocks(recipe("a layer of the picture"), "js")
    (player / "picture" / "zerolines.js").write_text(layer)
    scene = player / "picture" / "scene.js"
    add_before(scene, "import ", importing)
    add_before(scene, '  { on: "heads"', entry)


def add_page(player: Path) -> None:
    said = recipe("a page")
    page, sheets, host = blocks(said, "js")[:3]
    (player / "places").mkdir()
    (player / "places" / "page.js").write_text(page)
    (player / "places" / "places.css").write_text(blocks(said, "css")[0])
    (player / "hosts" / "placeshost.js").write_text(host)
    add_before(player / "base" / "load.js", "  maps: [", sheets)
