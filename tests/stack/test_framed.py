"""Within a page of another site: where that is allowed, and with cookies of others blocked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_live import RACE, RATE
from tests.stack.test_faults import CONNECTED

COURSE = "http://course.example"
NO_COOKIES = "--test-third-party-cookie-phaseout"


@pytest.fixture(scope="module")
def framed(tmp_path_factory) -> Iterator[Server]:
    """A server whose pages a course may show within its own."""
    served = Server(tmp_path_factory.mktemp("framed") / "log", OPTVIZ_FRAME_ANCESTORS=COURSE)
    try:
        served.start()
        yield served
    finally:
        served.stop()


def shown(profiles, address: str, more: str = "") -> tuple[Page, FrameLocator]:
    """Return a page of the course that has a race in it, and the frame of that."""
    page = profiles.page("laptop", alone=True, flags=[NO_COOKIES], reduced_motion="reduce")
    frame = f'<iframe src="{address}/?{RACE}" width="1300" height="800" {more}></iframe>'
    body = f"<!doctype html><title>A course</title><h1>Week 3</h1>{frame}"
    page.route(f"{COURSE}/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{COURSE}/")
    return page, page.frame_locator("iframe")


@pytest.mark.parametrize("more", ["", "sandbox='allow-scripts allow-same-origin'"])
def test_a_course_shows_a_race_that_can_be_changed(profiles, framed, more):
    page, frame = shown(profiles, framed.address, more)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    field = frame.get_by_role("textbox", name=RATE)
    field.fill("0.02")
    field.press("Enter")
    expect(frame.get_by_role("row", name="Adam")).to_contain_text("not converged")
    expect(field).to_have_value("0.02")
    expect(frame.locator(CONNECTED)).to_have_count(1)
    expect(frame.get_by_role("combobox", name="Surface")).to_be_visible()
    assert page.context.cookies() == []
    assert faults == []
    profiles.close(kept=False)


def test_others_do_not(profiles, stack):
    page, frame = shown(profiles, stack.address)
    page.wait_for_timeout(3000)
    expect(frame.locator(".ov")).to_have_count(0)
    profiles.close(kept=False)
