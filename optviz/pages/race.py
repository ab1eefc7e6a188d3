"""The race page: which surface and which notation, the player, and what can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import streamlit as st

from optviz import notation, suggestions
from optviz.notation import NOTATIONS
from optviz.pages import link as links
from optviz.pages.link import Link
from optviz.pages.player import data_plane, player
from optviz.race import Lane, Race
from surfaces import SURFACES


def page() -> None:
    """Show the race of the address bar."""
    link = links.read(_address())
    _bar(link)
    player(link, _commit)


def _bar(link: Link) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        st.markdown("**optviz**", width="content")
        surfaces = {slug: surface.name for slug, surface in SURFACES.items()}
        _choice("Surface", surfaces, link.race.objective.slug, 240, _on_surface)
        _choice("Notation", _notations(), link.view.notation, 240, _in_notation)
        with st.popover("Share"):
            _share(link)


def _choice(
    label: str,
    names: Mapping[str, str],
    chosen: str,
    width: int,
    move: Callable[[Link, str], Link],
) -> None:
    """Offer what there is by its name; a choice puts `move(link, slug)` into the address bar."""
    key = label.lower()
    # The address bar decides, not what the widget remembers: a link or the Back button may differ.
    st.session_state[key] = chosen
    st.selectbox(
        label,
        names,
        format_func=lambda slug: names[slug],
        key=key,
        label_visibility="collapsed",
        width=width,
        on_change=lambda: _go(move(links.read(_address()), st.session_state[key])),
    )


def _notations() -> dict[str, str]:
    """Return each notation's name, with what it calls the learning rate and the momentum."""
    letters = {slug: [notation.text(name, slug) for name in ("lr", "alpha")] for slug in NOTATIONS}
    return {slug: f"{NOTATIONS[slug].name}: {', '.join(letters[slug])}" for slug in NOTATIONS}


def _share(link: Link) -> None:
    """Offer the race as a link, as Python, and as data."""
    st.markdown("**Link** to this race")
    here = urlsplit(st.context.url or "")
    st.code(
        urlunsplit((here.scheme, here.netloc, here.path, link.query(), "")),
        language=None,
        wrap_lines=True,
    )
    st.markdown("**Python** that runs it")
    # A line that is cut off cannot be read with the keyboard alone.
    st.code(link.race.to_python(), language="python", wrap_lines=True)
    st.markdown(
        f"[Its trajectories as JSON]({data_plane()}/race?{link.race.to_query()}&format=json)"
        f" · [the HTTP API]({data_plane()}/docs)"
    )


def _on_surface(link: Link, slug: str) -> Link:
    """Move the race to another surface, to its own start, at rates that suit it."""
    race, before = link.race, link.race.objective.slug
    rules = [(lane.algorithm.slug, lane) for lane in race.lanes]
    lanes = [
        Lane(rule, label=lane.label, **suggestions.moved(rule, lane.values, before, slug))
        for rule, lane in rules
    ]
    moved = Race(
        slug,
        lanes,
        None,
        race.steps,
        race.schedule,
        race.noise,
        race.seed,
        noise_decay=race.noise_decay,
    )
    return replace(link, race=moved)


def _in_notation(link: Link, slug: str) -> Link:
    return replace(link, view=replace(link.view, notation=slug))


def _commit(change: Mapping[str, Any]) -> None:
    """Take over what the player says."""
    _go(links.read("&".join([change["query"], links.encode_view(change["view"])])))


def _address() -> str:
    """Return the query string of the address bar."""
    parameters = st.query_params
    return urlencode([(name, value) for name in parameters for value in parameters.get_all(name)])


def _go(link: Link) -> None:
    """Put the link into the address bar, which is where the page's state lives."""
    parameters: dict[str, list[str]] = {}
    for name, value in parse_qsl(link.query()):
        parameters.setdefault(name, []).append(value)
    st.query_params.from_dict(parameters)
