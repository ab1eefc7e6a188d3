// Runs in the page: how long it takes until what was asked for stands there.

const nextFrame = () => new Promise(requestAnimationFrame);

/** Resolve once `done()` holds after some frame; returns the time since `begun`, in ms. */
window.until = async (begun, done) => {
  while (!done()) await nextFrame();
  return performance.now() - begun;
};

// The values alone: formulas have digits of their own.
const numbers = () => Array.from(document.querySelectorAll(".ov-line-list .ov-value-of"), ({ textContent }) => textContent).join();

/** Move the play-head step by step, each in a frame of its own; the time that each takes, in ms. */
window.scrubs = async (count) => {
  const scrubber = document.querySelector(".ov-scrubber");
  const times = [];
  for (let k = 0; k < count; k += 1) {
    await nextFrame();
    const before = numbers();
    const begun = performance.now();
    scrubber.value = String(100 + 7 * k);
    scrubber.dispatchEvent(new Event("input", { bubbles: true }));
    times.push(await window.until(begun, () => numbers() !== before));
  }
  return times;
};

/** Whether the numbers of another lane stand there. */
const others = (before) => () => numbers() !== before && /\d/.test(numbers());

/** The time from the next event of this type until the numbers of another lane stand there. */
window.chosenBy = (type) => {
  const done = others(numbers());
  return new Promise((resolve) =>
    window.addEventListener(type, ({ timeStamp }) => resolve(window.until(timeStamp, done)), { capture: true, once: true }),
  );
};

/** Choose another lane, which was not inspected yet; the time until its numbers stand there. */
window.anotherLane = async (lane) => {
  const done = others(numbers());
  const begun = performance.now();
  document.querySelector(`.ov-card[data-lane="${lane}"] button.ov-card-name`).click();
  const time = await window.until(begun, done);
  await new Promise((resolve) => setTimeout(resolve, 400));
  return time;
};

/** Come closer; the time from the last press until the contour of the new window is drawn, in ms. */
window.zoomed = async () => {
  const closer = document.querySelector('.ov-zoom button[aria-label^="Zoom in"]');
  const plot = document.querySelector(".ov-plot");
  const { z } = plot.data[0];
  let drawn = 0;
  plot.on("plotly_afterplot", () => plot.data[0].z !== z && (drawn ||= performance.now()));
  for (let press = 0; press < 4; press += 1) closer.click();
  const begun = performance.now();
  await window.until(begun, () => drawn);
  return drawn - begun;
};

let counting = false;
let seen = 0;
let since = 0;

window.begin = () => {
  [counting, seen, since] = [true, 0, performance.now()];
  const count = () => {
    seen += 1;
    if (counting) requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
};

window.end = () => {
  counting = false;
  return (1000 * seen) / (performance.now() - since);
};
