/** One job at a time, the newest next: what was asked for in between is skipped. */

/**
 * Return a function that runs `work` on its argument, never twice at once. Of the arguments given
 * while it runs, only the last is worked on, right after.
 *
 * @template T
 * @param {(argument: T) => Promise<void>} work  must not reject
 * @returns {(argument: T) => void}
 */
export function newest(work) {
  /** @type {{argument: T} | null} */
  let wanted = null;
  let busy = false;
  return async (argument) => {
    wanted = { argument };
    if (busy) return;
    busy = true;
    while (wanted) {
      const next = /** @type {{argument: T}} */ (wanted);
      wanted = null;
      await work(next.argument);
    }
    busy = false;
  };
}
