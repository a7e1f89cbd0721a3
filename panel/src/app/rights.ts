/** What each job may do, as the API grants it; a test holds this table against the API's own. The API decides. */

import granted from "./rights.json";

export type Right = keyof typeof granted;

export function reads(job: string, area: Right): boolean {
  return granted[area].reads.some((each) => each === job);
}

export function writes(job: string, area: Right): boolean {
  return granted[area].writes.some((each) => each === job);
}
