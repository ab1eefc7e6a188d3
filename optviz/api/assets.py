"""The player's files, served under names that change with their content."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from optviz import encodings
from optviz.api.bundle import bundled
from optviz.api.catalogue import catalogue

PACKAGE = Path(__file__).parents[1]
PLAYER = PACKAGE / "player"
# All of Plotly is what is installed; its build for axes in a plane has a third of the bytes.
PLOTLY = "plotly.min.js"
PLANE = "plotly-cartesian.min.js"
# What others made.
OTHERS = frozenset({PLOTLY, PLANE})
# All of the player's modules and style sheets in one; what there is to choose from.
BUNDLE = "player.js"
CATALOGUE = "catalogue.json"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".json": "application/json",
}


@cache
def fingerprint() -> str:
    """Return a hash of everything that a reply depends on: our sources, JAX's and Plotly's."""
    digest = hashlib.sha256(version("jax").encode())
    others = [PACKAGE.parent / name for name in ("catalogues", "surfaces")]
    for path in sorted(path for folder in (PACKAGE, *others) for path in folder.rglob("*.*")):
        if path.suffix in {".py", ".glsl", *TYPES}:
            digest.update(path.read_bytes())
    digest.update(_path(PLOTLY).read_bytes())
    return digest.hexdigest()[:16]


@cache
def names() -> frozenset[str]:
    """Return the names of the files that the player consists of, with their folders."""
    files = (path for path in PLAYER.rglob("*.*") if path.suffix in TYPES)
    return (
        frozenset(path.relative_to(PLAYER).as_posix() for path in files)
        | OTHERS
        | {BUNDLE, CATALOGUE}
    )


@cache
def encoded(name: str, encoding: str) -> bytes:
    """Return the file `name` of `names()`, in an encoding, once for all who ask."""
    if name == BUNDLE:
        return encodings.encoded(bundled(PLAYER).encode(), encoding)
    data = catalogue() if name == CATALOGUE else _path(name).read_bytes()
    return encodings.encoded(data, encoding)


def _path(name: str) -> Path:
    """Return where a file of `names()` is."""
    if name == PLOTLY:
        return Path(str(files("plotly"))) / "package_data" / PLOTLY
    return (PACKAGE / "plotlyjs" if name == PLANE else PLAYER) / name


FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def headers(encoding: str) -> dict[str, str]:
    """Return the headers of a file in an encoding."""
    return FOR_EVER | {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
