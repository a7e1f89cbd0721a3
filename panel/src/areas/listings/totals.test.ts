import { expect, test } from "vitest";
import { addTotals } from "./totals";

const NEWER = {
  listings: 2,
  amount_cents: 300,
  critical: 1,
  statuses: [{ status: "ativa", listings: 2 }],
  reasons: [],
  months: [
    { month: "2026-03", inclusions: 1, removals: 0 },
    { month: "2026-04", inclusions: 1, removals: 0 },
  ],
  next_cursor: "a",
};
const OLDER = {
  listings: 3,
  amount_cents: 50,
  critical: 0,
  statuses: [
    { status: "ativa", listings: 1 },
    { status: "baixada", listings: 2 },
  ],
  reasons: [{ reason: "02", listings: 2 }],
  months: [
    { month: "2026-03", inclusions: 2, removals: 2 },
    { month: "2026-04", inclusions: 0, removals: 0 },
  ],
  next_cursor: null,
};

test("figures of two answers are one period's", () => {
  expect(addTotals(NEWER, OLDER)).toEqual({
    listings: 5,
    amount_cents: 350,
    critical: 1,
    statuses: [
      { status: "ativa", listings: 3 },
      { status: "baixada", listings: 2 },
    ],
    reasons: [{ reason: "02", listings: 2 }],
    months: [
      { month: "2026-03", inclusions: 3, removals: 2 },
      { month: "2026-04", inclusions: 1, removals: 0 },
    ],
    next_cursor: null,
  });
});
