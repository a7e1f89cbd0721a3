/**
 * The login of this page. The access token is a variable here and nowhere else; what renews it is a cookie that no
 * script reads. Tabs tell each other that a login began or ended, never a token.
 */

import createClient, { type Middleware } from "openapi-fetch";
import { ask } from "../api/ask";
import { Problem, readProblem } from "../api/problem";
import type { paths } from "../api/schema";
import { forgetDrafts } from "../ui/draft";

export type State = "unknown" | "out" | "in";

type Granted = { access_token: string; expires_in: number };

const EARLY_MS = 30_000;
/** How a login that is over already is answered. */
const OVER = new Set([401, 403, 404]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const OF = "lastro-portal-of";

/** Whose portal this is, as the address of the page says; empty where it says nothing. */
export const partner = readPartner(location.search);

// Logins to several partners stand side by side in one browser: none tells the tabs of another of its end.
const channel = new BroadcastChannel(`lastro-portal-${partner}`);
const listeners = new Set<() => void>();
let state: State = "unknown";
let token = "";
let ends = 0;
let renewing: Promise<boolean> | null = null;

/** Where the API answers: the page lies beside it, under whatever stage or domain. */
const base = new URL(".", document.baseURI).href.replace(/\/$/, "");

// What was filled in at the portal of another partner is not for this one.
if (sessionStorage.getItem(OF) !== partner) {
  forgetDrafts();
  sessionStorage.setItem(OF, partner);
}

export function readPartner(search: string): string {
  const named = (new URLSearchParams(search).get("parceiro") ?? "").toLowerCase();
  return UUID.test(named) ? named : "";
}

const authorized: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (!schemaPath.startsWith("/api/v1/portal/logins")) {
      request.headers.set("Authorization", `Bearer ${await currentToken()}`);
    }
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) ends = 0;
  },
};

/** The API that partners use, as far as it is a person's own. */
export const api = createClient<paths>({ baseUrl: base, credentials: "same-origin", cache: "no-store" });
api.use(authorized);

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readState(): State {
  return state;
}

/** Log in with the code of a login. Throws `Problem`. */
export async function enter(loginId: string, code: string): Promise<void> {
  const response = await send("portal/sessions", { login_id: loginId, code });
  if (!response.ok) throw await readProblem(response);
  keep((await response.json()) as Granted);
  channel.postMessage("in");
}

/**
 * End the login here and in the other tabs. Drafts hold one's data: they go first. Throws `Problem` where it goes on:
 * who believes to have left would leave it to the next one.
 */
export async function leave(): Promise<void> {
  forgetDrafts();
  try {
    await ask(api.POST("/api/v1/portal/logout"));
  } catch (error) {
    if (!(error instanceof Problem && OVER.has(error.status))) throw error;
    // A token that ran out is not yet a login that did.
    if (error.status === 401 && (await renew())) await ask(api.POST("/api/v1/portal/logout"));
  }
  become("out", "");
  channel.postMessage("out");
}

/** Ask for a token by the cookie. False where there is no login; throws where nobody answers. */
export function renew(): Promise<boolean> {
  renewing ??= askAgain().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function currentToken(): Promise<string> {
  if (state === "out") return "";
  if (Date.now() < ends - EARLY_MS) return token;
  return (await renew()) ? token : "";
}

async function askAgain(): Promise<boolean> {
  const response = await send("portal/sessions/renewal");
  if (response.ok) {
    keep((await response.json()) as Granted);
    return true;
  }
  const problem = await readProblem(response);
  if (response.status !== 401) throw problem;
  become("out", "");
  return false;
}

async function send(path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { "X-Lastro-Portal": partner, Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const init: RequestInit = { method: "POST", headers, credentials: "same-origin", cache: "no-store" };
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
  // However a login ended, what was filled in with it goes; who waits for a code fills in nothing but an address.
  if (next === "out") forgetDrafts(state === "unknown" ? "login" : "");
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
