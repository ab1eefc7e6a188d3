/** A store with a play-head: where it is, whether it moves and how. */

import { PageStore } from "./pagestore.js";

/**
 * Events: `step`, `playing`, `manner`, each after that has changed.
 *
 * @template {{race: {steps: number}}} About  what the page is about
 * @template Link  what the host is told
 * @extends {PageStore<About, Link>}
 */
export class HeadStore extends PageStore {
  /** The play-head, between 0 and the number of steps; fractions lie between two steps. */
  step = 0;
  playing = false;
  /** How the play-head moves: so many times as fast as usual, from the start again or not. */
  manner = { speed: 1, loop: false };

  /** @param {ConstructorParameters<typeof PageStore<About, Link>>[0]} options */
  constructor(options) {
    super(options);
    /** @type {About["race"]} */
    this.race = options.about.race;
  }

  /** @param {number} step  play-head; what lies outside the race is brought to its end */
  seek(step) {
    const held = Math.min(Math.max(step, 0), this.race.steps);
    if (held === this.step) return;
    this.step = held;
    this.emit("step");
  }

  /** @param {boolean} playing */
  play(playing) {
    if (playing === this.playing) return;
    this.playing = playing;
    this.emit("playing");
  }

  /** @param {Partial<HeadStore<About, Link>["manner"]>} patch */
  pace({ speed = this.manner.speed, loop = this.manner.loop }) {
    this.manner = { speed, loop };
    this.emit("manner");
  }
}
