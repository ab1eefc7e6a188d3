/** Whether workers are to be had: after a failure they are let be for a while, then tried again. */

/** In ms. */
const PAUSE = 30000;
/** One that has not answered after so many ms never will. */
export const SILENCE = 15000;

export class Trust {
  #again = 0;
  #pause;

  /** @param {number} pause */
  constructor(pause = PAUSE) {
    this.#pause = pause;
  }

  get lost() {
    return performance.now() < this.#again;
  }

  lose() {
    this.#again = performance.now() + this.#pause;
  }
}
