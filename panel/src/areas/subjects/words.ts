/** The API's names in the words of the screen; what has none is shown as it came. */

export const ACTIONS: Record<string, string> = {
  export: "Acesso aos dados",
  erasure: "Eliminação dos dados",
};
export const REQUESTS: Record<string, string> = {
  pending: "Em andamento",
  held: "Segurado por uma guarda legal",
  done: "Terminado",
};
export const KINDS: Record<string, string> = {
  lead: "Cadastro de lead",
  simulation: "Simulação",
  inquiry: "Consulta a birô",
  process: "Processo de crédito",
  application: "Processo que não chegou a contrato",
  debtor: "Devedor ou garantidor",
  debt: "Devedor e boletos",
  negativation: "Devedor com negativação",
  customer: "Cadastro de cliente",
  proposal: "Proposta a bancos",
  reservation: "Reserva",
  sale: "Venda",
  assignment: "Cessão",
  refused_assignment: "Cessão recusada",
  survey: "Pesquisas respondidas",
  contract: "Contrato",
};
export const SHOWN: Record<string, string> = {
  lead: "Lead",
  proposal: "Proposta",
  customer: "Cliente",
  debtor: "Devedor",
  bureau_inquiry: "Consulta a birô",
};
export const FIELDS: Record<string, string> = {
  cpf_cnpj: "CPF ou CNPJ",
  cpf: "CPF",
  document: "Documento",
  birthdate: "Nascimento",
  birth_date: "Nascimento",
  email: "E-mail",
  emails: "E-mails",
  phone_number: "Telefone",
  phones: "Telefones",
  mobile_phone: "Celular",
  mother: "Nome da mãe",
  mother_name: "Nome da mãe",
  addresses: "Endereços",
};
