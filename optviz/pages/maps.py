"""The maps page: the same map of every optimizer, side by side on the same scale."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optviz import checks
from optviz import link as links
from optviz.link import Link
from optviz.pages import paths
from optviz.pages.hosted import DATA_PLANE, hosted, told
from optviz.pages.navigation import Page, address, go
from optviz.pages.offers import moved, share_link, surface_choice
from optviz.query import looked, pairs, split
from optviz.race import Race, default_lanes

HOST = "mapshost"
# What may be chosen of how maps are looked at, the usual one first, and its name in a sentence.
CHOICES = {
    # All of the catalogue, or only those of the race.
    "who": (("all", "race"), "group of optimizers"),
    # What the maps vary: the start, the learning rate and one coordinate of the start, or the rate
    # and the rule's own next hyperparameter.
    "over": (("starts", "rate", "own"), "map"),
    # The steps, or the final loss.
    "color": (("steps", "loss"), "colour"),
    # The most robust first, or by name.
    "sort": (("robust", "name"), "order"),
}
USUAL = {name: words[0] for name, (words, _) in CHOICES.items()}


@dataclass(frozen=True)
class MapsLink:
    """A race, how its maps are looked at, and a sentence for each part that was not understood."""

    link: Link
    look: Mapping[str, str]
    problems: tuple[str, ...] = ()

    def query(self) -> str:
        """Return the query string; what is as usual is left out."""
        return "&".join(filter(None, [self.link.query(), looked(self.look, USUAL)]))


def read(query: str) -> MapsLink:
    """Return what the page's query means; what is broken in it falls back, and says so."""
    said, rest, twice = split(pairs(query), CHOICES)
    link = links.read(rest, CHOICES)
    problems = [*link.problems, *twice]
    chosen = {
        name: checks.attempt(problems, checks.known, word, *CHOICES[name])
        for name, word in said.items()
    }
    look = {name: word for name, word in chosen.items() if word}
    return MapsLink(link, USUAL | look, tuple(problems))


def show(bar: DeltaGenerator) -> None:
    """Show the maps of the address bar's race."""
    seen = read(address())
    with bar:
        surface_choice(seen.link.race.objective.slug, _on_surface)
        with st.popover("Share"):
            share_link("page of maps", seen.query())
            st.markdown(f"Each map is a reply of [the HTTP API]({DATA_PLANE}/docs).")
    hosted("maps", HOST, data(address()), _commit)


def data(query: str) -> dict[str, Any]:
    """Return what a query says to the page's module."""
    seen = read(query)
    return {
        "race": seen.link.race.plain(),
        "view": seen.link.view.plain() | dict(seen.look),
        "problems": told(seen.problems),
        "home": DATA_PLANE.removesuffix("api"),
    }


def _on_surface(slug: str) -> str:
    seen = read(address())
    link = replace(seen.link, race=moved(seen.link.race, slug))
    return replace(seen, link=link).query()


def _commit(change: Mapping[str, Any]) -> None:
    """Take over what the browser module says."""
    view = change["view"]
    go(read("&".join([change["query"], links.encode_view(view), looked(view, USUAL)])).query())


def query_of(race: Race) -> str:
    """Return the query for the maps of a race: of its own lanes, where somebody has chosen them."""
    chosen = [*race.lanes] != default_lanes(race.objective)
    return "&".join([race.to_query(), *(["who=race"] if chosen else [])])


PAGE = Page(
    title="Maps",
    path=paths.MAPS,
    host=HOST,
    data=data,
    show=show,
    race_of=lambda query: read(query).link.race,
    query_of=query_of,
)
