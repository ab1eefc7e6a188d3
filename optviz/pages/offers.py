"""What several pages offer in the bar: menus, and the link to what is seen."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit, urlunsplit

import streamlit as st
from streamlit.components import v2 as components

from optviz import suggestions
from optviz.pages.navigation import go
from optviz.race import Race, default_lanes
from surfaces import SURFACES, Surface, kind

# What opens takes the focus, and each stop of it has a name: the words that stand before it.
OPENED = """
export default function open({ parentElement }) {
  const dialog = parentElement.closest("[role=dialog]");
  if (!dialog || dialog.hasAttribute("tabindex")) return;
  const name = () => {
    for (const code of dialog.querySelectorAll(".stCode")) {
      const words = code.closest(".stElementContainer").previousElementSibling.textContent;
      code.setAttribute("role", "group");
      code.setAttribute("aria-label", words);
    }
  };
  name();
  new MutationObserver(name).observe(dialog, { childList: true, subtree: true });
  dialog.tabIndex = -1;
  dialog.focus();
}
"""

_opened = components.component("optviz_opened", js=OPENED, isolate_styles=False)


def choice(
    label: str, names: Mapping[str, str], chosen: str, move: Callable[[str], str], width: int = 240
) -> None:
    """Offer what there is by its name; a choice puts the query `move(slug)` into the address bar.

    `names` are the names by their slugs.
    """
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
        on_change=lambda: go(move(st.session_state[key])),
    )


def surface_choice(chosen: str, move: Callable[[str], str]) -> None:
    """Offer the surfaces; a choice puts the query `move(slug)` into the address bar."""
    choice("Surface", {slug: _titled(one) for slug, one in SURFACES.items()}, chosen, move)


def _titled(surface: Surface) -> str:
    """Return a surface's name and its kind, so that who looks for a valley finds one."""
    named = kind(surface).removesuffix("s") in surface.name.lower()
    return surface.name if named else f"{surface.name}: {kind(surface)}"


def moved(race: Race, slug: str) -> Race:
    """Return the race on another surface, from its own start, at rates that suit it.

    Where nobody has chosen other lanes, they are those that show the other surface best.
    """
    before = race.objective
    lanes = default_lanes(SURFACES[slug])
    if [*race.lanes] != default_lanes(before):
        lanes = [
            lane.replace(**suggestions.moved(lane.algorithm.slug, lane.values, before.slug, slug))
            for lane in race.lanes
        ]
    return race.replace(surface=slug, lanes=lanes, start=None, changes=[])


def share_link(what: str, query: str) -> None:
    """Offer the address of this page with `query`."""
    _opened(key="opened")
    st.markdown(f"**Link** to this {what}")
    here = urlsplit(st.context.url or "")
    whole = urlunsplit((here.scheme, here.netloc, here.path, query, ""))
    st.code(whole, language=None, wrap_lines=True)
