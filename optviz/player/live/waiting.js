/** Tells when what is shown is not what is wanted: it is long in coming, or was of another surface. */

/** @import {Store} from "../state/types.js" */

/** After this long without a result the page says that it is waiting. */
const PATIENCE = 250;

export class Waiting {
  #store;
  /** Timer of what is being waited for, 0 if nothing is. */
  #timer = 0;
  #long = false;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** Something is wanted that will not be there in the next frame. */
  begin() {
    this.#timer ||= setTimeout(() => this.#say(true), PATIENCE);
    this.#say(this.#long);
  }

  /** It has come, or is not wanted any more. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#say(false);
  }

  /** @param {boolean} long */
  #say(long) {
    this.#long = long;
    const { result, race } = this.#store;
    const foreign = result !== null && result.race.surface !== race.surface;
    this.#store.wait(long || foreign);
  }
}
