"""Whatever dies or is cut, a page that is open is there again with all that it was."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import Server
from tests.browser.proxy import shown_below
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


@pytest.mark.parametrize("seconds", [30])
def test_a_socket_that_is_cut_for_long_comes_back_with_what_was_changed(visitor, seconds):
    """Only the socket: what is asked over HTTP is answered, so the server is not called silent."""
    is_cut = False
    open_: list[WebSocketRoute] = []

    def pass_on(socket: WebSocketRoute) -> None:
        if is_cut:
            socket.close()
        else:
            socket.connect_to_server()
            open_.append(socket)

    screen = visitor.enter(
        RACE,
        reduced_motion="reduce",
        new=True,
        meddle=lambda page: page.route_web_socket("**/_stcore/stream", pass_on),
    )
    screen.ready()
    alive(screen)
    is_cut = True
    for socket in open_:
        socket.close()
    expect(screen.page.locator(CONNECTED)).to_have_count(0)
    dragged(screen, 30)
    screen.page.mouse.up()
    kept = screen.field(RATE).input_value()
    screen.page.wait_for_timeout(1000 * seconds)
    # Nothing lies over the page meanwhile.
    expect(screen.page.locator(".stDialog")).to_be_hidden()
    is_cut = False
    expect(screen.page.locator(CONNECTED)).to_have_count(1, timeout=60_000)
    expect(screen.field(RATE)).to_have_value(kept)
    goes_on(screen, 20)
    visitor.faults.clear()


def test_a_proxy_that_ends_idle_connections_is_not_noticed(stack, visitor):
    """Some end what was silent for a minute, or for ten; here it is three seconds."""
    stack.start_nginx_with("proxy_read_timeout 1h", "proxy_read_timeout 3s")
    screen = opened(visitor)
    said = screen.region("Paths").locator(".ov-notices")
    dragged(screen, 30)
    screen.page.mouse.up()
    kept = screen.field(RATE).input_value()
    for _ in range(12):
        screen.page.wait_for_timeout(1000)
        expect(said).to_be_empty()
    expect(screen.field(RATE)).to_have_value(kept)
    goes_on(screen, 20)
    visitor.faults.clear()


def test_a_network_that_takes_a_second_each_way_is_only_slow(stack, visitor):
    with shown_below(stack.address, "far", delay=0.5) as far:
        visitor.server = far
        screen = visitor.enter(RACE, reduced_motion="reduce", new=True)
        screen.page.wait_for_selector(".ov", timeout=120_000)
        screen.ready()
        alive(screen)
        said = screen.region("Paths").locator(".ov-notices")
        goes_on(screen, 30)
        screen.button("Basins").click()
        expect(screen.page.get_by_role("list", name="Where Adam goes")).to_be_visible()
        screen.page.get_by_role("combobox", name="Surface").click()
        screen.page.get_by_role("option", name="Booth").click()
        screen.until(lambda: "surface=booth" in screen.page.url, "another surface")
        screen.until(lambda: all(status for _, status, *_ in screen.results()), "its race")
        expect(said).to_be_empty()


def whole_and_spoilt(folder: Path) -> tuple[Path, Path]:
    """Return what a server has kept, and the same with half of each file."""
    whole, spoilt = folder / "whole", folder / "spoilt"
    environment = {"JAX_COMPILATION_CACHE_DIR": str(whole)}
    first = Server(folder / "first.log", **environment)
    first.start()
    httpx.get(f"{first.address}/api/race", timeout=120).raise_for_status()
    first.stop()
    shutil.copytree(whole, spoilt)
    files = [path for path in spoilt.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
    return whole, spoilt


def test_a_cache_that_is_spoilt_or_cannot_be_written_costs_time_alone(stack, tmp_path):
    _, spoilt = whole_and_spoilt(tmp_path)
    (tmp_path / "file").touch()
    wanted = httpx.get(f"{stack.address}/api/race", timeout=120).content
    for folder in (spoilt, tmp_path / "file" / "below"):
        server = Server(tmp_path / "log", JAX_COMPILATION_CACHE_DIR=str(folder))
        try:
            server.start()
            reply = httpx.get(f"{server.address}/api/race", timeout=120)
            assert (reply.status_code, reply.content) == (200, wanted)
            page = httpx.get(f"{server.address}/", timeout=120)
            assert page.status_code == 200
        finally:
            server.stop()
