/** The store that this tab works for; it goes with every call. */

const KEY = "lastro-store";
const listeners = new Set<() => void>();

export function readStore(): number | null {
  const kept = Number(sessionStorage.getItem(KEY));
  return Number.isSafeInteger(kept) && kept > 0 ? kept : null;
}

export function chooseStore(id: number): void {
  sessionStorage.setItem(KEY, String(id));
  for (const listener of listeners) listener();
}

export function subscribeStore(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
