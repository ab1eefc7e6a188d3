/** Telling a Streamlit page of changes: each by a number, and in its address where it does not write that itself. */

/** @typedef {(link: any) => void} OnCommit */

/** So long, in ms, Streamlit may take to write a change into the address. */
const PROMPT = 3000;

export class Telling {
  /** Who is told now. */
  commit;
  #addressOf;
  /** Of the last change that the host was sent; the host says which one it has heard of. */
  #number;
  /** @type {object | null} */
  #latest = null;
  #away = false;
  /** Timer after which the address is written here. */
  #kept = 0;
  #send = afterPaint((link) => this.commit(link));

  /** @param {number} heard @param {OnCommit} commit @param {(link: any) => string} [addressOf] */
  constructor(heard, commit, addressOf) {
    this.#number = heard;
    this.commit = commit;
    this.#addressOf = addressOf;
  }

  tell = (/** @type {object} */ link) => {
    this.#latest = link;
    this.#send({ ...link, number: ++this.#number });
    if (this.#addressOf) this.#keep(this.#addressOf(link));
  };

  /** Whether the host has heard of all, which is said by the number of the last that it has. @param {number} heard */
  hears(heard) {
    const all = heard === this.#number;
    if (all) clearTimeout(this.#kept);
    return all;
  }

  away() {
    this.#away = true;
  }

  back() {
    this.#away = false;
    // A server that begins anew takes nothing down from the first run of its script.
    if (this.#latest) this.#send({ ...this.#latest, number: ++this.#number });
  }

  end() {
    clearTimeout(this.#kept);
  }

  /** Streamlit writes the address; if it does not, this does. @param {string} query */
  #keep(query) {
    clearTimeout(this.#kept);
    const write = () => history.replaceState(history.state, "", `?${query}`);
    if (this.#away) write();
    else this.#kept = window.setTimeout(write, PROMPT);
  }
}

/**
 * Return `send`, put off until what caused it is painted: a run of the script keeps the page busy.
 * Of several calls until then the last one counts.
 *
 * @param {OnCommit} send
 * @returns {OnCommit}
 */
function afterPaint(send) {
  /** @type {{link: unknown} | null} */
  let latest = null;
  const flush = () => {
    if (latest) send(latest.link);
    latest = null;
  };
  return (link) => {
    if (!latest) requestAnimationFrame(() => setTimeout(flush));
    latest = { link };
  };
}
