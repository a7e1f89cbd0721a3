/** The API's names in the words of the screen; what has none is shown as it came. */

export const STATUSES: Record<string, [string, string]> = {
  queued: ["Na fila", "gray"],
  asking: ["Sendo feita", "gray"],
  done: ["Respondida", "teal"],
  failed: ["Falhou", "red"],
  unknown: ["Resultado desconhecido", "violet"],
};
export const PURPOSES: Record<string, string> = {
  credit_analysis: "Análise de crédito",
  lead_qualification: "Qualificação de lead",
  default_prevention: "Prevenção de inadimplência",
  collection: "Cobrança",
};
export const SUBJECTS: Record<string, string> = {
  ad_hoc: "Documento avulso",
  client: "Cliente",
  lead: "Lead",
  prospect: "Prospect",
};
export const PANELS: Record<string, string> = {
  manager: "Gestor",
  broker: "Corretor",
  agency: "Imobiliária",
};
export const ENVIRONMENTS: Record<string, string> = {
  production: "Produção",
  homologation: "Homologação",
};
export const NOTES: Record<string, string> = {
  pefin: "Pendências financeiras (PEFIN)",
  refin: "Restrições bancárias (REFIN)",
  overdue: "Dívidas vencidas",
  spc: "Registros no SPC",
  protest: "Protestos",
  cheque: "Cheques sem fundo",
  lawsuit: "Ações judiciais",
  bankruptcy: "Falências",
  other: "Outras anotações",
};
export const BLOCKS: Record<string, string> = {
  automatic_off: "Incluir/Remover automaticamente está desligado",
  default_code_absent: "falta um código padrão",
  default_code_disappeared: "um código padrão já não está na lista do birô",
};
const FINISHED = new Set(["done", "failed", "unknown"]);

export function isFinished(status: string): boolean {
  return FINISHED.has(status);
}

export function toChoices(words: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
