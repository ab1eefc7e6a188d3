/** Telling a Streamlit page of changes: each by a number, and in its address where it does not write that itself. */

/** @typedef {(link: any) => void} OnCommit */

/** So long, in ms, Streamlit may take to hear of a change and to write it into the address. */
const PROMPT = 3000;
/** Then it is told again, after twice the time each, and at last no more. */
const LAST = 16 * PROMPT;

export class Telling {
  /** Who is told now. */
  commit;
  #addressOf;
  /** Of the last change that the host was sent; the host says which one it has heard of. */
  #number;
  /** What the host has not heard of yet. @type {object | null} */
  #latest = null;
  #away = false;
  /** Timer after which the address is written here and the host is told again, and how long it takes. */
  #doubt = 0;
  #patience = PROMPT;
  #send = afterPaint((link) => this.commit(link));

  /** @param {number} heard @param {OnCommit} commit @param {(link: any) => string} [addressOf] */
  constructor(heard, commit, addressOf) {
    this.#number = heard;
    this.commit = commit;
    this.#addressOf = addressOf;
  }

  tell = (/** @type {object} */ link) => {
    this.#latest = link;
    this.#patience = PROMPT;
    this.#say(link);
  };

  /** Whether the host has heard of all, which is said by the number of the last that it has. @param {number} heard */
  hears(heard) {
    // One that begins anew has read all from the address, and counts from its own beginning.
    if (!this.#latest) this.#number = heard;
    const all = heard === this.#number;
    if (all) {
      clearTimeout(this.#doubt);
      this.#latest = null;
    }
    return all;
  }

  away() {
    this.#away = true;
  }

  back() {
    this.#away = false;
    if (this.#latest) this.tell(this.#latest);
  }

  end() {
    clearTimeout(this.#doubt);
  }

  /** @param {object} link */
  #say(link) {
    clearTimeout(this.#doubt);
    this.#send({ ...link, number: ++this.#number });
    if (this.#away) this.#write(link);
    else this.#doubt = window.setTimeout(() => this.#again(link), this.#patience);
  }

  /** A server that begins anew takes nothing down from the first run of its script. @param {object} link */
  #again(link) {
    this.#write(link);
    if (this.#patience >= LAST) return;
    this.#patience *= 2;
    this.#say(link);
  }

  /** Streamlit writes the address; where it does not, this does. @param {object} link */
  #write(link) {
    if (this.#addressOf) history.replaceState(history.state, "", `?${this.#addressOf(link)}`);
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
