"""A page looks the same whichever page was seen before it: style sheets stay once loaded."""

from __future__ import annotations

from playwright.sync_api import expect

# Where everything stands that has a name of ours, rounded to pixels.
BOXES = """() => [...document.querySelectorAll('.ov [class*=ov-]')].map((node) => {
  const { x, y, width, height } = node.getBoundingClientRect();
  return [node.getAttribute('class'), ...[x, y, width, height].map(Math.round)];
})"""
# The parts of the results that lie over one another.
OVERLAPS = """() => {
  const parts = '.ov-compare-results :is(summary, table, h2, figure)';
  const boxes = [...document.querySelectorAll(parts)]
    .filter((node) => node.checkVisibility())
    .map((node) => [node.textContent.slice(0, 20), node.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], i) => boxes.slice(i + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1)
    .filter(([, b]) => a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => [name, other]));
}"""


def tuned(page):
    """Open all that the page of the comparison tells, once every optimizer is tuned."""
    table = page.get_by_role("table", name="Optimizers at their best")
    expect(table).to_have_attribute("aria-busy", "false")
    for name in ("Search space of every optimizer", "How to read it"):
        page.get_by_text(name).click()
    expect(page.get_by_role("region", name="Search space")).to_be_visible()
    page.mouse.move(0, 0)


def test_compare_reached_from_race_by_the_bar_lies_as_it_does_when_opened_itself(visit):
    race = "surface=booth&lane=adam,lr:0.05&steps=50"
    page = visit.open(race, reduced_motion="reduce").page
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url("**/compare?**")
    tuned(page)
    assert page.evaluate(OVERLAPS) == []
    boxes = page.evaluate(BOXES)
    page.reload()
    tuned(page)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(BOXES) == boxes
