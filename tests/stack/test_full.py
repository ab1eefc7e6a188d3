"""A server that has as many pages as it takes says so to the next one, which goes on without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server, Visit
from tests.browser.test_live import RACE, RATE, alive, dragged
from tests.stack.test_faults import CONNECTED


@pytest.fixture
def small(tmp_path) -> Iterator[Server]:
    """A server that one page may be connected to."""
    served = Server(tmp_path / "log", OPTVIZ_SESSIONS="1")
    try:
        served.start()
        yield served
    finally:
        served.stop()


def test_the_next_page_is_told_works_and_comes_in_when_there_is_room(profiles, small):
    visitor = Visit(profiles, small.address)
    visitor.expects_refusals = True
    first = visitor.open(RACE, reduced_motion="reduce", new=True)
    expect(first.page.locator(CONNECTED)).to_have_count(1)
    second = visitor.enter(RACE, reduced_motion="reduce", new=True)
    said = second.page.locator(".ov-notices")
    expect(said).to_contain_text("As many pages are connected as the server takes")
    second.ready()
    alive(second)
    dragged(second, 40)
    second.page.mouse.up()
    kept = second.field(RATE).input_value()
    first.page.goto("about:blank")
    expect(second.page.locator(CONNECTED)).to_have_count(1, timeout=60_000)
    expect(said).to_be_empty()
    expect(second.field(RATE)).to_have_value(kept)
    visitor.faults.clear()
    visitor.close()
