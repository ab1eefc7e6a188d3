"""The page that a browser opens first, written so that it asks early and for little."""

import re

from optviz.pages.merged import Merged

# How Streamlit's page names the module that starts it, and those that it asks for ahead.
ENTRY = re.compile(r'<script type="module" crossorigin src="\./static/js/([^"/]+)"></script>')
AHEAD = re.compile(r'\s*<link rel="modulepreload" crossorigin href="\./static/js/([^"/]+)">')

# Modules run in their order: what this asks for delays nothing that Streamlit begins with.
AFTER = """<script type="module">
import("{player}").then(({ hosts }) => hosts.{host}.ahead(), () => {});
</script>"""


def entry(page: str) -> str:
    """Return the name of the module that starts Streamlit's page; "" if it is not found."""
    found = ENTRY.findall(page)
    return found[0] if len(found) == 1 else ""


def opening(page: str, merged: Merged | None, *, style: str, player: str, host: str) -> str:
    """Return Streamlit's page with its modules in a few files, which asks early for what it needs.

    `style` holds before anything else is there. `player` is the address, relative to the page, of
    the module that has `host`, which asks for what it needs once Streamlit has begun.
    """
    start = ENTRY.search(page)
    if not start:
        return page
    scripts, starting = [player], start[0]
    if merged:
        place = f"./static/{merged.fingerprint}/js"
        page = AHEAD.sub(lambda one: "" if one[1] in merged.files else one[0], page)
        scripts = [f"{place}/{name}" for name in merged.first] + scripts
        starting = starting.replace(f"./static/js/{start[1]}", f"{place}/{merged.first[-1]}")
    ahead = "".join(f'<link rel="modulepreload" crossorigin href="{one}">' for one in scripts)
    page = page.replace(
        start[0], starting + AFTER.replace("{player}", player).replace("{host}", host)
    )
    return page.replace("</title>", f"</title>{ahead}<style>{style}</style>", 1)
