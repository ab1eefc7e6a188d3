/**
 * The shapes of a comparison's data; nothing here runs.
 *
 * @typedef {object} Comparison  The whole experiment of a comparison; never changed in place.
 * @property {string} surface
 * @property {Record<string, number>} shape
 * @property {string[]} rules
 * @property {number} steps
 * @property {number} trials
 * @property {number} tuning_starts  fixed: from how many starts every trial is judged
 * @property {number} starts
 * @property {number} seed
 *
 * @typedef {{name: string, low: number, high: number, log: boolean, integer: boolean}} Range
 *
 * @typedef {object} Verdict  How well a rule does at its best; null stands for what never happens.
 * @property {string} rule
 * @property {string} label
 * @property {Record<string, number>} values  the best setting
 * @property {number} reached  share of the starts that come to a global minimum
 * @property {number | null} first_quartile  step by which a quarter of the starts has arrived
 * @property {number | null} median
 * @property {number | null} third_quartile
 * @property {number} diverged  share of the starts
 * @property {number | null} loss  median of the last losses
 * @property {number} works  share of the settings that bring half of the starts there
 * @property {Range[]} space  what the settings were drawn from
 */
export {};
