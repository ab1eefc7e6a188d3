/** From here on: a switch that lets the sliders change the rest of a run, and the changes so made. */

import { withoutChange } from "../state/changes.js";
import { fill, h, setText } from "../base/dom.js";
import { switchOf } from "../controls/switch.js";
import { glyphButton } from "../look/glyphs.js";
import { typeable } from "../scales/numbers.js";

/** @import {Change, Race, Store} from "../state/types.js" */

const TITLE = "Sliders and schedule then change the rest of the run, from the play-head on";

/** @param {Store} store */
export function midRun(store) {
  const text = h("span", {});
  const { element: label, input } = switchOf(text, (on) => store.pin(on ? Math.floor(store.step) : null));
  label.title = TITLE;
  const list = h("ul", { class: "ov-changes", "aria-label": "Changes in mid-run" });
  const element = h("div", { class: "ov-midrun" }, label, list);

  return {
    element,
    update() {
      input.checked = store.pinned !== null;
      setText(text, nameOf(store.pinned));
      const key = JSON.stringify([store.race.changes, store.race.lanes.map(({ label }) => label)]);
      list.hidden = store.race.changes.length === 0;
      fill(list, key, () => store.race.changes.map((change) => item(store, change)));
    },
  };
}

/** @param {number | null} step */
function nameOf(step) {
  if (step === null) return "From here on";
  return step > 0 ? `From step ${step} on` : "From step 0 on: the whole run";
}

/** @param {Store} store @param {Change} change */
function item(store, change) {
  const said = sentence(store, change, store.race);
  const undo = () => {
    const list = element.parentElement;
    const at = [...(list?.children ?? [])].indexOf(element);
    store.change((race) => withoutChange(race, change));
    // The focus goes to what is undone next, or to the switch that made it.
    const next = list?.children[Math.min(at, list.children.length - 1)]?.querySelector("button");
    (next ?? list?.parentElement?.querySelector("input"))?.focus();
  };
  const options = { title: "Undo this change", look: "ov-icon" };
  const remove = glyphButton("close", `Undo: ${said}`, undo, options);
  const element = h("li", { class: "ov-row ov-muted" }, h("span", {}, said), remove);
  return element;
}

/** What was changed from which step on. @param {Store} store @param {Change} change @param {Race} race  whose change it is */
export function sentence(store, { step, lane, values, schedule }, race) {
  const whose = lane === undefined ? "" : `${race.lanes[lane].label}, `;
  if (schedule) return `From step ${step}: ${whose}schedule ${store.schedule(schedule.slug).name}`;
  const { rule } = race.lanes[/** @type {number} */ (lane)];
  const parameters = store.rule(rule).hyperparameters;
  const parts = Object.entries(values ?? {}).map(([name, value]) => {
    const meaning = parameters.find((one) => one.name === name)?.meaning || name;
    return `${meaning} ${typeable(value)}`;
  });
  return `From step ${step}: ${whose}${parts.join(", ")}`;
}
