/** The three groups that a finished simulation is shown in. Pure: what is an offer, and why not, the API has said. */

import type { components } from "../../api/schema";

export type Condition = components["schemas"]["ConditionView"];

export type Ideal = { offer: Condition; original: Condition | undefined };
export type Minimum = { original: Condition; offer: Condition | undefined };
export type Groups = { ideal: Ideal[]; minimum: Minimum[]; others: Condition[] };

const IDEAL = "bank_suggested_down_payment";
const MINIMUM = "bank_minimum_down_payment";

/**
 * - `ideal`: offers at the down payment that the bank suggests, each beside what the customer had proposed.
 * - `minimum`: what the customer proposed below the bank's minimum, where the bank suggests no ideal one; with the offer
 *   at that minimum, if the bank makes it.
 * - `others`: every other condition, offers first.
 *
 * Each condition stands in one group, an original beside its ideal offer as well.
 */
export function groupConditions(conditions: readonly Condition[]): Groups {
  const byId = new Map(conditions.map((each) => [each.id, each]));
  const originalOf = (each: Condition) =>
    each.original_condition_id === null ? undefined : byId.get(each.original_condition_id);
  const ideal = conditions
    .filter((each) => each.suggestion_reason === IDEAL && each.available === true)
    .map((offer) => ({ offer, original: originalOf(offer) }));
  const minimum = conditions
    .filter((each) => each.suggestion_reason === null && hasMinimumAlone(each))
    .map((original) => ({
      original,
      offer: conditions.find(
        (each) =>
          each.original_condition_id === original.id &&
          each.suggestion_reason === MINIMUM &&
          each.available === true,
      ),
    }));
  const shown = new Set<number>();
  for (const { offer, original } of ideal) {
    shown.add(offer.id);
    if (original && original.available !== true) shown.add(original.id);
  }
  for (const { offer, original } of minimum) {
    shown.add(original.id);
    if (offer) shown.add(offer.id);
  }
  const others = conditions.filter((each) => !shown.has(each.id));
  return { ideal: ideal.sort(byInstalment), minimum, others: others.sort(offersFirst) };
}

function hasMinimumAlone(condition: Condition): boolean {
  const {
    bank_minimum_down_payment: least,
    bank_down_payment_suggestion: wanted,
    down_payment: own,
  } = condition;
  return wanted === null && least !== null && least > own;
}

function byInstalment(one: Ideal, other: Ideal): number {
  return (one.offer.first_installment_value ?? 0) - (other.offer.first_installment_value ?? 0);
}

function offersFirst(one: Condition, other: Condition): number {
  return Number(other.available === true) - Number(one.available === true) || one.id - other.id;
}

export type Progress = { bank: string; done: number; all: number; offers: number };

/** How far each bank is, in the order in which the banks are first named. */
export function progressOf(conditions: readonly Condition[]): Progress[] {
  const found = new Map<string, Progress>();
  for (const each of conditions) {
    const bank = found.get(each.bank.name) ?? { bank: each.bank.name, done: 0, all: 0, offers: 0 };
    bank.all += 1;
    if (each.process_task !== null) bank.done += 1;
    if (each.available === true) bank.offers += 1;
    found.set(each.bank.name, bank);
  }
  return [...found.values()];
}
