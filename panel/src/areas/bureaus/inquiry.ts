/** What is filled in to ask a bureau, and the request it becomes. Pure. */

import type { components } from "../../api/schema";
import { readDocument } from "../../ui/format";

type Asked = components["schemas"]["RequestedInquiry"];

export type Draft = {
  document: string;
  purpose: string;
  branch: string;
  report: string;
  features: string[];
  subjectType: string;
  subjectId: string;
  state: string;
  zip: string;
  phone: string;
  parameters: string;
  force: boolean;
};

export function freshDraft(): Draft {
  return {
    document: "",
    purpose: "credit_analysis",
    branch: "",
    report: "",
    features: [],
    subjectType: "ad_hoc",
    subjectId: "",
    state: "",
    zip: "",
    phone: "",
    parameters: "",
    force: false,
  };
}

/** A CPF has eleven characters, a CNPJ fourteen; whether the digits are right the API says. */
export function personOf(document: string): "natural" | "legal" {
  return document.length === 14 ? "legal" : "natural";
}

/** What is wrong, by the field's name; nothing when it may be sent. */
export function checkDraft(draft: Draft): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (![11, 14].includes(draft.document.length)) wrong.document = "Informe um CPF ou um CNPJ";
  if (draft.subjectType !== "ad_hoc" && !draft.subjectId.trim()) {
    wrong.subjectId = "Informe o número dele no seu sistema";
  }
  if (readParameters(draft.parameters) === null) wrong.parameters = "Escreva um por linha: nome=valor";
  return wrong;
}

/** `name=value`, one a line; `null` when a line is none, or a name comes twice. */
export function readParameters(text: string): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const [, name = "", value = ""] = /^([^=\s]+)\s*=\s*(.+)$/.exec(line) ?? [];
    if (name === "" || Object.hasOwn(found, name)) return null;
    found[name] = value;
  }
  return found;
}

export function toRequest(draft: Draft, by: string): Asked {
  const parameters = readParameters(draft.parameters) ?? {};
  return {
    document: readDocument(draft.document),
    purpose: draft.purpose as Asked["purpose"],
    requested_by: by,
    ...(draft.subjectType === "ad_hoc"
      ? {}
      : { subject: { type: draft.subjectType as "client", id: draft.subjectId.trim() } }),
    ...(draft.branch ? { branch_id: Number(draft.branch) } : {}),
    ...(draft.report ? { report: draft.report } : {}),
    ...(draft.features.length > 0 ? { features: draft.features } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...(draft.state ? { federal_unit: draft.state as "SP" } : {}),
    ...(draft.zip.trim() ? { zip_code: draft.zip.trim() } : {}),
    ...(draft.phone.trim() ? { phone_number: draft.phone.trim() } : {}),
    ...(draft.force ? { force: true } : {}),
  };
}
