/**
 * The shapes of a lesson's data; nothing here runs.
 *
 * @typedef {{slug: string, title: string, about: string, parts: number}} Content  A lesson in the list of all.
 *
 * @typedef {object} Prediction  What is asked before the paths are shown.
 * @property {string} question
 * @property {string[]} options
 * @property {number} right  index of the option that the race proves right
 * @property {string} because  HTML
 *
 * @typedef {object} Section  A part of a lesson, with its race as a link means it.
 * @property {string} title
 * @property {string} html
 * @property {string} query
 * @property {import("../state/types.js").Race} race
 * @property {import("../state/types.js").View} view
 * @property {import("../state/moment.js").Moment} moment
 * @property {[string, string][]} questions  each with its answer, HTML
 * @property {Prediction | null} prediction
 *
 * @typedef {{slug: string, title: string, about: string, sections: Section[]}} Lesson
 */
export {};
