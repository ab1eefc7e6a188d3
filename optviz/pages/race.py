"""The race page: which surface and which notation, the player, and what can be taken away."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optviz import link as links
from optviz import notation
from optviz.link import Link
from optviz.notation import NOTATIONS
from optviz.pages import paths
from optviz.pages.hosted import DATA_PLANE, hosted, told
from optviz.pages.navigation import Page, address, go
from optviz.pages.offers import choice, moved, share_link, surface_choice
from optviz.race import Race
from optviz.snippets import DIALECTS

HOST = "racehost"
# What the trajectories can be taken away as.
FILES = {"csv": "a table (CSV)", "npz": "NumPy's arrays (NPZ)", "json": "JSON"}


def show(bar: DeltaGenerator) -> None:
    """Show the race of the address bar."""
    link = links.read(address())
    with bar:
        if link.view.leaves("surface"):
            surface_choice(link.race.objective.slug, _on_surface)
        else:
            st.markdown(f"**{link.race.objective.name}**", width="content")
        choice("Notation", _notations(), link.view.notation, _in_notation)
        with st.popover("Share"):
            _share(link)
    hosted("player", HOST, data(address()), _commit)


def data(query: str) -> dict[str, Any]:
    """Return what a query says to the player."""
    link = links.read(query)
    return {
        "race": link.race.plain(),
        "view": link.view.plain(),
        "moment": link.moment.plain(),
        "problems": told(link.problems),
    }


def _notations() -> dict[str, str]:
    """Return each notation's name, with what it calls the learning rate and the momentum."""
    letters = {slug: [notation.text(name, slug) for name in ("lr", "alpha")] for slug in NOTATIONS}
    return {slug: f"{NOTATIONS[slug].name}: {', '.join(letters[slug])}" for slug in NOTATIONS}


def _share(link: Link) -> None:
    """Offer the race as a link, as data, and as code."""
    share_link("race", link.query())
    told = link.race.to_query()
    address_of = lambda kind: f"{DATA_PLANE}/race?{told}&format={kind}"  # noqa: E731
    files = " · ".join(f"[{name}]({address_of(kind)})" for kind, name in FILES.items())
    st.markdown(f"Its trajectories: {files} · [the HTTP API]({DATA_PLANE}/docs)")
    written = f"notation={link.view.notation}&format=html"
    offline = f"{DATA_PLANE}/race?{told}&{written}"
    st.markdown(f"To take along: [one file that runs without a server (HTML)]({offline})")
    chosen = st.pills(
        "Copy as",
        [*DIALECTS],
        format_func=lambda slug: DIALECTS[slug],
        default="optviz",
        key="dialect",
    )
    # Clicked again, none is chosen: then it is the first.
    dialect = chosen or "optviz"
    st.markdown(f"**{DIALECTS[dialect]}** program, [as a file]({address_of(dialect)})")
    # A line that is cut off cannot be read with the keyboard alone.
    st.code(link.race.to_code(dialect), language="python", wrap_lines=True)


def _on_surface(slug: str) -> str:
    """Move the race to another surface, to its own start, at rates that suit it."""
    link = links.read(address())
    return replace(link, race=moved(link.race, slug)).query()


def _in_notation(slug: str) -> str:
    link = links.read(address())
    return replace(link, view=replace(link.view, notation=slug)).query()


def _commit(change: Mapping[str, Any]) -> None:
    """Take over what the player says."""
    go(links.read("&".join([change["query"], links.encode_view(change["view"])])).query())


PAGE = Page(
    title="Race",
    path=paths.RACE,
    host=HOST,
    data=data,
    show=show,
    race_of=lambda query: links.read(query).race,
    query_of=Race.to_query,
)
