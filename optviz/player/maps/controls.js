/** What may be chosen of the page: whose maps, over what, how coloured, in which order; steps and shape. */

import { follow } from "../base/listening.js";
import { shapeSlider, stepsSlider } from "../panels/experiment.js";
import { sliderGroup } from "../controls/sections.js";
import { smallMenu } from "../controls/select.js";
import { canRank, lookOf } from "./lineup.js";

/** @import {Store} from "../state/types.js" */
/** @import {Look} from "./lineup.js" */

/** @type {{name: keyof Look, title: string, options: (store: Store) => [string, string][]}[]} */
const MENUS = [
  {
    name: "who",
    title: "Optimizers",
    options: ({ catalogue, race }) => [["all", `all ${catalogue.rules.length}`], ["race", `the race's ${race.lanes.length}`]],
  },
  {
    name: "over",
    title: "Map of",
    options: () => [["starts", "starts"], ["rate", "learning rate × start"], ["own", "learning rate × momentum or decay"]],
  },
  { name: "color", title: "Colour", options: () => [["steps", "where and how soon"], ["loss", "final loss"]] },
  {
    name: "sort",
    title: "Order",
    options: (store) => [["robust", canRank(store) ? "most robust first" : "as listed"], ["name", "by name"]],
  },
];

/** @param {Store} store @param {HTMLElement} place @returns {() => void}  takes them away */
export function controls(store, place) {
  const menus = MENUS.map(({ name, title, options }) => {
    const menu = smallMenu(title, title, (value) => store.look(/** @type {any} */ ({ [name]: value })));
    return { element: menu.element, update: () => menu.update(options(store), lookOf(store)[name]) };
  });
  const shape = sliderGroup(
    () => store.race.surface,
    () => store.surface().parameters.map((parameter) => shapeSlider(store, parameter)),
  );
  const parts = [...menus, stepsSlider(store), shape];
  place.append(...parts.map(({ element }) => element));
  const update = () => parts.forEach((part) => part.update());
  return follow(store, ["panels", "view"], update);
}
