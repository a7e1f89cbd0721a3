/** What the statuses of proposals are called on the screen, in the order in which a proposal goes through them. Pure. */

import type { components } from "../../api/schema";

type Status = components["schemas"]["CreditStatus"];

const LABELS: Record<Status, string> = {
  PRE_PROCESSAMENTO: "Pré-processamento",
  PRE_APROVADO: "Pré-aprovada",
  AGUARDANDO_DOCUMENTOS: "Aguardando documentos",
  EM_ANALISE_DOCUMENTAL: "Em análise documental",
  EM_ANALISE_MANUAL: "Em análise manual",
  EM_ANALISE_OPERACIONAL: "Em análise operacional",
  CONTRATADO: "Contratada",
  PENDENTE: "Desembolso pendente",
  LIBERADO: "Liberada",
  ESTORNO: "Estornada",
  REPROVADO: "Reprovada",
  EXPIRADO: "Expirada",
};
const ORDER = Object.keys(LABELS);

/** A status in words; one that is not known here is spelt out as the API writes it. */
export function labelOf(status: string): string {
  const known = (LABELS as Record<string, string>)[status];
  if (known) return known;
  const words = status.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Statuses with their totals in the order of the way; those that are not known here come last. */
export function orderTotals(totals: Record<string, number>): [string, number][] {
  const place = (status: string) => (ORDER.includes(status) ? ORDER.indexOf(status) : ORDER.length);
  return Object.entries(totals).sort(
    ([one], [other]) => place(one) - place(other) || one.localeCompare(other),
  );
}

/** Whether a person has to decide on a proposal. */
export function awaitsDecision(status: string): boolean {
  return status === "EM_ANALISE_MANUAL";
}
