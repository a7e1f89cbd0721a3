import { expect, it } from "vitest";
import { standingOf } from "./standing";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const key = { revoked_at: null, expires_at: null, replaced_by: null };

it("tells a key that opens from one that does not", () => {
  expect(standingOf(key, NOW)).toEqual({ opens: true, words: "Vale" });
  expect(standingOf({ ...key, expires_at: "2026-11-28T12:00:01Z" }, NOW).opens).toBe(true);
  expect(standingOf({ ...key, expires_at: "2026-11-28T12:00:00Z" }, NOW).opens).toBe(false);
  expect(standingOf({ ...key, revoked_at: "2026-11-01T00:00:00Z" }, NOW).opens).toBe(false);
});
