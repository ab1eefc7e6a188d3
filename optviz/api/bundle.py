"""The player's modules and style sheets as one: over a slow network many take seconds to come."""

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
BESIDE_IT = "(name) => new URL(name, import.meta.url).href"
# Where the style sheets of every page are listed, and how a sheet names a file beside it.
LISTS = Path("base", "load.js")
LIST = re.compile(r"^  \w+: \[(.*)\],$", re.M)
BESIDE = re.compile(r'url\("([\w.-]+)"\)')


def bundled(player: Path, address: str = BESIDE_IT) -> str:
    """Return a module with all that the modules of `hosts/` need; it exports `hosts`, by name.

    `address` is JavaScript that says where a file of the player is, by its name.
    The style sheets of all pages are in it, too; it puts them into the document.
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
    return "\n".join(
        [
            f"const $address = {address};",
            _HEAD,
            _styles(player),
            *blocks,
            f"export const hosts = {{ {', '.join(names)} }};\n",
        ]
    )


_HEAD = """const $modules = [];
const $ = (number) => $modules[number];"""


def _styles(player: Path) -> str:
    """Return what puts in the style sheets of all pages, as `base/load.js` would."""
    lists = LIST.findall((player / LISTS).read_text()) if (player / LISTS).exists() else []
    names = dict.fromkeys(name for one in lists for name in re.findall(r'"([^"]+)"', one))
    sheets = "".join(_sheet(player / f"{name}.css", player) for name in names)
    return f"""const $style = document.createElement("style");
$style.dataset.ovStyles = "";
$style.textContent = `{sheets}`;
document.head.append($style);"""


def _sheet(path: Path, player: Path) -> str:
    """Return a style sheet as part of a template string."""
    text = re.sub(r"/\*.*?\*/\n*", "", path.read_text(), flags=re.S)
    text = re.sub(r"([\\`]|\$\{)", r"\\\1", text)

    def whole(found: re.Match[str]) -> str:
        place = (path.parent / found[1]).relative_to(player).as_posix()
        return f'url("${{$address("{place}")}}")'

    return BESIDE.sub(whole, text)


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
