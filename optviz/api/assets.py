"""The player's files, served under names that change with their content."""

import gzip
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from optviz.api.bundle import bundled

PACKAGE = Path(__file__).parents[1]
PLAYER = PACKAGE / "player"
# All of Plotly is what is installed; its official build for axes in a plane has a third of the bytes.
PLOTLY = "plotly.min.js"
PLANE = "plotly-cartesian.min.js"
# What others made.
OTHERS = frozenset({PLOTLY, PLANE})
# All of the player's modules in one.
BUNDLE = "player.js"
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}


@cache
def fingerprint() -> str:
    """Return a hash of everything that a reply depends on: our sources, JAX's and Plotly's."""
    digest = hashlib.sha256(version("jax").encode())
    others = [PACKAGE.parent / name for name in ("catalogues", "surfaces")]
    for path in sorted(path for folder in (PACKAGE, *others) for path in folder.rglob("*.*")):
        if path.suffix in {".py", ".json", *TYPES}:
            digest.update(path.read_bytes())
    for name in sorted(OTHERS):
        digest.update(_path(name).read_bytes())
    return digest.hexdigest()[:16]


@cache
def names() -> frozenset[str]:
    """Return the names of the files that the player consists of, with their folders."""
    files = (path for path in PLAYER.rglob("*.*") if path.suffix in TYPES)
    return frozenset(path.relative_to(PLAYER).as_posix() for path in files) | OTHERS | {BUNDLE}


@cache
def compressed(name: str) -> bytes:
    """Return the file `name` of `names()`, compressed once for all who ask."""
    if name == BUNDLE:
        return gzip.compress(bundled(PLAYER).encode(), 9, mtime=0)
    return gzip.compress(_path(name).read_bytes(), 9, mtime=0)


def _path(name: str) -> Path:
    """Return where a file of `names()` is."""
    if name == PLOTLY:
        return Path(str(files("plotly"))) / "package_data" / PLOTLY
    return (PACKAGE / "plotlyjs" if name == PLANE else PLAYER) / name


FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
HEADERS = FOR_EVER | {"Content-Encoding": "gzip"}
