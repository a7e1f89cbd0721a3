/** A customer's record as a form: what it holds, and what the API takes of it. Pure. */

import type { components } from "../../api/schema";
import { readCents, readDocument } from "../../ui/format";

export type Customer = components["schemas"]["CustomerView"];
export type Form = Record<string, string>;

export type FormField = {
  name: string;
  label: string;
  required?: boolean;
  kind?: "day" | "flag" | "cents" | "number";
  /** A closed list of the API. */
  list?: string;
};

export const RELATIONS = [
  { value: "", label: "O cargo é do cliente" },
  { value: "relative", label: "Parente de quem tem o cargo" },
  { value: "close_associate", label: "Estreito colaborador" },
  { value: "representative", label: "Representante" },
];

export const GROUPS: readonly { title: string; fields: readonly FormField[] }[] = [
  {
    title: "Identificação",
    fields: [
      { name: "document", label: "CPF ou CNPJ", required: true },
      { name: "name", label: "Nome", required: true },
      { name: "born_at", label: "Nascimento", kind: "day" },
      { name: "mother", label: "Nome da mãe" },
      { name: "genre_id", label: "Gênero", list: "genders" },
      { name: "marital_status_id", label: "Estado civil", list: "marital_statuses" },
      { name: "education_id", label: "Escolaridade", list: "educations" },
      { name: "has_cnh", label: "Tem CNH", kind: "flag" },
    ],
  },
  {
    title: "Contato e endereço",
    fields: [
      { name: "email", label: "E-mail" },
      { name: "phone", label: "Telefone com DDD" },
      { name: "address.zip_code", label: "CEP" },
      { name: "address.street", label: "Rua" },
      { name: "address.number", label: "Número" },
      { name: "address.complement", label: "Complemento" },
      { name: "address.neighborhood", label: "Bairro" },
      { name: "address.city", label: "Cidade" },
      { name: "address.state_id", label: "Estado", list: "states" },
    ],
  },
  {
    title: "Trabalho",
    fields: [
      { name: "job_reference.name", label: "Onde trabalha" },
      { name: "job_reference.income_cents", label: "Renda mensal", kind: "cents" },
      { name: "job_reference.joined_at", label: "Desde", kind: "day" },
      {
        name: "job_reference.professional_ocupation_id",
        label: "Ocupação",
        list: "professional_occupations",
      },
    ],
  },
  {
    title: "Pessoa exposta politicamente",
    fields: [
      { name: "public_person", label: "Declara-se exposta", kind: "flag" },
      { name: "pep.office", label: "Cargo" },
      { name: "pep.since", label: "No cargo desde", kind: "day" },
      { name: "pep.until", label: "Até", kind: "day" },
      { name: "pep.relation", label: "Relação com o cargo", list: "relations" },
    ],
  },
];

const FIELDS = GROUPS.flatMap((group) => group.fields);
const PARTS = ["address", "job_reference", "pep"] as const;
const IDENTIFIERS = /_id$/;

export function freshForm(): Form {
  return {};
}

/** What the form begins with for a customer. */
export function toForm(customer: Customer): Form {
  const [phone] = customer.phones ?? [];
  const form: Form = {
    document: customer.cpf ?? customer.cnpj ?? "",
    email: customer.emails?.[0]?.address ?? "",
    phone: phone ? `${phone.code ?? ""} ${phone.number ?? ""}`.trim() : "",
  };
  for (const field of FIELDS) {
    if (field.name in form) continue;
    const value = readPlace(customer, field.name);
    if (value === null || value === undefined) continue;
    form[field.name] = field.kind === "cents" ? spellCents(Number(value)) : String(value);
  }
  return form;
}

/** Wrong fields by their names; empty when the form may be sent. */
export function checkForm(form: Form): Form {
  const wrong: Form = {};
  const filled = (name: string) => (form[name] ?? "").trim();
  const bare = readDocument(filled("document"));
  if (![11, 14].includes(bare.length)) wrong.document = "Informe um CPF ou CNPJ";
  if (!filled("name")) wrong.name = "Preencha este campo";
  if (bare.length === 11) {
    for (const name of ["born_at", "mother"]) if (!filled(name)) wrong[name] = "Preencha este campo";
  }
  const income = filled("job_reference.income_cents");
  if (income && readCents(income) === null)
    wrong["job_reference.income_cents"] = "Escreva a renda como 6.500,00";
  if (filled("phone") && readPhone(filled("phone")) === null) {
    wrong.phone = "Escreva o DDD e o número, como (84) 90000-0000";
  }
  const exposed = ["pep.office", "pep.since", "pep.until", "pep.relation"].some(filled);
  if (exposed) {
    for (const name of ["pep.office", "pep.since"]) if (!filled(name)) wrong[name] = "Preencha este campo";
  }
  return wrong;
}

/**
 * The `customer` of a request. Only for a form that `checkForm` finds nothing wrong with. `before`: the customer as it
 * is, of which what the form does not show stays.
 */
export function toCustomer(form: Form, before?: Customer): Record<string, unknown> {
  const customer: Record<string, unknown> = {};
  const parts: Record<string, Record<string, unknown>> = {};
  for (const field of FIELDS) {
    if (["document", "email", "phone"].includes(field.name)) continue;
    const value = readField(field, (form[field.name] ?? "").trim());
    const [part, inner] = field.name.split(".");
    if (part === undefined) continue;
    if (inner === undefined) {
      if (value !== null || before) customer[part] = value;
    } else {
      const whole = parts[part] ?? {};
      whole[inner] = value;
      parts[part] = whole;
    }
  }
  for (const part of PARTS) {
    const told = parts[part] ?? {};
    const known = Object.values(told).some((value) => value !== null);
    if (part === "address") customer.address = { ...strip(before?.address), ...told };
    else if (known) customer[part] = before ? told : dropEmpty(told);
    else if (before?.[part]) customer[part] = part === "pep" ? null : told;
  }
  const bare = readDocument(form.document ?? "");
  if (!before) customer[bare.length === 11 ? "cpf" : "cnpj"] = bare;
  customer.emails = firstOf(before?.emails, form.email?.trim() ? { address: form.email.trim() } : null);
  const phone = readPhone(form.phone ?? "");
  customer.phones = firstOf(before?.phones, phone);
  if (!before) return dropEmpty(customer);
  return customer;
}

/** Area code and number of a telephone in Brazil, however it was pasted; `null` for anything else. */
export function readPhone(text: string): { code: number; number: number } | null {
  const digits = text.replace(/\D/g, "").replace(/^55(?=\d{10,11}$)/, "");
  if (!/^[1-9]\d\d{8,9}$/.test(digits)) return null;
  return { code: Number(digits.slice(0, 2)), number: Number(digits.slice(2)) };
}

/** The list with another first part: the same one where it was only touched, and the others as they are. */
function firstOf<T extends object>(before: readonly T[] | undefined, first: object | null): unknown[] {
  const [old, ...others] = before ?? [];
  return first === null ? others : [{ ...old, ...first }, ...others];
}

function readField(field: FormField, text: string): unknown {
  if (!text) return null;
  if (field.kind === "cents") return readCents(text);
  if (field.kind === "flag") return text === "true";
  if (IDENTIFIERS.test(field.name)) return Number(text);
  return text;
}

function readPlace(whole: object, name: string): unknown {
  return name
    .split(".")
    .reduce<unknown>((found, part) => (found as Record<string, unknown> | null | undefined)?.[part], whole);
}

function spellCents(cents: number): string {
  return (cents / 100).toLocaleString("pt-BR", { minimumFractionDigits: 2 });
}

function strip(part: object | null | undefined): object {
  return part ?? {};
}

function dropEmpty(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(part).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
