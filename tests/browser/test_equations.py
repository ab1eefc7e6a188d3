"""Equations: the browser draws every one of the catalogue, in every notation."""

from __future__ import annotations

import re

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


def test_a_source_with_another_algebra_is_shown_beside_and_raced(visit):
    screen = visit.open("surface=beale&lane=momentum,lr:0.002&steps=50", reduced_motion="reduce")
    screen.results()
    readout = screen.region("Equation")
    expect(readout.get_by_role("group", name=re.compile("^As "))).to_have_count(0)
    screen.page.keyboard.press("m")
    written = readout.get_by_role("group", name="As Ruder writes it")
    expect(written.locator("math")).to_have_text(re.compile("θ←θ\u2212v$"))
    expect(readout.get_by_text("The path is the same.")).to_be_visible()
    screen.page.keyboard.press("Shift+Z")
    screen.until(lambda: len(screen.results()) == 2, "both in the race")
    (_, *momentum), (name, *ruder) = screen.results()
    assert name == "Momentum (Ruder)"
    assert ruder == momentum
    expect(readout.get_by_role("heading", name="Momentum", exact=True)).to_be_visible()
    screen.until(
        lambda: screen.address()["lane"][1:] == ["momentum_ruder,lr:0.002"], "the rate that it had"
    )

    for _ in range(3):
        screen.page.keyboard.press("m")
    expect(readout.get_by_text("Keras writes it so.")).to_be_visible()
    screen.page.keyboard.press("m")
    expect(readout.get_by_text("same while the learning rate is constant")).to_be_visible()


def test_what_a_source_does_not_write_has_its_letters_only(visit):
    screen = visit.open("surface=beale&lane=adabelief&notation=pytorch&steps=50")
    expect(
        screen.region("Equation").get_by_text("Only the letters are those of PyTorch")
    ).to_be_visible()


def test_two_rules_equations_stand_side_by_side_and_the_link_keeps_it(visit):
    screen = visit.open("surface=beale&lane=sgd&lane=adam&steps=50", reduced_motion="reduce")
    readout = screen.region("Equation")
    screen.results()
    screen.page.keyboard.press("z")
    expect(readout.get_by_role("group", name="Adam").locator("math")).to_be_visible()
    screen.until(lambda: screen.address().get("show") == ["beside"], "the link to say so")
    screen.page.keyboard.press("n")
    expect(readout.get_by_role("group", name="SGD").locator("math")).to_be_visible()
    # Where the lines have their numbers there is no second equation: it comes instead.
    screen.page.keyboard.press("i")
    expect(readout.get_by_role("group", name="SGD")).to_be_hidden()
    screen.page.keyboard.press("z")
    expect(screen.page.get_by_text("Beside it: SGD, instead of the numbers")).to_have_count(1)
    # Before an audience both have letters of one size, and what differs is said.
    screen.page.keyboard.press("f")
    size = "(e) => getComputedStyle(e).fontSize"
    pair = [readout.get_by_role("group", name=name) for name in ("Equation", "SGD")]
    assert len({one.evaluate(size) for one in pair}) == 1
    for key in "zmmmm":
        screen.page.keyboard.press(key)
    expect(readout.get_by_role("group", name="As Keras writes it")).to_be_visible()
    said = "The path differs only by what the small constant in the division does."
    expect(readout.get_by_text(said)).to_be_visible()
