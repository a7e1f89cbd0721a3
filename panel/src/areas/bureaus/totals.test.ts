import { expect, test } from "vitest";
import { addTotals } from "./totals";

const NEWER = {
  inquiries: 20,
  done: 9,
  stored: 5,
  failed: 3,
  unknown: 2,
  open: 1,
  billed: 8,
  cost: 2800,
  next_cursor: "a",
};
const OLDER = {
  inquiries: 3,
  done: 3,
  stored: 0,
  failed: 0,
  unknown: 0,
  open: 0,
  billed: 2,
  cost: 700,
  next_cursor: null,
};

test("figures of two answers are one period's", () => {
  expect(addTotals(NEWER, OLDER)).toEqual({
    inquiries: 23,
    done: 12,
    stored: 5,
    failed: 3,
    unknown: 2,
    open: 1,
    billed: 10,
    cost: 3500,
    next_cursor: null,
  });
});
