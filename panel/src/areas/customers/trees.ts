/** Classes as a form: a condition is a tree of parts, each with one operator. Pure. */

import { formatDay, readCents } from "../../ui/format";

export const MOST_PARTS = 100;
export const MOST_LEVELS = 8;

type Kind = "cents" | "day" | "choice" | "flag";
export type Known = { name: string; label: string; kind: Kind; list?: string };

/** What may be compared; `list` is the API's closed list of a choice. */
export const FIELDS: readonly Known[] = [
  { name: "income_cents", label: "Renda", kind: "cents" },
  { name: "another_income_cents", label: "Outra renda", kind: "cents" },
  { name: "rent_value_cents", label: "Aluguel", kind: "cents" },
  { name: "born_at", label: "Nascimento", kind: "day" },
  { name: "joined_at", label: "No trabalho desde", kind: "day" },
  { name: "pep_since", label: "No cargo público desde", kind: "day" },
  { name: "pep_until", label: "No cargo público até", kind: "day" },
  { name: "state_id", label: "Estado", kind: "choice", list: "states" },
  { name: "genre_id", label: "Gênero", kind: "choice", list: "genders" },
  { name: "marital_status_id", label: "Estado civil", kind: "choice", list: "marital_statuses" },
  { name: "education_id", label: "Escolaridade", kind: "choice", list: "educations" },
  { name: "property", label: "Imóvel", kind: "choice", list: "properties" },
  { name: "professional_ocupation_id", label: "Ocupação", kind: "choice", list: "professional_occupations" },
  { name: "profession_id", label: "Profissão", kind: "choice", list: "professions" },
  { name: "company_activity_id", label: "Atividade da empresa", kind: "choice", list: "company_activities" },
  { name: "has_cnh", label: "Tem CNH", kind: "flag" },
  { name: "public_person", label: "Declara-se exposto", kind: "flag" },
  { name: "associate_public_person", label: "Tem associado exposto", kind: "flag" },
  { name: "accept_boleto", label: "Aceita boleto", kind: "flag" },
  { name: "have_bank_account", label: "Tem conta em banco", kind: "flag" },
  { name: "have_credit_card", label: "Tem cartão de crédito", kind: "flag" },
  { name: "has_made_funding", label: "Já financiou", kind: "flag" },
];
const BY_NAME = new Map(FIELDS.map((each) => [each.name, each]));

export type Operator = "at_least" | "at_most" | "among" | "is";
export type Part =
  | { kind: "all_of"; parts: Part[] }
  | { kind: "any_of"; parts: Part[] }
  | { kind: "not"; part: Part }
  | { kind: "known"; field: string }
  | { kind: "compare"; field: string; operator: Operator; value: string; chosen: string[] };

export type ClassRow = { id: number | null; name: string; condition: Part };
export type Wrong = Record<string, string>;

export function fieldOf(name: string): Known {
  const found = BY_NAME.get(name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

/** Which operators a kind of field has. */
export function operatorsOf(name: string): Operator[] {
  const { kind } = fieldOf(name);
  if (kind === "choice") return ["among"];
  return kind === "flag" ? ["is"] : ["at_least", "at_most"];
}

export function freshPart(kind: Part["kind"] = "compare"): Part {
  if (kind === "all_of") return { kind, parts: [freshPart()] };
  if (kind === "any_of") return { kind, parts: [freshPart()] };
  if (kind === "not") return { kind, part: freshPart() };
  if (kind === "known") return { kind, field: "born_at" };
  return compare("income_cents");
}

/** A comparison of another field begins anew: what was written for one means nothing for another. */
export function compare(field: string): Part {
  const [operator = "at_least"] = operatorsOf(field);
  return { kind: "compare", field, operator, value: operator === "is" ? "true" : "", chosen: [] };
}

/** A class as the API has it, as a row of the form. Throws for what no form can show. */
export function toPart(condition: unknown): Part {
  const told = condition as Record<string, unknown>;
  for (const kind of ["all_of", "any_of"] as const) {
    if (kind in told) return { kind, parts: (told[kind] as unknown[]).map(toPart) };
  }
  if ("not" in told) return { kind: "not", part: toPart(told.not) };
  if ("known" in told) return { kind: "known", field: fieldOf(String(told.known)).name };
  const { name, kind } = fieldOf(String(told.field));
  const operator = operatorsOf(name).find((each) => each in told);
  if (operator === undefined) throw new Error(`no operator of ${name}`);
  const value = told[operator];
  return {
    kind: "compare",
    field: name,
    operator,
    value:
      kind === "cents"
        ? (Number(value) / 100).toLocaleString("pt-BR", { minimumFractionDigits: 2 })
        : kind === "choice"
          ? ""
          : String(value),
    chosen: kind === "choice" ? (value as number[]).map(String) : [],
  };
}

/** What the API takes. Only for a part that `checkClasses` finds nothing wrong with. */
export function toCondition(part: Part): Record<string, unknown> {
  if (part.kind === "all_of" || part.kind === "any_of") return { [part.kind]: part.parts.map(toCondition) };
  if (part.kind === "not") return { not: toCondition(part.part) };
  if (part.kind === "known") return { known: part.field };
  const { kind } = fieldOf(part.field);
  const value =
    kind === "cents"
      ? readCents(part.value)
      : kind === "choice"
        ? part.chosen.map(Number)
        : kind === "flag"
          ? part.value === "true"
          : part.value;
  return { field: part.field, [part.operator]: value };
}

/** Wrong places, spelt as the API spells them; empty when the classes may be sent. */
export function checkClasses(rows: readonly ClassRow[]): Wrong {
  const wrong: Wrong = {};
  const names = new Set<string>();
  rows.forEach((row, place) => {
    const name = row.name.trim().toLowerCase();
    const at = `classes.${place}`;
    if (!name) wrong[`${at}.name`] = "Preencha este campo";
    else if (names.has(name)) wrong[`${at}.name`] = "Duas classes têm este nome";
    names.add(name);
    if (countParts(row.condition) > MOST_PARTS) {
      wrong[`${at}.condition`] = `Uma condição tem no máximo ${MOST_PARTS} partes`;
    }
    checkPart(row.condition, `${at}.condition`, wrong);
  });
  return wrong;
}

function checkPart(part: Part, at: string, wrong: Wrong): void {
  if (part.kind === "all_of" || part.kind === "any_of") {
    if (part.parts.length === 0) wrong[at] = "Acrescente ao menos uma parte";
    part.parts.forEach((each, place) => {
      checkPart(each, `${at}.${part.kind}.${place}`, wrong);
    });
  } else if (part.kind === "not") checkPart(part.part, `${at}.not`, wrong);
  else if (part.kind === "compare") {
    const { kind } = fieldOf(part.field);
    if (kind === "cents" && readCents(part.value) === null) wrong[at] = "Informe o valor, como 15.000,00";
    if (kind === "day" && !/^\d{4}-\d{2}-\d{2}$/.test(part.value)) wrong[at] = "Informe o dia";
    if (kind === "choice" && part.chosen.length === 0) wrong[at] = "Escolha ao menos um";
  }
}

export function countParts(part: Part): number {
  if (part.kind === "not") return 1 + countParts(part.part);
  if (part.kind === "all_of" || part.kind === "any_of") {
    return part.parts.reduce((sum, each) => sum + countParts(each), 1);
  }
  return 1;
}

/** A condition in words. `nameOf` tells a choice's name. */
export function sayPart(part: Part, nameOf: (list: string, id: string) => string): string {
  if (part.kind === "all_of") return `(${part.parts.map((each) => sayPart(each, nameOf)).join(" e ")})`;
  if (part.kind === "any_of") return `(${part.parts.map((each) => sayPart(each, nameOf)).join(" ou ")})`;
  if (part.kind === "not") return `não ${sayPart(part.part, nameOf)}`;
  const { label, kind, list } = fieldOf(part.field);
  if (part.kind === "known") return `sabe-se: ${label}`;
  if (part.operator === "among") {
    return `${label} é ${part.chosen.map((each) => nameOf(list ?? "", each)).join(" ou ") || "…"}`;
  }
  if (part.operator === "is") return `${label}: ${part.value === "true" ? "sim" : "não"}`;
  const shown = kind === "day" && part.value ? formatDay(part.value) : part.value;
  const value = shown === "" ? "…" : kind === "cents" ? `R$ ${shown}` : shown;
  return `${label} ${part.operator === "at_least" ? "a partir de" : "até"} ${value}`;
}
