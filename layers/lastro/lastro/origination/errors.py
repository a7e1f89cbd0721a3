"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import (
    BusinessRefusal,
    Conflict,
    FieldRule,
    Forbidden,
    NotFound,
    PayloadTooLarge,
    Refusal,
    TooManyRequests,
)

# Processes and proposals
PROCESS_NOT_FOUND = Refusal(NotFound, "unknown_process", "Este processo não existe.")
DOCUMENT_NOT_FOUND = Refusal(NotFound, "unknown_document", "Esta proposta não tem o documento {type}.")
PROPOSAL_NOT_FOUND = Refusal(NotFound, "unknown_proposal", "Esta proposta não existe.")
ALREADY_REGISTERED = Refusal(Conflict, "already_registered", "Este CPF já está cadastrado, no processo {process}.")
REGISTRATION_BUSY = Refusal(
    Conflict, "changed_meanwhile", "Outras requisições não param de cadastrar este CPF; tente de novo."
)
PROCESS_BUSY = Refusal(
    Conflict, "changed_meanwhile", "Outras requisições não param de alterar este processo; tente de novo."
)
PROPOSAL_BUSY = Refusal(
    Conflict, "changed_meanwhile", "Outras requisições não param de alterar esta proposta; tente de novo."
)
PROPOSAL_CHANGED = Refusal(Conflict, "changed_meanwhile", "A proposta foi alterada enquanto isso; consulte-a de novo.")
CLIENT_BLOCKED = Refusal(
    TooManyRequests, "client_blocked", "Mais de {most} chamadas sobre este CPF no período; bloqueado até o fim dele."
)
WRONG_PROCESS_STATE = Refusal(Conflict, "wrong_state", "O processo está em {status}: não é a vez desta chamada.")
WRONG_PROPOSAL_STATE = Refusal(Conflict, "wrong_state", "A proposta está em {status}: não é a vez desta chamada.")
NOTHING_TO_EXPIRE = Refusal(Conflict, "nothing_to_expire", "Nenhuma proposta deste processo pode expirar.")
NOT_WAITING = Refusal(Conflict, "wrong_state", "A proposta está em {status}: não espera decisão.")
OWN_PROPOSAL = Refusal(Forbidden, "same_principal", "Quem propôs não pode decidir; outra pessoa deve fazê-lo.")
TOO_MANY_OPEN = Refusal(
    Conflict,
    "too_many_proposals",
    "Este processo tem {count} propostas não assinadas; o limite é {most}. Expire-as antes.",
)
TOO_MANY_PROPOSALS = Refusal(Conflict, "too_many_proposals", "Um processo tem no máximo {most} propostas.")
RELEASE_DATE_PASSED = Refusal(
    BusinessRefusal, "release_date_passed", "Um crédito novo não pode ser liberado em um dia que já passou."
)
UNKNOWN_OFFER = Refusal(NotFound, "unknown_offer", "Não há esta oferta para esta pessoa.")
OFFER_EXPIRED = Refusal(Conflict, "offer_expired", "A oferta não vale mais; simule de novo.")
OFFER_OF_COMPANY = Refusal(BusinessRefusal, "offer_mismatch", "A proposta é de uma pessoa física.")
OFFER_DIFFERS = Refusal(BusinessRefusal, "offer_mismatch", "A proposta difere da oferta.")
NO_PROPOSAL = Refusal(Conflict, "no_proposal", "Proponha antes: um documento pertence a uma proposta.")
DOCUMENT_NOT_TAKEN = Refusal(Conflict, "wrong_state", "Nenhuma proposta deste processo recebe mais este documento.")
DOCUMENT_TOO_LARGE = Refusal(PayloadTooLarge, "document_too_large", "O arquivo passa de {most} bytes.")

# Products and prices
PRODUCT_NOT_FOUND = Refusal(NotFound, "product_not_found", "O produto {product} não existe.")
PRODUCT_GONE = Refusal(NotFound, "product_not_found", "O produto desta proposta não existe mais.")
NO_SUCH_PRODUCT = Refusal(NotFound, "product_not_found", "Este parceiro não tem este produto.")
PRODUCT_CHANGED = Refusal(
    Conflict, "product_changed", "O produto {product} foi alterado enquanto isso; leia-o de novo."
)
NOT_A_CAAS_PRODUCT = Refusal(
    BusinessRefusal,
    "not_a_caas_product",
    "O produto {product} é do tipo {type}; só produtos do tipo CAAS recebem esta requisição.",
)
NOT_A_LEGACY_PRODUCT = Refusal(
    BusinessRefusal,
    "not_a_legacy_product",
    "Esta simulação conhece só meses iguais, tabela Price e vencimentos fixos; use POST /caas/simulation.",
)
PRODUCT_INACTIVE = Refusal(BusinessRefusal, "product_inactive", "O produto {product} está desligado.")
PRODUCT_INCOMPLETE = Refusal(
    BusinessRefusal, "product_incomplete", "O produto {product} não pode gerar contratos: {faults}"
)
BORROWER_NOT_SERVED = Refusal(
    BusinessRefusal, "borrower_not_served", "Este produto não empresta a este tipo de tomador."
)
OUT_OF_BOUNDS = Refusal(BusinessRefusal, "out_of_bounds", "{faults}")
FIRST_DUE_NOT_AFTER_RELEASE = Refusal(
    BusinessRefusal, "first_due_not_after_release", "A primeira parcela vence depois da liberação."
)
NO_TAX_RATE = Refusal(
    BusinessRefusal, "no_tax_rate", "Não há alíquota de IOF registrada para uma liberação antes de {first_day}."
)
NOT_PRICEABLE = Refusal(
    BusinessRefusal, "not_priceable", "O custo efetivo total (CET) deste crédito passa de {most} % ao ano."
)
NOT_PAYABLE = Refusal(
    BusinessRefusal, "not_payable", "Este valor não pode ser dividido em tantas parcelas de centavos inteiros."
)
FEE_CHARGED = Refusal(
    BusinessRefusal,
    "registration_fee_charged",
    "A tarifa de cadastro só é cobrada uma vez, no início do relacionamento da pessoa com a credora "
    "(Súmula 566 STJ): este contrato não pode trazê-la.",
)

# Contracts
CONTRACT_NOT_GENERATED = Refusal(Conflict, "contract_not_generated", "O contrato ainda não foi gerado.")
NO_CONTRACT = Refusal(Conflict, "wrong_state", "A proposta está em {status}: não tem contrato.")
CONTRACT_NOT_SIGNED = Refusal(Conflict, "contract_not_signed", "O contrato não foi assinado.")
SIGNED_CONTRACT_NOT_READY = Refusal(
    Conflict, "signed_contract_not_ready", "O contrato assinado está sendo preparado; tente de novo."
)
PROPOSAL_EXPIRED = Refusal(Conflict, "proposal_expired", "A proposta não vale mais.")
CONTRACT_OUTDATED = Refusal(
    Conflict,
    "contract_outdated",
    "A data de liberação já passou; o contrato está sendo refeito para hoje. Leia-o daqui a um momento.",
)
CONTRACT_REPLACED = Refusal(
    Conflict, "contract_replaced", "Este contrato foi refeito para outro dia; leia o novo e aceite-o."
)
CHECKSUM_MISMATCH = Refusal(BusinessRefusal, "checksum_mismatch", "Um checksum não é de um contrato desta proposta.")
CHECKSUM_MISSING = Refusal(BusinessRefusal, "checksum_missing", "Aceite os checksums de todos os {count} contratos.")
INCOME_EXCEEDED = Refusal(
    BusinessRefusal,
    "income_commitment_exceeded",
    "Com o que esta pessoa assinou enquanto isso, a parcela passa da parte da renda que o produto permite.",
)
CLAUSES_CHANGED = Refusal(Conflict, "clauses_changed", "As cláusulas foram alteradas enquanto isso; leia-as de novo.")

# Money and endorsements
HOLDER_NOT_CONFIRMED = Refusal(
    Forbidden,
    "same_principal",
    "O pagador não confirma que esta conta é de quem toma o crédito; outra pessoa deve enviá-la.",
)
PAYOUT_UNSETTLED = Refusal(
    Conflict,
    "payout_unsettled",
    "O pagador ainda não diz o que foi do pagamento {number}; tente de novo mais tarde.",
)
PAYOUT_WENT_THROUGH = Refusal(
    Conflict, "payout_went_through", "O pagamento {number} acabou saindo; nada é pago de novo."
)
PAYOUT_CANNOT_BECOME = Refusal(Conflict, "wrong_state", "O pagamento está em {status}: não pode passar a {following}.")
NOT_DISBURSED = Refusal(Conflict, "wrong_state", "Só uma CCB desembolsada pode ser endossada.")
SAME_HOLDER = Refusal(BusinessRefusal, "same_holder", "O endossatário já é o titular desta CCB.")
CHAIN_TOO_LONG = Refusal(BusinessRefusal, "chain_too_long", "Uma CCB tem no máximo {most} endossos.")

# Fields
PIX_KEY_HOLDER = FieldRule("pix_key_holder", "A chave Pix que é CPF ou CNPJ tem de ser o CPF de quem toma o crédito.")
TWO_BANKS = FieldRule("mismatch", "code e desc dizem bancos diferentes.")
ONE_ACCOUNT = FieldRule("one_account", "Envie pixKey ou bank, um dos dois.")
BIRTHDAY_TO_COME = FieldRule("in_the_future", "A data de nascimento ainda não chegou.")
MOMENT_TO_COME = FieldRule("in_the_future", "O instante informado ainda não chegou.")
ISSUED_IN_FUTURE = FieldRule("date_in_future", "A data de emissão do documento está no futuro.")
WRONG_MAC = FieldRule("mac", "Envie um endereço MAC, como 00:00:00:00:00:00.")
WRONG_IP = FieldRule("ip", "Envie um endereço IPv4 ou IPv6.")
WRONG_MOMENT = FieldRule("moment", "Envie um instante ISO 8601 com o fuso, como 2019-08-21T14:31:17.459Z.")
WRONG_DEGREES = FieldRule("degrees", "Envie graus como número, com ponto decimal.")
DEGREES_OUT_OF_BOUNDS = FieldRule("out_of_bounds", "Envie graus de -{most} a {most}.")
UNSUPPORTED_PRODUCT_TYPE = FieldRule("unsupported_product_type", "Só produtos do tipo CAAS são propostos aqui.")
OFFER_TWICE = FieldRule("repeated", "Esta oferta já é a de outro item de products: cada uma é de uma proposta só.")
AMBIGUOUS_PRODUCT = FieldRule("ambiguous_product", "O parceiro tem mais de um produto CAAS ativo: informe qual.")
FIELD_MISSING = FieldRule("missing", "Campo obrigatório.")
TERMS_MISSING = FieldRule("missing", "Envie value, installments, monthlyTax, releaseDate e dueDate, ou um offerId.")
OFFERED_TO_COMPANY = FieldRule("not_a_natural_person", "A oferta foi calculada para uma empresa.")
DIFFERS_FROM_OFFER = FieldRule("differs_from_offer", "{name} não é o que a oferta diz.")
BELOW_MINIMUM = FieldRule("below_minimum", "{name} é menor que o mínimo do produto, {bound}.")
ABOVE_MAXIMUM = FieldRule("above_maximum", "{name} é maior que o máximo do produto, {bound}.")
BELOW_SMALLEST = FieldRule("below_minimum", "{name} é menor que o do menor crédito nestas condições.")
ONE_FIGURE_MISSING = FieldRule("missing", "Envie um de value, installment_value e gross_value.")
ONE_FIGURE_ONLY = FieldRule("one_of", "Envie só um de value, installment_value e gross_value.")
DIFFERS_FROM_DOCUMENT = FieldRule(
    "differs_from_document", "person_type não é o do documento: PF tem CPF; PJ, SIMPLES e MEI têm CNPJ."
)
ONLY_CAAS = FieldRule("caas", "Aqui só se simula o tipo CAAS.")
UNKNOWN_STATUS = FieldRule("enum", "Envie um dos status de uma proposta.")
WRONG_CURSOR = FieldRule("cursor", "Envie o cursor da página anterior, sem alterá-lo.")
BEFORE_FROM = FieldRule("before_from", "O período termina antes de começar.")

# Fields of files, contracts and products
FILE_EMPTY = FieldRule("empty", "O arquivo está vazio.")
FILE_NOT_BASE64 = FieldRule("base64", "Envie o arquivo em Base64.")
WRONG_DATA_ADDRESS = FieldRule("data_address", "O endereço data: não pôde ser lido (RFC 2397).")
FILE_CUT_OFF = FieldRule("cut_off", "O arquivo está incompleto: falta o fim dele. Envie-o de novo.")
CONTENT_MISMATCH = FieldRule("content_mismatch", "Os bytes do arquivo não são deste mimeType.")
CHECKSUMS_LENGTH = FieldRule("length", "Envie uma vez cada checksum que o GET respondeu.")
TWO_LOGS = FieldRule("duplicate_field", "Outro objeto da lista traz outro logData: envie um só.")
WRONG_CHECKSUM = FieldRule("checksum", "Envie os checksums como o GET os respondeu: 64 dígitos hexadecimais.")
CLAUSES_LENGTH = FieldRule("length", "Envie de 1 a {most} cláusulas.")
PARAGRAPHS_LENGTH = FieldRule("length", "Envie de 1 a {most} parágrafos.")
TOO_MUCH_OUTPUT = FieldRule(
    "too_much_output", "Este texto usa variáveis demais: com os seus valores passaria de {most} caracteres."
)
TEXT_LENGTH = FieldRule("length", "Envie de 1 a {most} caracteres.")
WRONG_SITE = FieldRule("site", "Envie o endereço de um site, como https://example.com.")
UNKNOWN_TEMPLATE = FieldRule("unknown_template", "Não há modelo de contrato com este nome.")
MIN_ABOVE_MAX = FieldRule("range", "min não pode ser maior que max.")
DEFAULT_OUT_OF_RANGE = FieldRule("range", "default fica entre min e max.")
UNKNOWN_BRANCH = FieldRule("unknown_branch", "Esta filial não existe.")
REQUIRED = FieldRule("required", "Este campo não pode ficar vazio: deixe-o de fora para não mudá-lo.")
ADDRESS_MISSING = FieldRule("missing", "Informe o endereço da credora (CDC art. 54-B, IV).")
EMAIL_MISSING = FieldRule("missing", "Informe o e-mail ou o site da credora (CDC art. 54-B, IV).")
OMBUDSMAN_MISSING = FieldRule("missing", "Informe o contato da ouvidoria da credora (Res. CMN 4.860/2020).")
FINE_ABOVE_LIMIT = FieldRule("above_legal_limit", "A multa por atraso é de no máximo {most} % (CDC art. 52 §1).")
INTEREST_ABOVE_LIMIT = FieldRule(
    "above_legal_limit", "Os juros de mora são de no máximo {most} % ao mês (Súmula 379 STJ)."
)

# Clauses: braces doubled, since a text is filled in before it is told
UNPRINTABLE = FieldRule("undrawable", "O contrato não imprime {strange}; use letras do alfabeto latino.")
UNPRINTABLE_LETTERS = FieldRule("undrawable", "Use letras do alfabeto latino.")
WRONG_MARKUP = FieldRule("syntax", "A marcação {{{{ }}}} ou {{% %}} está incorreta.")
NESTED_TOO_DEEPLY = FieldRule("syntax", "As condições estão aninhadas demais.")
NOT_ALLOWED = FieldRule("not_allowed", "Use apenas variáveis {{{{ nome }}}} e condições {{% if nome %}}.")
UNKNOWN_VARIABLE = FieldRule("unknown_variable", "Não existe a variável {name}.")
NOT_COMPARABLE = FieldRule(
    "not_comparable",
    "Compare números com números ({{% if parcelas > 12 %}}); valores e datas são textos.",
)
