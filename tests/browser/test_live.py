"""The live plane: a drag is followed by the browser alone, as the server would follow it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from optviz import Race, run
from tests.browser.closer import figure, forward, values

RATE = "Adam: learning rate"
RACE = "surface=beale&lane=adam,lr:0.05&lane=momentum,lr:0.001,alpha:0.9&steps=300"
NOISE = f"{RACE}&noise=0.1&seed=7&schedule=cosine,end:0.1&change=100:0,lr:0.01"
KERNELS = "() => performance.getEntriesByName('ov:kernel').map(({ detail }) => detail)"
WANTED = "() => performance.getEntriesByName('ov:input').map((mark) => mark.detail)"


def alive(screen, surface: str = "beale") -> None:
    """Wait until the programs of a surface are there."""
    all_ = {f"all/{surface}", f"lines/all/{surface}"}
    screen.until(lambda: all_ <= {*screen.page.evaluate(KERNELS)}, "the programs")


def asked(screen) -> list[str]:
    """Return a list that fills with what the page asks for from now on."""
    requests: list[str] = []
    screen.page.on("request", lambda request: requests.append(request.url))
    return requests


def dragged(screen, way: float) -> str:
    """Drag the thumb of Adam's rate, wait for Adam's new loss, and return it; it is held still."""
    x, y = screen.thumb(screen.slider(RATE))
    before = screen.loss("Adam")
    screen.press(x, y)
    screen.page.mouse.move(x + way, y, steps=20)
    return screen.changed_loss("Adam", before)


@pytest.mark.parametrize("chart", ["loss", "slope", "distance", "schedule"])
def test_a_drag_and_a_play_ask_nobody(visit, chart):
    screen = visit.open(f"{RACE}&chart={chart}", reduced_motion="reduce")
    alive(screen)
    requests = asked(screen)
    dragged(screen, 50)
    screen.page.mouse.up()
    screen.until(lambda: "lr:0.05" not in screen.page.url, "the address bar to follow")
    screen.button("Restart").or_(screen.button("Play")).first.click()
    screen.until(lambda: 0 < screen.step() < 300, "the race to play")
    screen.pause()
    assert requests == []


def test_shape_start_and_zoom_ask_nobody(visit):
    screen = visit.open("surface=rosenbrock&lane=adam&steps=300", reduced_motion="reduce")
    alive(screen, "rosenbrock")
    screen.until(lambda: screen.contour().count("\n") > 4, "the fine contour")
    requests, lines, loss = asked(screen), screen.contour(), screen.loss("Adam")
    x, y = screen.thumb(screen.slider("steepness of the walls"))
    screen.press(x, y)
    screen.page.mouse.move(x - 60, y, steps=10)
    loss = screen.changed_loss("Adam", loss)
    screen.until(lambda: screen.contour() != lines, "the contour to follow")
    screen.page.mouse.up()
    start = screen.handle()
    start.focus()
    start.press("ArrowRight")
    screen.changed_loss("Adam", loss)
    ticks = screen.ticks()
    screen.button("Zoom in").click()
    screen.until(lambda: screen.ticks() != ticks, "the zoom")
    screen.page.wait_for_timeout(500)
    assert [url for url in requests if "/api/" in url] == []


@pytest.mark.parametrize("query", [RACE, NOISE, f"{RACE}&start=-4,3.5", f"{RACE}&lane=sgd,lr:9"])
def test_it_says_what_the_server_says(visit, query):
    screen = visit.open(query, reduced_motion="reduce")
    alive(screen)
    requests = asked(screen)
    dragged(screen, 30)
    screen.page.mouse.up()
    screen.until(lambda: "lr:0.05" not in screen.page.url, "the address bar to follow")
    assert not [url for url in requests if "/api/race" in url]
    race = Race.from_query(urlsplit(screen.page.url).query)
    told = {row[0]: row[1] for row in screen.results()}
    assert [*told.values()] == [status.text for status in run(race).status]


def test_once_the_programs_are_there_nobody_waits_for_the_server(visit):
    never = lambda page: page.route("**/api/race?*", lambda _: None)  # noqa: E731
    screen = visit.open(RACE, reduced_motion="reduce", meddle=never, new=True)
    alive(screen)
    # Longer than the page waits before it says so.
    screen.page.wait_for_timeout(500)
    expect(screen.region("Results")).not_to_have_attribute("aria-busy", "true")
    assert screen.results()
    expect(screen.page.get_by_text("Computing")).to_have_count(0)


def test_without_programs_the_server_runs_each_race_once_and_none_that_the_thumb_does_not_pass(
    visit,
):
    screen = visit.open(RACE, reduced_motion="reduce", asking=True)
    requests = asked(screen)
    dragged(screen, 60)
    races = [urlsplit(url).query for url in requests if "/api/race?" in url]
    passed = set(screen.page.evaluate(WANTED))
    screen.page.mouse.up()
    assert len(races) > 3
    assert len(races) == len(set(races))
    assert set(races) <= passed
    assert screen.page.get_by_role("status").filter(has_text="server").count() == 0


# What is said and drawn of a step, by the switch that shows it.
CLOSER = {
    "numbers": values,
    "arrows": lambda screen: screen.page.locator(".ov-closer").evaluate(
        "(canvas) => canvas.toDataURL()"
    ),
    "curvature": lambda screen: figure(screen, "Curvatures"),
}


@pytest.mark.parametrize("shown", CLOSER)
def test_who_looks_closer_asks_nobody_either(still, shown):
    screen, seen = still(f"{RACE}&show={shown}"), CLOSER[shown]
    alive(screen)
    forward(screen, 5)
    requests, before = asked(screen), seen(screen)
    dragged(screen, 50)
    screen.until(lambda: seen(screen) != before, "what is shown to follow")
    screen.page.mouse.up()
    screen.until(lambda: "lr:0.05" not in screen.page.url, "the address bar to follow")
    at_rest = seen(screen)
    screen.page.locator("[data-lane='1']").click(position={"x": 3, "y": 3})
    screen.until(lambda: seen(screen) != at_rest, "what is shown of the other lane")
    assert [url for url in requests if "/api/" in url] == []


@pytest.mark.parametrize(
    ("missing", "inspected"), [("*/kernels/lines/all/*", False), ("*/kernels/lines/*", True)]
)
def test_only_where_no_program_of_the_lines_comes_the_server_inspects(still, missing, inspected):
    screen = still(RACE, without=missing, new=True)
    screen.until(lambda: "all/beale" in screen.page.evaluate(KERNELS), "the programs")
    forward(screen, 5)
    requests = asked(screen)
    screen.button("Numbers").click()
    before = values(screen)
    screen.until(lambda: any("lines/adam/beale" in url for url in requests), "the program")
    dragged(screen, 50)
    screen.page.mouse.up()
    screen.until(lambda: values(screen) != before, "the numbers to follow")
    assert any("/api/inspection?" in url for url in requests) == inspected
    assert screen.page.get_by_role("status").filter(has_text="server").count() == 0
