"""The Compare page: filled as it is computed, sorted, stopped when it changes, told by its link."""

from __future__ import annotations

import csv
import io
import math
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from optviz import RULES, SURFACES, Race

QUERY = "surface=rosenbrock&rules=momentum,newton,bfgs&steps=80&trials=24&starts=20&seed=3"
ROWS = """(table) => [...table.tBodies[0].rows].map((row) =>
  [...row.cells].map((cell) => cell.innerText.trim()))"""

# Of each figure: its axis's numbers, how many lie on one another, its bars' part of the screen.
AXES = """() => [...document.querySelectorAll('.ov-compare-figure')].map((figure) => {
  const numbers = [...figure.querySelectorAll('.ov-bars-axis > *')];
  const boxes = numbers.map((number) => number.getBoundingClientRect());
  const crossed = boxes.filter((box, i) => i > 0 && box.left < boxes[i - 1].right);
  const track = figure.querySelector('.ov-bars-track').getBoundingClientRect();
  return { numbers: boxes.length, crossed: crossed.length, part: track.width / innerWidth };
})"""

# What is told to those who hear the page, one after the other.
LISTEN = """() => {
  window.heard = [];
  const told = (changes) => changes
    .map(({ target }) => (target instanceof Text ? target.parentElement : target))
    .filter((told) => told?.matches('[role=status]') && told.textContent)
    .forEach((told) => heard.push(told.textContent));
  const matrix = document.querySelector('.ov-matrix-hold').closest('details');
  const anyText = { childList: true, characterData: true, subtree: true };
  new MutationObserver(told).observe(matrix, anyText);
}"""


class ComparePage:
    """The Compare page on a screen, and what it has asked the server."""

    def __init__(self, visit, query: str = QUERY, hold: str = "", **options) -> None:
        self.asked: list[str] = []
        self.hold, self.held = hold, []
        self.screen = visit.enter(
            query,
            path="compare",
            reduced_motion="reduce",
            meddle=lambda page: page.route("**/api/compare?**", self._pass),
            **options,
        )
        self.page = self.screen.page
        self.table = self.page.get_by_role("table", name="Optimizers at their best")

    def _pass(self, route) -> None:
        asked = parse_qs(urlsplit(route.request.url).query)
        (rule,) = asked["of"]
        self.asked.append(rule)
        if rule == self.hold:
            self.held.append(route)
        else:
            route.continue_()

    def release(self) -> None:
        """Let what was held go on."""
        self.hold = ""
        self.held.pop().continue_()

    def rows(self) -> list[list[str]]:
        return self.table.evaluate(ROWS)

    def names(self) -> list[str]:
        return [row[1] for row in self.rows()]

    def finished(self) -> list[list[str]]:
        """Return the rows once every optimizer is tuned."""
        expect(self.table).to_have_attribute("aria-busy", "false")
        return self.rows()

    def head(self, name: str):
        return self.table.get_by_role("columnheader", name=name, exact=True)


def test_the_table_fills_row_by_row_is_sorted_and_shown_again_by_its_link(visit):
    here = ComparePage(visit, hold="bfgs")
    # That these are the library's own is tested where no browser is needed.
    verdicts = here.page.request.get(f"{visit.server}/api/compare?{QUERY}").json()["verdicts"]
    names = [verdict["label"] for verdict in verdicts]
    expect(here.page.get_by_text("3 of 4 optimizers tuned")).to_be_visible()
    rows = here.rows()
    assert [row[1] for row in rows] == [*[name for name in names if name != "BFGS"], "BFGS"]
    assert rows[0][0] == "1"
    assert rows[-1][0] == "…"
    assert rows[-1][2] == "being tuned"
    here.release()
    rows = here.finished()
    assert here.asked == ["sgd", "momentum", "newton", "bfgs"]
    assert [row[1] for row in rows] == names
    figures = [(-verdict["reached"], verdict["median"] or math.inf) for verdict in verdicts]
    # Who has the same share and the same median has the same rank, and it is seen.
    ranks = [1 + sum(other < own for other in figures) for own in figures]
    assert [row[0] for row in rows] == [f"{one}{'=' * (ranks.count(one) > 1)}" for one in ranks]
    for row, verdict in zip(rows, verdicts, strict=True):
        shares = [float(row[place].partition(" %")[0]) for place in (3, 5, 6)]
        low, high = map(float, re.findall(r"\d+", row[3])[-2:])
        assert 0 <= low <= shares[0] <= high <= 100
        assert low < high
        exact = [100 * verdict[part] for part in ("reached", "diverged", "works")]
        assert shares == pytest.approx(exact, abs=0.51)
        median = re.match(r"\d+(?= \()", row[4])
        assert (int(median[0]) if median else None) == verdict["median"]
    outcome = here.screen.region("Comparison").get_by_role("status").filter(has_text="comes first")
    expect(outcome).to_contain_text(f"{names[0]} comes first")

    # By a click and by a key; the order goes into the address bar.
    here.head("Diverged").get_by_role("button").click()
    expect(here.head("Diverged")).to_have_attribute("aria-sort", "ascending")
    here.head("Optimizer").get_by_role("button").press("Enter")
    assert here.names() == sorted(names, key=str.lower)
    here.head("Optimizer").get_by_role("button").press("Enter")
    expect(here.head("Optimizer")).to_have_attribute("aria-sort", "descending")
    assert here.names() == sorted(names, key=str.lower, reverse=True)
    here.screen.until(lambda: here.screen.address().get("sort") == ["-name"], "the order")

    # What can be taken away.
    with here.page.expect_download() as begun:
        here.page.get_by_role("link", name="Download the table (CSV)").click()
    assert begun.value.suggested_filename == "optviz-rosenbrock.csv"
    table = [*csv.DictReader(io.StringIO(begun.value.path().read_text()))]
    assert [(row["rank"], row["name"]) for row in table] == [
        (str(rank), name) for rank, name in zip(ranks, names, strict=True)
    ]
    race = here.page.get_by_role("link", name="Race all 4 at their best")
    address, _, query = race.evaluate("(link) => link.href").partition("?")
    assert address == f"{visit.server}/"
    assert [lane.plain() for lane in Race.from_query(query).lanes] == [
        {part: verdict[part] for part in ("rule", "label", "values")} for verdict in verdicts
    ]

    there = ComparePage(visit, urlsplit(here.page.url).query, screen="phone")
    assert sorted(row[1] for row in there.finished()) == sorted(names)
    assert there.names() == here.names()
    assert there.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_changed_experiment_ends_the_old_one_and_asks_only_for_what_is_missing(visit):
    here = ComparePage(visit)
    here.finished()
    said = here.screen.region("Comparison")
    expect(said).to_contain_text("cannot be told apart from it by the share that arrives")
    expect(said).to_contain_text("This holds for Rosenbrock in this shape and this budget")
    works = here.head("Settings that work").get_by_role("button")
    expect(works).to_have_accessible_description(
        re.compile("of the 24 trials .* half of their 16 starts .* are of 20 other starts")
    )
    here.page.get_by_role("checkbox", name="Nesterov momentum", exact=True).check()
    expect(here.page.get_by_role("row", name="Nesterov momentum")).to_be_visible()
    assert here.finished()
    assert here.asked.count("newton") == 1
    here.screen.until(
        lambda: here.screen.address()["rules"] == ["sgd,momentum,newton,bfgs,nesterov"], "the link"
    )
    expect(here.page.get_by_role("checkbox", name="SGD always in it")).to_be_disabled()

    # While the new ones come, the old rows stand there, marked.
    here.asked, here.hold, before = [], "momentum", here.rows()
    field = here.screen.field("Steps of every run")
    field.fill("60")
    field.press("Enter")
    expect(here.page.get_by_text("1 of 5 optimizers tuned")).to_be_visible()
    assert here.table.locator(".ov-compare-old").count() == 4
    old, of_before = (
        next(row[1:7] for row in rows if row[1] == "BFGS") for rows in (here.rows(), before)
    )
    # How far a share can be trusted is said of the present experiment alone.
    of_before[2] = of_before[2].partition(" (")[0]
    assert old == of_before
    # Back again before it is done: what was asked for is dropped, the old verdicts are there.
    with here.page.expect_event("requestfailed"):
        field.fill("80")
        field.press("Enter")
    assert here.finished() == before
    assert here.asked == ["sgd", "momentum"]
    here.screen.until(lambda: here.screen.address()["steps"] == ["80"], "the steps in the link")


def test_what_cannot_be_compared_is_said_and_the_rest_is_shown(visit):
    visit.expects_refusals = True
    here = ComparePage(visit, "surface=saddle&rules=adom&steps=9999&trials=999&sort=size")
    said = here.screen.region("Comparison").locator(".ov-notices")
    for sentence in (
        "Saddle has no known minimum to arrive at",
        "There is no optimizer 'adom'. Did you mean 'adam'?",
        "There is no column 'size'.",
        "Here an optimizer may take 50,000,000 steps",
    ):
        expect(said).to_contain_text(sentence)
    assert here.names() == ["SGD"]
    assert here.asked == ["sgd"]
    field = here.screen.field("Steps of every run")
    field.fill("50")
    field.press("Enter")
    assert here.finished()[0][0] == "1"
    expect(said.get_by_role("button", name="Dismiss")).to_have_count(0)


def verdict_of(rule: str, reached: float) -> dict:
    """Return a verdict as the server tells it, with another share."""
    usual = {name: one.default for name, one in RULES[rule].hyperparameters.items()}
    lane = {"rule": rule, "label": rule, "values": usual | {"lr": 0.01}}
    steps = {"first_quartile": 5, "median": 9, "third_quartile": None}
    ranges = {"low": 0, "high": 1, "log": False, "integer": False}
    space = [{"name": name} | ranges for name in RULES[rule].hyperparameters]
    rest = {"reached": reached, "diverged": 0, "loss": 0, "works": 1, "space": space}
    return lane | steps | rest


# The share that arrives, by surface; on all others it is none.
SHARES = {
    "rosenbrock": {"sgd": 0.0, "adam": 0.9},
    "beale": {"sgd": 1.0, "adam": 0.2},
    "ravine": {"sgd": 0.5, "adam": 0.55},
}


def test_on_every_surface_it_is_said_whether_any_is_best_everywhere(visit):
    """The shares are made up here, so that what is said of them is known."""

    def answer(route) -> None:
        asked = {k: v[0] for k, v in parse_qs(urlsplit(route.request.url).query).items()}
        share = SHARES.get(asked["surface"], {}).get(asked["of"], 0.0)
        route.fulfill(json={"verdicts": [verdict_of(asked["of"], share)]})

    screen = visit.enter(
        "surface=rosenbrock&rules=adam&steps=80&trials=8&starts=100",
        path="compare",
        reduced_motion="reduce",
        meddle=lambda page: page.route("**/api/compare?**", answer),
    )
    page = screen.page
    known = [surface for surface in SURFACES.values() if surface.minima]
    page.locator(".ov-matrix-hold").wait_for(state="attached")
    page.evaluate(LISTEN)
    page.keyboard.press("Shift+O")
    expect(page.locator(".ov-key-said")).to_have_text("On every surface: shown")
    outcome = page.get_by_text("of these 2 optimizers none is among the best on all 3 surfaces")
    expect(outcome).to_contain_text("where any arrives; most often they are SGD and Adam, on 2.")
    expect(outcome).to_contain_text(f"On the other {len(known) - 3} none arrives from any start")
    quarters = ["A quarter is tuned.", "Half is tuned.", "Three quarters are tuned."]
    assert page.evaluate("heard") == [*quarters, outcome.inner_text()]
    table = page.get_by_role("table", name="Optimizers on every surface")
    assert table.get_by_role("link").count() == 2 * len(known)
    cell = table.get_by_role("link", name="SGD on Beale: 100 %, among the best")
    expect(cell).to_have_text("100")
    # Told once, and not again as its own description.
    expect(cell).to_have_accessible_description("")
    # A difference that a hundred starts cannot tell is none.
    ravine = table.get_by_role("link", name=re.compile("on Ravine: 5.*among the best"))
    expect(ravine).to_have_count(2)
    (query,) = {table.get_by_role("link", name="Adam on Beale").evaluate("(a) => a.search")}
    race = Race.from_query(query)
    assert (race.surface, race.steps, race.lanes[0].plain()["values"]["lr"]) == ("beale", 80, 0.01)
    screen.until(lambda: screen.address().get("everywhere") == ["1"], "the link to say so")

    # Before an audience: the outcome alone, all of its columns and both figures whole.
    page.keyboard.press("f")
    screen.until(lambda: page.evaluate("document.fullscreenElement !== null"), "the full screen")
    expect(screen.region("Experiment")).to_be_hidden()
    rows = table.get_by_role("row")
    corners = [
        row.locator(f"> :{end}-child")
        for row in (rows.first, rows.last)
        for end in ("first", "last")
    ]
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        large = height / 540
        screen.until(lambda large=large: not screen.small(12 * large - 0.1), "larger letters")
        assert page.evaluate("document.querySelector('.ov').scrollWidth <= innerWidth")
        for figure in page.evaluate(AXES):
            assert figure["numbers"] >= 3
            assert figure["crossed"] == 0
            assert figure["part"] > 0.15
        table.scroll_into_view_if_needed()
        for corner in corners:
            expect(corner).to_be_in_viewport(ratio=0.99)
