/** The maps of all optimizers: keeps each up to date, coloured alike, and all of them in order. */

import { follow, together } from "../base/listening.js";
import { h, setText } from "../base/dom.js";
import { mapQuery } from "../server/mapquery.js";
import { finalLoss, lossRange } from "../outcomes/losscolors.js";
import { exactAt, wishFor } from "../outcomes/mapaxis.js";
import { symbolOf } from "../state/notation.js";
import { toQuery } from "../state/query.js";
import { isDark, watchTheme } from "../look/theme.js";
import { arrange } from "./arrange.js";
import { MapFetching } from "./fetching.js";
import { mapsLegend } from "./legend.js";
import { canRank, haveSameSides, lineup, lookOf, opened } from "./lineup.js";
import { moreRobust, outcomeOf } from "./outcome.js";
import { reading } from "./reading.js";
import { SharedPlaces } from "./sharedplaces.js";
import { rateRange, sidesOf } from "./sides.js";
import { mapTile } from "./tile.js";
import { announced, explained } from "./words.js";

/** @import {Exponents} from "../outcomes/losscolors.js" */
/** @import {Api, MapReply, Store} from "../state/types.js" */
/** @import {Job} from "./fetching.js" */
/** @import {Outcome} from "./outcome.js" */
/** @import {Seen, Tile} from "./tile.js" */

/**
 * @typedef {object} Exhibit  An optimizer on the page.
 * @property {Tile} tile
 * @property {Seen} seen
 * @property {Job} job  the map that is wanted
 * @property {boolean} near  whether it is on the screen, or almost
 * @property {MapReply | null} counted  the coarse map that came last, its places under shared numbers
 * @property {string} ground  the surface that it is of
 * @property {string} subject  what its words are about
 * @property {Outcome | null} outcome
 * @property {number} at  its place in the race or the catalogue
 * @property {(shares: [number, number] | null) => string} link  the race to open from there
 */

const KEYS =
  "The arrow keys read the map, cell by cell; Home and End go to the ends of its row, Page Up and Page Down ten cells, B to the cell that converges first. Enter opens the race from there.";
/** Maps so many pixels beyond the screen's edge count as seen. */
const MARGIN = "120px";
const IN_A_ROW = 4;
/** Every so many of a map's cells are enough to find the range of all losses. */
const SAMPLE = 16;

/**
 * @param {Store} store
 * @param {HTMLElement} place
 * @param {{api: Api, home: string, root: HTMLElement}} options  `home` is the path of the race page
 * @returns {() => void}  takes it away
 */
export function gallery(store, place, { api, home, root }) {
  const explanation = h("p", { class: "ov-muted" });
  const progress = h("p", { class: "ov-maps-progress ov-muted", "aria-hidden": "true" });
  const names = h("ul", { class: "ov-wrap ov-maps-legend", "aria-label": "Legend" });
  const list = h("ol", { class: "ov-maps-list" });
  const keys = h("p", { class: "ov-hidden", id: "ov-maps-keys" }, KEYS);
  const [news, said] = [0, 1].map(() => h("p", { class: "ov-hidden", role: "status" }));
  const grid = h("div", { class: "ov-maps-grid" }, list);
  const head = h("div", { class: "ov-row ov-maps-head" }, names, progress);
  place.append(head, explanation, grid, keys, news, said);

  /** @type {Map<string, Exhibit>} */
  const exhibits = new Map();
  const legend = mapsLegend(names);
  /** @type {{of: string, places: SharedPlaces} | null} */
  let shared = null;
  /** The range of all final losses, if cells are coloured by them. @type {Exponents | null} */
  let losses = null;
  let due = 0;

  const fetching = new MapFetching(api, {
    arrived(job, map, coarse) {
      const exhibit = exhibits.get(job.key);
      if (!exhibit) return;
      const { ground, subject, drawn } = job;
      if (shared?.of !== ground) shared = { of: ground, places: new SharedPlaces(store.surface()) };
      const one = shared.places.adopt(map);
      exhibit.tile.show(one, drawn, job.steps);
      exhibit.tile.age(job.query !== exhibit.job.query);
      if (coarse) {
        Object.assign(exhibit, { counted: one, ground, subject, outcome: outcomeOf(one) });
        if (subject === exhibit.job.subject) exhibit.tile.judge(outcomeOf(one), words());
      }
      summarise();
    },
    failed(job, problems) {
      const exhibit = exhibits.get(job.key);
      if (!exhibit) return;
      exhibit.outcome = exhibit.counted = null;
      exhibit.tile.fail(problems);
      summarise();
    },
  });
  const reader = reading(grid, said, {
    all: () => exhibits.values(),
    alike: () => haveSameSides(store),
    lowest: () => store.surface().minimum ?? 0,
  });
  const sight = new IntersectionObserver(
    (changes) => {
      for (const exhibit of exhibits.values()) {
        const change = changes.filter(({ target }) => target === exhibit.tile.element).at(-1);
        if (change) exhibit.near = change.isIntersecting;
      }
      ask();
    },
    { rootMargin: MARGIN },
  );

  const words = () => {
    const { length } = store.surface().minima;
    const arriving = `reach ${length === 1 ? "the" : "a"} global minimum`;
    return { arriving, cells: lookOf(store).over === "starts" ? "starts" : "settings", none: length === 0 };
  };

  function update() {
    const entries = lineup(store);
    const rates = rateRange(entries);
    const { who, over } = lookOf(store);
    const { race } = store;
    const ground = JSON.stringify([race.surface, race.shape]);
    const subject = `${race.surface} ${over}`;
    const gone = new Map(exhibits);
    for (const [at, entry] of entries.entries()) {
      const key = `${who} ${entry.lane} ${entry.race.lanes[entry.lane].rule}`;
      const sides = sidesOf(store, entry, rates);
      const seen = { entry, sides };
      const query = mapQuery(entry.race, entry.lane, wishFor(store, sides, over === "starts" ? [] : ["across"]));
      const exhibit = exhibits.get(key) ?? begun(key);
      gone.delete(key);
      const { rule } = entry.race.lanes[entry.lane];
      exhibit.seen = seen;
      exhibit.at = at;
      exhibit.job = { key, query, steps: race.steps, near: exhibit.near, drawn: seen, ground, subject };
      exhibit.tile.update(seen, (name) => symbolOf(store, name, rule), store.rule(rule));
      exhibit.tile.age(!fetching.has(exhibit.job));
      if (exhibit.outcome && exhibit.subject !== subject) exhibit.tile.await();
      else if (exhibit.outcome && fetching.has(exhibit.job)) exhibit.tile.judge(exhibit.outcome, words());
      exhibit.tile.plot.href = exhibit.link(null);
    }
    for (const [key, { tile }] of gone) {
      sight.unobserve(tile.element);
      tile.destroy();
      exhibits.delete(key);
    }
    list.style.setProperty("--ov-columns", String(columns(entries.length)));
    setText(explanation, explained(store));
    ask();
    summarise();
  }

  /** @param {string} key @returns {Exhibit} */
  function begun(key) {
    const tile = mapTile(list, keys.id, () => losses);
    /** @type {Exhibit} */
    const exhibit = /** @type {any} */ ({ tile, near: false, counted: null, ground: "", subject: "", outcome: null, at: 0 });
    exhibit.link = (shares) => linkOf(exhibit.seen, shares);
    exhibits.set(key, exhibit);
    sight.observe(tile.element);
    reader.listen(exhibit);
    return exhibit;
  }

  /** @param {Seen} seen @param {[number, number] | null} shares */
  function linkOf({ entry, sides: { across, up } }, shares) {
    const values = shares ? { [across.name]: exactAt(across, shares[0]), [up.name]: exactAt(up, shares[1]) } : {};
    const { race, chosen } = opened(store, entry, values);
    const look = lookOf(store).over === "starts" ? "show=basins" : "chart=map";
    return `${home}?${toQuery(race)}&chosen=${chosen}&${look}`;
  }

  function ask() {
    const inOrder = [...list.children].flatMap((element) => [...exhibits.values()].find(({ tile }) => tile.element === element) ?? []);
    fetching.want(inOrder.map(({ job, near }) => ({ ...job, near })), store.held);
    if (!fetching.complete) list.setAttribute("aria-busy", "true");
  }

  /** What is about all maps together follows them once a frame. */
  function summarise() {
    due ||= requestAnimationFrame(() => {
      due = 0;
      const all = [...exhibits.values()];
      paintAlike(all);
      const there = all.filter(({ job }) => fetching.has(job)).length;
      const sorted = isRanked() ? ", put in order when all are there" : "";
      setText(progress, fetching.complete ? "" : `${there} of ${all.length} maps${sorted}`);
      if (fetching.complete && !store.held) order(all);
      list.setAttribute("aria-busy", String(!fetching.complete));
      reader.renew();
    });
  }

  /** @param {Exhibit[]} all */
  function paintAlike(all) {
    const maps = all.filter(({ ground }) => ground === shared?.of).flatMap(({ counted }) => counted ?? []);
    const dark = isDark(root);
    names.classList.toggle("ov-maps-past", maps.length > 0 && all.every(({ subject, job }) => subject !== job.subject));
    const before = JSON.stringify(losses);
    if (lookOf(store).color === "loss") {
      const some = maps.flatMap(({ excess }) => [...excess.filter((_, at) => at % SAMPLE === 0)]);
      losses = lossRange(Float32Array.from(some));
      legend.showLosses(losses, finalLoss(store), dark);
    } else {
      losses = null;
      legend.showPlaces(maps, dark);
    }
    if (JSON.stringify(losses) !== before) all.forEach(({ tile }) => tile.repaint());
  }

  /** @param {Exhibit[]} all */
  function order(all) {
    const label = (/** @type {Exhibit} */ { seen: { entry } }) => entry.race.lanes[entry.lane].label;
    const ranked = [...all].sort((a, b) => moreRobust(a.outcome, b.outcome));
    const byName = (/** @type {Exhibit} */ a, /** @type {Exhibit} */ b) => label(a).localeCompare(label(b));
    const asGiven = [...all].sort((a, b) => a.at - b.at);
    const shown = isRanked() ? ranked : lookOf(store).sort === "name" ? [...all].sort(byName) : asGiven;
    arrange(list, shown.map(({ tile }) => tile.element));
    const told = ranked.flatMap((one) => (one.outcome ? { label: label(one), outcome: one.outcome } : []));
    setText(news, [`${told.length} of ${all.length} maps are there.`, ...(canRank(store) && told.length ? [announced(told, words().arriving)] : [])].join(" "));
  }

  const isRanked = () => canRank(store) && lookOf(store).sort === "robust";

  return together(
    watchTheme(root, summarise),
    follow(store, ["race", "view"], update),
    () => cancelAnimationFrame(due),
    () => sight.disconnect(),
    reader.destroy,
    fetching.destroy,
    () => exhibits.forEach(({ tile }) => tile.destroy()),
  );
}

/** How many maps are best put beside each other: few in one row, more in two. @param {number} count */
function columns(count) {
  return count <= IN_A_ROW ? count : Math.ceil(count / 2);
}
