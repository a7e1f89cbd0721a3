/** The API's names in the words of the screen, and what a status really says of a person. Pure. */

import type { components } from "../../api/schema";
import { formatDay } from "../../ui/format";

export type Listing = components["schemas"]["ListingView"];

export const STATUSES: Record<string, string> = {
  aguardando_aprovacao: "Aguarda aprovação",
  rascunho: "Recusada na aprovação",
  pendente_envio: "A enviar",
  enviada: "Enviada",
  aguardando_retorno: "Recebida pelo birô",
  notificada: "Devedor avisado",
  ativa: "Ativa",
  erro: "Recusada pelo birô",
  baixa_pendente: "Baixa a enviar",
  baixa_enviada: "Baixa enviada",
  erro_baixa: "Baixa recusada",
  baixada: "Baixada",
  expirada: "Expirada",
};
export const ORIGINS: Record<string, string> = { manual: "Manual", automatic: "Automática" };
export const CONCERNS: Record<string, string> = {
  paid: "A dívida foi paga",
  removal_owed: "A baixa é devida",
  outcome_unknown: "Não se sabe se o birô fez",
  letter_wanted: "Nenhum aviso está provado",
  notice_late: "Foi vista antes de correr o prazo do aviso",
  difference: "O birô e nós discordamos",
};
export const BOLETOS: Record<string, string> = {
  open: "Em aberto",
  overdue: "Vencido",
  disputed: "Contestado",
  renegotiated: "Renegociado",
  settled: "Quitado",
  cancelled: "Cancelado",
};
export const ACTIONS: Record<string, string> = {
  remind: "Avisar",
  reduce_service: "Reduzir o serviço",
  block_service: "Bloquear o serviço",
  suspend_service: "Suspender o serviço",
  cancel_service: "Cancelar o serviço",
  credit_analysis: "Negativar",
  notary: "Levar ao cartório",
};
export const EXCLUSIONS: Record<string, string> = {
  disputed: "contestados",
  renegotiated: "renegociados",
  no_longer_owed: "já não se devem",
  public_body: "órgãos públicos",
  out_of_collection: "fora da cobrança",
  too_old: "mais de cinco anos",
  homologation: "integração em homologação",
  removal_ordered: "baixa por ordem",
};
export const IMPORTS: Record<string, string> = {
  waiting: "À espera do arquivo",
  running: "Em andamento",
  finished: "Terminada",
  stopped: "Interrompida",
  abandoned: "Abandonada: o arquivo não chegou a tempo",
};
export const STOPS: Record<string, string> = {
  wrong_heading: "o cabeçalho está errado",
  line_too_long: "uma linha tem mais de 16 KiB",
  too_many_errors: "há mais de 20.000 erros",
};

/** Serasa's published reasons of removals in PEFIN; the other bureaus give theirs as codes. */
export const PEFIN_REASONS: Record<string, string> = {
  "01": "Pagamento da dívida",
  "02": "Renegociação da dívida",
  "03": "Por solicitação do cliente",
  "04": "Ordem judicial",
  "05": "Correção de endereço",
  "06": "Atualização de valor (valorização)",
  "07": "Atualização de valor (pagamento parcial)",
  "08": "Atualização de data",
  "09": "Correção do nome",
  "10": "Correção do número do contrato",
  "11": "Correção de vários valores",
  "12": "Baixa por perda de controle da base",
  "13": "Motivo não identificado",
  "14": "Pontualização da dívida",
  "15": "Concessão de crédito",
  "16": "Incorporação ou mudança de titularidade",
  "17": "Comunicado devolvido pelo correio",
  "18": "Correção de dados do coobrigado",
  "19": "Renegociação da dívida por acordo",
  "20": "Pagamento da dívida por depósito",
  "21": "Análise de documentos",
  "22": "Correção de dados pela loja",
  "23": "Pagamento da dívida por nota promissória",
  "24": "Análise pelo seguro",
  "25": "Devolução ou troca do bem",
  "40": "Fraude",
  "41": "Calamidade pública",
  "42": "Baixa compulsória",
  "43": "Baixa por negociação",
  "44": "Falecimento",
  "45": "Contestação",
};
export const EVENTS: Record<string, string> = {
  requested: "Pedida",
  approved: "Aprovada",
  rejected: "Recusada na aprovação",
  sent: "Enviada",
  postponed: "Envio adiado",
  resent: "A reenviar",
  resubmitted: "De volta à aprovação",
  received: "Recebida pelo birô",
  lost: "Sem resposta do birô",
  notice_sent: "Aviso enviado ao devedor",
  included: "Incluída pelo birô",
  refused: "Recusada pelo birô",
  took_effect: "Outros a veem",
  removal_requested: "Baixa pedida",
  removal_sent: "Baixa enviada",
  removal_postponed: "Baixa adiada",
  removal_received: "Baixa recebida pelo birô",
  removal_lost: "Baixa sem resposta do birô",
  removed: "Baixada",
  removal_refused: "Baixa recusada",
  removal_resent: "Baixa a reenviar",
  settled: "Boleto pago",
  expired: "Expirada",
};

export const OF_PEFIN = new Set(["serasa", "connect_sa"]);

const ENDED = new Set(["baixada", "expirada", "rascunho"]);

/** Whether others see it at the bureau now: since `listed_at`, and never because something was sent. */
export function isListed(listing: Pick<Listing, "listed_at" | "removed_at" | "status">): boolean {
  return listing.listed_at !== null && listing.removed_at === null && !ENDED.has(listing.status);
}

/** What is true of the person, beside what was done about it. */
export function sayTruth(
  listing: Pick<Listing, "listed_at" | "removed_at" | "status" | "active_from">,
): string {
  if (isListed(listing)) return `Negativado desde ${formatDay(listing.listed_at ?? "")}`;
  if (ENDED.has(listing.status) || listing.removed_at !== null) return "Não está negativado";
  if (listing.status === "notificada" && listing.active_from) {
    return `Ainda não negativado: outros veem a partir de ${formatDay(listing.active_from)}`;
  }
  return "Ainda não negativado";
}

/** A day that is over or today needs somebody now. */
export function sayDue(due: string, today: string): { words: string; urgent: boolean } {
  if (due < today) return { words: `Atrasada desde ${formatDay(due)}`, urgent: true };
  if (due === today) return { words: "Vence hoje", urgent: true };
  return { words: `Até ${formatDay(due)}`, urgent: false };
}

export function sayCounts(counts: Record<string, number>, words: Record<string, string>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${words[name] ?? name}: ${count}`)
    .join(", ");
}
