/** Areas are told by the fragment of the address: the server knows one page. */

import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The parts of the fragment: `#/simulacoes/123` is `["simulacoes", "123"]`. */
export function useRoute(): readonly string[] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return readRoute(hash);
}

export function readRoute(hash: string): readonly string[] {
  const parts = hash.replace(/^#\/?/, "").split("/").filter(Boolean);
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return [];
  }
}

export function link(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

export function go(...parts: string[]): void {
  window.location.hash = link(...parts);
}

/**
 * Goes on to what an answer made, as long as one is still where it was asked for: whoever left meanwhile stays where it
 * went, and finds what was made in its list.
 */
export function useGoOn(): (...parts: string[]) => void {
  // As the handler that waits for the answer was made with it, not as it is by then.
  const asked = window.location.hash;
  return (...parts) => {
    if (window.location.hash === asked) go(...parts);
  };
}
