"""A race as one HTML file that needs no server: the player, its programs and all that they take."""

import base64
import gzip
import html
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from optviz.api import assets, kernels
from optviz.api.bundle import bundled
from optviz.api.catalogue import catalogue
from optviz.checks import RaceError
from optviz.kernels import LINES
from optviz.limits import MAX_STEPS
from optviz.link import LINES as CURVES
from optviz.link import View, first_looked_at
from optviz.noise import draws
from optviz.parts import Lane
from optviz.race import Race
from optviz.rules import RULES
from surfaces import SURFACES

TEMPLATE = Path(__file__).with_suffix(".html")
JS, JSON, FONT = "text/javascript", "application/json", "font/woff2"
BYTES = "application/octet-stream"
FONT_NAME = "look/stix-two-math.woff2"
LICENCES = (
    assets.PACKAGE.parent / "LICENSE",
    assets.PACKAGE / "plotlyjs" / "LICENSE.txt",
    assets.PLAYER / "look" / "stix-two-math.OFL.txt",
)
# What is found by many runs, or drawn by what is too large for a file.
SERVED = ("basins", "seeds", "space")
# Where in a file the player finds what it consists of.
ADDRESS = "(name) => globalThis.optvizFiles[name] ?? `https://offline.invalid/${name}`"


def page(race: Race, view: View | None = None) -> bytes:
    """Return an HTML page on which a race runs, by itself, and can be changed.

    It is looked at as `view` has it, but for what needs a server.
    RaceError if its surface or a rule of it is none of the catalogue's.
    """
    surface = race.objective.slug
    if SURFACES.get(surface) != race.objective or not all(map(_listed, race.lanes)):
        raise RaceError("A race in a file is of the catalogue's own surfaces and optimizers.")
    parts = {
        **_shared(),
        "all.js": _part(JS, kernels.compressed("all", surface)),
        "lines.js": _part(JS, kernels.compressed(LINES, "all", surface)),
        # Of all steps that a race may have: no slider leads beyond them.
        "draws": _part(BYTES, _packed(draws(MAX_STEPS, race.seed).astype("<f8").tobytes())),
    }
    view = without_server(view or View(chosen=first_looked_at(race)))
    told = {"race": race.plain(), "view": view.plain(), "parts": parts}
    title = f"{race.objective.name}: {', '.join(lane.label for lane in race.lanes)}"
    text = Template(TEMPLATE.read_text()).substitute(
        title=html.escape(title), licences=_licences(), packed=within_script(told)
    )
    return text.encode()


def without_server(view: View) -> View:
    """Return a view without what nothing but a server can show."""
    show = tuple(what for what in view.show if what not in SERVED)
    chart = view.chart if view.chart in CURVES else View.chart
    return replace(view, show=show, chart=chart)


def _listed(lane: Lane) -> bool:
    return RULES.get(lane.algorithm.slug) == lane.algorithm


@cache
def _shared() -> dict[str, dict[str, str]]:
    """Return the parts that every file has."""
    return {
        "player.js": _part(JS, _packed(bundled(assets.PLAYER, ADDRESS).encode())),
        "plotly.js": _part(JS, _packed((assets.PACKAGE / "plotlyjs" / assets.PLANE).read_bytes())),
        "catalogue.json": _part(JSON, _packed(catalogue())),
        FONT_NAME: _part(FONT, _packed((assets.PLAYER / FONT_NAME).read_bytes())),
    }


def _part(kind: str, packed: bytes) -> dict[str, str]:
    return {"type": kind, "data": base64.b64encode(packed).decode()}


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def within_script(told: Any) -> str:
    """Return JSON that no text of a user's ends before its end."""
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _licences() -> str:
    """Return under which licences the parts are, as text within a comment."""
    texts = [path.read_text().strip() for path in LICENCES if path.exists()]
    return "\n\n".join(texts).replace("--", "- -")
