"""A real server, a real browser, and pages that fail a test when something goes wrong in them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENS = {"laptop": (1440, 900), "phone": (390, 844)}
PATIENCE = 30_000  # ms: two cores compile a new surface while a browser starts


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real app, served as `make run` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, env=os.environ)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    transport = httpx.HTTPTransport(retries=100)
    with httpx.Client(transport=transport, timeout=120) as client:
        while process.poll() is None:
            try:
                client.get(f"{address}/_stcore/health").raise_for_status()
                return
            except httpx.HTTPError:
                continue
    pytest.fail(f"the app did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium; `install-chromium` beside this file gets it."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "the browser tests need Chromium: run tests/browser/install-chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


class Visit:
    """One visitor's browser: opens pages of the app and remembers what went wrong in them."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def open(self, query: str = "", *, screen: str = "laptop", **options) -> Page:
        """Open the race of `query` and wait until it is painted."""
        width, height = SCREENS[screen]
        touch = {"has_touch": True, "is_mobile": True} if screen == "phone" else {}
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, **touch, **options
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        self._watch(page)
        page.goto(f"{self.server}/?{query}" if query else self.server)
        page.wait_for_function("performance.getEntriesByName('ov:painted').length > 0")
        return page

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((self.server, "data:", "blob:"))
                else self.faults.append(f"left the server: {request.url}")
            ),
        )


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """A visitor; afterwards nothing may have failed, and nothing may have left the server."""
    visitor = Visit(browser, server)
    yield visitor
    for context in visitor.contexts:
        context.close()
    aborted = [fault for fault in visitor.faults if "/api/race" not in fault]
    assert not aborted, aborted
