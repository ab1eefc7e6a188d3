"""Equations as MathML: well-formed, complete, harmless, and without what browsers have dropped."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from optviz.mathml import mathml
from optviz.notation import NOTATIONS, latex, symbol
from optviz.notation.names import mathematical, typewriter
from optviz.rules import RULES
from optviz.schedules import SCHEDULES
from surfaces import SURFACES

ENTRIES = [*RULES.values(), *SCHEDULES.values(), *SURFACES.values()]
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def parsed(tex: str, display="block") -> ElementTree.Element:
    return ElementTree.fromstring(mathml(tex, display))


def words(tex: str) -> list[str]:
    return [e.text or "" for e in parsed(tex).iter() if e.tag in {MATHML + "mtext", MATHML + "mi"}]


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.slug)
def test_every_equation_becomes_rows_of_left_and_right(entry, notation):
    tex = latex(entry, notation)
    root = parsed(tex)
    table = root.find(f".//{MATHML}mtable")
    assert table is not None
    rows = table.findall(MATHML + "mtr")
    assert len(rows) == len(tex.splitlines()) - 2
    assert all(len(row) == 2 for row in rows)


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.slug)
def test_nothing_is_left_unconverted(entry, notation):
    tex = latex(entry, notation)
    assert not set("".join(words(tex))) & set("\\{}&#;^$")
    assert not any(dropped in mathml(tex) for dropped in ("columnalign", "mathvariant"))


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("slug", RULES)
def test_every_hyperparameter_has_an_inline_symbol(slug, notation):
    for name in RULES[slug].hyperparameters:
        root = parsed(symbol(name, notation, RULES[slug]), "inline")
        assert root.get("display") == "inline"
        assert "".join(root.itertext()).strip()


HOSTILE = ("<script>alert(1)</script>", "&lt;b&gt;", '"><img src=x>', "a & b", "]]>", "\u202e<i>")


@pytest.mark.parametrize("display", ["block", "inline"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name, display):
    known = {
        "math",
        "mrow",
        "mi",
        "mo",
        "mn",
        "mtext",
        "mspace",
        "msub",
        "msup",
        "msubsup",
        "mfrac",
    }
    for tex in (rf"\mathtt{{{name}}}", rf"\operatorname{{{name}}}(x)", rf"\text{{{name}}}", name):
        root = parsed(tex, display)
        assert {e.tag.removeprefix(MATHML) for e in root.iter()} <= known
        assert not any(
            key.startswith("on") or key == "href" for e in root.iter() for key in e.attrib
        )


@pytest.mark.parametrize("name", ["größe", "学习率", "x_1_2", "élan_max", "_private", "O0"])
def test_names_in_any_script_are_kept(name):
    assert typewriter(name).startswith(r"\mathtt{")
    assert words(typewriter(name)) == [name]
    assert parsed(mathematical(name)) is not None


def test_words_stay_in_one_piece():
    assert words(
        r"\mathtt{weight\_decay} \, \operatorname{line\_search}(\theta_{\mathrm{new}})"
    ) == [
        "weight_decay",
        "line_search",
        "\N{GREEK SMALL LETTER THETA}",
        "new",
    ]


def test_a_sign_is_not_spaced_like_an_operator():
    root = parsed(r"\begin{aligned} v &\leftarrow -a - \exp(-b) \end{aligned}")
    signs = [e.get("form") for e in root.iter() if e.text == "\N{MINUS SIGN}"]
    assert signs == ["prefix", None, "prefix"]


def test_the_cache_is_bounded():
    assert mathml.cache_info().maxsize is not None
