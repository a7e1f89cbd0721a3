/** The form of a branch's collection, and what is sent of it. Pure. */

import type { components } from "../../api/schema";
import { formatCents, formatDay, readCents } from "../../ui/format";

type Sent = components["schemas"]["WantedParameters"];
type Kept = components["schemas"]["ParametersView"];
export type Step = { step: number; used: boolean; days: string; action: string };

export type Form = {
  enabled: boolean;
  steps: Step[];
  state: string;
  yearly: string;
  single: string;
  cost: string;
};

const NUMBERS = [1, 2, 3, 4, 5];

export function freshForm(): Form {
  const steps = NUMBERS.map((step) => ({
    step,
    used: false,
    days: "",
    action: step === 5 ? "credit_analysis" : "remind",
  }));
  return { enabled: false, steps, state: "", yearly: "", single: "", cost: "" };
}

export function toForm(kept: Kept): Form {
  const steps = freshForm().steps.map((each) => {
    const known = kept.steps.find((one) => one.step === each.step);
    return known ? { ...each, used: true, days: String(known.days_overdue), action: known.action } : each;
  });
  return {
    enabled: kept.enabled,
    steps,
    state: kept.state ?? "",
    yearly: kept.yearly_holidays.map((each) => each.split("-").reverse().join("/")).join(", "),
    single: kept.single_holidays.map(formatDay).join(", "),
    cost: formatCents(kept.listing_cost_cents),
  };
}

/** `25/01, 20/11` as `01-25`, `11-20`; `17/02/2026` as `2026-02-17`; `null` for what is no such day. */
export function readDays(text: string, parts: 2 | 3): string[] | null {
  const days: string[] = [];
  for (const word of text.split(/[,;\s]+/).filter(Boolean)) {
    const found = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(word);
    if (!found || (found[3] === undefined) !== (parts === 2)) return null;
    const [, day = "", month = "", year] = found;
    const told = [...(year ? [year] : []), month.padStart(2, "0"), day.padStart(2, "0")];
    days.push(told.join("-"));
  }
  return days;
}

/** What is wrong in words, empty when it may be sent. */
export function checkForm(form: Form): string {
  const used = form.steps.filter((each) => each.used);
  if (used.some((each) => !/^\d+$/.test(each.days.trim())))
    return "Diga os dias de atraso de cada passo usado.";
  const days = used.map((each) => Number(each.days));
  if (days.some((each, place) => place > 0 && each <= (days[place - 1] ?? 0))) {
    return "Os dias de atraso crescem de um passo ao outro.";
  }
  if (readDays(form.yearly, 2) === null) return "Escreva os feriados de todo ano como 25/01, 20/11.";
  if (readDays(form.single, 3) === null) return "Escreva os feriados de um ano como 17/02/2026.";
  if (form.cost.trim() && readCents(form.cost) === null) return "Escreva o custo como 3,50.";
  return "";
}

export function toRequest(form: Form, cost: number | null): Sent {
  return {
    enabled: form.enabled,
    steps: form.steps
      .filter((each) => each.used)
      .map((each) => ({
        step: each.step,
        days_overdue: Number(each.days),
        action: each.action as Sent["steps"][number]["action"],
      })),
    ...(form.state ? { state: form.state as "SP" } : {}),
    yearly_holidays: readDays(form.yearly, 2) ?? [],
    single_holidays: readDays(form.single, 3) ?? [],
    ...(cost === null ? {} : { listing_cost_cents: cost }),
  };
}
