import { useState } from "react";

/** One act at a time: whether it runs, what it was refused with, and that it is done. */
export function useAct() {
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  async function act(name: string, work: () => Promise<void>): Promise<boolean> {
    setBusy(name);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(error);
      return false;
    } finally {
      setBusy("");
    }
  }
  return { busy, problem, act };
}
