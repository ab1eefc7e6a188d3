"""Trouble: what explodes, stands still, lies outside or does not answer gets a sentence."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from optviz.pages.hosted import NOT_ALL_USED
from optviz.race import DEFAULT
from tests.browser.conftest import KERNELS


def test_a_rate_that_explodes_says_when_the_path_left(visit):
    screen = visit.open("lane=sgd,lr:10&lane=adam,lr:0.05&steps=100", reduced_motion="reduce")
    sgd, adam = screen.results()
    assert sgd[1].startswith("diverged at step ")
    # The table says more than there is room or patience for elsewhere.
    diverged = sgd[1].partition("; ")[0]
    step = int(diverged.removeprefix("diverged at step "))
    assert sgd[2:4] == ["–", "–"]  # noqa: RUF001
    assert not adam[1].startswith("diverged")
    expect(screen.region("Equation")).to_contain_text(diverged)
    screen.button("To the start (Home)").click()
    expect(screen.region("Equation")).not_to_contain_text("diverged")
    # The position with which it left is still shown; behind it there is none.
    for _ in range(step):
        screen.button("One step on (right arrow)").click()
    expect(screen.page.get_by_role("status").filter(has_text=f"Step {step} of")).to_contain_text(
        f"SGD: {diverged}."
    )
    screen.button("One step on (right arrow)").click()
    expect(screen.region("Equation")).to_contain_text(diverged)
    # Turned down again, it comes back.
    field = screen.field("SGD: learning rate")
    field.fill("0.001")
    field.press("Enter")
    screen.until(lambda: not screen.results()[0][1].startswith("diverged"), "the path to return")


def test_results_of_before_are_faint_while_others_are_long_in_coming(visit):
    screen = visit.open("lane=sgd&lane=adam&steps=100", reduced_motion="reduce", asking=True)
    screen.results()
    results = screen.region("Results")
    expect(results).to_have_css("opacity", "1")
    screen.page.route("**/api/race?*", lambda _: None)
    screen.slider("SGD: learning rate").press("ArrowRight")
    expect(results).to_have_css("opacity", "0.4")
    expect(results).to_have_attribute("aria-busy", "true")
    # What was held back goes on its way.
    screen.page.unroute("**/api/race?*")
    expect(results).to_have_css("opacity", "1")
    expect(results).to_have_attribute("aria-busy", "false")


def test_what_is_wrong_with_a_link_is_short_and_dismissing_it_keeps_the_keyboards_place(visit):
    screen = visit.open("surface=nope&lane=qqqq&lane=sgd&steps=100", reduced_motion="reduce")
    said = screen.region("Paths").locator(".ov-notices")
    rest = said.get_by_text("goldstein_price")
    expect(said).to_contain_text("There is no surface 'nope'.")
    expect(rest).to_be_hidden()
    dismiss = said.get_by_role("button", name="Dismiss")
    # What stands in for what is wrong is said once, above.
    expect(dismiss).to_have_count(3)
    expect(said.locator("> *").first).to_contain_text(NOT_ALL_USED)
    dismiss.first.press("Enter")
    expect(dismiss).to_have_count(2)
    expect(dismiss.first).to_be_focused()
    said.get_by_text("There is no surface 'nope'.").press("Enter")
    expect(rest).to_be_visible()

    # The focus goes to the next sentence, then to the picture, where the player's keys count.
    dismiss.first.press("Enter")
    expect(dismiss).to_have_count(1)
    expect(said).to_contain_text("There is no optimizer 'qqqq'.")
    expect(dismiss).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(said).to_be_empty()
    expect(screen.page.get_by_role("figure")).to_be_focused()
    screen.page.keyboard.press("Home")
    screen.until(lambda: screen.step() == 0, "the key to count")
    screen.page.keyboard.press("Tab")
    expect(screen.handle()).to_be_focused()


def test_a_start_without_a_slope_says_so(visit):
    screen = visit.open("surface=saddle&start=0,0&lane=sgd", reduced_motion="reduce")
    expect(screen.region("Paths").locator(".ov-notices")).to_contain_text("gradient")
    screen.handle().press("Shift+ArrowRight")
    expect(screen.region("Paths").locator(".ov-notices")).not_to_contain_text("gradient")


def test_the_axes_follow_a_start_outside_the_domain(visit):
    screen = visit.open("start=5,-4&lane=adam&steps=50", reduced_motion="reduce")
    assert {"5", "−4"} <= set(screen.ticks())  # noqa: RUF001
    box = screen.page.locator(".ov-plot .nsewdrag").bounding_box()
    x, y = screen.centre(screen.handle())
    assert box
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]
    expect(screen.handle()).to_have_attribute("aria-valuetext", "x 5.00, y −4.00")  # noqa: RUF001


def test_a_server_that_goes_away_is_told_of_and_asked_again(visit):
    visit.expects_refusals = True
    screen = visit.open("lane=adam,lr:0.05&steps=300", reduced_motion="reduce", asking=True)
    page, loss = screen.page, screen.loss("Adam")
    said = screen.region("Paths").locator(".ov-notices")
    page.route("**/api/race?*", lambda route: route.abort())
    x, y = screen.thumb(screen.slider("Adam: learning rate"))
    screen.press(x, y)
    page.mouse.move(x + 40, y, steps=5)
    expect(said).to_contain_text("The server does not answer.")
    assert screen.loss("Adam") == loss
    assert screen.ink() > 1000
    page.mouse.up()
    page.unroute("**/api/race?*")
    screen.changed_loss("Adam", loss)
    expect(said).to_be_empty()
    rate = f"lr:{screen.field('Adam: learning rate').input_value()}"
    screen.until(lambda: rate in screen.address()["lane"][0], "the rate in the address bar")


def test_a_missing_server_is_told_of_once_and_beside_a_phones_picture(visit):
    visit.expects_refusals = True
    query = "lane=adam,lr:0.05&steps=300&show=basins,numbers"
    screen = visit.open(query, reduced_motion="reduce", screen="phone", asking=True)
    screen.results()
    page = screen.page
    said = screen.region("Paths").locator(".ov-notice")
    page.route("**/api/*?*", lambda route: route.abort())
    tried: set[str] = set()
    page.on("requestfailed", lambda request: tried.add(urlsplit(request.url).path))
    screen.slider("Adam: learning rate").press("ArrowRight")
    screen.until(lambda: {"/api/race", "/api/map"} <= tried, "several that are missed")
    expect(said).to_have_count(1)
    expect(said).to_contain_text("The server does not answer.")
    picture, sentence = page.locator(".ov-plot").bounding_box(), said.bounding_box()
    assert picture
    assert sentence
    assert sentence["y"] >= picture["y"] + picture["height"]
    said.get_by_role("button", name="Dismiss").click()
    # Nor do the others come in its place.
    expect(said).to_have_count(0)
    page.unroute("**/api/*?*")


def test_a_refused_race_is_told_of_and_the_next_one_works(visit):
    visit.expects_refusals = True
    screen = visit.open("lane=sgd,lr:0.001&steps=100", reduced_motion="reduce", asking=True)
    said = screen.region("Paths").locator(".ov-notices")
    refusal = {"detail": "Too steep.", "problems": ["The server finds this too steep."]}
    screen.page.route("**/api/race?*", lambda route: route.fulfill(status=422, json=refusal))
    field = screen.field("SGD: learning rate")
    field.fill("0.004")
    field.press("Enter")
    expect(said).to_contain_text("The server finds this too steep.")
    # What was held back goes on its way.
    screen.page.unroute("**/api/race?*")
    field.fill("0.003")
    field.press("Enter")
    expect(said).to_be_empty()


@pytest.mark.parametrize("part", ["catalogue.json", "player.js"])
def test_a_page_that_does_not_load_says_so_and_is_tried_again(visit, part):
    visit.expects_refusals = True
    screen = visit.enter(without=f"*/api/player/*/{part}", reduced_motion="reduce", new=True)
    sentence = screen.page.get_by_text("This page could not be loaded.")
    expect(sentence).to_be_visible()
    screen.let_go()
    screen.ready()
    expect(sentence).to_have_count(0)
    assert len(screen.results()) == len(DEFAULT.lanes)


def test_a_picture_that_does_not_come_gets_a_sentence_and_the_rest_works(visit):
    visit.expects_refusals = True
    screen = visit.enter(
        "lane=adam,lr:0.05&steps=300",
        without="*/plotly-cartesian.min.js",
        reduced_motion="reduce",
    )
    said = screen.region("Paths").locator(".ov-notices")
    expect(said).to_have_text(re.compile("^The picture could not be loaded. It is tried again"))
    loss = screen.loss("Adam")
    field = screen.field("Adam: learning rate")
    field.fill("0.02")
    field.press("Enter")
    screen.changed_loss("Adam", loss)
    rated = lambda: screen.address()["lane"][0].startswith("adam,lr:0.02")  # noqa: E731
    screen.until(rated, "the rate in the address bar")
    screen.button("To the start (Home)").click()
    screen.button("One step on (right arrow)").click()
    expect(screen.region("Equation")).to_contain_text("1 of 300")
    expect(screen.region("Loss").get_by_role("img")).to_be_visible()
    expect(said).to_contain_text("The picture could not be loaded.")
    screen.let_go()
    screen.ready()
    expect(said).to_be_empty()


@pytest.mark.parametrize(
    ("asked", "link"),
    [
        ("surface", "surface=booth"),
        ("surface", "surface=booth&show=space"),
        ("map", "surface=booth&show=basins"),
        ("map", "surface=booth&chart=map"),
        ("rates", "surface=booth&chart=finder"),
        ("slopes", "surface=booth&chart=slope"),
        ("ensemble", "surface=booth&show=seeds&noise=1"),
        ("inspection", "surface=booth&show=numbers"),
    ],
)
def test_whatever_does_not_come_is_told_of_and_asked_again(visit, asked, link):
    visit.expects_refusals = True
    screen = visit.enter(
        f"{link}&lane=sgd,lr:0.01&steps=50",
        without=f"*/api/{asked}?*",
        reduced_motion="reduce",
        asking=True,
    )
    said = screen.region("Paths").locator(".ov-problem")
    expect(said).to_contain_text("every few seconds")
    came: list[str] = []
    screen.page.on("requestfinished", lambda request: came.append(request.url))
    # With the programs the page would compute some of it itself.
    screen.cut_off(KERNELS)
    screen.until(lambda: any(f"/api/{asked}?" in url for url in came), "it to be asked again")
    expect(said).to_have_count(0)


BROKEN = """() => {
  window.sound = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = () => { throw new Error("no ink"); };
}"""


def test_an_error_of_the_page_is_told_as_its_own_and_the_next_map_takes_it_back(visit):
    screen = visit.open("surface=booth&lane=sgd,lr:0.01&steps=50", reduced_motion="reduce")
    said = screen.region("Paths").locator(".ov-problem")
    screen.page.evaluate(BROKEN)
    screen.page.keyboard.press("b")
    expect(said).to_contain_text("This page has a fault: no ink.")
    expect(said).not_to_contain_text("server")
    assert visit.faults, "it is logged"
    assert all("no ink" in fault for fault in visit.faults)
    visit.faults.clear()
    screen.page.evaluate("() => { CanvasRenderingContext2D.prototype.putImageData = sound; }")
    screen.handle().press("ArrowRight")
    screen.field("SGD: learning rate").fill("0.02")
    screen.field("SGD: learning rate").press("Enter")
    expect(said).to_have_count(0)
