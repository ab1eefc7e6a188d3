/** What terms on the page mean, for who has not heard of them yet: a sentence each. */

/** @type {Record<string, string>} */
const SENTENCES = {
  "learning rate": "Learning rate: how long a step is for a gradient of a given size",
  momentum: "Momentum: the share of the last step that the next one keeps",
  "decay of the average": "Decay: the share of the running average that a step keeps; at 0.9 it looks back some ten steps",
  "decay of the average of g": "Decay of the running average of the gradient; at 0.9 it looks back some ten steps",
  "decay of the average of g squared": "Decay of the running average of the squared gradient; at 0.999 it looks back some thousand steps",
  "stability constant": "A small constant that keeps the division finite where the gradients are tiny",
  "weight decay": "Weight decay: each step also pulls towards the origin by this share of the learning rate",
  "condition number": "Condition number: the largest curvature over the smallest; 1 is a round bowl, 100 a narrow ravine",
  "share of the promised descent to insist on": "The step is halved until the loss falls by this share of what the slope promises",
  "final multiplier": "At the end the learning rate is multiplied by this",
  "steps of warm-up": "For so many steps the learning rate rises to its full value",
  Steps: "How many updates each optimizer makes",
  Schedule: "How the learning rate changes from step to step",
  "Gradient noise": "A random part that is added to each gradient, as a minibatch would",
};

/** What a term means; the term itself where it says so. @param {string} term */
export function explained(term) {
  return SENTENCES[term] ?? term;
}
