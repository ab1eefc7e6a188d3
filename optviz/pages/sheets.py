"""The page of whoever grades: it reads lab sheets that were handed in, in the browser alone."""

from typing import Any

from streamlit.delta_generator import DeltaGenerator

from optviz.pages import paths
from optviz.pages.hosted import DATA_PLANE, hosted, told
from optviz.pages.navigation import Page, address
from optviz.query import pairs
from optviz.race import DEFAULT

HOST = "sheetshost"


def show(bar: DeltaGenerator) -> None:
    """Show the page, which has no state of its own and nothing to offer."""
    # The last of the bar stands at its end.
    bar.container(width="stretch")
    hosted("sheets", HOST, data(address()), lambda _: None)


def data(text: str) -> dict[str, Any]:
    """Return what the page's module is told."""
    unknown = [f"The link of this page has no part {name!r}." for name, _ in pairs(text)[:1]]
    return {"home": DATA_PLANE.removesuffix("api"), "problems": told(unknown)}


PAGE = Page(
    title="Lab sheets",
    path=paths.SHEETS,
    host=HOST,
    data=data,
    show=show,
    race_of=lambda _: DEFAULT,
    query_of=lambda _: "",
    listed=False,
)
