/** One's registration as a form: what it holds, and what the API takes of it. Pure. */

import { Problem } from "../api/problem";
import type { components } from "../api/schema";
import { readCents } from "../ui/format";

export type FieldName = components["schemas"]["UpdateView"]["shown"][number];
export type Registration = components["schemas"]["RegistrationView"];
export type Filled = Partial<Record<FieldName, string>>;

export const FIELDS: readonly FieldName[] = [
  "name",
  "rg",
  "family_income_cents",
  "mobile",
  "email",
  "zip_code",
  "address",
];

export const LABELS: Record<FieldName, string> = {
  name: "Nome",
  rg: "RG",
  family_income_cents: "Renda familiar por mês",
  mobile: "Celular",
  email: "E-mail",
  zip_code: "CEP",
  address: "Endereço",
};

/** What the form begins with. */
export function toFilled(registration: Registration, fields: readonly FieldName[]): Filled {
  const filled: Filled = {};
  for (const name of fields) {
    const value = registration[name];
    if (typeof value === "number") {
      filled[name] = (value / 100).toLocaleString("pt-BR", { minimumFractionDigits: 2 });
    } else filled[name] = name === "zip_code" ? formatZip(value ?? "") : (value ?? "");
  }
  return filled;
}

/** Wrong fields by their names; empty when the form may be sent. */
export function checkFilled(
  filled: Filled,
  fields: readonly FieldName[],
  required: readonly FieldName[],
): Filled {
  const wrong: Filled = {};
  for (const name of fields) {
    const text = (filled[name] ?? "").trim();
    if (!text) {
      if (required.includes(name)) wrong[name] = "Preencha este campo";
    } else if (name === "family_income_cents" && readCents(text) === null) {
      wrong[name] = "Escreva a renda como 6.500,00";
    }
  }
  return wrong;
}

/** What is sent: `null` for what was left empty. Only for a form that `checkFilled` finds nothing wrong with. */
export function toSent(filled: Filled, fields: readonly FieldName[]): Record<string, string | number | null> {
  const sent: Record<string, string | number | null> = {};
  for (const name of fields) {
    const text = (filled[name] ?? "").trim();
    if (!text) sent[name] = null;
    else sent[name] = name === "family_income_cents" ? readCents(text) : text;
  }
  return sent;
}

/** What the API found wrong, by the fields of the form. */
export function wrongOf(problem: unknown): Filled {
  const wrong: Filled = {};
  if (!(problem instanceof Problem)) return wrong;
  for (const each of problem.fields) {
    const name = each.field.split(".").at(-1) as FieldName;
    if (FIELDS.includes(name)) wrong[name] = each.message;
  }
  return wrong;
}

export function formatZip(text: string): string {
  return /^\d{8}$/.test(text) ? `${text.slice(0, 5)}-${text.slice(5)}` : text;
}
