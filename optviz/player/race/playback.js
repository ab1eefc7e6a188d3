/** The clock: while the store plays, it moves the play-head in every animation frame. */

import { listen, together } from "../base/listening.js";

/** @import {Store} from "../state/types.js" */

/** A race of 500 steps plays in this time, in seconds; longer ones take longer, but not in proportion. */
const SECONDS = 8;
/** How long the finished picture stays before a loop begins again, in milliseconds. */
const REST = 900;
/** A frame that took longer (the tab was hidden) counts as this long, in milliseconds. */
const LONGEST_FRAME = 100;

export class Playback {
  #frame = 0;
  #before = 0;
  #rested = 0;

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    const deaf = listen(store, "playing", () => this.#toggle());
    this.destroy = together(deaf, () => cancelAnimationFrame(this.#frame));
  }

  /** Start playing, from the start if the play-head is at the end; or stop. */
  flip() {
    const { store } = this;
    if (!store.playing && store.step >= store.race.steps) store.seek(0);
    store.play(!store.playing);
  }

  #toggle() {
    cancelAnimationFrame(this.#frame);
    this.#before = performance.now();
    this.#rested = 0;
    if (this.store.playing) this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  /** @param {number} now */
  #tick(now) {
    const passed = Math.min(Math.max(now - this.#before, 0), LONGEST_FRAME);
    this.#before = now;
    const { store } = this;
    const { steps } = store.race;
    const { speed, loop } = store.manner;
    const rate = (speed * steps) / (SECONDS * Math.sqrt(steps / 500));
    if (store.step < steps) store.seek(store.step + (passed / 1000) * rate);
    else if (!loop) store.play(false);
    else if ((this.#rested += passed) > REST) {
      this.#rested = 0;
      store.seek(0);
    }
    if (store.playing) this.#frame = requestAnimationFrame((later) => this.#tick(later));
  }
}
