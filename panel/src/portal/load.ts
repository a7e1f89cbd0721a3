import { useCallback, useEffect, useState } from "react";

export type Loaded<T> = { data: T | null; problem: unknown; again: () => void };

/** What a call answers, asked for when the page shows it. `load` must be the same from one drawing to the next. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let gone = false;
    setProblem(null);
    load().then(
      (answer) => {
        if (!gone) setData(answer);
      },
      (error: unknown) => {
        if (!gone) setProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [load, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { data, problem, again };
}

export type Page<T> = { rows: readonly T[]; next: string | null };
export type Pages<T> = Loaded<readonly T[]> & { more: (() => void) | null; busy: boolean };

/** A list that is read page by page, the first one at once. */
export function usePages<T>(load: (cursor: string | null) => Promise<Page<T>>): Pages<T> {
  const first = useLoad(useCallback(() => load(null), [load]));
  const [later, setLater] = useState<{ after: Page<T>; rows: readonly T[]; next: string | null } | null>(
    null,
  );
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const own = later !== null && later.after === first.data ? later : null;
  const next = own ? own.next : (first.data?.next ?? null);

  async function readMore(after: Page<T>, cursor: string) {
    setBusy(true);
    setProblem(null);
    try {
      const page = await load(cursor);
      setLater({ after, rows: [...(own?.rows ?? []), ...page.rows], next: page.next });
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  const whole = first.data;
  return {
    data: whole && [...whole.rows, ...(own?.rows ?? [])],
    problem: problem ?? first.problem,
    again: first.again,
    more: whole !== null && next !== null ? () => void readMore(whole, next) : null,
    busy,
  };
}
