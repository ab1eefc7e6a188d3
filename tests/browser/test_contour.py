"""The contour: that of the present surface, and at rest as fine as on a page opened anew."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from optviz import SURFACES
from optviz.suggestions import suggested

RAVINE = "surface=ravine&lane=sgd,lr:0.01&steps=20"
CONDITION = "condition number"


def listen(page):
    """Return the list of what is asked about surfaces from now on."""
    asked: list[dict[str, list[str]]] = []

    def hear(request):
        address = urlsplit(request.url)
        if address.path.endswith("/api/surface"):
            asked.append(parse_qs(address.query))

    page.on("request", hear)
    return asked


def anew(visit, screen):
    """Return the contour of a page that is opened at the address of this one."""
    there = visit.open(urlsplit(screen.page.url).query, reduced_motion="reduce")
    return there.contour()


@pytest.mark.parametrize("asking", [False, True])
def test_a_shape_that_the_keyboard_moves_is_drawn_finely_at_rest(visit, asking):
    screen = visit.open(RAVINE, reduced_motion="reduce", asking=asking)
    asked, before = listen(screen.page), screen.contour()
    slider = screen.slider(CONDITION)
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    value = screen.field(CONDITION).input_value()
    told = lambda: screen.address().get("shape") == [f"condition:{value}"]  # noqa: E731
    screen.until(told, "the shape in the address bar")
    fine = anew(visit, screen)
    assert fine != before
    screen.until(lambda: screen.contour() == fine, "the contour of a page opened anew")
    if asking:
        assert f"condition:{value}" in asked[-1]["shape"][0]
        assert int(asked[-1]["n"][0]) == max(int(one["n"][0]) for one in asked)


@pytest.mark.parametrize("asking", [False, True])
def test_a_shape_that_the_mouse_drags_is_drawn_coarsely_and_finely_at_rest(visit, asking):
    screen = visit.open(RAVINE, reduced_motion="reduce", asking=asking)
    asked = listen(screen.page)
    x, y = screen.thumb(screen.slider(CONDITION))
    before = screen.contour()
    screen.press(x, y)
    screen.page.mouse.move(x + 40, y, steps=8)
    screen.until(lambda: screen.contour() != before, "the contour to follow the thumb")
    held = {int(one["n"][0]) for one in asked}
    address = screen.page.url
    screen.page.mouse.up()
    screen.until(lambda: screen.page.url != address, "the address bar to follow")
    fine = anew(visit, screen)
    screen.until(lambda: screen.contour() == fine, "the contour of a page opened anew")
    if asking:
        assert max(held) < int(asked[-1]["n"][0])


def test_a_late_grid_of_a_surface_that_was_left_is_never_drawn(visit):
    late = {}

    def hold(page):
        page.route("**/api/surface?*", lambda route: late.update({slug(route.request): route}))

    def slug(request):
        return parse_qs(urlsplit(request.url).query)["surface"][0]

    screen = visit.enter("surface=booth", meddle=hold, reduced_motion="reduce", asking=True)
    screen.until(lambda: "booth" in late, "the grid of the first surface to be asked for")
    screen.pick(SURFACES["himmelblau"].name)
    screen.until(lambda: screen.address().get("surface") == ["himmelblau"], "the second surface")
    rate = f"{suggested('sgd', 'himmelblau')['lr']:g}"
    screen.until(
        lambda: screen.field("SGD: learning rate").input_value() == rate, "the second race"
    )
    screen.results()
    ticks = screen.ticks()

    # The first grid has been dealt with once the second is asked for.
    late["booth"].continue_()
    screen.until(lambda: "himmelblau" in late, "the grid of the second surface to be asked for")
    assert screen.contour() == ""
    late["himmelblau"].continue_()
    screen.ready()
    assert screen.ticks() == ticks
    drawn = screen.until(screen.contour, "a contour")
    assert drawn == anew(visit, screen)
    # Of what does not come nothing else is shown instead: its lines would be untrue.
    screen.pick(SURFACES["beale"].name)
    screen.until(lambda: screen.contour() == "", "the lines of the surface before to go")
    screen.until(lambda: "beale" in late, "the third surface to be asked for")
    late["beale"].continue_()
    screen.until(screen.contour, "the lines of the third surface")
