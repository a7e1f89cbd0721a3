import type { components } from "../../api/schema";

type Totals = components["schemas"]["ReportTotals"];

/** Figures of a period, and those of what is older in it, as one: where they end, the older ones say. */
export function addTotals(newer: Totals, older: Totals): Totals {
  return {
    inquiries: newer.inquiries + older.inquiries,
    done: newer.done + older.done,
    stored: newer.stored + older.stored,
    failed: newer.failed + older.failed,
    unknown: newer.unknown + older.unknown,
    open: newer.open + older.open,
    billed: newer.billed + older.billed,
    cost: newer.cost + older.cost,
    next_cursor: older.next_cursor,
  };
}
