"""The race page as its visitor sees it: what stands on it, and what can be done with it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import CDPSession, Locator, Page, expect

PATIENCE = 30_000  # ms: two cores compile a new surface while a browser starts
expect.set_options(timeout=PATIENCE)

READY = """() => performance.getEntriesByName('ov:painted').length > 0
  && document.querySelector('.ov-plot .nsewdrag')
  && document.querySelector('.ov-plot .contourlayer path')"""
INK = """() => [...document.querySelectorAll('.ov-layer')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let i = 3; i < data.length; i += 4) painted += data[i] > 0;
  return painted;
}).reduce((a, b) => a + b, 0)"""
TICKS = """() => [...document.querySelectorAll('.ov-plot .xtick text, .ov-plot .ytick text')]
  .map((tick) => tick.textContent)"""
LINES = """() => [...document.querySelectorAll('.ov-plot .contourlayer path')]
  .map((path) => path.getAttribute('d')).join('\\n')"""
# The texts in sight that are smaller than so many pixels, but for exponents and indices.
SMALL = """(least) => {
  const small = [];
  const texts = document.createTreeWalker(document.querySelector('.ov'), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const holder = text.parentElement;
    if (!text.data.trim() || !holder.checkVisibility({ visibilityProperty: true })) continue;
    if (holder.closest('.ov-hidden, sup, sub, option, math, .ov-layer canvas')) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize) * (holder.currentCSSZoom ?? 1);
    if (size < least) small.push([text.data, size]);
  }
  return small;
}"""
TABLE = """(table) => [...table.tBodies[0].rows].map((row) => {
  const name = row.querySelector('button');
  const cells = [name, name.parentElement.nextSibling, ...row.querySelectorAll('td')];
  return cells.map((cell) => cell.textContent);
})"""


class Screen:
    """A page of the app in one visitor's browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def ready(self) -> None:
        """Wait until the first race is painted over its contour."""
        self.page.wait_for_function(READY)

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """Wait until `holds()` is true and return it; `what` says what was waited for."""
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            if found := holds():
                return found
            self.page.wait_for_timeout(20)
        raise AssertionError(f"waited in vain: {what}")

    # What is seen

    def region(self, name: str) -> Locator:
        """One of the page's parts: Optimizers, Experiment, Paths, Equation, Loss, Results."""
        return self.page.get_by_role("region", name=name, exact=True)

    def table(self) -> list[list[str]]:
        """Return the table of results: optimizer, status, final loss, distance, steps."""
        return self.region("Results").get_by_role("table").evaluate(TABLE)

    def results(self) -> list[list[str]]:
        """Return the table once every optimizer has a result."""

        def whole() -> list[list[str]] | None:
            table = self.table()
            return table if all(status for _, status, *_ in table) else None

        return self.until(whole, "a result of every optimizer")

    def loss(self, optimizer: str) -> str:
        """Return an optimizer's final loss as the table shows it."""
        return next(row[2] for row in self.results() if row[0] == optimizer)

    def changed_loss(self, optimizer: str, before: str) -> str:
        """Wait until an optimizer's final loss is another than `before`, and return it."""
        return self.until(
            lambda: loss if (loss := self.loss(optimizer)) != before else "",
            f"another final loss of {optimizer}",
        )

    def step(self) -> int:
        """Return the step at which the play-head is."""
        return int(self.count()[0])

    def count(self) -> list[str]:
        """Return the play-head's step and the number of steps."""
        return self.page.locator(".ov-count").inner_text().split(" / ")

    def start(self) -> str:
        """Return where the start point is, as it is told to those who hear the page."""
        return self.handle().get_attribute("aria-valuetext") or ""

    def ticks(self) -> list[str]:
        """Return the numbers at the axes."""
        return sorted(self.page.evaluate(TICKS))

    def contour(self) -> str:
        """Return the lines of the surface as they are drawn; nothing while there are none."""
        return self.page.evaluate(LINES)

    def ink(self) -> int:
        """Return how many pixels are painted over the contour."""
        return self.page.evaluate(INK)

    def small(self, least: float) -> list:
        """Return the texts in sight that are smaller than so many pixels, and their sizes."""
        return self.page.evaluate(SMALL, least)

    def address(self) -> dict[str, list[str]]:
        """Return the parts of the address bar's query."""
        return parse_qs(urlsplit(self.page.url).query)

    # What can be used

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def slider(self, name: str) -> Locator:
        return self.page.get_by_role("slider", name=name, exact=True)

    def field(self, name: str) -> Locator:
        return self.page.get_by_role("textbox", name=f"{name}, number", exact=True)

    def handle(self) -> Locator:
        return self.slider("Start point")

    def choose(self, menu: str, option: str) -> None:
        """Take an option of one of Streamlit's menus in the bar; letters may follow its name."""
        self.page.get_by_role("combobox", name=menu).focus()
        # Long menus hold only what is seen of them.
        self.page.get_by_role("combobox", name=menu).fill(option)
        name = re.compile(rf"^{re.escape(option)}(:|$)")
        self.page.get_by_role("option", name=name).click()

    def pick(self, surface: str) -> None:
        """Take a surface by its picture, from the menu that opens when the bar's is pressed."""
        self.page.get_by_role("combobox", name="Surface").click()
        menu = self.page.get_by_role("dialog", name="Surface")
        menu.get_by_role("button", name=re.compile(rf"^{re.escape(surface)}\b")).click()

    def pause(self) -> None:
        """Stop the race where it is."""
        if self.button("Pause").is_visible():
            self.button("Pause").click()

    def centre(self, target: Locator) -> tuple[float, float]:
        """Return the middle of something on the page, in pixels."""
        box = target.bounding_box()
        assert box, "it is not on the page"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def on_contour(self, across: float, down: float) -> tuple[float, float]:
        """Return the pixel at these shares of the contour's width and height."""
        box = self.page.locator(".ov-plot .nsewdrag").bounding_box()
        assert box, "there is no contour"
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def thumb(self, slider: Locator) -> tuple[float, float]:
        """Return where the thumb of a slider is, in pixels."""
        box = slider.bounding_box()
        assert box, "it is not on the page"
        share = slider.evaluate("(e) => (e.value - e.min) / (e.max - e.min)")
        return box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2

    @cached_property
    def hand(self) -> CDPSession:
        """What reaches below the page: which fingers are on the screen, what does not come."""
        return self.page.context.new_cdp_session(self.page)

    def cut_off(self, *addresses: str) -> None:
        """Let what is asked for at addresses, where * is anything, not come, until `let_go`.

        These instead of those before. Not by a route: for as long as there is one, nothing is
        taken from the browser's memory.
        """
        self.hand.send("Network.enable")
        self.hand.send("Network.setBlockedURLs", {"urls": [*addresses]})

    def let_go(self) -> None:
        """End what was done by `hand`."""
        if session := self.__dict__.pop("hand", None):
            session.detach()

    def fingers(self, kind: str, *points: tuple[float, float]) -> None:
        """Put fingers on the screen ("touchStart"), move them, or lift them ("touchEnd")."""
        there = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        self.hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": there})
        self.page.evaluate("new Promise(requestAnimationFrame)")

    def press(self, x: float, y: float) -> None:
        """Put the mouse down at a pixel."""
        self.page.mouse.move(x, y)
        self.page.mouse.down()
