/** The worker beside the page: runs the jobs that it is sent, and sends back what came of each. */

import { handedOver, runJob } from "./racejob.js";

addEventListener("message", async ({ data }) => {
  try {
    const done = await runJob(data);
    postMessage(done, { transfer: handedOver(done.result) });
  } catch {
    // The page runs it itself, and says what is wrong if it cannot either.
    postMessage(null);
  }
});
