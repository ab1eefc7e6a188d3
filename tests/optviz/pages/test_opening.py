"""The page that opens first asks early for what it needs; an unknown one stays as it is."""

from __future__ import annotations

import pytest

from optviz.pages.frontend import INDEX
from optviz.pages.merged import Merged
from optviz.pages.opening import entry, opening

PAGE = """<head>
    <title>Streamlit</title>
    <script type="module" crossorigin src="./static/js/index.Ab1.js"></script>
    <link rel="modulepreload" crossorigin href="./static/js/leaf.Cd2.js">
    <link rel="modulepreload" crossorigin href="./static/js/other.Ef3.js">
    <link rel="stylesheet" crossorigin href="./static/css/index.Gh4.css">
</head>"""
MADE = Merged(
    {"part-0.js": "0", "part-1.js": "1", "leaf.Cd2.js": "l", "index.Ab1.js": "i"},
    ("part-0.js", "part-1.js"),
)


def opened(page: str, made: Merged | None) -> str:
    return opening(page, made, style=".a {}", player="./api/player.js", host="racehost")


def test_the_entry_is_that_of_the_page():
    assert entry(PAGE) == "index.Ab1.js"
    assert entry(INDEX.read_text()).startswith("index.")


@pytest.mark.parametrize("page", ["", "<script src=x.js></script>", PAGE + PAGE])
def test_a_page_without_one_entry_has_none(page):
    assert entry(page) == ""


def test_the_few_files_are_asked_for_and_those_in_them_are_not():
    page = opened(PAGE, MADE)
    place = f"./static/{MADE.fingerprint}/js"
    for name in MADE.first:
        assert f'<link rel="modulepreload" crossorigin href="{place}/{name}">' in page
    assert f'<script type="module" crossorigin src="{place}/part-1.js"></script>' in page
    assert "leaf.Cd2.js" not in page
    assert "index.Ab1.js" not in page
    assert '<link rel="modulepreload" crossorigin href="./static/js/other.Ef3.js">' in page


@pytest.mark.parametrize("made", [MADE, None])
def test_the_player_is_asked_for_with_them_and_the_rest_when_they_have_come(made):
    page = opened(PAGE, made)
    assert '<link rel="modulepreload" crossorigin href="./api/player.js">' in page
    assert "<style>.a {}</style>" in page
    begun = page.index("</script>")
    assert begun < page.index('import("./api/player.js")') < page.index("hosts.racehost.ahead()")
    assert '<link rel="stylesheet" crossorigin href="./static/css/index.Gh4.css">' in page


def test_streamlits_modules_stay_as_they_are_if_they_cannot_be_put_together():
    page = opened(PAGE, None)
    for line in PAGE.splitlines()[2:6]:
        assert line in page


def test_a_page_that_looks_different_stays_as_it_is():
    other = PAGE.replace('type="module" crossorigin', 'crossorigin type="module"')
    assert opened(other, MADE) == other
