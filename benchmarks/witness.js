// Runs in the page before anything else, and keeps what the page does; `witness` is what it saw.
//
// A control's event asks for a race (the mark "ov:input" names its query) and counts as painted at the
// first mark "ov:painted" after it that names that query or the one of a later event: races are fetched
// one at a time, the newest value next, so that values in between may never be drawn.
{
  const witness = { events: [], wanted: [], painted: [], mapped: [], strokes: 0, firstStroke: 0 };
  window.witness = witness;

  // A slider's input event is made while the mouse's own event is handled, which came earlier.
  let moved = 0;
  const note = (event) => {
    if (event.type === "pointermove") moved = event.timeStamp;
    const dragged = event.type === "input" ? ".ov-range" : ".ov-start";
    if (event.target.closest?.(dragged) && (event.type === "input" || event.buttons))
      witness.events.push([moved, performance.now()]);
  };
  for (const type of ["input", "pointermove"]) addEventListener(type, note, true);

  new PerformanceObserver((list) => {
    for (const { name, startTime, detail } of list.getEntries()) {
      if (name === "ov:input") witness.wanted.push([startTime, detail]);
      if (name === "ov:painted") witness.painted.push([startTime, detail]);
      if (name === "ov:mapped") witness.mapped.push([startTime, detail]);
    }
  }).observe({ type: "mark", buffered: true });

  const { stroke } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    if (this.canvas.classList.contains("ov-layer")) {
      witness.strokes += 1;
      witness.firstStroke ||= performance.now();
    }
    return stroke.apply(this, path);
  };
}

// From the event to painted, in ms; `which` 0 counts from the mouse's time, 1 from the page's.
window.latencies = (which) => {
  const { events, wanted, painted } = witness;
  return events.flatMap((times) => {
    const later = new Set(wanted.filter(([at]) => at >= times[1]).map(([, query]) => query));
    const shown = painted.find(([at, query]) => at >= times[1] && later.has(query));
    return shown ? [shown[0] - times[which]] : [];
  });
};

window.forget = () => {
  witness.events = [];
  witness.wanted = [];
  witness.painted = [];
  witness.mapped = [];
};

// Maps drawn per second from the first event of a drag to its last.
window.mapRate = () => {
  const [from, to] = [witness.events.at(0)[1], witness.events.at(-1)[1]];
  const drawn = witness.mapped.filter(([at]) => at >= from && at <= to).length;
  return (1000 * drawn) / (to - from);
};

// From the last event of a drag to the map of so many cells along a side that follows it, in ms.
window.mappedAfter = (side) => {
  const last = witness.events.at(-1)[1];
  const found = witness.mapped.find(([at, n]) => at > last && n >= side);
  return found ? found[0] - last : Infinity;
};

// Times between animation frames of an idle page, in ms.
window.frames = (count) =>
  new Promise((resolve) => {
    const times = [];
    const next = (now) => (times.push(now) <= count ? requestAnimationFrame(next) : resolve(times));
    requestAnimationFrame(next);
  }).then((times) => times.slice(1).map((at, i) => at - times[i]));

// Round trips of races that were never asked before, one after the other, in ms.
window.trips = async (addresses) => {
  const times = [];
  for (const address of addresses) {
    const begun = performance.now();
    await (await fetch(address)).arrayBuffer();
    times.push(performance.now() - begun);
  }
  return times;
};

// Animation frames per second during one second; if `stroked`, only those that drew on the paths.
window.rate = async (stroked) => {
  const begun = performance.now();
  let [count, now] = [0, begun];
  while (now < begun + 1000) {
    const before = witness.strokes;
    now = await new Promise(requestAnimationFrame);
    if (!stroked || witness.strokes > before) count += 1;
  }
  return (1000 * count) / (now - begun);
};
