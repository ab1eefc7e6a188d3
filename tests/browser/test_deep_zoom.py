"""Deep zoom: the surface is sampled anew for what is seen, and the axes tell places apart."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

# Starts a millionth of the domain from the lowest point: the paths fill a window of that size.
DEEP = {
    "rosenbrock": "surface=rosenbrock&start=1.000002,1.000003&lane=sgd,lr:0.001&lane=adam,lr:1e-7",
    "beale": "surface=beale&start=3.000003,0.500002&lane=sgd,lr:0.01&lane=adam,lr:1e-7",
    # Its lowest value is no zero: only differences from it are left.
    "six_hump_camel": "surface=six_hump_camel&start=0.089845,-0.712658&lane=sgd,lr:0.02",
}
TITLES = """() => [...document.querySelectorAll('.ov-plot .xtitle, .ov-plot .ytitle')]
  .map((title) => title.textContent)"""


def listen(page):
    """Return what is asked of the surface from now on: windows in x and y, and points a side."""
    asked: list[tuple[list[float], list[float], int]] = []

    def hear(request):
        address = urlsplit(request.url)
        if address.path.endswith("/api/surface"):
            (x,), (y,), (n,) = (parse_qs(address.query)[name] for name in ("x", "y", "n"))
            asked.append(([*map(float, x.split(","))], [*map(float, y.split(","))], int(n)))

    page.on("request", hear)
    return asked


def width(window):
    (low, high), *_ = window
    return high - low


@pytest.mark.parametrize("surface", DEEP)
def test_a_millionth_of_the_domain_can_be_read(visit, surface):
    screen = visit.open(f"{DEEP[surface]}&steps=300", reduced_motion="reduce", asking=True)
    home, lines, asked = screen.ticks(), screen.contour(), listen(screen.page)
    with screen.page.expect_request(lambda request: "rest=1" in request.url):
        screen.button("Fit the paths").click()
    screen.until(lambda: asked and asked[-1][2] > 150, "a fine grid")
    assert width(asked[-1]) < 2e-5
    titles = screen.until(
        lambda: [title for title in screen.page.evaluate(TITLES) if "10⁻" in title],
        "axes that count from a number nearby",
    )
    assert len(titles) == 2
    ticks = screen.ticks()
    assert len(ticks) >= 6
    assert max(map(len, ticks)) < 6, "they fit beside the axis"
    assert screen.contour().count("\n") > 4
    assert screen.contour() != lines
    assert screen.ink() > 500

    screen.button("Show the whole surface").click()
    screen.until(lambda: screen.ticks() == home, "the axes of the whole surface")
    screen.until(lambda: not any("10⁻" in title for title in screen.page.evaluate(TITLES)), "names")


def test_each_zoom_is_sampled_for_what_is_seen(visit):
    screen = visit.open("surface=beale", reduced_motion="reduce", asking=True)
    asked, page = listen(screen.page), screen.page
    page.mouse.move(*screen.on_contour(0.8, 0.45))
    widths = [width(([-4.5, 4.5],))]
    for _ in range(3):
        before = screen.contour()
        for _ in range(10):
            page.mouse.wheel(0, -300)
        closer(screen, asked, widths[-1], before)
        widths.append(width(asked[-1]))


def closer(screen, asked, than, lines):
    """Wait until a smaller window is drawn finely."""
    screen.until(lambda: asked and width(asked[-1]) < 0.8 * than, "a smaller window")
    screen.until(lambda: asked[-1][2] > 150, "a fine grid at rest")
    screen.until(lambda: screen.contour() != lines, "new lines")


def test_no_zoom_is_so_deep_that_there_is_no_way_back(visit):
    screen = visit.open("start=1,1&lane=sgd&steps=10", reduced_motion="reduce")
    home = screen.ticks()
    screen.button("Fit the paths").click()
    screen.until(lambda: screen.ticks() != home, "the axes of the paths")
    for _ in range(12):
        screen.button("Zoom in").click()
    screen.button("Zoom out").click()
    screen.button("Show the whole surface").click()
    screen.until(lambda: screen.ticks() == home, "the axes of the whole surface")
