/** A reservation as its form holds it, and as the API takes it. Pure. */

import type { components } from "../../api/schema";
import { readCents } from "../../ui/format";
import { checkFlow, type FlowDraft, toFlow } from "../approvals/cycles";

export type ReservationDraft = {
  key: string;
  development: string;
  table: string;
  unit: string;
  customer: string;
  lots: string;
  owed: string;
  preRegistration: string;
  flow: FlowDraft;
};

const NUMBER = /^[1-9]\d{0,11}$/;

/** Wrong fields by their names, those of the flow too; empty when it may be sent. */
export function checkReservation(draft: ReservationDraft): Record<string, string> {
  const wrong = checkFlow(draft.flow);
  for (const name of ["development", "table", "unit"] as const) {
    if (!draft[name].trim()) wrong[name] = "Preencha este campo";
  }
  if (!NUMBER.test(draft.customer.trim())) wrong.customer = "Informe o número do cliente";
  if (!NUMBER.test(draft.lots.trim())) wrong.lots = "Informe quantos";
  if (draft.owed.trim() && readCents(draft.owed) === null) wrong.owed = "Informe o valor, como 1.234,56";
  return wrong;
}

/** The body. Only for a draft that `checkReservation` finds nothing wrong with. */
export function toReservation(
  draft: ReservationDraft,
  requestedBy: string,
): components["schemas"]["SentReservation"] {
  const owed = draft.owed.trim() ? readCents(draft.owed) : null;
  return {
    development: draft.development.trim(),
    price_table: draft.table.trim(),
    unit: draft.unit.trim(),
    customer_id: Number(draft.customer.trim()),
    lots: Number(draft.lots.trim()),
    requested_by: requestedBy,
    flow: toFlow(draft.flow),
    ...(owed === null ? {} : { owed_cents: owed }),
    ...(draft.preRegistration.trim() ? { pre_registration_id: draft.preRegistration.trim() } : {}),
  };
}
