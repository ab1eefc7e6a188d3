"""Zoom and pan: they stay through every change of the race, and go with its surface."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from optviz import SURFACES
from optviz.notation import NOTATIONS

POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
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


def units(screen):
    """Return how long a unit is on either axis, in pixels, by two places under the pointer."""
    places = []
    for share in (0.05, 0.95):
        screen.page.mouse.move(*(pixel := screen.on_contour(share, share)))
        (x, y), _ = under(screen)
        places.append((x, y, *pixel))
    (x, y, u, v), (far_x, far_y, far_u, far_v) = places
    return (far_u - u) / (far_x - x), (v - far_v) / (far_y - y)


def under(screen):
    """Return what is told of the surface under the pointer: the point and the value."""
    said = screen.page.get_by_text("≈").inner_text().replace("−", "-")  # noqa: RUF001
    point, value = said.removeprefix("f(").split(") ≈ ")
    mantissa, *power = value.split("·10")
    exponent = int(power[0].translate(POWERS)) if power else 0
    return tuple(map(float, point.split(", "))), float(mantissa) * 10**exponent


def are_equal(screen):
    across, up = units(screen)
    return across == pytest.approx(up, rel=0.01)


def test_equal_axes_stay_equal_and_give_the_former_ones_back(visit):
    screen = visit.open(f"surface=branin&{RACE}", reduced_motion="reduce")
    page, home = screen.page, settled(screen)
    address, switch = page.url, screen.button("Equal axes")
    assert not are_equal(screen)
    page.keyboard.press("e")
    expect(switch).to_have_attribute("aria-pressed", "true")
    equal = changed(screen, home)
    assert are_equal(screen)

    page.mouse.move(*screen.on_contour(0.3, 0.5))
    page.mouse.wheel(0, -300)
    zoomed = changed(screen, equal)
    assert are_equal(screen)
    screen.press(*screen.on_contour(0.6, 0.3))
    page.mouse.move(*screen.on_contour(0.7, 0.4), steps=5)
    page.mouse.up()
    panned = changed(screen, zoomed)
    assert are_equal(screen)
    screen.button("Fit the paths").click()
    fitted = changed(screen, panned)
    assert are_equal(screen)

    # Another shape of the picture and back: nothing creeps.
    for size in ({"width": 1440, "height": 620}, {"width": 1440, "height": 900}):
        before = settled(screen)
        page.set_viewport_size(size)
        changed(screen, before)
        assert are_equal(screen)
    assert settled(screen) == fitted
    screen.button("Show the whole surface").click()
    assert changed(screen, fitted) == equal
    assert page.url == address, "it is no part of the link"
    switch.click()
    assert changed(screen, equal) == home
    assert not are_equal(screen)


@pytest.mark.parametrize("slug", ["rosenbrock", "rastrigin"])
def test_the_surfaces_value_under_the_pointer_is_told(visit, slug):
    screen = visit.open(f"surface={slug}&lane=sgd,lr:0&steps=1", reduced_motion="reduce")
    f = SURFACES[slug].f
    told = screen.page.get_by_text("≈")
    for place in ((0.93, 0.2), (0.31, 0.64), (0.52, 0.9)):
        screen.page.mouse.move(*screen.on_contour(*place))
        point, value = under(screen)
        assert value == pytest.approx(float(f(*point)), rel=0.02)
    screen.page.keyboard.press("+")
    screen.until(lambda: under(screen)[0] != point, "the point under a pointer that rests")
    point, value = under(screen)
    assert value == pytest.approx(float(f(*point)), rel=0.02)
    screen.page.mouse.move(5, 5)
    expect(told).to_have_count(0)


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
