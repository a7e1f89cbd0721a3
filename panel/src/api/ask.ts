import { Problem, toProblem } from "./problem";

type Outcome<T> = { data?: T; error?: unknown; response: Response };

/** What a call answered. Throws `Problem` for a refusal and where nobody answered. */
export async function ask<T>(call: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch (error) {
    throw error instanceof Problem ? error : Problem.unreachable();
  }
  if (!outcome.response.ok) throw toProblem(outcome.error, outcome.response);
  return outcome.data as T;
}
