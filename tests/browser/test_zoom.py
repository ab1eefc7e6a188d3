"""Zoom and pan: they stay through every change of the race, and go with its surface."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from optviz.notation import NOTATIONS

RACE = "lane=adam,lr:0.05&lane=sgd&steps=300"


def seen(screen):
    """Return what shows how the axes lie: their numbers, and where the start stands."""
    return screen.ticks(), [round(pixel) for pixel in screen.centre(screen.handle())]


def changed(screen, before):
    screen.until(lambda: seen(screen) != before, "the axes to move")
    return settled(screen)


def settled(screen):
    def still():
        first = seen(screen)
        screen.page.wait_for_timeout(200)
        return first if seen(screen) == first else None

    return screen.until(still, "the axes to rest")


def test_zoom_and_pan_stay_through_every_change_until_they_are_reset(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, home = screen.page, settled(screen)
    page.mouse.move(*screen.on_contour(0.3, 0.5))
    page.mouse.wheel(0, -300)
    zoomed = changed(screen, home)
    address = page.url
    screen.press(*screen.on_contour(0.6, 0.3))
    page.mouse.move(*screen.on_contour(0.7, 0.4), steps=5)
    page.mouse.up()
    panned = changed(screen, zoomed)
    assert page.url == address, "panning is no click"

    # A slider: while it is dragged, and after its release, which reruns the page.
    loss = screen.loss("Adam")
    x, y = screen.thumb(screen.slider("Adam: learning rate"))
    screen.press(x, y)
    page.mouse.move(x + 40, y, steps=8)
    loss = screen.changed_loss("Adam", loss)
    assert seen(screen) == panned
    page.mouse.up()
    screen.until(lambda: page.url != address, "the address bar to follow")
    screen.choose("Notation", NOTATIONS["ruder"].name)
    screen.until(lambda: "notation" in screen.address(), "the notation in the address bar")
    assert settled(screen) == panned

    # Playing, another lane, other noise.
    screen.button("Play").click()
    screen.until(lambda: 0 < screen.step() < 300, "the race to play")
    screen.button("SGD, visible").click()
    screen.until(lambda: "hidden" in screen.address(), "the hidden path in the address bar")
    assert settled(screen) == panned

    screen.button("Show the whole surface").click()
    assert changed(screen, panned) == home


def test_buttons_zoom_and_fit_and_a_new_surface_begins_anew(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    home = settled(screen)
    screen.button("Zoom in").click()
    near = changed(screen, home)
    screen.button("Zoom out").click()
    assert changed(screen, near) == home
    screen.button("Fit the paths").click()
    fitted = changed(screen, home)
    screen.choose("Surface", "Himmelblau")
    screen.until(lambda: "himmelblau" in screen.address().get("surface", []), "the new surface")
    whole = changed(screen, fitted)
    assert {"−4", "4"} <= set(whole[0])  # noqa: RUF001
    expect(screen.region("Equation")).to_contain_text("11")


def test_hovering_tells_lane_step_position_and_loss(visit):
    screen = visit.open("lane=adam,label:Mine&steps=300", reduced_motion="reduce")
    screen.button("To the start (Home)").click()
    for _ in range(4):
        screen.page.keyboard.press("Shift+ArrowRight")
    facts = dict(
        zip(
            screen.region("Equation").get_by_role("term").all_inner_texts(),
            screen.region("Equation").get_by_role("definition").all_inner_texts(),
            strict=True,
        )
    )
    assert facts["Step"] == "40 of 300"
    position = facts["Position"].replace("−", "-").strip("()").split(", ")  # noqa: RUF001
    x, y = map(float, position)
    tip = screen.page.get_by_role("tooltip")
    screen.page.mouse.move(*screen.on_contour(0.9, 0.9))
    screen.page.mouse.move(*screen.on_contour((x + 2) / 4, (3 - y) / 4))
    expect(tip).to_contain_text("Mine")
    step = int(tip.inner_text().split("step ")[1].split("\n")[0])
    assert step == pytest.approx(40, abs=3), "steps lie close together here"
    expect(tip).to_contain_text("loss")
    screen.page.mouse.move(*screen.on_contour(0.75, 0.5))
    expect(tip).to_contain_text("the lowest point")
    screen.page.mouse.move(*screen.on_contour(0.9, 0.9))
    expect(tip).to_be_hidden()
