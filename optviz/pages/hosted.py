"""A browser module as a Streamlit component: a few lines that import it by its address."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.components import v2 as components

from optviz.api import assets

# It travels with every message, so it only fetches the module, whose address never changes meaning.
GLUE = """
const RETRY = 3000;
const hosts = new WeakMap();

export default function show(component) {
  const { parentElement: root, data, setStateValue } = component;
  if (!hosts.has(root)) {
    const commit = (link) => setStateValue("link", link);
    // This script has no address of its own, so the module's must be a whole one.
    const module = import(new URL(data.module, document.baseURI).href);
    const hosted = module.then(({ hosts }) => hosts[data.host](root, data, commit));
    hosts.set(root, hosted);
    hosted.catch(() => {
      hosts.delete(root);
      root.textContent = "This page could not be loaded. It is tried again every few seconds.";
      // Unless a change of the page has tried already.
      setTimeout(() => root.isConnected && !hosts.has(root) && show(component), RETRY);
    });
  }
  hosts.get(root).then((hosted) => hosted.update(data), () => {});
  return () => {
    hosts.get(root)?.then((hosted) => hosted.leave(), () => {});
    hosts.delete(root);
  };
}
"""

# The data plane's path, beside that of every page, below whatever path a proxy shows them at.
DATA_PLANE = "./api"
NOT_ALL_USED = "Not all of this link can be used: what is shown may be other than what was meant."

_component = components.component("optviz_hosted", js=GLUE, isolate_styles=False)


def told(problems: Sequence[str]) -> list[str]:
    """Return what a page says that shows a link with these problems."""
    return [NOT_ALL_USED, *problems] if problems else []


def delivered(host: str, data: Mapping[str, Any], heard: int = 0) -> dict[str, Any]:
    """Return all that a module is told; `heard` is the last change of its that was taken over."""
    return {
        "base": DATA_PLANE,
        "module": f"{DATA_PLANE}/player/{assets.fingerprint()}/{assets.BUNDLE}",
        "host": host,
        "heard": heard,
        **data,
    }


def hosted(
    key: str, host: str, data: Mapping[str, Any], on_commit: Callable[[dict[str, Any]], None]
) -> None:
    """Show `host`, a module of the player's `hosts/`, with JSON-ready `data`.

    `on_commit` is called with whatever the module commits: what a user changed to. Changes are
    numbered: the module is told which one was `heard` last, as a run of the script that began
    before it says what was, and so does one after it that goes back.
    """
    link = st.session_state.get(key, {}).get("link")
    _component(
        key=key,
        data=delivered(host, data, link["number"] if link else 0),
        default={"link": None},
        on_link_change=lambda: on_commit(st.session_state[key]["link"]),
    )
