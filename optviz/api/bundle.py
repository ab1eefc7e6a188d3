"""The player's modules as one: over a slow network a hundred and sixty take seconds to come."""

import re
from collections.abc import Iterator
from pathlib import Path

# How modules here are written; `tests/optviz/test_api_bundle.py` holds them to it.
IMPORT = re.compile(r'^import \{ (.*) \} from "(.*)";\n', re.M)
EXPORTED = re.compile(r"^export (?:async function|function|class|const) (\w+)", re.M)
LISTED = re.compile(r"^export \{(.*)\};\n", re.M)
# What documents them, on lines of its own.
REMARKS = re.compile(r"^ *(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.M | re.S)
ADDRESS = "import.meta.url"


def bundled(player: Path) -> str:
    """Return a module with all that the modules of `hosts/` need; it exports `hosts`, by name.

    Every module becomes a function that is called once, after those that it imports.
    """
    hosts = sorted((player / "hosts").glob("*host.js"))
    order: dict[Path, None] = {}
    for host in hosts:
        for path in _needed(host, order):
            order[path] = None
    numbers = {path: number for number, path in enumerate(order)}
    blocks = [_block(path, numbers, player) for path in order]
    names = [f"{path.stem}: $({numbers[path]}).host" for path in hosts]
    return "\n".join([_HEAD, *blocks, f"export const hosts = {{ {', '.join(names)} }};\n"])


_HEAD = """const $address = (name) => new URL(name, import.meta.url).href;
const $modules = [];
const $ = (number) => $modules[number];"""


def _needed(path: Path, known: dict[Path, None]) -> Iterator[Path]:
    """Yield the modules that one needs and itself, each after what it imports."""
    if path in known:
        return
    for _, name in IMPORT.findall(path.read_text()):
        yield from _needed((path.parent / name).resolve(), known)
    if path not in known:
        yield path


def _block(path: Path, numbers: dict[Path, int], player: Path) -> str:
    """Return a module as a call of a function that returns what it exports."""
    text = REMARKS.sub("", path.read_text())
    exported = EXPORTED.findall(text)
    for listed in LISTED.findall(text):
        exported += [name.strip() for name in listed.split(",") if name.strip()]

    def imported(found: re.Match[str]) -> str:
        names = found[1].replace(" as ", ": ")
        return f"const {{ {names} }} = $({numbers[(path.parent / found[2]).resolve()]});\n"

    text = LISTED.sub("", IMPORT.sub(imported, text))
    text = re.sub(r"^export ", "", text, flags=re.M)
    text = text.replace(ADDRESS, f'$address("{path.relative_to(player).as_posix()}")')
    return f"$modules.push((() => {{\n{text}return {{ {', '.join(exported)} }};\n}})());"
