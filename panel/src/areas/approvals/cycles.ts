/** Rules of a payment flow as the editor holds them, and what an evaluation is in words. Pure. */

import type { components } from "../../api/schema";
import { formatCents, readCents } from "../../ui/format";

export type Evaluation = components["schemas"]["EvaluationView"];
export type CycleRow = { start: string; end: string; least: string; most: string; cumulative: boolean };
export type RuleDraft = { name: string; development: string; table: string; cycles: CycleRow[] };
export type PaymentRow = { due: string; amount: string; kind: Kind; installments: string };
export type FlowDraft = { signed: string; total: string; payments: PaymentRow[] };
type Kind = components["schemas"]["PaymentKind"];

export const MOST_CYCLES = 10;
export const KINDS: Record<Kind, string> = {
  single: "Única",
  down_payment: "Entrada",
  monthly: "Mensais",
  half_yearly: "Semestrais",
  annual: "Anuais",
  keys: "Chaves",
};
export const REPEATED: readonly Kind[] = ["monthly", "half_yearly", "annual"];

export function freshRule(): RuleDraft {
  return {
    name: "",
    development: "",
    table: "",
    cycles: [{ start: "0", end: "", least: "", most: "", cumulative: false }],
  };
}

export function freshFlow(): FlowDraft {
  return {
    signed: "",
    total: "",
    payments: [{ due: "", amount: "", kind: "down_payment", installments: "1" }],
  };
}

/** A percentage as it was typed, as the API spells it; `null` for what is none from 0 to 100. */
export function readPercent(text: string): string | null {
  const found = /^(\d{1,3})(?:[,.](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!found) return null;
  const spelt = `${Number(found[1])}.${(found[2] ?? "").padEnd(2, "0")}`;
  return Number(spelt) <= 100 ? spelt : null;
}

/** Wrong fields by their names; empty when the rule may be sent. */
export function checkRule(draft: RuleDraft): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const name of ["name", "development", "table"] as const) {
    if (!draft[name].trim()) wrong[name] = "Preencha este campo";
  }
  draft.cycles.forEach((cycle, place) => {
    const whole = /^\d{1,3}$/;
    if (!whole.test(cycle.start)) wrong[`start-${place}`] = "Informe o mês";
    if (!whole.test(cycle.end)) wrong[`end-${place}`] = "Informe o mês";
    else if (Number(cycle.end) < Number(cycle.start)) wrong[`end-${place}`] = "Termina antes de começar";
    const [least, most] = [readPercent(cycle.least), cycle.most.trim() ? readPercent(cycle.most) : "100.00"];
    if (least === null) wrong[`least-${place}`] = "De 0 a 100";
    if (most === null) wrong[`most-${place}`] = "De 0 a 100";
    else if (least !== null && Number(most) < Number(least)) wrong[`most-${place}`] = "Menor que o mínimo";
  });
  return wrong;
}

/** The cycles as the API takes them. Only for a draft that `checkRule` finds nothing wrong with. */
export function toCycles(draft: RuleDraft): components["schemas"]["SentCycle"][] {
  return draft.cycles.map((cycle) => ({
    start_month: Number(cycle.start),
    end_month: Number(cycle.end),
    minimum_percent: Number(readPercent(cycle.least)),
    maximum_percent: cycle.most.trim() ? Number(readPercent(cycle.most)) : null,
    cumulative: cycle.cumulative,
  }));
}

export function toDraft(rule: components["schemas"]["RuleView"]): RuleDraft {
  return {
    name: rule.name,
    development: rule.development,
    table: rule.price_table,
    cycles: rule.cycles.map((cycle) => ({
      start: String(cycle.start_month),
      end: String(cycle.end_month),
      least: cycle.minimum_percent.replace(".", ","),
      most: cycle.maximum_percent?.replace(".", ",") ?? "",
      cumulative: cycle.cumulative,
    })),
  };
}

export function checkFlow(draft: FlowDraft): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!draft.signed) wrong.signed = "Informe o dia";
  if (!readCents(draft.total)) wrong.total = "Informe o preço, como 500.000,00";
  draft.payments.forEach((row, place) => {
    if (!row.due) wrong[`due-${place}`] = "Informe o dia";
    if (!readCents(row.amount)) wrong[`amount-${place}`] = "Informe o valor, como 5.000,00";
    if (REPEATED.includes(row.kind) && !/^[1-9]\d{0,2}$/.test(row.installments)) {
      wrong[`installments-${place}`] = "Informe quantas";
    }
  });
  return wrong;
}

export function toFlow(draft: FlowDraft): components["schemas"]["SentFlow"] {
  return {
    signed_on: draft.signed,
    total_cents: readCents(draft.total) ?? 0,
    payments: draft.payments.map((row) => ({
      due_date: row.due,
      amount_cents: readCents(row.amount) ?? 0,
      kind: row.kind,
      ...(REPEATED.includes(row.kind) ? { installments: Number(row.installments) } : {}),
    })),
  };
}

/** The smallest change that approves, a sentence for each move. */
export function sayMoves(moves: Evaluation["smallest_change"]): string[] {
  return (moves ?? []).map((move) => {
    const months =
      move.to_first_month === move.to_last_month
        ? `o mês ${move.to_first_month}`
        : `os meses ${move.to_first_month} a ${move.to_last_month}`;
    const cycle = move.to_cycle === null ? "fora dos ciclos" : `ciclo ${move.to_cycle}`;
    return `Passe ${formatCents(move.amount_cents)} da parcela ${move.from_payment + 1} (mês ${move.from_month}) para ${months} (${cycle}).`;
  });
}
