"""Whatever dies or is cut, a page that is open is there again with all that it was."""

from __future__ import annotations

import threading
from collections import Counter

import httpx
from playwright.sync_api import expect

from tests.browser.test_live import RACE, RATE, alive, dragged
from tests.browser.test_survival import rate_in_address

CONNECTED = "[data-test-connection-state=CONNECTED]"


def opened(visitor):
    screen = visitor.open(RACE, reduced_motion="reduce", new=True)
    alive(screen)
    return screen


def goes_on(screen, way: float) -> None:
    """A drag is seen, and Streamlit writes it into the address."""
    dragged(screen, way)
    screen.page.mouse.up()
    screen.until(lambda: rate_in_address(screen), "the address to follow")
    # As a server writes it: without what is as usual.
    screen.until(lambda: "label" not in screen.page.url, "the server's own address")


def test_a_server_that_is_killed_is_not_missed(stack, visitor):
    """Several pages, so that some are connected to it whichever it is."""
    screens = [opened(visitor) for _ in range(3)]
    for screen in screens:
        dragged(screen, 30)
        screen.page.mouse.up()
    kept = [screen.field(RATE).input_value() for screen in screens]
    stack.servers[0].kill()
    for screen, rate in zip(screens, kept, strict=True):
        screen.page.bring_to_front()
        expect(screen.page.locator(CONNECTED)).to_have_count(1)
        expect(screen.field(RATE)).to_have_value(rate)
        goes_on(screen, -20)
        expect(screen.region("Paths").locator(".ov-notices")).to_be_empty()


def test_what_is_under_way_on_a_server_that_is_killed_is_asked_of_the_other(stack):
    """Nobody who asks for data is told of it."""
    found: Counter[int] = Counter()
    stop = threading.Event()

    def ask(number: int) -> None:
        with httpx.Client(base_url=stack.address, timeout=60) as client:
            k = 0
            while not stop.is_set():
                k += 1
                found[client.get(f"/api/race?steps={100 + k}&seed={number}").status_code] += 1

    askers = [threading.Thread(target=ask, args=[number]) for number in range(4)]
    for one in askers:
        one.start()
    stop.wait(1)
    stack.servers[1].kill()
    stop.wait(3)
    stop.set()
    for one in askers:
        one.join(60)
    assert set(found) == {200}, found
    assert found[200] > 20


def test_nginx_that_begins_anew_is_told_of_and_not_missed(stack, visitor):
    screen = opened(visitor)
    said = screen.region("Paths").locator(".ov-notices")
    stack.stop_nginx()
    expect(said).to_contain_text("The server does not answer.")
    dragged(screen, 30)
    screen.page.mouse.up()
    kept = screen.field(RATE).input_value()
    stack.start_nginx()
    expect(said).to_be_empty()
    expect(screen.field(RATE)).to_have_value(kept)
    goes_on(screen, 20)
    # What Streamlit says in its console while it is cut off is no fault.
    visitor.faults.clear()


def test_a_reply_that_breaks_off_is_asked_for_again(visitor):
    screen = opened(visitor)
    broken = 0

    def cut(route) -> None:
        nonlocal broken
        broken += 1
        if broken > 1:
            return route.continue_()
        body = route.fetch().body()
        return route.fulfill(body=body[: len(body) // 2])

    screen.page.route("**/api/map?*", cut)
    screen.button("Basins").click()
    legend = screen.page.get_by_role("list", name="Where Adam goes")
    expect(legend).to_be_visible()
    screen.until(lambda: broken > 1, "another try")
    expect(screen.region("Paths").locator(".ov-notices")).to_be_empty()
