/** The picture for those who hear the page: what is worth saying is said, the rest can be asked for. */

import { listen, together } from "../base/listening.js";
import { freshId, h, setText } from "../base/dom.js";
import { sentence } from "../panels/midrun.js";
import { typeable } from "../scales/numbers.js";
import { difference } from "./difference.js";
import { toQuery } from "../state/query.js";
import { namesApart } from "../state/laneedits.js";
import { comings, end, ends, losses, standings, story, turn, turned } from "./story.js";

/** @import {Standing} from "./story.js" */
/** @import {Race, Result, Store} from "../state/types.js" */

/** How long the play-head must rest before it is spoken of, and how often at most while it plays, in ms. */
const PAUSE = 700;
const WHILE_PLAYING = 5000;

/**
 * Say what happens, and let `picture` be described by it.
 *
 * @param {Store} store
 * @param {HTMLElement} element  takes the sentences, which are not seen
 * @param {HTMLElement} picture
 * @returns {() => void}  ends it
 */
export function narrator(store, element, picture) {
  const said = h("p", { class: "ov-hidden", id: freshId(), role: "status", "aria-live": "polite" });
  const more = h("p", { class: "ov-hidden", id: freshId() });
  element.append(said, more);
  picture.setAttribute("role", "figure");
  picture.setAttribute("aria-describedby", `${said.id} ${more.id}`);
  let timer = 0;
  let spoken = 0;
  let known = "";
  /** @type {Race | null} */
  let before = null;
  let whole = "";
  /** What has been told of whom, and whose end was no news. @type {[Set<string>, Standing[]]} */
  let [told, old] = [new Set(), []];
  /** The earliest step since then. */
  let earliest = Infinity;

  function speak() {
    const { result, step, view } = store;
    timer = 0;
    picture.setAttribute("aria-label", `Paths of the optimizers on the surface ${store.surface().name}`);
    // While other lanes are being run, the old ones are no news; the new ones will be.
    if (!result || !sameLanes(result.race, store.race)) return;
    const at = Math.min(Math.floor(step), result.steps);
    const { endless } = store.surface();
    const lanes = standings(result, view, at, endless);
    // While it plays, a number that has changed is no news; another leader is.
    if (store.playing && turn(lanes) === known) return;
    known = turn(lanes);
    spoken = performance.now();
    const { race, steps } = result;
    const key = (/** @type {Standing} */ { label, arrived, left }) => `${label} ${arrived} ${left}`;
    const earlier = before ?? race;
    const came = arrival(earlier, race);
    before = race;
    // What is said stays while it is true. At the end of the race all is told.
    const all = story(lanes, lanes, at, steps);
    const others = turned(earlier, race, lanes, all) + changedThere(earlier, result);
    // A change that comes to the same is told of, too: silence would leave in doubt whether it was taken.
    const same = !came && !others && all === whole && toQuery(earlier) !== toQuery(race);
    if (came || others || same || all !== whole) {
      whole = all;
      // Who went back before an end and comes to it again is told of it again.
      const lasting = new Set(standings(result, view, Math.min(earliest, at), endless).map(key));
      old = at < steps ? lanes.filter((lane) => told.has(key(lane)) && lasting.has(key(lane))) : [];
      told = new Set(lanes.map(key));
      earliest = at;
      const news = lanes.filter((lane) => !old.includes(lane));
      const changed = same ? `${difference(store, { race: earlier, view }, { race, view })}. ` : came;
      setText(said, changed + story(lanes, news, at, steps) + others);
    }
    const changes = race.changes
      .filter((change) => change.step <= at)
      .map((change) => `${sentence(store, change, race)}.`);
    setText(more, [ends(old), losses(lanes), ...changes].filter(Boolean).join(" "));
  }

  /** Which surface it is now, or who came and who went. @param {Race} earlier @param {Race} race */
  function arrival(earlier, race) {
    if (earlier.surface === race.surface) return comings(earlier, race);
    const rates = (/** @type {Race} */ { lanes }) => JSON.stringify(lanes.map(({ values }) => values.lr));
    const suited = rates(earlier) === rates(race) ? "" : ", at rates that suit it";
    return `${store.surface().name}, from (${race.start.map(typeable).join(", ")})${suited}. `;
  }

  /** What was changed in mid-run since another race, and how its lanes end now. @param {Race} earlier @param {Result} result */
  function changedThere(earlier, result) {
    const { race, steps } = result;
    const known = new Set(earlier.changes.map((one) => JSON.stringify(one)));
    const fresh = race.changes.filter((one) => !known.has(JSON.stringify(one)));
    const left = earlier.changes.length - (race.changes.length - fresh.length) > fresh.length;
    const names = fresh.map(({ lane }) => namesApart(race)[lane ?? -1]);
    const ended = standings(result, store.view, steps, store.surface().endless).filter(({ label }) => names.includes(label));
    const said = fresh.map((one) => ` ${sentence(store, one, race)}.`);
    return [...(left ? [" A change in mid-run is undone."] : []), ...said, ...ended.map(end)].join("");
  }

  function soon() {
    earliest = Math.min(earliest, Math.floor(store.step));
    if (store.playing && timer) return;
    clearTimeout(timer);
    const wait = store.playing ? spoken + WHILE_PLAYING - performance.now() : 0;
    timer = window.setTimeout(speak, Math.max(PAUSE, wait));
  }

  // Who enters a moment, or a part of a lesson, has left the race of before.
  const entered = listen(store, "entered", ({ detail }) => (before = detail));
  return together(listen(store, ["step", "result", "playing", "view"], soon), entered, () => clearTimeout(timer));
}

/** @param {Race} one @param {Race} other */
function sameLanes({ lanes }, other) {
  return lanes.length === other.lanes.length && lanes.every(({ rule }, i) => rule === other.lanes[i].rule);
}
