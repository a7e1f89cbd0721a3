/** What becomes of a reservation, in words. Pure. */

import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export const STATES: Record<Schemas["ApprovalsState"], string> = {
  awaiting_decision: "À espera de decisão",
  approved: "Aprovada",
  refused: "Recusada",
  blocked: "Bloqueada por um risco",
  cancelled: "Cancelada",
  sold: "Vendida",
};

export const LIMITS: Record<Schemas["Limit"], string> = {
  maximum_cents: "o preço passa do limite de quem pediu",
  maximum_lots: "há mais lotes do que quem pediu pode aprovar",
  maximum_owed_cents: "o cliente já deve mais do que quem pediu pode aprovar",
  minimum_score: "o escore fica abaixo do limite de quem pediu",
  minimum_percent: "o fluxo atende menos do que quem pediu pode aprovar",
  without_bureau_report: "falta um relatório do birô",
};

export const VERDICTS: Record<string, string> = {
  approve: "Aprovou",
  refuse: "Recusou",
  escalate: "Passou adiante",
  cancel: "Cancelou",
};

/** A percentage as the API spells it (`96.5000`), as people read it. */
export function formatShare(percent: string): string {
  const [whole = "0", part = ""] = percent.split(".");
  return `${whole},${part.padEnd(2, "0").slice(0, 2)} %`;
}
