/** The section of the learning-rate schedule: which one, its parameters, a plot of its multipliers. */

import { hasOwnSchedule, scheduleInForce, withoutOwnSchedule, withSchedule } from "../state/changes.js";
import { fill, h, parsed, setText } from "../base/dom.js";
import { freeLabel, namesApart } from "../state/laneedits.js";
import { equationOf } from "../state/notation.js";
import { raceSlider } from "./raceslider.js";
import { schedulePlot } from "../charts/scheduleplot.js";
import { findMenu } from "../controls/findmenu.js";
import { section, sliderGroup } from "../controls/sections.js";
import { isKept, keptSaid } from "../state/only.js";
import { smallMenu } from "../controls/select.js";

/** The settings of schedules are declared for races of so many steps. */
const USUAL_STEPS = 500;

/** @import {Keys} from "../controls/keys.js" */
/** @import {Part} from "../base/dom.js" */
/** @import {Parameter, Race, Store} from "../state/types.js" */

const ALL = "all";
/** What is said of any but the constant one in a race without noise. */
const QUIET = "Without noise a rate that falls has nothing to calm, and may only slow the race down: turn the noise up to see what a schedule is for.";
/** What is put behind a name that another lane has, too. */
const NUMBERED = / \d+$/;
/** What a lane's menu says of having the schedule of all. */
const AS_ALL = "";
const AS_OTHERS = { slug: AS_ALL, name: "As all others", about: "No schedule of its own." };

/** @param {Store} store @param {Keys} keys @returns {Part} */
export function scheduleSection(store, keys) {
  const whose = whoseMenu(store, () => update());
  const menu = smallMenu("Learning-rate schedule", "", take);
  const lane = () => whose.lane();
  const present = () => store.schedule(scheduleInForce(store.race, store.pinned, lane()).slug);
  const group = sliderGroup(
    () => `${lane()} ${present().slug} ${inherits()}`,
    () => (inherits() ? [] : present().hyperparameters.map((parameter) => scheduleSlider(store, parameter, lane()))),
  );
  const plot = h("div", { class: "ov-schedule-plot" });
  const about = h("p", { class: "ov-note" });
  const quiet = h("p", { class: "ov-note" }, QUIET);
  const equation = h("div", {
    class: "ov-equation ov-small-equation",
    role: "group",
    "aria-label": "Equation of the schedule",
  });
  const { element, say } = section("Schedule", false, whose.element, menu.element, about, quiet, equation, plot, group.element);

  /** Whether what is shown is a lane that has the schedule of all. */
  function inherits() {
    const of = lane();
    return of !== null && !hasOwnSchedule(store.race, of);
  }

  /** @param {string} slug */
  function take(slug) {
    const of = lane();
    if (of !== null && slug === AS_ALL) return store.change((race) => namedAfter(store, withoutOwnSchedule(race, of), of));
    const values = Object.fromEntries(store.schedule(slug).hyperparameters.map((one) => [one.name, begun(one, store.race.steps)]));
    return store.change((race) => namedAfter(store, withSchedule(store, race, { slug, values }, of), of));
  }

  function update() {
    whose.update();
    const { slug, name, about: sentence, equation: equations } = present();
    const common = store.schedule(scheduleInForce(store.race, store.pinned).slug).name;
    const own = /** @type {[string, string][]} */ (store.catalogue.schedules.map((one) => [one.slug, one.name]));
    menu.update(lane() === null ? own : [[AS_ALL, `As all others: ${common}`], ...own], inherits() ? AS_ALL : slug);
    setText(about, sentence);
    quiet.hidden = slug === "constant" || store.race.noise > 0;
    fill(equation, `${slug} ${store.view.notation}`, () => [parsed(equationOf(store, equations))]);
    const apart = store.race.lanes.filter((_, index) => hasOwnSchedule(store.race, index)).length;
    const alone = store.race.lanes.length === 1;
    say(alone ? name : apart ? `${common}; ${apart} of ${store.race.lanes.length} by themselves` : common);
    group.update();
  }

  const finding = findMenu({
    name: "Schedule of the chosen optimizer",
    search: "Find a schedule",
    noun: ["schedule", "schedules"],
    entries: () => (lane() === null ? store.catalogue.schedules : [AS_OTHERS, ...store.catalogue.schedules]),
    choose(slug) {
      take(slug);
      keys.say(`${store.lane(store.view.chosen).label}: the schedule is ${present().name.toLowerCase()}`);
    },
    keys,
    beside: () => null,
  });
  keys.root.append(h("div", { class: "ov-panel ov-menus" }, finding));
  keys.add("Change", {
    keys: ["d"],
    does: "The schedule of the chosen optimizer: type its name, then Enter",
    act() {
      if (isKept(store.view, "run")) return keptSaid("run");
      element.open = true;
      whose.choose(store.view.chosen);
      finding.showPopover();
    },
  });
  return { element, destroy: whileOpen(element, () => schedulePlot(store, plot)), update };
}

/**
 * The value that a setting of a schedule begins with: what counts steps, and what acts at each of them,
 * takes as large a part of a short race as of the usual one, or nothing would be seen of it.
 *
 * @param {Parameter} setting
 * @param {number} steps
 */
function begun({ name, default: usual, integer }, steps) {
  const times = steps / USUAL_STEPS;
  if (integer) return Math.max(1, Math.round(usual * times));
  return name === "decay" ? Number((usual / times).toPrecision(2)) : usual;
}

/**
 * A menu of whose schedule is set: that of all lanes, or of one by itself. Where one is chosen that has
 * its own, it is that one's; and who sets those of lanes goes on to the next that is chosen.
 *
 * @param {Store} store
 * @param {() => void} changed
 */
function whoseMenu(store, changed) {
  /** Of which lane; which one was the optimizer chosen then, and of how many: another number makes it another lane. */
  let now = { lane: ALL, of: -1, count: 0 };
  const set = (/** @type {string} */ lane) => (now = { lane, of: store.view.chosen, count: store.race.lanes.length });
  const menu = smallMenu("Whose schedule", "of", (value) => {
    set(value);
    changed();
  });

  function follow() {
    const { race, view } = store;
    const same = now.count === race.lanes.length;
    if (same && now.of === view.chosen) return;
    set(hasOwnSchedule(race, view.chosen) || (same && now.lane !== ALL) ? String(view.chosen) : ALL);
  }

  return {
    element: menu.element,
    /** @param {number} lane */
    choose(lane) {
      set(String(lane));
      changed();
    },
    /** Null for all. @returns {number | null} */
    lane() {
      follow();
      return now.lane === ALL ? null : Number(now.lane);
    },
    update() {
      follow();
      const { race } = store;
      menu.element.hidden = race.lanes.length === 1 && now.lane === ALL;
      const names = namesApart(race).map((name, index) => /** @type {[string, string]} */ ([String(index), `${name} alone`]));
      menu.update([[ALL, "all optimizers"], ...names], now.lane);
    },
  };
}

/** Name a lane after its own schedule, or no longer, unless somebody has named it. @param {Store} store @param {Race} race @param {number | null} index */
function namedAfter(store, race, index) {
  if (index === null) return race;
  const { label, rule, schedule } = race.lanes[index];
  const name = store.rule(rule).name;
  const usual = [name, ...store.catalogue.schedules.map((one) => nameWith(name, one))];
  if (!usual.includes(label.replace(NUMBERED, ""))) return race;
  const others = race.lanes.filter((_, i) => i !== index).map((lane) => lane.label);
  const next = freeLabel(others, schedule ? nameWith(name, store.schedule(schedule.slug)) : name);
  return { ...race, lanes: race.lanes.map((lane, i) => (i === index ? { ...lane, label: next } : lane)) };
}

/** @param {string} rule  its name @param {{name: string}} schedule */
function nameWith(rule, { name }) {
  return `${rule}, ${name.toLowerCase()}`;
}

/** @param {Store} store @param {Parameter} parameter @param {number | null} lane */
function scheduleSlider(store, parameter, lane) {
  return raceSlider(store, parameter, {
    get: (race) => scheduleInForce(race, store.pinned, lane).values[parameter.name],
    set: (race, value) => {
      const { slug, values } = scheduleInForce(race, store.pinned, lane);
      return withSchedule(store, race, { slug, values: { ...values, [parameter.name]: value } }, lane);
    },
  });
}

/**
 * Build something when a section opens and take it down when it closes: a closed plot costs nothing.
 *
 * @param {HTMLDetailsElement} details
 * @param {() => () => void} build  returns what takes it down
 * @returns {() => void}  takes it down for good
 */
function whileOpen(details, build) {
  let destroy = () => {};
  details.addEventListener("toggle", () => {
    destroy();
    destroy = details.open ? build() : () => {};
  });
  return () => destroy();
}
