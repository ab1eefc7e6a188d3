"""The player's modules as one: nothing is missing, and it is read as what it was made of."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from optviz.api.assets import PLAYER
from optviz.api.bundle import EXPORTED, IMPORT, LISTED, bundled

MODULES = sorted(PLAYER.rglob("*.js"))
# What no page imports: shapes of data alone, and what runs in a worker.
APART = [
    PLAYER / name
    for name in (
        "compare/types.js",
        "labsheet/types.js",
        "lessons/types.js",
        "state/types.js",
        "live/mapworker.js",
        "live/program.js",
        "live/racejob.js",
        "live/raceworker.js",
    )
]


@pytest.fixture(scope="module")
def bundle() -> str:
    return bundled(PLAYER)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PLAYER).as_posix())
def test_every_module_is_written_in_the_forms_that_are_read(path):
    rest = path.read_text()
    for form in (IMPORT, EXPORTED, LISTED):
        rest = form.sub("", rest)
    assert not re.findall(r"^(?:import|export)\b.*", rest, re.M)


def test_all_that_a_host_needs_is_there_once(bundle):
    assert bundle.count("$modules.push(") == len(MODULES) - len(APART)
    for path in [path for path in MODULES if path not in APART]:
        for name in EXPORTED.findall(path.read_text()):
            assert re.search(rf"^(?:async function|function|class|const) {name}\b", bundle, re.M)
    hosts = re.search(r"^export const hosts = \{(.*)\};$", bundle, re.M)
    assert hosts
    pages = ("compare", "lessons", "maps", "offline", "race", "sheets")
    assert re.findall(r"(\w+):", hosts[1]) == [f"{page}host" for page in pages]


def test_the_style_sheets_of_all_pages_are_in_it(bundle):
    for sheet in PLAYER.rglob("*.css"):
        for rule in re.findall(r"^(\..*) \{$", sheet.read_text(), re.M):
            assert f"{rule} {{\n" in bundle, sheet
    assert 'url("${$address("look/stix-two-math.woff2")}")' in bundle
    # The page that `base/load.js` would ask for them finds them there.
    assert "style[data-ov-styles]" in bundle
    assert "$style.dataset.ovStyles" in bundle


def test_a_sheet_is_read_as_it_was_written(tmp_path):
    (tmp_path / "look").mkdir()
    (tmp_path / "hosts").mkdir()
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "load.js").write_text('const SHEETS = {\n  race: ["look/look"],\n};\n')
    sheet = '.a::before { content: "\\201c `${b}`"; }\n'
    (tmp_path / "look" / "look.css").write_text(f"/* What it\n is. */\n\n{sheet}")
    file = tmp_path / "player.mjs"
    file.write_text(
        "const $document = { head: { append: ({ textContent }) => console.log(textContent) } };\n"
        "$document.createElement = () => ({ dataset: {} });\n"
        + bundled(tmp_path).replace("document.", "$document.")
    )
    node = Path(sys.executable).with_name("node")
    assert subprocess.run([node, file], capture_output=True, text=True, check=True).stdout == (
        f"{sheet}\n"
    )


def test_what_a_module_imports_comes_before_it(bundle):
    blocks = bundle.split("$modules.push(")[1:]
    for number, block in enumerate(blocks):
        assert all(int(needed) < number for needed in re.findall(r"= \$\((\d+)\);", block))


def test_addresses_are_those_of_the_modules_own_places(bundle):
    assert bundle.count("import.meta.url") == 1
    assert 'new URL("./raceworker.js", $address("live/background.js"))' in bundle
    assert 'new URL("../", $address("controls/mountpage.js"))' in bundle


def test_it_can_be_read_by_a_browser(bundle, tmp_path):
    file = tmp_path / "player.mjs"
    file.write_text(bundle)
    node = Path(sys.executable).with_name("node")
    done = subprocess.run([node, "--check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_remarks_are_left_out_and_code_beside_them_is_not(tmp_path):
    (tmp_path / "hosts").mkdir()
    (tmp_path / "hosts" / "ahost.js").write_text(
        "/** What it is. */\n\nconst a = /** @type {any} */ (1);\n/** @type {any} */ let b = 2;\n"
        "// A remark.\nconst c = `// no remark`;\n/**\n * Of several\n * lines.\n */\n"
        "export function host() {\n  // Another.\n  return [a, b, c];\n}\n"
    )
    made = bundled(tmp_path)
    assert "What it is" not in made
    assert "emark.\n" not in made
    assert "Another" not in made
    assert "lines." not in made
    assert "const a = /** @type {any} */ (1);" in made
    assert "let b = 2;" in made
    assert "`// no remark`" in made
