import { type FormEvent, useCallback, useState } from "react";
import { useAct } from "./act";
import { useDraft } from "./draft";

type Wrong = Record<string, string>;
type Kept<T> = { key: string; filled: T };

/**
 * A form that a reload and a lost connection take nothing from. What is filled in lies in the draft of that name. It is
 * sent under one `Idempotency-Key` however often, so that what a lost answer hid is not done twice; whatever is changed is
 * another request and has another key. `check` tells wrong fields by their names: nothing is sent while there are any.
 */
export function useForm<T extends object>(name: string, fresh: () => T, check?: (filled: T) => Wrong) {
  // What an empty form holds is known when it opens.
  const [first] = useState(fresh);
  const begin = useCallback((): Kept<T> => ({ key: crypto.randomUUID(), filled: first }), [first]);
  const [kept, keep, forget] = useDraft<Kept<T>>(name, begin);
  const [shown, setShown] = useState(false);
  const { busy, problem, act } = useAct();
  const { filled } = kept;
  const wrong = check?.(filled) ?? {};

  const clear = () => {
    forget();
    setShown(false);
  };
  const change = (changes: Partial<T>) =>
    keep({ key: crypto.randomUUID(), filled: { ...filled, ...changes } });

  /** Sends what is filled in, unless something is wrong; when it was taken the form is empty, and `done` is told. */
  async function send<R>(
    call: (key: string) => Promise<R>,
    done?: (answer: R) => unknown,
    what = "send",
  ): Promise<void> {
    setShown(true);
    if (busy || Object.keys(wrong).length > 0) return;
    // Also what nobody changed: a reload sends it again under the same key.
    keep(kept);
    await act(what, async () => {
      const answer = await call(kept.key);
      clear();
      await done?.(answer);
    });
  }

  function submit<R>(event: FormEvent, call: (key: string) => Promise<R>, done?: (answer: R) => unknown) {
    event.preventDefault();
    void send(call, done);
  }

  return {
    filled,
    change,
    clear,
    wrong,
    shown,
    /** What is wrong with a field, once somebody wanted to send. */
    told: (field: string) => (shown ? wrong[field] : undefined),
    busy,
    problem,
    send,
    submit,
  };
}

export type FormState = Pick<ReturnType<typeof useForm>, "busy" | "problem" | "clear" | "shown" | "wrong">;
