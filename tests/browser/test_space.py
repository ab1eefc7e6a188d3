"""The surface in 3-D: the same race, play-head and controls, seen by a camera that stays."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

RACE = "surface=beale&lane=adam,lr:0.05&lane=sgd&steps=300"
CAMERA = """() => {
  const { eye } = document.querySelector('.ov-space')._fullLayout.scene._scene.getCamera();
  return [eye.x, eye.y, eye.z];
}"""
HEADS = (
    "() => [...document.querySelectorAll('.ov-layer')].map((canvas) => canvas.toDataURL()).join()"
)
# Pixels of the canvases over the surface: all, and those in full colour.
PAINTED = """() => [...document.querySelectorAll('.ov-layer')].flatMap((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return [...data.filter((_, i) => i % 4 === 3)].filter((alpha) => alpha > 0);
}).reduce(([all, full], alpha) => [all + 1, full + (alpha > 200)], [0, 0])"""
LOSE = """() => document.querySelector('.ov-space canvas').getContext('webgl')
  .getExtension('WEBGL_lose_context').loseContext()"""
FRAMES = """async () => {
  for (let k = 0; k < 12; k += 1) await new Promise(requestAnimationFrame);
}"""
WIDTH = "() => document.querySelector('.ov-space').offsetWidth"
WITHOUT = """
const context = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes('webgl') ? null : context.call(this, kind, ...more);
};
"""


def enter(screen):
    """Switch to 3-D and wait until the surface is there."""
    screen.button("3-D").click()
    appear(screen)


def appear(screen):
    expect(screen.page.locator(".ov-in-space .ov-space canvas").first).to_be_visible()
    expect(screen.page.locator(".ov-plot")).to_be_hidden()


def orbit(screen, across: float = 90, down: float = -30):
    """Drag the surface to be seen from elsewhere, and return the camera."""
    turn(screen, across, down)
    screen.page.mouse.up()
    return pytest.approx(rest(screen), abs=1e-6)


def turn(screen, across: float, down: float) -> list[float]:
    """Drag the surface and hold it; return the camera."""
    before = screen.page.evaluate(CAMERA)
    box = screen.page.locator(".ov-space").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 0.9 * box["height"]
    screen.press(x, y)
    screen.page.mouse.move(x + across, y + down, steps=5)
    screen.until(lambda: screen.page.evaluate(CAMERA) != pytest.approx(before, abs=0.1), "a turn")
    return rest(screen)


def rest(screen) -> list[float]:
    """Return the camera once it glides no more."""

    def still() -> list[float] | None:
        first = screen.page.evaluate(CAMERA)
        screen.page.evaluate(FRAMES)
        return first if screen.page.evaluate(CAMERA) == pytest.approx(first, abs=1e-7) else None

    return screen.until(still, "the camera to rest")


def test_3d_keeps_its_camera_through_every_change_and_goes_away_again(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, ticks = screen.page, screen.ticks()
    enter(screen)
    expect(screen.button("3-D")).to_have_attribute("aria-pressed", "true")
    screen.until(lambda: screen.address().get("show") == ["space"], "3-D in the link")
    assert screen.ink() > 500
    seen = orbit(screen)

    # A slider, dragged and let go; a lane; the theme; playing.
    loss, picture = screen.loss("Adam"), page.evaluate(HEADS)
    x, y = screen.thumb(screen.slider("Adam: learning rate"))
    screen.press(x, y)
    page.mouse.move(x + 40, y, steps=6)
    screen.changed_loss("Adam", loss)
    screen.until(lambda: page.evaluate(HEADS) != picture, "other paths")
    page.mouse.up()
    screen.button("SGD, visible").click()
    screen.until(lambda: "hidden" in screen.address(), "the hidden path in the address bar")
    page.emulate_media(color_scheme="dark")
    screen.until(lambda: page.locator(".ov[data-ov-theme=dark]").count(), "the dark theme")
    screen.button("Play").click()
    screen.until(lambda: 20 < screen.step() < 300, "the race to play")
    playing = page.evaluate(HEADS)
    screen.until(lambda: page.evaluate(HEADS) != playing, "heads that move")
    screen.pause()
    assert page.evaluate(CAMERA) == seen

    screen.button("3-D").click()
    expect(page.locator(".ov-space")).to_have_count(0)
    expect(page.locator(".ov-plot")).to_be_visible()
    assert screen.ticks() == ticks
    screen.button("Zoom in").click()
    screen.until(lambda: screen.ticks() != ticks, "a contour that zooms")
    screen.until(lambda: "show" not in screen.address(), "the contour in the link")
    enter(screen)
    assert page.evaluate(CAMERA) == seen


def test_the_camera_stays_when_the_room_changes(visit):
    screen = visit.open(f"{RACE}&show=space", reduced_motion="reduce")
    appear(screen)
    page, wide = screen.page, screen.page.evaluate(WIDTH)

    # While the surface is still held; that it moves under the pointer turns it a little.
    held = turn(screen, 90, -30)
    page.set_viewport_size({"width": 1200, "height": 800})
    narrow = screen.until(
        lambda: width if (width := page.evaluate(WIDTH)) != wide else 0, "a smaller surface"
    )
    assert rest(screen) == pytest.approx(held, abs=0.5)
    page.mouse.up()
    seen = rest(screen)

    page.keyboard.press("f")
    screen.until(lambda: page.evaluate(WIDTH) > narrow, "a surface for an audience")
    assert rest(screen) == pytest.approx(seen, abs=1e-6)
    page.keyboard.press("f")
    screen.until(lambda: page.evaluate(WIDTH) == narrow, "the surface as it was")
    assert rest(screen) == pytest.approx(seen, abs=1e-6)


def test_arrows_and_curvature_lie_on_the_surface(visit):
    screen = visit.open(f"{RACE}&show=space", reduced_motion="reduce")
    appear(screen)
    page, legend = screen.page, screen.page.get_by_role("list", name="Legend")
    screen.slider("Step").press("Home")
    screen.slider("Step").press("ArrowRight")
    painted = [page.evaluate(PAINTED)[0]]
    for switch, name in (("Arrows", "step taken"), ("Curvature", "curvature")):
        screen.button(switch).click()
        expect(legend).to_contain_text(name)
        painted.append(page.evaluate(PAINTED)[0])
    assert painted[0] + 100 < painted[1] < painted[2] - 100
    # They turn with the surface.
    before = page.evaluate(HEADS)
    orbit(screen)
    assert page.evaluate(HEADS) != before


def test_what_the_surface_hides_is_faint(visit):
    screen = visit.open(f"{RACE}&show=arrows,curvature,space", reduced_motion="reduce")
    appear(screen)
    screen.slider("Step").press("Home")
    screen.slider("Step").press("ArrowRight")
    expect(screen.page.get_by_role("list", name="Legend")).to_be_visible()
    painted, full = screen.page.evaluate(PAINTED)
    assert full > painted / 4
    # From below, the sheet is in front of all that lies on it.
    orbit(screen, 0, -250)
    assert screen.page.evaluate(CAMERA)[2] < 0
    painted, full = screen.page.evaluate(PAINTED)
    assert painted > 500
    # Where faint lines cross, a pixel may seem full.
    assert full < painted / 100


def test_a_path_that_has_left_is_shown_at_the_border(visit):
    screen = visit.open(
        "surface=beale&lane=sgd,lr:0.5&steps=300&show=space", reduced_motion="reduce"
    )
    appear(screen)
    assert "diverged" in screen.results()[0][1]
    screen.slider("Step").press("End")
    left = screen.page.evaluate(PAINTED)
    screen.button("SGD, visible").click()
    screen.until(lambda: screen.page.evaluate(PAINTED) != left, "no path")
    # An arrow, a cross, and the way to the border.
    assert left[1] > screen.page.evaluate(PAINTED)[1] + 150


def test_a_link_opens_in_3d_and_another_surface_stays_there(visit):
    screen = visit.open(f"{RACE}&show=space", reduced_motion="reduce")
    appear(screen)
    seen = orbit(screen)
    screen.pick("Himmelblau")
    screen.until(lambda: screen.address().get("surface") == ["himmelblau"], "the new surface")
    screen.until(lambda: screen.ink() > 500, "the new paths")
    appear(screen)
    assert screen.page.evaluate(CAMERA) == seen
    assert screen.address().get("show") == ["space"]


def test_the_start_is_dragged_over_the_surface_or_clicked_on_it(visit):
    screen = visit.open(f"{RACE}&show=space", reduced_motion="reduce")
    appear(screen)
    page, start, loss = screen.page, screen.start(), screen.loss("Adam")
    x, y = screen.centre(screen.handle())
    screen.press(x, y)
    page.mouse.move(x - 60, y - 20, steps=6)
    dragged = screen.until(lambda: at if (at := screen.start()) != start else "", "another start")
    page.mouse.up()
    screen.changed_loss("Adam", loss)
    # It stays under the pointer: the surface was hit where it is seen.
    assert screen.centre(screen.handle()) == pytest.approx((x - 60, y - 20), abs=8)
    page.mouse.click(x + 40, y + 10)
    screen.until(lambda: screen.start() != dragged, "a start where it was clicked")
    assert screen.centre(screen.handle()) == pytest.approx((x + 40, y + 10), abs=8)
    screen.handle().focus()
    clicked = screen.start()
    page.keyboard.press("ArrowRight")
    screen.until(lambda: screen.start() != clicked, "a start that the keys move")


def test_hovering_names_lane_and_step(visit):
    screen = visit.open(
        "surface=beale&lane=adam,label:Mine&steps=300&show=space", reduced_motion="reduce"
    )
    appear(screen)
    screen.button("To the start (Home)").click()
    x, y = screen.centre(screen.handle())
    screen.page.mouse.move(x + 6, y + 6)
    expect(screen.page.get_by_role("tooltip")).to_contain_text("Mine")
    expect(screen.page.get_by_role("tooltip")).to_contain_text("step")


def test_without_webgl_a_sentence_says_so_and_the_contour_stays(visit):
    screen = visit.enter(
        RACE,
        meddle=lambda page: page.add_init_script(WITHOUT),
        new=True,
        reduced_motion="reduce",
    )
    screen.ready()
    ticks = screen.ticks()
    screen.button("3-D").click()
    expect(screen.region("Paths")).to_contain_text("cannot draw in 3-D")
    expect(screen.page.locator(".ov-plot")).to_be_visible()
    expect(screen.page.locator(".ov-space")).to_have_count(0)
    screen.button("Zoom in").click()
    screen.until(lambda: screen.ticks() != ticks, "a contour that zooms")
    screen.button("3-D").click()
    expect(screen.region("Paths")).not_to_contain_text("cannot draw in 3-D")


def test_when_webgl_is_lost_the_contour_comes_back_with_a_sentence(visit):
    screen = visit.open(f"{RACE}&show=arrows,space", reduced_motion="reduce")
    appear(screen)
    seen = orbit(screen)
    screen.page.evaluate(LOSE)
    expect(screen.region("Paths")).to_contain_text("stopped drawing in 3-D")
    expect(screen.page.locator(".ov-plot")).to_be_visible()
    expect(screen.page.locator(".ov-space")).to_have_count(0)
    ticks, loss = screen.ticks(), screen.loss("Adam")
    screen.slider("Adam: learning rate").press("ArrowRight")
    screen.changed_loss("Adam", loss)
    screen.button("Zoom in").click()
    screen.until(lambda: screen.ticks() != ticks, "a contour that zooms")
    assert screen.ink() > 500
    # Once more.
    screen.button("3-D").click()
    expect(screen.region("Paths")).not_to_contain_text("stopped drawing in 3-D")
    enter(screen)
    assert screen.page.evaluate(CAMERA) == seen


def test_3d_fetches_nothing_while_it_is_off(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    page, asked = screen.page, []
    enter(screen)
    screen.button("3-D").click()
    expect(page.locator(".ov-space")).to_have_count(0)
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    loss = screen.loss("Adam")
    screen.slider("Adam: learning rate").press("ArrowRight")
    screen.changed_loss("Adam", loss)
    assert not any(path.endswith("/surface") for path in asked)
