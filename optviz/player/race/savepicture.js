/** The picture for slides, by one press: a PNG that is sharp in print. */

import { download } from "../base/download.js";

/** @import {Store} from "../state/types.js" */

/** @typedef {(scale: number) => Promise<Blob | null>} Image  a PNG so many times as sharp as the screen; null if there is none of it */

/** A picture of 600 px comes to 2400: 20 cm at 300 dots per inch. */
const SCALE = 4;
const SAVED = "Saved: the picture as it is, with the names below it.";
const IN_SPACE = "In 3-D there is no such picture: leave it first (3).";
const FAILED = "The picture could not be made in this browser.";

/** @param {Store} store @param {Image} image @returns {Promise<string>}  what it has come to */
export async function savePicture(store, image) {
  try {
    const blob = await image(SCALE);
    if (!blob) return IN_SPACE;
    download(blob, `optviz-${store.race.surface}.png`);
    return SAVED;
  } catch {
    return FAILED;
  }
}
