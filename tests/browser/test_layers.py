"""The picture's layers lie where they belong, and draw what is seen into any canvas."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from optviz import link as links
from optviz.api import assets
from tests.browser.screen import Screen

RACE = (
    "surface=himmelblau&start=-0.2,-0.9&steps=200"
    "&lane=sgd,lr:0.012&lane=nesterov,lr:0.003,alpha:0.9"
)
CLOSE = f"{RACE}&show=arrows,curvature&chosen=1"
NOISY = f"{RACE}&noise=30&noise_decay=0.03&show=basins,seeds"
PLACES = """() => [...document.querySelectorAll('.ov-stage .ov-layer, .ov-stage .ov-basins-clip')]
  .map((layer) => layer.getBoundingClientRect())
  .map(({ left, top, width, height }) => [left, top, width, height])"""
ORDER = """(kinds) => [...document.querySelectorAll(`.ov-stage :is(${kinds})`)]
  .map((node) => kinds.find((kind) => node.matches(kind)))"""
# A player whose handle the test has.
MOUNT = """async ({ player, data }) => {
  const { mount, httpApi } = await import(`${player}/race/page.js`);
  const { loadStyles } = await import(`${player}/base/load.js`);
  const catalogue = await (await fetch("/api/catalogue")).json();
  await loadStyles("race");
  const root = document.createElement("section");
  document.body.replaceChildren(root);
  const build = `${player}/plotly-cartesian.min.js`;
  const plotly = { plane: build, space: `${player}/plotly.min.js` };
  window.player = mount(root, { catalogue, ...data, api: httpApi("/api"), plotly });
}"""
# What the page shows of its canvases, one over the other, beside what `draw` paints of the scene
# where there is no document: how many pixels are painted, and in how many the two are far apart.
COMPARE = """async ({ player }) => {
  const { map, ...scene } = window.player.seen();
  const { frame } = scene;
  const code = `import { draw } from "${location.origin}${player}/picture/scene.js";
    onmessage = ({ data: { scene, step, ratio, width, height } }) => {
      const ctx = new OffscreenCanvas(width, height).getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, -ratio * scene.frame.left, -ratio * scene.frame.top);
      draw(ctx, scene, step);
      postMessage([typeof document, ctx.getImageData(0, 0, width, height).data]);
    };
    postMessage("ready");`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  const answer = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  await answer();
  const shown = [...document.querySelectorAll(".ov-stage .ov-layer")];
  const { width, height } = shown[0];
  const ratio = devicePixelRatio;
  const reply = answer();
  worker.postMessage({ scene, step: window.player.store.step, ratio, width, height });
  const [kind, drawn] = await reply;
  worker.terminate();
  const page = new OffscreenCanvas(width, height).getContext("2d");
  for (const canvas of shown) page.drawImage(canvas, 0, 0);
  const { drawStart } = await import(`${player}/picture/startmark.js`);
  page.setTransform(ratio, 0, 0, ratio, -ratio * frame.left, -ratio * frame.top);
  drawStart(page, scene);
  const there = page.getImageData(0, 0, width, height).data;
  let painted = 0;
  let far = 0;
  for (let i = 3; i < there.length; i += 4) {
    painted += there[i] > 0;
    // A colour that is seen through is rounded once for each canvas that it comes through.
    const light = (data, k) => (k ? (data[i - k] * data[i]) / 255 : data[i]);
    far += [0, 1, 2, 3].some((k) => Math.abs(light(there, k) - light(drawn, k)) > 24);
  }
  return { kind, painted, far, canvases: shown.length };
}"""

# The start map as `draw` paints it, and as it came, at shares of the axes.
MAPPED = """async ({ player, places }) => {
  const { draw } = await import(`${player}/picture/scene.js`);
  const seen = window.player.seen();
  const { left, top, width, height } = seen.frame;
  const nothing = { minima: [], local_minima: [], saddles: [] };
  const scene = { ...seen, surface: nothing, result: null, projected: null };
  const ctx = new OffscreenCanvas(left + width, top + height).getContext("2d");
  draw(ctx, scene, 0);
  const { image } = seen.map;
  const pen = image.getContext("2d");
  const at = (pen, x, y) => [...pen.getImageData(Math.floor(x), Math.floor(y), 1, 1).data];
  return places.map(([across, down]) => [
    at(ctx, left + across * width, top + down * height),
    at(pen, across * image.width, down * image.height),
  ]);
}"""


def test_the_cloud_over_a_start_map_lies_on_the_axes_like_every_layer(visit):
    screen = visit.open(NOISY, reduced_motion="reduce")
    expect(screen.page.locator(".ov-cloud")).to_have_count(1)
    expect(screen.page.locator(".ov-basins-clip")).to_have_count(1)
    box = screen.page.locator(".ov-plot .nsewdrag").bounding_box()
    assert box
    axes = pytest.approx([box[side] for side in ("x", "y", "width", "height")], abs=1)
    places = screen.page.evaluate(PLACES)
    assert len(places) == 4
    assert all(place == axes for place in places)
    kinds = [".ov-plot", ".ov-basins-clip", ".ov-cloud", ".ov-layer", ".ov-start", ".ov-reading"]
    order = [*kinds[:2], ".ov-layer", *kinds[2:]]
    assert screen.page.evaluate(ORDER, kinds) == order


def mounted(visit, query):
    """Show a race whose handle the page has; return the page, and the address of the player."""
    page = visit.enter(path="api/catalogue", reduced_motion="reduce").page
    link = links.read(query)
    data = {"race": link.race.plain(), "view": link.view.plain()}
    player = f"/api/player/{assets.fingerprint()}"
    page.evaluate(MOUNT, {"player": player, "data": data})
    page.wait_for_function("() => window.player.seen()?.result")
    return page, player


@pytest.mark.parametrize(
    ("query", "step", "canvases"),
    [
        (RACE, 0, 2),
        (RACE, 60, 2),
        (f"{RACE}&show=arrows,curvature&chosen=1", 7, 3),
        (NOISY, 200, 3),
    ],
    ids=["the start", "on the way", "looked at closely", "many seeds"],
)
def test_a_scene_is_drawn_without_a_page_as_the_page_shows_it(visit, query, step, canvases):
    page, player = mounted(visit, query)
    page.evaluate("(step) => { player.store.play(false); player.store.seek(step); }", step)
    page.wait_for_function(
        "(n) => document.querySelectorAll('.ov-stage .ov-layer').length === n", arg=canvases
    )

    def same():
        found = page.evaluate(COMPARE, {"player": player})
        assert found["kind"] == "undefined"
        return found["painted"] > 1000 and found["far"] <= 0.002 * found["painted"]

    # A page that is busy paints a frame or two later.
    Screen(page).until(same, "the page at rest to show the scene")


def test_a_start_map_is_drawn_where_it_came_and_seen_through(visit):
    page, player = mounted(visit, f"{RACE}&show=basins")
    page.wait_for_function("() => window.player.seen().map?.reply.n > 100")
    places = [[0.1, 0.1], [0.9, 0.2], [0.2, 0.8], [0.8, 0.9], [0.3, 0.3]]
    found = page.evaluate(MAPPED, {"player": player, "places": places})
    assert len({tuple(came) for _, came in found}) > 2
    for drawn, came in found:
        # The outermost cells reach beyond the axes: it may be the next cell's shade.
        assert drawn == pytest.approx([*came[:3], 0.62 * 255], abs=12)
