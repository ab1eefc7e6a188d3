"""A real server, a real browser, and pages that fail a test when something goes wrong in them."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
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
from tests.browser.serve import LEFT

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
    # A page that a test answers itself is of nowhere, and might not ask this machine for the rest.
    "--disable-features=LocalNetworkAccessChecks",
    # Newer releases draw in 3-D without a graphics card only if told so.
    "--enable-unsafe-swiftshader",
)
SCREENS = {"laptop": (1440, 900), "phone": (390, 844), "small phone": (360, 740)}
# Where the programs are that a browser runs races on.
KERNELS = "*/kernels/*"
# What a page is told of its visitor's wishes, unless a test says more.
UNMOVED: dict[str, Any] = dict.fromkeys(
    ("media", "color_scheme", "reduced_motion", "forced_colors"), "null"
)


class Server:
    """The real app in a process of its own, which can go away and come back."""

    def __init__(self, log: Path, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._log, self._environment = log, environment
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Serve the app, and wait until it answers."""
        command = [sys.executable, "-m", "tests.browser.serve", str(self.port)]
        environment = os.environ | self._environment
        with self._log.open("a") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output
            )
        _wait(self.address, self._process, self._log)

    def stop(self) -> None:
        """End it, if it was started; it must not have asked anybody elsewhere for anything."""
        if self._process:
            self._process.terminate()
            self._process.wait(30)
            assert not [line for line in self._log.read_text().splitlines() if LEFT in line]

    def kill(self) -> None:
        """End it as a lack of memory would."""
        assert self._process
        self._process.kill()
        self._process.wait(30)

    def resume(self) -> None:
        """Start it again if it has ended."""
        if not self._process or self._process.poll() is not None:
            self.start()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real app."""
    served = Server(tmp_path_factory.mktemp("server") / "log")
    try:
        served.start()
        yield served.address
    finally:
        served.stop()


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

    They keep it on a disk, where Chromium keeps the compiled code of libraries, too, and a page
    that was left is used again: that loads in half of the time, which is most of a test's.
    """

    def __init__(self, chromium: BrowserType, program: str, folder: Path) -> None:
        self._launch = functools.partial(
            chromium.launch_persistent_context, executable_path=program
        )
        self._folder = folder
        self._kept: dict[bool, BrowserContext] = {}
        self._alone: list[BrowserContext] = []
        self._left: dict[bool, Page] = {}

    def page(
        self,
        screen: str,
        *,
        alone: bool = False,
        new: bool = False,
        flags: Sequence[str] = (),
        **media: Any,
    ) -> Page:
        """Return an empty page on a screen, with these media features.

        Screens that are touched share one browser, and so do all others; `alone` is one anew, which
        may have `flags`, and `new` a page that nobody has used.
        """
        width, height = SCREENS[screen]
        touched = "phone" in screen
        left = None if alone or new else self._left.pop(touched, None)
        page = left or self._context(touched, alone, flags).new_page()
        page.bring_to_front()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**UNMOVED | media)
        return page

    def _context(self, touched: bool, alone: bool, flags: Sequence[str]) -> BrowserContext:
        if not alone and touched in self._kept:
            return self._kept[touched]
        folder = self._folder / f"{len(self._kept)}-{len(self._alone)}"
        context = self._launch(folder, has_touch=touched, is_mobile=touched, args=[*FLAGS, *flags])
        if alone:
            self._alone.append(context)
        else:
            self._kept[touched] = context
        return context

    def leave(self, page: Page) -> None:
        """Take back a page in which nothing is to be kept; one is enough for each browser."""
        for touched, context in self._kept.items():
            if page.context is context and touched not in self._left:
                page.unroute_all()
                if not touched:
                    page.mouse.up()
                    page.mouse.move(0, 0)
                page.goto("about:blank")
                self._left[touched] = page
                return
        page.close()

    def close(self, kept: bool = True) -> None:
        """Close the browsers of those who were alone, and those that are `kept`."""
        for context in [*self._alone, *(self._kept.values() if kept else ())]:
            context.close()
        self._alone.clear()


class Visit:
    """One visitor's browser: opens pages of the app and remembers what went wrong in them."""

    def __init__(self, profiles: Profiles, server: str) -> None:
        self.profiles, self.server = profiles, server
        self.screens: list[Screen] = []
        self.faults: list[str] = []
        # Set by tests in which the server is away or refuses: then only scripts must not fail.
        self.expects_refusals = False
        self._ears: dict[Any, Callable] = {
            "pageerror": lambda error: self.faults.append(f"script: {error}"),
            "console": self._hear,
            "requestfailed": self._miss,
            "request": self._leave,
        }
        self._spoilt: list[Page] = []

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
        without: str = "",
        path: str = "",
        asking: bool = False,
        **options,
    ) -> Screen:
        """Open the race of `query`, whatever comes of it; `meddle(page)` comes before it loads.

        What it asks for at `without` does not come, see `Screen.cut_off`. `path` is another page of
        the server. `new=True` is for a test that changes what its page does whatever it loads,
        `alone=True` for one that changes more of the browser. `asking`: no programs come, so that
        the page has the server run its races.
        """
        if asking:
            options["new"] = True
        opened = Screen(self.profiles.page(screen, **options))
        if options.get("new"):
            self._spoilt.append(opened.page)
        self.screens.append(opened)
        for event, ear in self._ears.items():
            opened.page.on(event, ear)
        if meddle:
            meddle(opened.page)
        if without or asking:
            opened.cut_off(*filter(None, [without, KERNELS * asking]))
        opened.page.goto(f"{self.server}/{path}?{query}".rstrip("?"))
        return opened

    def close(self) -> None:
        """Leave all pages, with nothing kept; what stops loading because of that is no fault."""
        found = list(self.faults)
        for screen in self.screens:
            page = screen.page
            screen.let_go()
            if page.url.startswith(self.server):
                page.evaluate("localStorage.clear(); sessionStorage.clear()")
            for event, ear in self._ears.items():
                page.remove_listener(event, ear)
            # What is on its way then is nobody's any more.
            page.unroute_all(behavior="ignoreErrors")
            if page in self._spoilt:
                page.close()
            else:
                self.profiles.leave(page)
        self.profiles.close(kept=False)
        assert not found, found

    def _hear(self, message: ConsoleMessage) -> None:
        missed = message.text.startswith("Failed to load resource")
        # On other pages than the first, Streamlit looks for its server below the page's own path.
        sought = "/_stcore/" in message.location["url"]
        if message.type == "error" and not (missed and (sought or self.expects_refusals)):
            self.faults.append(f"console: {message.text}")

    def _miss(self, request: Request) -> None:
        # What is not wanted any more is not waited for, nor a race that was run here meanwhile.
        asked = ("map", "compare", "race", "rates", "inspection")
        long = any(f"/api/{kind}?" in request.url for kind in asked)
        # Nor are the page's picture in the browser's tab and the programs for the next change, when
        # a test ends before they have come.
        quick = ("favicon", "/kernels/", "/draws?", "/pictures", "/qr?")
        late = any(part in request.url for part in quick)
        unwanted = (long or late) and request.failure == "net::ERR_ABORTED"
        # What was cut off for `asking`.
        unwanted |= "/kernels/" in request.url and "inspector" in (request.failure or "")
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
