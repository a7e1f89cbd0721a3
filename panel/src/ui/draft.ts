import { useCallback, useState } from "react";

const PREFIX = "lastro-draft-";

/** Drafts of this tab go, but for the one of that name. */
export function forgetDrafts(but = ""): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && key !== `${PREFIX}${but}`) sessionStorage.removeItem(key);
  }
}

/**
 * A form's state that outlives a reload of this tab. It ends with the tab and with the login: it may hold people's
 * data. `fresh` is what an empty form holds.
 */
export function useDraft<T>(name: string, fresh: () => T): [T, (next: T) => void, () => void] {
  const key = `${PREFIX}${name}`;
  const [value, setValue] = useState<T>(() => read<T>(key) ?? fresh());
  const keep = useCallback(
    (next: T) => {
      sessionStorage.setItem(key, JSON.stringify(next));
      setValue(next);
    },
    [key],
  );
  const clear = useCallback(() => {
    sessionStorage.removeItem(key);
    setValue(fresh());
  }, [key, fresh]);
  return [value, keep, clear];
}

function read<T>(key: string): T | null {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return null;
  try {
    return JSON.parse(kept) as T;
  } catch {
    sessionStorage.removeItem(key);
    return null;
  }
}
