/** The panel of lanes: one card each, the menu that adds them, the switch that links their sliders. */

import { laneCard } from "./card.js";
import { h } from "./dom.js";
import { addMenu } from "./menu.js";

/** @import {Store} from "./store.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @returns {() => void} take the panel down
 */
export function lanesPanel(store, element) {
  const list = h("ol", { class: "ov-cards" });
  const link = linkSwitch(store);
  const menu = addMenu(store);
  const panel = h(
    "div",
    { class: "ov-panel" },
    h("header", { class: "ov-panel-head" }, h("h2", {}, "Optimizers"), link.element),
    list,
    menu.element,
  );
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
    link.update();
    menu.update();
  };
  const reveal = () => {
    render();
    cards[store.view.chosen]?.element.scrollIntoView({ block: "nearest" });
  };

  store.addEventListener("race", render);
  store.addEventListener("view", reveal);
  element.append(panel);
  render();
  return () => {
    store.removeEventListener("race", render);
    store.removeEventListener("view", reveal);
    panel.remove();
  };
}

/** @param {Store} store */
function linkSwitch(store) {
  const input = h("input", {
    type: "checkbox",
    role: "switch",
    class: "ov-switch",
    on: { change: () => store.look({ linked: input.checked }) },
  });
  const title = "A slider moves the sliders of the same name of every optimizer";
  const element = h("label", { class: "ov-link", title }, input, "Link sliders");
  return { element, update: () => (input.checked = Boolean(store.view.linked)) };
}
