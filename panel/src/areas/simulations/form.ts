/** The form of a simulation: what it holds, what the API takes of it, and which of the lead's fields are wanted. Pure. */

import type { components } from "../../api/schema";
import { readCents, readDocument } from "../../ui/format";

/** Of the ways in which a vehicle is told, the one in full. */
type Vehicle = Extract<components["schemas"]["RequestedVehicle"], { licensing_city?: unknown }>;
type State = NonNullable<Exclude<Vehicle["licensing_uf"], "">>;

export type Row = { installments: string; downPayment: string };
export type LeadFields = Record<string, string>;

export type Draft = {
  document: string;
  lead: LeadFields;
  value: string;
  molicar: string;
  uf: string;
  city: string;
  manufactureYear: string;
  modelYear: string;
  zeroKm: boolean;
  banks: string[] | null;
  suggestions: boolean;
  rows: Row[];
};

export function freshDraft(): Draft {
  return {
    document: "",
    lead: {},
    value: "",
    molicar: "",
    uf: "",
    city: "",
    manufactureYear: "",
    modelYear: "",
    zeroKm: false,
    banks: null,
    suggestions: true,
    rows: [{ installments: "48", downPayment: "" }],
  };
}

/** Wrong fields by their names; empty when the form may be sent. */
export function checkDraft(draft: Draft): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (![11, 14].includes(readDocument(draft.document).length)) wrong.document = "Informe um CPF ou CNPJ";
  if (!readCents(draft.value)) wrong.value = "Informe o valor, como 85.000,00";
  if (!/^\d{8}-\d$/.test(draft.molicar.trim())) wrong.molicar = "Informe o código Molicar, como 02106163-7";
  if (!/^[A-Za-z]{2}$/.test(draft.uf.trim())) wrong.uf = "Informe a UF";
  if (!draft.city.trim()) wrong.city = "Informe a cidade";
  for (const name of ["manufactureYear", "modelYear"] as const) {
    if (!/^\d{4}$/.test(draft[name].trim())) wrong[name] = "Informe o ano";
  }
  draft.rows.forEach((row, place) => {
    if (!/^[1-9]\d{0,2}$/.test(row.installments.trim()))
      wrong[`installments-${place}`] = "Informe as parcelas";
    if (readCents(row.downPayment) === null)
      wrong[`downPayment-${place}`] = "Informe a entrada, como 5.000,00";
  });
  return wrong;
}

/** The request's body. Only for a draft that `checkDraft` finds nothing wrong with. */
export function toRequest(draft: Draft, banks: string[]): components["schemas"]["CreateSimulation"] {
  const value = readCents(draft.value) ?? 0;
  const vehicle: Vehicle = {
    vehicle_molicar_code: draft.molicar.trim(),
    licensing_uf: draft.uf.trim().toUpperCase() as State,
    licensing_city: draft.city.trim(),
    manufacture_year: Number(draft.manufactureYear),
    model_year: Number(draft.modelYear),
    asset_value: value,
    zero_km: draft.zeroKm,
  };
  return {
    simulation: {
      retrieve_lead: { cpf_cnpj: readDocument(draft.document) },
      assets_value: value,
      bank_febraban_codes: banks as NonNullable<
        Exclude<components["schemas"]["RequestedSimulation"]["bank_febraban_codes"], "">
      >,
      process_bank_suggested_conditions: draft.suggestions,
      vehicle,
      conditions: draft.rows.map((row) => ({
        installments: Number(row.installments),
        down_payment: readCents(row.downPayment) ?? 0,
      })),
    },
  };
}

export const LEAD_LABELS: Record<string, string> = {
  name: "Nome",
  birthdate: "Nascimento",
  email: "E-mail",
  phone_number: "Telefone",
  monthly_income: "Renda mensal",
  has_cnh: "Tem CNH",
  retrieve_gender: "Gênero",
  retrieve_occupation: "Ocupação",
  retrieve_profession: "Profissão",
  mother_name: "Nome da mãe",
  "address.zip_code": "CEP",
  "address.street": "Rua",
  "address.number": "Número",
  "address.complement": "Complemento",
  "address.district": "Bairro",
  "address.city": "Cidade do cliente",
  "address.state": "UF do cliente",
};

const TOLD_ELSEWHERE: Record<string, string> = {
  gender: "retrieve_gender",
  occupation: "retrieve_occupation",
  profession: "retrieve_profession",
};

/** Fields of the lead that banks want, each with their codes: `{address: {zip_code: [...]}}` is `address.zip_code`. */
export function wantedFields(requirements: unknown): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const walk = (node: unknown, place: string) => {
    if (Array.isArray(node)) {
      found.set(TOLD_ELSEWHERE[place] ?? place, node.map(String));
    } else if (typeof node === "object" && node !== null) {
      for (const [name, inner] of Object.entries(node)) walk(inner, place ? `${place}.${name}` : name);
    }
  };
  walk(requirements, "");
  found.delete("cpf_cnpj");
  return found;
}

/** What a lead holds already, as the form's fields spell it. */
export function knownFields(lead: unknown): LeadFields {
  const known: LeadFields = {};
  const whole = (lead ?? {}) as Record<string, unknown>;
  const address = (whole.address ?? {}) as Record<string, unknown>;
  const spell = (name: string, value: unknown) => {
    if (value === null || value === undefined || value === "") return;
    if (typeof value === "object")
      known[name] = String((value as { credere_identifier: string }).credere_identifier);
    else known[name] = name === "monthly_income" ? spellCents(Number(value)) : String(value);
  };
  for (const name of Object.keys(LEAD_LABELS)) {
    const [part, inner] = name.split(".");
    if (inner !== undefined) spell(name, address[inner]);
    else spell(name, whole[(part ?? "").replace(/^retrieve_/, "")]);
  }
  return known;
}

function spellCents(cents: number): string {
  return (cents / 100).toFixed(2).replace(".", ",");
}

/** The lead's fields as the API takes them; what was left empty is left out. `null` where one cannot be read. */
export function toLead(fields: LeadFields): Record<string, unknown> | null {
  const lead: Record<string, unknown> = {};
  const address: Record<string, string> = {};
  for (const [name, typed] of Object.entries(fields)) {
    const text = typed.trim();
    if (!text) continue;
    if (name.startsWith("address.")) address[name.slice("address.".length)] = text;
    else if (name === "monthly_income") {
      const cents = readCents(text);
      if (cents === null) return null;
      lead[name] = cents;
    } else if (name === "has_cnh") lead[name] = text === "true";
    else lead[name] = text;
  }
  if (Object.keys(address).length > 0) lead.address = address;
  return lead;
}
