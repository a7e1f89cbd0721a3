"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import BusinessRefusal, Conflict, FieldRule, Forbidden, NotFound, Refusal, Unauthorized

# Debtors
DEBTOR_NOT_FOUND = Refusal(NotFound, "debtor_not_found", "Este devedor não existe.")
DEBTOR_EXISTS = Refusal(
    Conflict, "debtor_exists", "Já existe um devedor com este CPF ou CNPJ e outros dados: {debtor}; altere-o."
)
DEBTOR_BUSY = Refusal(Conflict, "debtor_busy", "Outras requisições não param de alterar este devedor; tente de novo.")

# Boletos
BOLETO_NOT_FOUND = Refusal(NotFound, "boleto_not_found", "Este boleto não existe.")
BOLETO_EXISTS = Refusal(
    Conflict, "boleto_exists", "Já existe um boleto com este external_id e outros dados: {boleto}; altere-o."
)
BOLETO_BUSY = Refusal(Conflict, "boleto_busy", "Outras requisições não param de alterar este boleto; tente de novo.")
BOLETO_ENDED = Refusal(BusinessRefusal, "boleto_ended", "Este boleto está {status}: não muda mais.")
TOO_MANY_PAYMENTS = Refusal(BusinessRefusal, "too_many_payments", "Um boleto tem no máximo {most} pagamentos.")
PAYMENT_CONFLICT = Refusal(
    Conflict, "payment_id_reused", "Este payment_id já é de outro pagamento deste boleto, com outros dados."
)
PAYMENT_REPEATED = Refusal(
    Conflict,
    "payment_repeated",
    "Já há um pagamento igual deste boleto; se este é outro, envie um payment_id para cada um.",
)

# Fields
NO_SUCH_DEBTOR = FieldRule("unknown_debtor", "Este devedor não existe.")
NO_SUCH_BRANCH = FieldRule("unknown_branch", "Esta filial não existe.")
STATUS_FOLLOWS = FieldRule(
    "status_follows",
    "Um boleto vence pela data e é quitado por um pagamento: envie open, disputed, cancelled ou renegotiated.",
)
UNCHANGEABLE = FieldRule("unchangeable", "Este campo não pode mudar.")
AVAILABLE_BEFORE_PAID = FieldRule(
    "available_before_paid", "O dinheiro não fica disponível antes do dia em que foi pago."
)
AVAILABLE_TOO_LATE = FieldRule(
    "available_too_late", "O dinheiro fica disponível até {most} dias depois de pago: o prazo da baixa não espera mais."
)
BELOW_PAID = FieldRule("below_paid", "O valor não pode ficar abaixo do que já foi pago.")
NATURAL_ONLY = FieldRule("natural_person_only", "Só uma pessoa natural tem este campo.")
WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
ONE_CURSOR = FieldRule("one_cursor", "Envie cursor ou totals_cursor, não os dois.")
GUARANTOR_IS_DEBTOR = FieldRule("guarantor", "O garantidor não pode ser o próprio devedor.")
COVERS_DEBT = FieldRule("covers_debt", "Este valor quita o que falta pagar: settles não pode ser false.")

# Listings
LISTING_NOT_FOUND = Refusal(NotFound, "negativation_not_found", "Esta negativação não existe.")
LISTING_BRANCH_NOT_FOUND = Refusal(NotFound, "branch_not_found", "Esta filial não existe.")
LISTING_BUSY = Refusal(
    Conflict, "negativation_busy", "Outras requisições não param de alterar esta negativação; tente de novo."
)
LISTING_EXISTS = Refusal(
    Conflict, "negativation_exists", "Este boleto já está negativado para esta pessoa neste birô: {listing}."
)
CONTRACT_LISTED = Refusal(
    Conflict, "contract_already_listed", "Este contrato já está negativado para esta pessoa neste birô: {listing}."
)
BOLETO_NOT_OVERDUE = Refusal(
    BusinessRefusal, "boleto_not_overdue", "Só um boleto em aberto e vencido é negativado; este está {status}."
)
PUBLIC_BODY = Refusal(BusinessRefusal, "public_body", "Um órgão público não é negativado.")
PRINCIPAL_NOT_LISTED = Refusal(
    BusinessRefusal, "principal_not_listed", "O garantidor é negativado depois que o birô aceita o devedor."
)
REMOVAL_ASKED = Refusal(Conflict, "removal_already_asked", "A baixa já foi pedida, com o motivo {reason}.")
REMOVAL_ORDERED = Refusal(
    Conflict,
    "removal_ordered",
    "A ordem ou contestação {order} baixou este boleto para esta pessoa: ele não é mais negativado.",
)
ORDER_KNOWN = Refusal(
    Conflict, "removal_order_known", "Esta ordem ou contestação já foi registrada, com a data {date}."
)
REMOVAL_IMPOSSIBLE = Refusal(Conflict, "removal_impossible", "Uma negativação {status} não tem o que baixar.")
NOTICE_NOT_FOUND = Refusal(NotFound, "notice_not_found", "Esta negativação não tem este aviso.")
NOTICE_PROVEN = Refusal(Conflict, "notice_already_proven", "Este aviso já tem outra prova, registrada em {date}.")
NOTICE_IMPOSSIBLE = Refusal(
    Conflict, "notice_impossible", "Uma negativação {status}, que nunca saiu, não tem aviso a registrar."
)
TOO_MANY_NOTICES = Refusal(BusinessRefusal, "too_many_notices", "Uma negativação tem no máximo {most} avisos.")
NOT_RESENDABLE = Refusal(
    Conflict, "not_resendable", "Só se reenvia o que o birô recusou; esta negativação está {status}."
)
ALREADY_DECIDED = Refusal(Conflict, "approval_not_pending", "Esta negativação não espera aprovação: está {status}.")
REQUESTER_CANNOT_APPROVE = Refusal(
    Forbidden, "requester_cannot_approve", "Quem pediu a negativação não decide sobre ela."
)

EVENT_SOURCE_NOT_FOUND = Refusal(NotFound, "event_source_not_found", "Este endereço de webhook não existe.")
EVENT_SOURCE_UNAUTHORIZED = Refusal(
    Unauthorized, "event_source_unauthorized", "Envie a credencial deste endereço de webhook."
)
EVENT_SOURCE_NOT_KNOWN = Refusal(
    Forbidden, "event_source_not_known", "Este endereço de webhook não aceita chamadas desta origem."
)
ARRIVAL_NOT_FOUND = Refusal(
    NotFound, "bureau_arrival_not_found", "Não há esta mensagem ou registro do birô, ou alguém já o tratou."
)
ARRIVAL_BUSY = Refusal(Conflict, "bureau_arrival_changed", "Outra requisição tratou esta mensagem ou registro do birô.")
ARRIVAL_OF_ANOTHER = Refusal(
    Conflict, "bureau_arrival_of_another", "Isto não pode ser desta negativação: é de outra pessoa, birô ou integração."
)
ARRIVAL_UNREADABLE = Refusal(
    Conflict, "bureau_arrival_unreadable", "Não se sabe de que esta mensagem trata: só pode ser dispensada."
)
ARRIVAL_LISTING_MISSING = FieldRule("required", "Diga de que negativação é.")
NO_EVENTS = Refusal(BusinessRefusal, "no_bureau_events", "O birô desta filial não envia webhooks de negativação.")

TOO_MANY_LISTINGS = Refusal(
    BusinessRefusal, "too_many", "Um arquivo tem no máximo {most} negativações; reduza o período."
)

# Fields of a listing
PERIOD_REVERSED = FieldRule("period", "O período termina antes de começar.")
PERIOD_LENGTH = FieldRule("period", "O período tem de 1 a {most} dias.")
LISTING_FIELD_MISSING = FieldRule("required", "O birô exige este campo: preencha-o antes de negativar.")
NAME_TOO_LONG = FieldRule("too_long", "O birô aceita um nome de até {most} caracteres.")
CONTRACT_TOO_LONG = FieldRule("too_long", "O birô aceita um contrato de até {most} caracteres.")
BELOW_LEAST = FieldRule("below_minimum", "O birô aceita dívidas a partir de {least}.")
TOO_OLD = FieldRule("too_old", "A dívida venceu há mais de cinco anos e não pode mais ser negativada.")
UNKNOWN_NATURE = FieldRule("unknown_code", "O birô não tem este código de natureza para este tipo de pessoa.")
UNKNOWN_REASON = FieldRule("unknown_code", "O birô não tem este motivo de baixa.")
PARTIAL_REASON = FieldRule("partial_payment", "A dívida foi paga em parte: o motivo é {reason}, e não o de pagamento.")
ORDER_NUMBER = FieldRule("order_number", "Envie o número do processo ou do protocolo, com letras ou algarismos.")
NOTICE_EMAIL = FieldRule("email", "Um aviso por email vai para um endereço de e-mail, como ana@example.com.")
NOTICE_PHONE = FieldRule("mobile_phone", "Um aviso por sms ou whatsapp vai para um celular, como (11) 98765-4321.")
NOTICE_POSTAL = FieldRule("postal_address", "Um aviso por carta vai para um endereço postal, como Praça da Sé, 100.")
NOTICE_DELIVERY_MISSING = FieldRule(
    "required", "Um aviso eletrônico só vale com o dia em que foi entregue e a prova da entrega: envie os dois."
)
NOTICE_PROOF_MISSING = FieldRule("required", "Diga o que prova a entrega.")
NOTICE_DELIVERED_BEFORE = FieldRule("delivered_before_sent", "Um aviso não é entregue antes de ser enviado.")
NOTICE_BEFORE_DUE = FieldRule("sent_before_due", "O aviso é de uma dívida vencida: envie um dia depois do vencimento.")
NOT_A_GUARANTOR = FieldRule("not_a_guarantor", "Esta pessoa não é garantidora deste boleto.")
JUSTIFICATION_REQUIRED = FieldRule("required", "Diga por que a negativação foi recusada.")
NO_SUCH_ADDRESS = FieldRule(
    "unknown_address", "Esta filial não tem este endereço: envie o id que veio quando ele foi feito, ou none."
)
WRONG_NETWORK = FieldRule("network", "Envie um endereço IP ou uma rede, como 203.0.113.0/24.")
# Collections
NO_BRANCH = Refusal(NotFound, "branch_not_found", "Esta filial não existe.")
COLLECTION_NOT_FOUND = Refusal(
    NotFound, "collection_parameters_not_found", "Esta filial não tem parâmetros de cobrança."
)
COLLECTION_BUSY = Refusal(
    Conflict, "collection_busy", "Outras requisições não param de alterar estes parâmetros; tente de novo."
)
YEARLY_DAY = FieldRule("yearly_day", "Envie um dia do ano como MM-DD, como 01-25.")
STEP_ORDER = FieldRule("step_order", "Os passos crescem em número e em dias de atraso.")
STEP_NOT_LAST = FieldRule(
    "last_step", "O passo 5, e só ele, envia à análise de crédito (credit_analysis) ou ao cartório (notary)."
)

# Imports
IMPORT_NOT_FOUND = Refusal(NotFound, "import_not_found", "Esta importação não existe.")
IMPORT_BUSY = Refusal(
    Conflict, "import_busy", "Outras requisições não param de alterar esta importação; tente de novo."
)
