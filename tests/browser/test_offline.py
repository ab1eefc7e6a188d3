"""A race in a file: opened from a disk with the network off, it plays and can be turned."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from optviz import run
from optviz.link import read
from tests.browser.screen import Screen
from tests.browser.test_accessibility import faults

RACE = "surface=beale&lane=sgd,lr:0.01&lane=momentum,lr:0.01,alpha:0.5&steps=200&noise=0.05&seed=3"


@pytest.fixture
def offline(profiles, server, tmp_path) -> Iterator[Screen]:
    """Open the file that the server makes of a race; it may ask for nothing, nor fail."""
    file = tmp_path / "race.html"
    file.write_bytes(httpx.get(f"{server}/api/race?{RACE}&format=html", timeout=60).content)
    page = profiles.page("laptop", alone=True, reduced_motion="reduce")
    page.context.set_offline(True)
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    inside = ("file:", "blob:", "data:")
    asked = lambda request: request.url.startswith(inside) or found.append(request.url)  # noqa: E731
    page.on("request", asked)
    page.goto(file.as_uri())
    screen = Screen(page)
    screen.ready()
    yield screen
    profiles.close(kept=False)
    assert found == []


def told(query: str) -> list[list[str]]:
    done = run(read(query).race)
    return [
        [lane.label, status.text] for lane, status in zip(done.race.lanes, done.status, strict=True)
    ]


def test_from_a_disk_without_a_network_it_runs_and_can_be_turned(offline):
    page = offline.page
    shown = lambda: [row[:2] for row in offline.results()]  # noqa: E731
    assert shown() == told(RACE)
    assert faults(offline) == []
    # A slider, the start, another optimizer: each path is the library's own.
    before = offline.loss("Momentum")
    rate = offline.field("Momentum: learning rate")
    rate.fill("0.005")
    rate.press("Enter")
    offline.changed_loss("Momentum", before)
    assert shown() == told(RACE.replace("momentum,lr:0.01", "momentum,lr:0.005"))
    before = offline.loss("SGD")
    x, y = offline.centre(offline.handle())
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=5)
    page.mouse.up()
    offline.changed_loss("SGD", before)
    page.keyboard.press("o")
    page.keyboard.type("adagrad")
    page.keyboard.press("Enter")
    offline.until(lambda: len(offline.table()) == 3, "a third optimizer")
    assert offline.results()[2][0] == "AdaGrad"
    # It plays; the charts and the numbers of the lines are there, and what needs a server is not.
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    offline.until(lambda: offline.step() > 20, "playing")
    page.keyboard.press("i")
    expect(page.locator(".ov-inspector")).to_be_visible()
    for name in ("Loss", "Gradient", "Distance", "Rate", "Schedule"):
        page.get_by_role("tab", name=name, exact=True).click()
        expect(offline.page.locator(".ov-chart canvas").first).to_be_visible()
    for name in ("Map", "Finder"):
        expect(page.get_by_role("tab", name=name)).to_have_count(0)
    for name in ("Basins", "3-D", "Link to this moment", "Sequence of moments"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    expect(page.get_by_role("combobox", name="Notation")).to_be_visible()
