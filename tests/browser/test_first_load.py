"""What a first visit and a second one ask for, until a race is painted: counted, not timed."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from optviz.pages.frontend import INDEX
from tests.browser.proxy import shown_below
from tests.browser.screen import READY


class Traffic:
    """What a page asks for over the network, from when this begins."""

    def __init__(self, page: Page) -> None:
        self.hand = page.context.new_cdp_session(page)
        self._asked: dict[str, str] = {}
        self._kept: set[str] = set()
        self._open: set[str] = set()
        self.bytes = 0
        self.hand.send("Network.enable")
        self.hand.on("Network.requestWillBeSent", self._ask)
        self.hand.on("Network.requestServedFromCache", self._keep)
        self.hand.on("Network.responseReceived", self._receive)
        self.hand.on("Network.loadingFinished", self._finish)

    def _ask(self, event) -> None:
        self._asked[event["requestId"]] = event["request"]["url"]
        self._open.add(event["requestId"])

    def _keep(self, event) -> None:
        self._kept.add(event["requestId"])

    def _receive(self, event) -> None:
        if event["response"].get("fromDiskCache"):
            self._kept.add(event["requestId"])

    def _finish(self, event) -> None:
        self.bytes += event["encodedDataLength"]
        self._open.discard(event["requestId"])

    def wait(self, page: Page) -> None:
        """Wait until all that was asked has come: then it is known where from."""
        for _ in range(600):
            page.wait_for_timeout(50)
            if not self._open:
                return
        pytest.fail(f"has not come: {[self._asked[one] for one in self._open]}")

    @property
    def all(self) -> list[str]:
        """The addresses of all requests."""
        return [*self._asked.values()]

    @property
    def sent(self) -> list[str]:
        """The addresses of those that the browser could not answer by itself."""
        asked = (url for one, url in self._asked.items() if one not in self._kept)
        return [url for url in asked if url.startswith("http")]


@pytest.fixture
def first(visit):
    """A first visit with nothing kept, and what it has asked for when the race is painted."""
    opened = []
    screen = visit.enter(alone=True, meddle=lambda page: opened.append(Traffic(page)))
    screen.page.wait_for_function(READY)
    (traffic,) = opened
    return screen, traffic


def paths(urls: list[str], server: str) -> set[str]:
    """Return the paths of some addresses, without those of a release."""
    return {url.removeprefix(server).partition("?")[0] for url in urls}


def test_a_first_visit_asks_for_little_until_a_race_is_painted(first):
    _, traffic = first
    assert len(traffic.all) <= 32, traffic.all
    assert traffic.bytes <= 1.7e6
    assert not [url for url in traffic.all if "MaterialSymbols" in url]
    assert not [url for url in traffic.all if url.endswith("/plotly.min.js")]
    assert not [url for url in traffic.all if "/api/surface" in url]


def test_a_second_visit_asks_for_the_page_and_whether_the_server_is_well(first, visit):
    screen, _ = first
    # What comes ahead comes when the page has nothing else to do.
    screen.page.wait_for_function(
        "() => performance.getEntriesByName('ov:kernel')"
        ".some(({ detail }) => /^lines.all/.test(detail))"
        " && performance.getEntriesByType('resource').some(({ name, responseEnd }) =>"
        " name.includes('/api/draws?') && responseEnd > 0)"
    )
    screen.page.wait_for_load_state("networkidle")
    again = screen.page.context.new_page()
    traffic = Traffic(again)
    again.goto(visit.server)
    again.wait_for_function(READY)
    again.wait_for_load_state("networkidle")
    traffic.wait(again)
    well = {"/_stcore/health", "/_stcore/host-config"}
    assert paths(traffic.sent, visit.server) <= {"/", *well}
    assert traffic.bytes < 10_000


def test_what_draws_in_space_comes_when_it_is_opened(first):
    screen, traffic = first
    screen.button("3-D").click()
    expect(screen.page.locator(".ov-in-space")).to_have_count(1, timeout=60_000)
    assert len([url for url in traffic.all if url.endswith("/plotly.min.js")]) == 1


def test_a_menu_whose_sign_is_drawn_opens_and_needs_no_font(first):
    screen, traffic = first
    screen.button("Share").click()
    expect(screen.page.get_by_test_id("stCode").first).to_be_visible()
    sign = screen.page.locator(".stPopover [data-testid=stIconMaterial]")
    turned = sign.evaluate("(node) => getComputedStyle(node, '::before').transform")
    screen.page.keyboard.press("Escape")
    expect(screen.page.get_by_test_id("stCode")).to_have_count(0)
    # From up to down.
    assert sign.evaluate("(node) => getComputedStyle(node, '::before').transform") != turned
    assert not [url for url in traffic.all if "MaterialSymbols" in url]


def test_modules_that_come_one_by_one_make_the_same_page(visit):
    """A server that cannot put Streamlit's modules together serves them as they are."""

    def plain(page: Page) -> None:
        own = INDEX.read_text()
        page.route(
            lambda url: urlsplit(url).path == "/",
            lambda route: route.fulfill(body=own, content_type="text/html"),
        )

    screen = visit.enter("lane=adam", alone=True, meddle=plain)
    screen.ready()
    asked = screen.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert len([url for url in asked if "/static/js/" in url]) > 50
    assert screen.ink() > 200


def test_behind_a_proxy_all_that_is_asked_is_below_its_path(visit):
    with shown_below(visit.server, "course/optviz") as shown:
        context = visit.profiles.page("laptop", alone=True).context
        page = context.new_page()
        asked, missed = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda reply: missed.append(reply.url) if not reply.ok else None)
        page.goto(f"{shown}/?surface=booth&lane=adam")
        page.wait_for_function(READY)
        assert not [url for url in asked if url.startswith("http") and not url.startswith(shown)]
        assert not missed
        assert len(asked) <= 32
        page.get_by_role("button", name="Share").click()
        links = page.get_by_role("dialog").get_by_role("link")
        assert links.count() == 6
        for link in links.all():
            assert link.evaluate("(node) => node.href").startswith(f"{shown}/api/")
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Maps").click()
        page.wait_for_url(f"{shown}/maps?*")
        expect(page.locator(".ov canvas").first).to_be_visible()
        page.close()
