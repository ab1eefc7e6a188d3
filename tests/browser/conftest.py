"""A real server, a real browser, and pages that fail a test when something goes wrong in them."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import (
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.browser.screen import Screen

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
    # Newer releases draw in 3-D without a graphics card only if told so.
    "--enable-unsafe-swiftshader",
)
SCREENS = {"laptop": (1440, 900), "phone": (390, 844), "small phone": (360, 740)}
# As `make run` does: what was compiled once is not compiled again.
KEPT = {
    "JAX_COMPILATION_CACHE_DIR": str(ROOT / ".cache" / "jax"),
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real app, served as `make run` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=output, env=KEPT | os.environ
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    """Wait until the app answers; fail if it ends, or is silent for two minutes."""
    with httpx.Client(timeout=120) as client:
        for _ in range(600):
            try:
                client.get(f"{address}/_stcore/health").raise_for_status()
                return
            except httpx.HTTPError:
                if _ended(process, within=0.2):
                    break
    pytest.fail(f"the app did not start:\n{log.read_text()}")


def _ended(process: subprocess.Popen, within: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(within)
    return process.poll() is not None


class Profiles:
    """Browsers with a memory: what one visitor has loaded, the next need not.

    They keep it on a disk, where Chromium keeps the compiled code of libraries, too: a page takes
    half the time to load, which is most of what a test takes.
    """

    def __init__(self, chromium: BrowserType, program: str, folder: Path) -> None:
        self._launch = functools.partial(
            chromium.launch_persistent_context, executable_path=program, args=list(FLAGS)
        )
        self._folder = folder
        self._kept: dict[bool, BrowserContext] = {}
        self._alone: list[BrowserContext] = []

    def page(self, screen: str, *, alone: bool = False, **media: Any) -> Page:
        """Return a new page on a screen, with these media features.

        Screens that are touched share one browser, and so do all others; `alone` is one anew.
        """
        width, height = SCREENS[screen]
        touched = "phone" in screen
        if alone or touched not in self._kept:
            folder = self._folder / f"{len(self._kept)}-{len(self._alone)}"
            context = self._launch(folder, has_touch=touched, is_mobile=touched)
            if alone:
                self._alone.append(context)
            else:
                self._kept[touched] = context
        else:
            context = self._kept[touched]
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**media)
        return page

    def close(self, kept: bool = True) -> None:
        """Close the browsers of those who were alone, and those that are `kept`."""
        for context in [*self._alone, *(self._kept.values() if kept else ())]:
            context.close()
        self._alone.clear()


class Visit:
    """One visitor's browser: opens pages of the app and remembers what went wrong in them."""

    def __init__(self, profiles: Profiles, server: str) -> None:
        self.profiles, self.server = profiles, server
        self.pages: list[Page] = []
        self.faults: list[str] = []
        # Set by tests in which the server is away or refuses: then only scripts must not fail.
        self.expects_refusals = False

    def open(self, query: str = "", *, screen: str = "laptop", **options) -> Screen:
        """Open the race of `query` and wait until it is painted."""
        opened = self.enter(query, screen=screen, **options)
        opened.ready()
        return opened

    def enter(
        self,
        query: str = "",
        *,
        screen: str = "laptop",
        meddle: Callable[[Page], object] | None = None,
        path: str = "",
        **options,
    ) -> Screen:
        """Open the race of `query`, whatever comes of it; `meddle(page)` comes before it loads.

        `path` is another page of the server. `alone=True` is for a test that changes more of the
        browser than its page.
        """
        opened = Screen(self.profiles.page(screen, **options))
        self.pages.append(opened.page)
        opened.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        opened.page.on("console", self._hear)
        opened.page.on("requestfailed", self._miss)
        opened.page.on("request", self._leave)
        if meddle:
            meddle(opened.page)
        opened.page.goto(f"{self.server}/{path}?{query}".rstrip("?"))
        return opened

    def close(self) -> None:
        """Leave all pages, with nothing kept; what stops loading because of that is no fault."""
        found = list(self.faults)
        for page in self.pages:
            if page.url.startswith(self.server):
                page.evaluate("localStorage.clear()")
            page.close()
        self.profiles.close(kept=False)
        assert not found, found

    def _hear(self, message: ConsoleMessage) -> None:
        missed = message.text.startswith("Failed to load resource")
        # On other pages than the first, Streamlit looks for its server below the page's own path.
        sought = "/_stcore/" in message.location["url"]
        if message.type == "error" and not (missed and (sought or self.expects_refusals)):
            self.faults.append(f"console: {message.text}")

    def _miss(self, request: Request) -> None:
        # A map or a comparison that is not wanted any more is not waited for.
        long = any(f"/api/{kind}?" in request.url for kind in ("map", "compare"))
        # Nor is the page's picture in the browser's tab, when a test ends before it has come.
        unwanted = (long or "favicon" in request.url) and request.failure == "net::ERR_ABORTED"
        if not self.expects_refusals and not unwanted:
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _leave(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.faults.append(f"left the server: {request.url}")


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profiles]:
    """The system's own Chromium; `install-chromium` beside this file gets it."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "the browser tests need Chromium: run tests/browser/install-chromium"
    with sync_playwright() as playwright:
        opened = Profiles(playwright.chromium, path, tmp_path_factory.mktemp("profiles"))
        yield opened
        opened.close()


@pytest.fixture
def visit(profiles: Profiles, server: str) -> Iterator[Visit]:
    """A visitor; afterwards nothing may have failed, and nothing may have left the server."""
    visitor = Visit(profiles, server)
    yield visitor
    visitor.close()


@pytest.fixture
def still(visit):
    """Open a finished race at its start, and wait for what is shown closer."""

    def opened(query: str, **options):
        screen = visit.open(query, reduced_motion="reduce", **options)
        screen.results()
        screen.button("To the start (Home)").click()
        return screen

    return opened
