"""The maps page: the same map of every optimizer, side by side on the same scale."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optviz import checks
from optviz import link as links
from optviz.link import Link
from optviz.pages.hosted import data_plane, hosted
from optviz.pages.navigation import Page, address, go
from optviz.pages.offers import moved, share_link, surface_choice
from optviz.query import looked, pairs, split
from optviz.race import Race, default_lanes

# What may be chosen of each part of a look, the usual one first, and its name in a sentence.
CHOICES = {
    "who": (("all", "race"), "group of optimizers"),
    "over": (("starts", "rate", "own"), "map"),
    "color": (("steps", "loss"), "colour"),
    "sort": (("robust", "name"), "order"),
}


@dataclass(frozen=True)
class Look:
    """Which maps are seen, and how.

    `who` is "all" of the catalogue or only those of the "race"; `over` what the maps vary:
    "starts", the learning "rate" and one coordinate of the start, or the rate and the rule's "own"
    next hyperparameter; `color` shows "steps" or the final "loss"; `sort` is "robust", the most
    robust first, or by "name".
    """

    who: str = "all"
    over: str = "starts"
    color: str = "steps"
    sort: str = "robust"


@dataclass(frozen=True)
class MapsLink:
    """A race, how its maps are looked at, and a sentence for each part that was not understood."""

    link: Link
    look: Look = field(default_factory=Look)
    problems: tuple[str, ...] = ()

    def query(self) -> str:
        """Return the query string; what is as usual is left out."""
        return "&".join(filter(None, [self.link.query(), encode_look(asdict(self.look))]))


def encode_look(look: Mapping[str, Any]) -> str:
    """Return a look, given as plain data, as a query string without what is as usual."""
    return looked(look, asdict(Look()))


def read(query: str) -> MapsLink:
    """Return what the page's query means; what is broken in it falls back, and says so."""
    said, rest, twice = split(pairs(query), CHOICES)
    link = links.read_pairs(rest)
    problems = [*link.problems, *twice]
    chosen = {
        name: checks.attempt(problems, checks.known, word, *CHOICES[name])
        for name, word in said.items()
    }
    look = Look(**{name: word for name, word in chosen.items() if word})
    return MapsLink(link, look, tuple(problems))


def show(bar: DeltaGenerator) -> None:
    """Show the maps of the address bar's race."""
    seen = read(address())
    with bar:
        surface_choice(seen.link.race.objective.slug, _on_surface)
        with st.popover("Share"):
            share_link("page of maps", seen.query())
            st.markdown(f"Each map is a reply of [the HTTP API]({data_plane()}/docs).")
    data = {
        "race": seen.link.race.plain(),
        "view": seen.link.view.plain() | asdict(seen.look),
        "problems": list(seen.problems),
        "home": data_plane().removesuffix("api"),
    }
    hosted("maps", "hosts/mapshost.js", data, _commit)


def _on_surface(slug: str) -> str:
    seen = read(address())
    link = replace(seen.link, race=moved(seen.link.race, slug))
    return replace(seen, link=link).query()


def _commit(change: Mapping[str, Any]) -> None:
    """Take over what the browser module says."""
    view = change["view"]
    go(read("&".join([change["query"], links.encode_view(view), encode_look(view)])).query())


def query_of(race: Race) -> str:
    """Return the query for the maps of a race: of its own lanes, where somebody has chosen them."""
    chosen = [*race.lanes] != default_lanes(race.objective)
    look = Look(who="race") if chosen else Look()
    return "&".join(filter(None, [race.to_query(), encode_look(asdict(look))]))


PAGE = Page(
    title="Maps",
    path="maps",
    show=show,
    race_of=lambda query: read(query).link.race,
    query_of=query_of,
)
