/** The lanes on the page: a trail that is only ever added to while the play-head moves on, and heads. */

import { drawTrail } from "./course.js";
import { drawOn } from "./scene.js";
import { strokeRing } from "../look/strokes.js";

/** @import {Scene} from "./scene.js" */
/** @import {Layers} from "../look/layers.js" */

/** @typedef {{lane: number, step: number, at: [number, number]}} Pointed */

/**
 * Two canvases, because handing one to the screen is what costs most. `course` holds the whole paths,
 * faint, and over them the trails; `heads` is small work and drawn anew in every frame.
 */
export class Paths {
  /** @type {Scene | null} */
  #scene = null;
  /** The last whole step that the trail holds. */
  #drawn = 0;
  /** @type {Pointed | null} */
  #pointed = null;

  /** @param {Layers} layers */
  constructor(layers) {
    this.course = layers.canvas("course");
    this.heads = layers.canvas("heads");
  }

  /** The paths in pixels, once there are any. */
  get projected() {
    return this.#scene?.projected ?? null;
  }

  /** Draw a scene from scratch, with the play-head at `step`. @param {Scene} scene @param {number} step */
  show(scene, step) {
    this.#scene = scene;
    this.#pointed = null;
    for (const layer of [this.course, this.heads]) layer.cover(scene.frame);
    this.#begin(scene, step);
    this.#drawHeads(scene, step);
  }

  /**
   * Move the play-head: forwards the trail is continued, backwards it is drawn again.
   *
   * @param {number} step
   */
  seek(step) {
    if (!this.#scene) return;
    const whole = Math.floor(step);
    if (whole < this.#drawn) {
      this.course.clear();
      this.#begin(this.#scene, step);
    } else drawTrail(this.course.ctx, this.#scene, this.#drawn, whole);
    this.#drawn = whole;
    this.heads.clear();
    this.#drawHeads(this.#scene, step);
  }

  /** Mark the point that the pointer is near. @param {Pointed | null} pointed @param {number} step */
  point(pointed, step) {
    if (!pointed && !this.#pointed) return;
    this.#pointed = pointed;
    this.seek(step);
  }

  /** @param {Scene} scene @param {number} step */
  #begin(scene, step) {
    drawOn("course", this.course.ctx, scene, step);
    this.#drawn = Math.floor(step);
  }

  /** @param {Scene} scene @param {number} step */
  #drawHeads(scene, step) {
    drawOn("heads", this.heads.ctx, scene, step);
    if (this.#pointed) strokeRing(this.heads.ctx, ...this.#pointed.at, 7, scene.ink.text);
  }
}
