/** A program by where it is, for who runs it beside the page. */

/** @typedef {{address: string, part?: string}} Where  a module, and which of the `modules` in it, if it holds several */

/** The browser loads a module once, however often it is imported. @param {Where} where */
export async function programAt({ address, part }) {
  const module = await import(address);
  return part ? module.modules[part] : module;
}
