"""The compare page: a fair comparison of optimizers on one surface, at a stated budget."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optviz import query
from optviz.checks import attempt, known, switch
from optviz.comparison.experiment import FIRST, Comparison, encode, read_pairs
from optviz.limits import MAX_LANES, MAX_STARTS, MAX_STEPS, MAX_TRIALS
from optviz.pages import paths
from optviz.pages.hosted import DATA_PLANE, hosted, told
from optviz.pages.navigation import Page, address, go
from optviz.pages.offers import choice, share_link
from optviz.parts import Lane
from optviz.race import Race, default_lanes
from optviz.suggestions import starting
from surfaces import SURFACES

HOST = "comparehost"
# What the table may be sorted by; a minus before it turns the order round.
SORTS = ("rank", "name", "reached", "median", "diverged", "works")
# What a link says besides the comparison.
KEYS = ("sort", "everywhere")


@dataclass(frozen=True)
class CompareLink:
    """A comparison, how its table is sorted, and a sentence for each part not understood.

    `everywhere` says whether its optimizers are compared on every surface, too.
    """

    comparison: Comparison
    sort: str = SORTS[0]
    everywhere: bool = False
    problems: tuple[str, ...] = ()

    def query(self) -> str:
        """Return the query string; the usual order is left out."""
        usual = {"sort": SORTS[0], "everywhere": False}
        order = query.looked({"sort": self.sort, "everywhere": self.everywhere}, usual)
        return "&".join(filter(None, [self.comparison.to_query(), order]))


def read(text: str) -> CompareLink:
    """Return what the page's query means; what is broken in it falls back, and says so."""
    said, rest, twice = query.split(query.pairs(text), KEYS)
    comparison, problems = read_pairs(rest, KEYS)
    problems += twice
    sort = said.get("sort", SORTS[0])
    if not attempt(problems, known, sort.removeprefix("-"), SORTS, "column"):
        sort = SORTS[0]
    everywhere = attempt(problems, switch, said, "everywhere") or False
    return CompareLink(comparison, sort, everywhere, tuple(problems))


def show(bar: DeltaGenerator) -> None:
    """Show the comparison of the address bar."""
    link = read(address())
    with bar:
        # What has no known minimum cannot be arrived at.
        names = {slug: surface.name for slug, surface in SURFACES.items() if surface.minima}
        choice("Surface", names, link.comparison.objective.slug, _on_surface)
        with st.popover("Share"):
            _share(link)
    hosted("compare", HOST, data(address()), _commit)


def data(text: str) -> dict[str, Any]:
    """Return what a query says to the page's module."""
    link = read(text)
    return {
        "comparison": link.comparison.plain(),
        "sort": link.sort,
        "everywhere": link.everywhere,
        "problems": told(link.problems),
        "usual": list(FIRST.rules),
        "limits": {"steps": MAX_STEPS, "trials": MAX_TRIALS, "starts": MAX_STARTS},
        "home": DATA_PLANE.removesuffix("api"),
    }


def _share(link: CompareLink) -> None:
    """Offer the comparison as a link, as a command, and as data."""
    share_link("comparison", link.query())
    asked = link.comparison.to_query()
    st.markdown("**Command** that computes it")
    st.code(f'python -m optviz compare "{asked}"', language="sh", wrap_lines=True)
    st.markdown(
        f"[Its results as JSON]({DATA_PLANE}/compare?{asked}) · [the HTTP API]({DATA_PLANE}/docs)"
    )


def _on_surface(slug: str) -> str:
    """Move the comparison to another surface, with the same budget."""
    link = read(address())
    moved = link.comparison.replace(surface=slug, shape=None)
    return replace(link, comparison=moved).query()


def _commit(change: Mapping[str, Any]) -> None:
    """Take over what the browser module says."""
    go(read(change["query"]).query())


def race_of(text: str) -> Race:
    """Return a race on the comparison's surface: of its rules, where somebody chose them."""
    comparison = read(text).comparison
    surface = comparison.objective
    lanes = default_lanes(surface)
    if comparison.rules != FIRST.rules:
        slugs = [str(rule) for rule in comparison.rules][:MAX_LANES]
        lanes = [Lane(slug, label="", **starting(slug, surface.slug)) for slug in slugs]
    return Race(surface.slug, lanes, shape=comparison.shape)


def query_of(race: Race) -> str:
    """Return the query that compares on a race's surface: its rules, where somebody chose them."""
    slugs = [lane.algorithm.slug for lane in race.lanes]
    usual = slugs == [lane.rule for lane in default_lanes(race.objective)]
    here = {"surface": race.objective.slug, "shape": race.shape}
    return encode(FIRST.plain() | here | ({} if usual else {"rules": dict.fromkeys(slugs)}))


PAGE = Page(
    title="Compare",
    path=paths.COMPARE,
    host=HOST,
    data=data,
    show=show,
    race_of=race_of,
    query_of=query_of,
)
