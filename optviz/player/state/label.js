/** The name of a lane as one short line, as `optviz/checks.py` leaves it in a link. */

/** What the server keeps of it, in characters. */
export const LONGEST = 40;
/** All that is not seen, besides what joins letters and pictures or keeps them apart. */
const UNSEEN = /(?![\u200c\u200d])[\p{C}\p{Z}]/gu;
const STRAY_JOINERS = /(?:(?<!\S)|(?<=[\u200c\u200d]))[\u200c\u200d]+/g;

/** @param {string} text  as it was typed @returns {string}  empty if nothing of it can be seen */
export function labelOf(text) {
  const shown = text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
  const line = shown.replace(STRAY_JOINERS, "").replace(/\s+/g, " ").trim();
  return cut(line).trim();
}

/** The beginning of a line; what is read as one character stays whole. @param {string} line */
function cut(line) {
  let [short, count] = ["", 0];
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    count += [...segment].length;
    if (count > LONGEST) return short || [...line].slice(0, LONGEST).join("");
    short += segment;
  }
  return short;
}
