/** The panel of lanes: one card each, the menu that adds them, the switch that links their sliders. */

import { follow, listen, together } from "../base/listening.js";
import { laneCard } from "./lanecard.js";
import { h, setText } from "../base/dom.js";
import { saidOnly } from "../state/only.js";
import { switchOf } from "../controls/switch.js";
import { addMenu } from "./addmenu.js";
import { midRun } from "./midrun.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/** @param {Store} store @param {HTMLElement} element @param {Keys} keys @returns {() => void} ends it */
export function lanesPanel(store, element, keys) {
  const list = h("ol", { class: "ov-stack ov-cards" });
  const link = linkSwitch(store);
  const later = midRun(store);
  const menu = addMenu(store, keys);
  const head = h("header", { class: "ov-panel-head" }, h("h2", {}, "Optimizers"), link.element);
  const left = h("p", { class: "ov-note ov-only" });
  element.append(h("div", { class: "ov-panel" }, head, left, later.element, list, menu.element));
  /** @type {ReturnType<typeof laneCard>[]} */
  const cards = [];

  const render = () => {
    const { lanes } = store.race;
    for (const card of cards.splice(lanes.length)) card.element.remove();
    lanes.forEach((lane, index) => {
      if (cards[index]?.rule !== lane.rule) {
        const card = laneCard(store, index);
        if (cards[index]) cards[index].element.replaceWith(card.element);
        else list.append(card.element);
        cards[index] = card;
      }
      cards[index].update();
    });
    setText(left, saidOnly(store.view));
    link.update();
    later.update();
    menu.update();
  };
  let chosen = store.view.chosen;
  const look = () => {
    render();
    // Once all have changed what they show: asked in between, the browser lays out everything twice.
    if (store.view.chosen !== chosen) queueMicrotask(() => reveal(list, cards[store.view.chosen].element));
    chosen = store.view.chosen;
  };

  const moveLinked = () => store.held && store.view.linked && cards.forEach((card) => card.moveSliders());

  const deaf = [listen(store, "race", moveLinked), listen(store, "view", look)];
  return together(follow(store, "panels", render), ...deaf);
}

/**
 * Scroll the list, and nothing around it, until the card is in sight.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} card
 */
function reveal(list, card) {
  const [around, box] = [list.getBoundingClientRect(), card.getBoundingClientRect()];
  list.scrollTop += Math.max(0, box.bottom - around.bottom);
  list.scrollTop -= Math.max(0, around.top - card.getBoundingClientRect().top);
}

/** @param {Store} store */
function linkSwitch(store) {
  const { element, input } = switchOf("Link sliders", (linked) => store.look({ linked }));
  element.title = "A slider moves the sliders of the same name of every optimizer";
  return { element, update: () => (input.checked = Boolean(store.view.linked)) };
}
