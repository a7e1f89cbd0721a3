/**
 * The login of this page. The access token is a variable here and nowhere else; what renews it is a cookie that no
 * script reads. Tabs tell each other that a login began or ended, never a token.
 */

import { Problem, readProblem } from "../api/problem";
import { forgetDrafts } from "../ui/draft";

export type Question = { challenge: string; session: string; secret?: string };
export type State = "unknown" | "out" | "in";

type Granted = { access_token: string; expires_in: number };

const EARLY_MS = 30_000;
const channel = new BroadcastChannel("lastro-session");
const listeners = new Set<() => void>();
let state: State = "unknown";
let token = "";
let ends = 0;
let renewing: Promise<boolean> | null = null;

/** Where the API answers: the page lies beside it, under whatever stage or domain. */
export const base = new URL(".", document.baseURI).href.replace(/\/$/, "");

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readState(): State {
  return state;
}

/** Log in with a password: `null` when it was enough, else what is asked beside it. Throws `Problem`. */
export async function logIn(email: string, password: string): Promise<Question | null> {
  return settle(await send("POST", "panel/sessions", { email, password }));
}

/** Answer what is asked beside a password. Throws `Problem`. */
export async function answer(email: string, question: Question, text: string): Promise<Question | null> {
  const { challenge, session } = question;
  return settle(await send("POST", "panel/sessions/challenge", { email, challenge, session, answer: text }));
}

/**
 * End the login here, in the other tabs and at the pool. Drafts hold people's data: they go first. Throws `Problem` where
 * it goes on: who believes to have left would leave it to the next one.
 */
export async function logOut(): Promise<void> {
  forgetDrafts();
  const response = await send("DELETE", "panel/sessions");
  if (!response.ok && response.status !== 401) throw await readProblem(response);
  become("out", "");
  channel.postMessage("out");
}

/** A token that is good for the next moments, or an empty one without a login. */
export async function currentToken(): Promise<string> {
  if (state === "out") return "";
  if (Date.now() < ends - EARLY_MS) return token;
  return (await renew()) ? token : "";
}

/** The API no longer takes the token: the next call asks for another. */
export function forgetToken(): void {
  ends = 0;
}

/** Ask for a token by the cookie. False where there is no login; throws where nobody answers. */
export function renew(): Promise<boolean> {
  renewing ??= ask().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function ask(): Promise<boolean> {
  const response = await send("POST", "panel/sessions/renewal");
  if (response.ok) {
    keep((await response.json()) as Granted);
    return true;
  }
  const problem = await readProblem(response);
  if (response.status !== 401) throw problem;
  become("out", "");
  return false;
}

async function settle(response: Response): Promise<Question | null> {
  if (!response.ok) throw await readProblem(response);
  const body = (await response.json()) as Granted | Question;
  if ("challenge" in body) return body;
  keep(body);
  channel.postMessage("in");
  return null;
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { "X-Lastro-Panel": "1", Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
    if (body !== undefined) init.body = JSON.stringify(body);
    return await fetch(`${base}/${path}`, init);
  } catch {
    throw Problem.unreachable();
  }
}

function keep(granted: Granted): void {
  ends = Date.now() + granted.expires_in * 1000;
  become("in", granted.access_token);
}

function become(next: State, text: string): void {
  token = text;
  // What was filled in holds people's data: it goes with the login, however that ended and whoever comes next.
  if (next === "out") sessionStorage.clear();
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

channel.onmessage = (message: MessageEvent<string>) => {
  // Whoever logged in elsewhere may be somebody else: what this page shows is not for them.
  if (message.data === "in") {
    forgetDrafts();
    location.reload();
  }
  if (message.data === "out" && state !== "out") become("out", "");
};
