/** A finger on the bar of the play-head: along the bar it moves that, across it scrolls the page. */

/** So far, in px, a finger goes before it is clear which it does. */
const CLEAR = 6;

/**
 * @param {HTMLInputElement} bar
 * @param {(value: number) => void} scrub
 * @param {() => void} show  shows where the play-head is
 */
export function scrubbing(bar, scrub, show) {
  /** Where a finger was put down of which it is not clear yet. @type {[number, number] | null} */
  let put = null;
  /** Where the play-head is if it moves that. @type {number | null} */
  let wanted = null;
  const decide = () => {
    put = null;
    if (wanted !== null) scrub(wanted);
  };
  bar.addEventListener("input", () => {
    wanted = Number(bar.value);
    if (put) show();
    else scrub(wanted);
  });
  bar.addEventListener("pointerdown", ({ pointerType, clientX, clientY }) => {
    put = pointerType === "touch" ? [clientX, clientY] : null;
    wanted = null;
  });
  bar.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!put) return;
    const along = Math.abs(clientX - put[0]);
    if (along > CLEAR && along > Math.abs(clientY - put[1])) decide();
  });
  bar.addEventListener("pointerup", () => put && decide());
  bar.addEventListener("pointercancel", () => (put = null));
}
