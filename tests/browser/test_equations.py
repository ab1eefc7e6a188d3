"""Equations: the browser draws every one of the catalogue, in every notation."""

from __future__ import annotations

from playwright.sync_api import expect

from optviz import RULES, SURFACES
from optviz.notation import NOTATIONS
from optviz.schedules import SCHEDULES

# What is named, and the width and height that it takes, beside the marks of a failed conversion.
DRAW = """async () => {
  const catalogue = await (await fetch('/api/catalogue')).json();
  const equations = [];
  const all = (kind, entry, equation) => {
    for (const [notation, markup] of Object.entries(equation))
      equations.push([`${kind} ${entry} ${notation}`, markup]);
  };
  for (const rule of catalogue.rules) all('rule', rule.slug, rule.equation);
  for (const one of catalogue.schedules) all('schedule', one.slug, one.equation);
  for (const { slug, equation } of catalogue.surfaces) all('surface', slug, { any: equation });
  for (const { slug, symbols } of catalogue.notations)
    for (const [name, markup] of Object.entries(symbols)) all('symbol', name, { [slug]: markup });
  const place = document.querySelector('.ov-equation');
  return equations.map(([name, markup]) => {
    place.innerHTML = markup;
    const math = place.querySelectorAll('math');
    const { width, height } = math[0]?.getBoundingClientRect() ?? { width: 0, height: 0 };
    const empty = [...place.querySelectorAll('mi, mn, mo')].filter((e) => !e.textContent).length;
    const wrong = place.querySelectorAll('merror').length + place.textContent.includes('\\\\\\\\');
    return { name, count: math.length, width, height, empty, wrong };
  });
}"""


def test_every_equation_is_drawn_in_every_notation(visit):
    screen = visit.open(reduced_motion="reduce")
    drawn = screen.page.evaluate(DRAW)
    names = {one["name"] for one in drawn}
    for notation in NOTATIONS:
        assert names >= {f"rule {slug} {notation}" for slug in RULES}
        assert names >= {f"schedule {slug} {notation}" for slug in SCHEDULES}
    assert names >= {f"surface {slug} any" for slug in SURFACES}
    for one in drawn:
        assert one["count"] == 1, one
        assert not one["wrong"], one
        least = 4 if one["name"].startswith("symbol") else 40
        assert one["width"] >= least, one
        assert one["height"] >= 4, one


def test_a_notations_name_that_has_no_room_shows_that_it_is_cut(visit):
    screen = visit.open("surface=beale&lane=sgd&steps=50", screen="phone")
    menu = screen.page.get_by_role("combobox", name="Notation")
    assert menu.evaluate("(e) => e.scrollWidth > e.clientWidth")
    expect(menu).to_have_css("text-overflow", "ellipsis")
