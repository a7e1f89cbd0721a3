/** The API that partners use, typed by its own description. */

import createClient, { type Middleware } from "openapi-fetch";
import { base, currentToken, forgetToken } from "../session/session";
import { readStore } from "../session/store";
import { Problem } from "./problem";
import type { paths } from "./schema";

export { ask } from "./ask";

/** Calls that belong to one store. The others show what is the whole partner's, as far as the person may see it. */
const OF_STORES = /\/api\/v1\/(banks_api|proposal_simulations|stores)\b/;

const authorized: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${await currentToken()}`);
    const store = readStore();
    if (store !== null && OF_STORES.test(request.url)) request.headers.set("Store-Id", String(store));
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) forgetToken();
  },
};

export const api = createClient<paths>({
  baseUrl: base,
  credentials: "same-origin",
  cache: "no-store",
  querySerializer: { array: { style: "form", explode: false } },
});
api.use(authorized);

/** The same, with `null` for refusals that mean that there is nothing (404), or nothing yet (409), or as told. */
export async function orNone<T>(answer: Promise<T>, ...statuses: number[]): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const none = statuses.length > 0 ? statuses : [404, 409];
    if (error instanceof Problem && none.includes(error.status)) return null;
    throw error;
  }
}
