// Sends jobs to a pretended worker, and prints what the page was told, and what the worker.
import { Background } from "../../../optviz/player/live/background.js";
import { Pace } from "../../../optviz/player/live/pace.js";
import { Waiting } from "../../../optviz/player/live/waiting.js";

/** Does what it is told to, when it is told to. */
class Workman extends EventTarget {
  sent = [];
  ended = false;
  postMessage(job) {
    this.sent.push(job);
  }
  terminate() {
    this.ended = true;
  }
  hear(type, data) {
    this.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { data }));
  }
  answer(data = { result: this.sent.at(-1), took: 5 }) {
    this.hear("message", data);
  }
}

function begun(patience) {
  const made = [];
  const heard = [];
  const make = () => made[made.push(new Workman()) - 1];
  const background = new Background({ came: (result) => heard.push(result), failed: () => heard.push("failed") }, make, patience);
  return { made, heard, background };
}

const told = {};
{
  const { made, heard, background } = begun();
  for (const job of ["a", "b", "c"]) background.run(job);
  const [worker] = made;
  const before = [...worker.sent];
  worker.answer();
  worker.answer();
  background.run("d");
  worker.answer();
  told.newest = { before, sent: worker.sent, heard, workers: made.length };
}
{
  const { made, heard, background } = begun();
  background.run("a");
  background.run("b");
  background.drop();
  made[0].answer();
  background.run("c");
  background.drop();
  background.run("d");
  made[0].answer();
  made[0].answer();
  told.dropped = { sent: made[0].sent, heard };
}
told.failures = {};
for (const [name, fail] of Object.entries({
  error: (worker) => worker.hear("error"),
  messageerror: (worker) => worker.hear("messageerror"),
  "no result": (worker) => worker.answer(null),
})) {
  const { made, heard, background } = begun();
  background.run("a");
  background.run("b");
  fail(made[0]);
  made[0].answer();
  told.failures[name] = { heard, broken: background.broken, ended: made[0].ended };
}
{
  const heard = [];
  const refuse = () => {
    throw new Error("There are no workers here.");
  };
  const background = new Background({ came: () => heard.push("came"), failed: () => heard.push("failed") }, refuse);
  background.run("a");
  told.failures.refused = { heard, broken: background.broken, ended: true };
}
{
  const { made, heard, background } = begun({ silence: 20, pause: 60 });
  background.run("a");
  await new Promise((done) => setTimeout(done, 40));
  const first = { heard: [...heard], broken: background.broken, ended: made[0].ended };
  await new Promise((done) => setTimeout(done, 80));
  background.run("b");
  made[1].answer();
  await new Promise((done) => setTimeout(done, 40));
  told.silent = { first, again: heard, broken: background.broken };
}
{
  const { made, heard, background } = begun();
  background.run("a");
  background.destroy();
  made[0].answer();
  told.destroyed = { heard, ended: made[0].ended };
}

const race = (lanes, steps) => ({ lanes: Array(lanes), steps });
const pace = new Pace();
const long = race(16, 10000);
told.pace = { unknown: pace.short(long) };
pace.tell(long, 30);
told.pace.slow = pace.short(long);
pace.tell(long, 5);
told.pace.quick = pace.short(long);
pace.tell(long, 500);
told.pace["held up"] = pace.short(long);
pace.tell(long, 500);
told.pace.slower = pace.short(long);
told.pace.few = pace.short(race(8, 1000));

const store = { result: null, race: { surface: "beale" }, wait: (is) => (store.waits = is) };
const waiting = new Waiting(store);
const waits = (change) => {
  change();
  return store.waits;
};
told.waiting = {
  first: waits(() => waiting.begin()),
  same: waits(() => {
    store.result = { race: { surface: "beale" } };
    waiting.begin();
  }),
  other: waits(() => {
    store.race = { surface: "booth" };
    waiting.begin();
  }),
  "reply of before": waits(() => waiting.end()),
  shown: waits(() => {
    store.result = { race: { surface: "booth" } };
    waiting.end();
  }),
};

process.stdout.write(JSON.stringify(told));
