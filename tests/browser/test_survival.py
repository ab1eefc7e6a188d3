"""A page goes on without its server, says so once, and picks up by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import Server, Visit
from tests.browser.test_live import CLOSER, RACE, RATE, alive, dragged

WARNING = "The server does not answer. Sliders, start and play go on"


@pytest.fixture
def lone(tmp_path) -> Iterator[Server]:
    """A server of the test's own."""
    served = Server(tmp_path / "log")
    try:
        served.start()
        yield served
    finally:
        served.stop()


def rate_in_address(screen) -> bool:
    rate = f"lr:{screen.field(RATE).input_value()}"
    return rate in screen.address()["lane"][0].split(",")


def test_a_page_survives_its_server(profiles, lone):
    visitor = Visit(profiles, lone.address)
    screen = visitor.open(RACE, reduced_motion="reduce")
    alive(screen)
    said = screen.region("Paths").locator(".ov-notices")
    bar = screen.page.locator(".st-key-bar")
    lone.stop()
    # Streamlit's own choices would look as if they had done something.
    expect(bar).to_have_js_property("inert", True)
    expect(said).to_contain_text(WARNING)

    # Sliders, statuses, the address, the charts, playing.
    picture = screen.region("Loss").get_by_role("img")
    chart = picture.get_attribute("aria-label")
    dragged(screen, 50)
    screen.page.mouse.up()
    screen.until(lambda: rate_in_address(screen), "the address to follow")
    assert all(status for _, status, *_ in screen.results())
    expect(picture).not_to_have_attribute("aria-label", chart or "")
    screen.button("To the start (Home)").click()
    screen.button("Play").click()
    screen.until(lambda: 0 < screen.step() < 300, "the race to play")
    screen.pause()
    # Nothing lies over the page, however often Streamlit tries to reach its server.
    screen.page.wait_for_timeout(4000)
    expect(screen.page.locator(".stDialog")).to_be_hidden()
    dragged(screen, -30)
    screen.page.mouse.up()
    expect(said.locator("> *")).to_have_count(1)

    # Every step in numbers, as arrows and with its curvature, though nobody has looked before.
    for name, seen in zip(("Numbers", "Arrows", "Curvature"), CLOSER.values(), strict=True):
        screen.button(name).click()
        before = seen(screen)
        dragged(screen, 20)
        screen.page.mouse.up()
        screen.until(
            lambda seen=seen, before=before: seen(screen) != before, f"the {name} to follow"
        )
    expect(said.locator("> *")).to_have_count(1)

    # What was not in the race before comes, too: all of it is here.
    screen.button("Add optimizer").click()
    screen.page.get_by_role("button", name="Lion", exact=False).last.click()
    screen.until(lambda: all(status for _, status, *_ in screen.results()), "the new lane to run")
    assert len(screen.results()) == 3
    expect(said.locator("> *")).to_have_count(1)

    lone.start()
    expect(said).to_be_empty()
    expect(bar).to_have_js_property("inert", False)
    kept = screen.field(RATE).input_value()
    screen.page.wait_for_timeout(1000)
    expect(screen.field(RATE)).to_have_value(kept)
    dragged(screen, 20)
    screen.page.mouse.up()
    # As the server writes it: without what is as usual.
    # It may write the address of an earlier change first.
    written = lambda: "label" not in screen.page.url and rate_in_address(screen)  # noqa: E731
    screen.until(written, "the server's own address")
    # What a page says in its console of a server that is not there is no fault.
    visitor.faults.clear()
    visitor.close()


def test_a_network_that_is_cut_is_told_of_while_the_socket_stays_open(visit):
    visit.expects_refusals = True
    screen = visit.open(f"{RACE}&noise=0.1", reduced_motion="reduce", new=True)
    alive(screen)
    said = screen.region("Paths").locator(".ov-notices")
    basins = screen.page.get_by_role("list", name="Where Adam goes")
    screen.button("Basins").click()
    expect(basins).to_be_visible()
    # What makes maps comes with the first that follows a thumb.
    dragged(screen, 20)
    expect(basins).to_contain_text("≈")
    screen.page.mouse.up()
    screen.button("Basins").click()

    def cut(is_off: bool) -> None:
        rest = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        screen.hand.send("Network.emulateNetworkConditions", {"offline": is_off, **rest})

    screen.hand.send("Network.enable")
    cut(True)
    expect(said).to_contain_text(WARNING)
    dragged(screen, 30)
    screen.page.mouse.up()
    screen.until(lambda: rate_in_address(screen), "the address to follow")
    kept = screen.field(RATE).input_value()
    expect(screen.page.locator(".st-key-bar")).to_have_js_property("inert", True)

    # More steps than there are draws of the noise: what is seen is of before, and marked so.
    stage = screen.page.locator(".ov-stage")
    expect(stage).not_to_have_attribute("aria-busy", "true")
    steps = screen.field("Steps")
    steps.fill("9000")
    steps.press("Enter")
    expect(stage).to_have_attribute("aria-busy", "true")
    steps.fill("300")
    steps.press("Enter")
    expect(stage).not_to_have_attribute("aria-busy", "true")

    # A map that is switched on only now is made here, as well as that can be.
    screen.button("Basins").click()
    expect(basins).to_contain_text("≈")
    screen.button("Basins").click()

    cut(False)
    expect(said).to_be_empty()
    # A run of the script that began before may write what was.
    screen.until(lambda: rate_in_address(screen), "the address to be right again")
    screen.page.wait_for_timeout(1000)
    expect(screen.field(RATE)).to_have_value(kept)
    assert rate_in_address(screen)


@pytest.mark.parametrize(
    ("path", "query"), [("", RACE), ("maps", RACE), ("compare", "surface=beale&rules=adam,sgd")]
)
def test_where_the_connection_is_blocked_it_is_said_and_the_page_goes_on(visit, path, query):
    visit.expects_refusals = True
    blocked = True

    def block(socket: WebSocketRoute) -> None:
        if blocked:
            socket.close()
        else:
            socket.connect_to_server()

    meddle = lambda page: page.route_web_socket("**/_stcore/stream", block)  # noqa: E731
    screen = visit.enter(query, path=path, reduced_motion="reduce", new=True, meddle=meddle)
    page = screen.page
    said = page.locator(".ov-notices")
    expect(said).to_contain_text("is blocked on the way")
    expect(page.locator(".ov")).to_have_count(1)
    ways = page.get_by_role("navigation", name="Pages")
    expect(ways.locator("[aria-current=page]")).to_have_text((path or "race").title())
    expect(ways.get_by_role("link")).to_have_count(3)
    if path:
        return
    # Lessons are read from one to the next.
    ways.get_by_role("link", name="Lessons").click()
    screen.region("All lessons").get_by_role("link", name="The saddle").click()
    expect(screen.region("Lesson").get_by_role("heading", level=2)).to_have_text("The saddle")
    page.go_back()
    page.go_back()
    screen.ready()
    alive(screen)
    dragged(screen, 40)
    page.mouse.up()
    screen.until(lambda: rate_in_address(screen), "the address to follow")

    # Once there is a connection it is Streamlit's page, with all that was changed.
    kept = screen.field(RATE).input_value()
    blocked = False
    expect(page.locator(".ov-standin")).to_have_count(0, timeout=60_000)
    expect(screen.page.locator(".st-key-bar")).to_be_visible()
    expect(said).to_be_empty()
    expect(screen.field(RATE)).to_have_value(kept)
    assert rate_in_address(screen)
