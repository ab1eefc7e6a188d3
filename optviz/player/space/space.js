/** The same race on the surface in space: instead of the contour, while it is switched on. */

import { listen, together } from "../base/listening.js";
import { Asking } from "../server/asking.js";
import { gridQuestion } from "../live/grids.js";
import { h } from "../base/dom.js";
import { pixelIn } from "../look/box.js";
import { CAMERA, spaceFigure } from "./spacefigure.js";
import { Lens } from "./lens.js";
import { Relief } from "./relief.js";
import { swipes } from "./swipe.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Grids} from "../live/grids.js" */
/** @import {Grid, Store} from "../state/types.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Window} from "../plane/window.js" */

/** Points along a side: of fewer, Plotly makes many more, which turn more slowly without a graphics card. */
const POINTS = 120;
/** In a narrower picture, in pixels, an audience's large numbers would run into each other. */
const LEAST_WIDTH = 600;
const LOST = "The browser stopped drawing in 3-D. The contour shows the same race; to try again, switch 3-D off and on.";
const UNABLE = "This browser cannot draw in 3-D: WebGL is switched off or missing. The contour shows the same race.";

/**
 * @param {Store} store
 * @param {HTMLElement} element  the stage, which gets the class `ov-in-space`
 * @param {HTMLElement} place  within it, where the surface is drawn
 * @param {{grids: Grids, load: () => Promise<any>, ink: Ink, base: {shown: () => Window, sleep: (asleep: boolean) => void},
 *   onFrame: () => void}} options  `load` brings Plotly; `onFrame` is called whenever what is seen has moved or come or gone
 */
export function space(store, element, place, { grids, load, ink, base, onFrame }) {
  const box = h("div", { class: "ov-space ov-filling", role: "img" });
  box.setAttribute("aria-label", "The surface in 3-D");
  /** Once it is needed. @type {any} */
  let plotly = null;
  let colors = ink;
  let camera = CAMERA;
  /** @type {Relief | null} What is drawn, if anything is. */
  let relief = null;
  /** The query of what is drawn. */
  let drawn = "";
  /** Whether the browser has stopped drawing in 3-D. */
  let lost = false;
  let closed = false;

  const wanted = () => !closed && store.view.show.includes("space");
  const scene = () => /** @type {any} */ (box)._fullLayout?.scene?._scene;

  /** @param {Grid} next @param {object} from  the camera */
  function figure(next, from) {
    return spaceFigure(next, colors, from, colors.weight > 1 && element.offsetWidth >= LEAST_WIDTH);
  }

  const asking = new Asking({
    wanted() {
      if (!wanted() || lost || !able()) return [];
      const question = gridQuestion(store.race, base.shown(), POINTS);
      return question.query === drawn ? [] : [question];
    },
    async ask(question, signal) {
      const [grid, library] = await Promise.all([grids(question, signal), load()]);
      plotly = library;
      return grid;
    },
    async take(reply, { query, race }) {
      if (!wanted() || lost || race.surface !== store.race.surface) return;
      await draw(reply);
      if (relief) drawn = query;
    },
    complain: (problems) => store.complain(lost ? [LOST] : wanted() && !able() ? [UNABLE] : problems, "space"),
  });

  /** @param {Grid} next */
  async function draw(next) {
    if (!relief) place.append(box);
    await plotly.react(box, ...figure(next, scene()?.getCamera() ?? camera));
    if (!wanted()) return close();
    const opened = !relief;
    relief = new Relief(next);
    if (opened) open();
    onFrame();
  }

  function open() {
    const { glplot } = scene();
    const { onrender, objects } = glplot;
    // Plotly would draw everything twice, to tell what is under the pointer; nobody asks it.
    for (const object of objects) object.drawPick = null;
    // In the same frame as the surface, so that the paths do not lag behind it.
    glplot.onrender = () => {
      onrender();
      onFrame();
    };
    // Plotly would wait for a context that may never come back.
    glplot.oncontextloss = () => {};
    /** @type {any} */ (box).on("plotly_webglcontextlost", lose);
    element.classList.add("ov-in-space");
    base.sleep(true);
  }

  function lose() {
    lost = true;
    close();
  }

  function close() {
    drawn = "";
    camera = scene()?.getCamera() ?? camera;
    plotly?.purge(box);
    box.remove();
    if (!relief) return;
    relief = null;
    element.classList.remove("ov-in-space");
    base.sleep(false);
    onFrame();
  }

  /** What is to be seen may have changed. */
  function update() {
    if (!wanted()) {
      if (relief) close();
      lost = false;
    }
    asking.look();
  }

  /** @returns {Frame | null} */
  function frame() {
    if (!relief) return null;
    const place = { left: 0, top: 0, width: box.clientWidth, height: box.clientHeight };
    return { ...place, x: relief.grid.x, y: relief.grid.y, lens: new Lens(scene(), relief, place) };
  }

  clicks(box, (pixel) => {
    const start = frame()?.lens?.toPlane(pixel);
    if (start && !store.fixed) store.change((race) => ({ ...race, start }));
  });
  return {
    update,
    frame,
    /** @param {Ink} next */
    recolor(next) {
      colors = next;
      if (relief) plotly.react(box, ...figure(relief.grid, scene().getCamera()));
    },
    resize() {
      if (!relief || box.offsetWidth === 0) return;
      // Plotly goes back to the camera of its layout, into which it puts a turned one at the end of the drag.
      /** @type {any} */ (box).layout.scene.camera = scene().getCamera();
      plotly.Plots.resize(box);
    },
    /** From where one looks, and at what (6,); null for where one looks at first. @returns {number[] | null} */
    camera() {
      const { eye, center } = relief ? scene().getCamera() : camera;
      const at = [eye, center].flatMap(({ x, y, z }) => [x, y, z]).map((value) => Number(value.toFixed(3)));
      const first = [CAMERA.eye, CAMERA.center].flatMap(({ x, y, z }) => [x, y, z]);
      return at.every((value, k) => Math.abs(value - first[k]) < 2e-3) ? null : at;
    },
    /** @param {number[]} at  (6,) */
    lookFrom([x, y, z, a, b, c]) {
      camera = { ...CAMERA, eye: { x, y, z }, center: { x: a, y: b, z: c } };
      if (relief) plotly.relayout(box, { "scene.camera": camera });
    },
    /** Look again from where one looks at first. */
    home: () => relief && plotly.relayout(box, { "scene.camera": CAMERA }),
    destroy: together(() => (closed = true), listen(store, "race", update), swipes(box), asking.destroy, close),
  };
}

let tried = false;
let found = false;

/** Whether the browser can draw in space; the context that tells it is given back. */
function able() {
  if (tried) return found;
  tried = true;
  const gl = document.createElement("canvas").getContext("webgl");
  found = gl !== null;
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return found;
}

/**
 * Tell of clicks, which are what is no drag.
 *
 * @param {HTMLElement} box
 * @param {(pixel: [number, number]) => void} onClick
 */
function clicks(box, onClick) {
  let [x, y] = [0, 0];
  box.addEventListener("pointerdown", (event) => ([x, y] = [event.clientX, event.clientY]), true);
  box.addEventListener("click", (event) => {
    const moved = Math.hypot(event.clientX - x, event.clientY - y) > 4;
    if (!moved) onClick(pixelIn(box, event));
  });
}
