/**
 * The reference of the API: what `openapi.json` says, with code samples and a client to try calls with. Everything it
 * is made of comes from here, keys that are typed stay in this page, and calls go to this API alone.
 */

const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
const make = document.createElement.bind(document);

/** Style sheets that the renderer's parts write into the page are allowed by the nonce, which not all of them can be told. */
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const made = make(name, options);
  if (made instanceof HTMLStyleElement) made.nonce = nonce;
  return made;
}) as typeof document.createElement;

// Zod tries whether it may compile checks, which the policy forbids anyway.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

void import("./reference").then(({ show }) => show());

export {};
