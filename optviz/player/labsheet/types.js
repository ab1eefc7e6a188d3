/** The types of a lab sheet: what is asked, answered, kept and handed in. */

/**
 * @typedef {object} Figures  What came of one lane.
 * @property {string} label
 * @property {string} status
 * @property {number | null} final_loss
 * @property {number | null} distance  to the nearest minimum
 *
 * @typedef {object} Answer
 * @property {string} question
 * @property {string} answer
 * @property {string | null} race  the query of the race that was attached, if one was
 * @property {Figures[]} figures  of its lanes
 *
 * @typedef {object} LabSheet  What is handed in, as it stands in a file.
 * @property {"lab sheet 1"} optviz
 * @property {string} name
 * @property {string} saved  date and time, ISO 8601
 * @property {string} link  address of the sheet
 * @property {Answer[]} answers
 */

export {};
