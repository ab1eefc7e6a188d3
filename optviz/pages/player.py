"""The player as a Streamlit component: a few lines that import the real module by its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components import v2 as components

from optviz.api import assets
from optviz.pages.link import Link

# It travels with every message, so it only fetches the module, whose address never changes meaning.
GLUE = """
const players = new WeakMap();

export default function (component) {
  const { parentElement: root, data, setStateValue } = component;
  if (!players.has(root)) {
    const commit = (link) => setStateValue("link", link);
    // This script has no address of its own, so the module's must be a whole one.
    const module = import(new URL(data.module, document.baseURI).href);
    const player = module.then(({ host }) => host(root, data, commit));
    players.set(root, player);
    player.catch(() => {
      // The next change of the page tries again.
      players.delete(root);
      root.textContent = "The race could not be loaded. Please reload the page.";
    });
  }
  players.get(root).then((player) => player.update(data), () => {});
  return () => {
    players.get(root)?.then((player) => player.leave(), () => {});
    players.delete(root);
  };
}
"""

_component = components.component("optviz_player", js=GLUE, isolate_styles=False)


def data_plane() -> str:
    """Return the path of the data plane beside these pages."""
    return f"/{st.get_option('server.baseUrlPath').strip('/')}/api".replace("//", "/")


def player(link: Link, on_commit: Callable[[dict[str, Any]], None]) -> None:
    """Show the race of `link`; call `on_commit` with the query and view that a user changed to."""
    base = data_plane()

    def changed() -> None:
        on_commit(st.session_state["player"]["link"])

    _component(
        key="player",
        data={
            "base": base,
            "module": f"{base}/player/{assets.fingerprint()}/host.js",
            "race": link.race.plain(),
            "view": link.view.plain(),
            "problems": list(link.problems),
        },
        default={"link": None},
        on_link_change=changed,
    )
