"""An error in drawing is ours: it is logged, and never told as a server that does not answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

BREAK = """(name) => {
  CanvasRenderingContext2D.prototype[name] = () => { throw new Error("no ink"); };
}"""


@pytest.mark.parametrize(
    "broken", ["arc", "setLineDash"], ids=["in the picture", "in picture and chart"]
)
def test_an_error_in_drawing_is_logged_and_told_as_ours(visit, broken):
    screen = visit.open("lane=adam,lr:0.05&steps=100", reduced_motion="reduce")
    loss = screen.loss("Adam")
    screen.page.evaluate(BREAK, broken)
    field = screen.field("Adam: learning rate")
    field.fill("0.01")
    field.press("Enter")
    said = screen.region("Paths").locator(".ov-notices")
    expect(said).to_contain_text("This page has a fault: no ink.")
    expect(said).not_to_contain_text("does not answer")
    # What is not drawn goes on.
    screen.changed_loss("Adam", loss)
    # The play-head is drawn by itself.
    screen.page.get_by_role("figure").focus()
    screen.page.keyboard.press("ArrowLeft")
    screen.until(lambda: screen.step() == 99, "a step back")
    logged = [fault for fault in visit.faults if "no ink" in fault]
    assert logged
    assert all(fault.startswith("console: ") for fault in logged)
    # An error that comes again with every frame is told once.
    for _ in range(3):
        screen.page.keyboard.press("ArrowLeft")
    screen.until(lambda: screen.step() == 96, "more steps back")
    assert [fault for fault in visit.faults if "no ink" in fault] == logged
    visit.faults[:] = [fault for fault in visit.faults if fault not in logged]
