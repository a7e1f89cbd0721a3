import type { components } from "../../api/schema";

type Totals = components["schemas"]["ListingTotals"];

/** Figures of a period, and those of what is older in it, as one: where they end, the older ones say. */
export function addTotals(newer: Totals, older: Totals): Totals {
  const months = newer.months.map((each, at) => ({
    month: each.month,
    inclusions: each.inclusions + (older.months[at]?.inclusions ?? 0),
    removals: each.removals + (older.months[at]?.removals ?? 0),
  }));
  return {
    listings: newer.listings + older.listings,
    amount_cents: newer.amount_cents + older.amount_cents,
    critical: newer.critical + older.critical,
    statuses: addCounts(newer.statuses, older.statuses, (each) => each.status),
    reasons: addCounts(newer.reasons, older.reasons, (each) => each.reason),
    months,
    next_cursor: older.next_cursor,
  };
}

function addCounts<C extends { listings: number }>(
  newer: readonly C[],
  older: readonly C[],
  name: (count: C) => string,
): C[] {
  const counts = new Map<string, C>();
  for (const each of [...newer, ...older]) {
    const before = counts.get(name(each))?.listings ?? 0;
    counts.set(name(each), { ...each, listings: before + each.listings });
  }
  return [...counts.values()].sort((one, other) => name(one).localeCompare(name(other)));
}
