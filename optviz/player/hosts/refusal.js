/** Why a page is not connected though the server answers: a browser does not tell, so the server is asked. */

const ON = "Sliders, start and play work all the same. For another surface change its name in the address.";
/** @type {Record<string, string>} */
const SENTENCES = {
  "": `The live connection to the server (a WebSocket) is blocked on the way, as some networks do. ${ON}`,
  foreign: `The server takes this page for one of another site, and does not connect it. Whoever runs it has to name this address in OPTVIZ_ORIGINS. ${ON}`,
  full: `As many pages are connected as the server takes; this one is as soon as there is room. ${ON}`,
};

/**
 * Return what the server says to a page that is not connected, and a sentence about why; it rejects
 * where nobody answers.
 *
 * @param {string} page  its path
 * @returns {Promise<{said: any, sentence: string}>}
 */
export async function askedWhy(page) {
  const reply = await fetch(`./standin/${page}${location.search}`, { headers: { "X-Optviz-Origin": location.origin } });
  if (!reply.ok) throw new Error(reply.statusText);
  const said = await reply.json();
  return { said, sentence: SENTENCES[said.refusal] ?? SENTENCES[""] };
}
