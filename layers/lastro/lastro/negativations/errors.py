"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import BusinessRefusal, Conflict, FieldRule, NotFound, Refusal

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
GUARANTOR_IS_DEBTOR = FieldRule("guarantor", "O garantidor não pode ser o próprio devedor.")
COVERS_DEBT = FieldRule("covers_debt", "Este valor quita o que falta pagar: settles não pode ser false.")
