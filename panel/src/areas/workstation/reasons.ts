/** What the checks of an analysis, and their reasons, are called on the screen. Pure. */

export const CHECKS: Record<string, string> = {
  identity_and_age: "Identidade e idade",
  product_eligibility: "Limites do produto",
  income_commitment: "Comprometimento da renda",
  external_data: "Bases externas",
  documents_complete: "Documentos",
};

const REASONS: Record<string, string> = {
  invalid_cpf: "o CPF não é válido",
  below_minimum_age: "abaixo da idade mínima",
  above_maximum_age: "acima da idade máxima no fim do contrato",
  borrower_blocked: "bloqueado por excesso de cadastros no dia",
  unknown_product: "o produto não existe",
  product_inactive: "o produto está inativo",
  borrower_not_served: "o produto não atende este tipo de pessoa",
  value_above_maximum: "valor acima do máximo do produto",
  value_below_minimum: "valor abaixo do mínimo do produto",
  income_commitment_exceeded: "as parcelas passam do percentual da renda",
  income_unknown: "a renda não foi informada",
  registration_irregular: "situação cadastral irregular",
  registration_unclear: "situação cadastral a conferir",
  restrictions_found: "há restrições no birô",
  low_score: "escore baixo",
  not_found_outside: "pessoa não encontrada no birô",
  external_data_unavailable: "o birô não respondeu",
};

/** A reason in words, as in `external_data_unavailable: timeout`; one that is not known here as the API writes it. */
export function sayReason(reason: string): string {
  const [code = "", ...cause] = reason.split(/:\s*/);
  const words = REASONS[code];
  return words ? [words, ...cause].join(": ") : reason;
}

export const DOCUMENTS: Record<string, string> = {
  SELF: "Selfie",
  IDENTITY_FRONT: "Identidade, frente",
  IDENTITY_BACK: "Identidade, verso",
  ADDRESS_PROOF: "Comprovante de endereço",
  INCOME_PROOF: "Comprovante de renda",
};

const PARTS_OF_LASTRO: Record<string, string> = {
  analyze_proposal: "análise automática",
  generate_contract: "emissão do contrato",
  disbursement: "pagamento",
  retention: "fim do prazo de guarda",
};

/** Who did a step: a part of Lastro, a key by its number, else as the API names it. */
export function sayWho(who: string): string {
  return PARTS_OF_LASTRO[who] ?? (/^\d+$/.test(who) ? `chave ${who}` : who);
}

/** Why a step was taken: documents by their names, reasons in words, what a person wrote as it is. */
export function sayWhy(why: string): string {
  const named = why.split(/,\s*/);
  if (named.every((each) => each in DOCUMENTS)) return named.map((each) => DOCUMENTS[each]).join("; ");
  return sayReason(why);
}
