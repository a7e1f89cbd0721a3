"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import BusinessRefusal, Conflict, FieldRule, Forbidden, NotFound, Refusal

RULE_NOT_FOUND = Refusal(NotFound, "approval_rule_not_found", "Esta alçada não existe, ou não existe nesta versão.")
RULE_BUSY = Refusal(Conflict, "approval_rule_changed", "Esta alçada foi alterada por outra requisição; leia-a de novo.")

CYCLE_ENDS_BEFORE_START = FieldRule("before_start", "O ciclo {cycle} termina antes de começar.")
CYCLE_OVERLAPS = FieldRule(
    "overlap", "O ciclo {cycle} deve começar depois do mês {month}: os ciclos vêm em ordem e não se sobrepõem."
)
MAXIMUM_BELOW_MINIMUM = FieldRule("below_minimum", "O percentual máximo do ciclo {cycle} é menor que o mínimo.")
DUE_BEFORE_SIGNING = FieldRule("before_signing", "A parcela vence antes da assinatura.")
ONE_PAYMENT = FieldRule("one_payment", "Uma parcela deste tipo não se repete: envie installments 1, ou uma para cada.")
DUE_TOO_LATE = FieldRule("too_late", "A última parcela venceria depois do ano 2100.")
TOO_MANY_PAYMENTS = FieldRule("too_many_payments", "O fluxo tem {count} parcelas; o limite é {most}.")
IMPLAUSIBLE_PAYMENTS = FieldRule(
    "implausible_payments",
    "As parcelas somam {paid} centavos, mais de {most} vezes o preço total: confira os valores, em centavos.",
)
FACT_MISSING = FieldRule("required", "A alçada verifica este dado da venda: envie-o.")
NO_BOUND = FieldRule("required", "Envie minimum_percent, maximum_percent ou os dois.")
BOUNDS_CROSSED = FieldRule(MAXIMUM_BELOW_MINIMUM.rule, "O percentual máximo é menor que o mínimo.")

RULE_NOT_FOR_SALE = FieldRule("other_sale", "A alçada {rule} é de outro empreendimento ou de outra tabela de preços.")
NO_RULE_FOR_SALE = FieldRule("no_rule", "Nenhuma alçada vale para este empreendimento e esta tabela de preços.")
SEVERAL_RULES = FieldRule("several_rules", "Mais de uma alçada vale para esta venda; escolha uma: {rules}.")
UNKNOWN_RULE = FieldRule("not_found", "Esta alçada não existe.")
PRE_REGISTRATION_MISSING = FieldRule("required", "A alçada soma a parcela do pré-cadastro: envie o seu número.")
UNKNOWN_CUSTOMER = FieldRule("not_found", "Este cliente não existe.")
ONE_FILTER = FieldRule("one_filter", "Filtre por customer_id ou por authority, não pelos dois.")

TOO_MANY_AUTHORITIES = Refusal(
    BusinessRefusal, "too_many_authorities", "Um parceiro tem no máximo {most} pessoas que aprovam."
)
AUTHORITY_BUSY = Refusal(
    Conflict, "approval_authority_changed", "Esta pessoa foi alterada por outra requisição; leia a lista de novo."
)
AUTHORITY_NOT_FOUND = Refusal(NotFound, "approval_authority_not_found", "Esta pessoa não está entre as que aprovam.")

RESERVATION_NOT_FOUND = Refusal(NotFound, "reservation_not_found", "Esta reserva não existe.")
RESERVATION_BUSY = Refusal(
    Conflict, "reservation_changed", "Esta reserva foi alterada por outra requisição; leia-a de novo."
)
RESERVATION_DECIDED = Refusal(Conflict, "reservation_decided", "Esta reserva não espera decisão: está {state}.")
RESERVATION_ESCALATED = Refusal(
    Conflict, "reservation_escalated", "Esta reserva já foi passada à autoridade seguinte, de nível {rank}."
)
UNIT_RESERVED = Refusal(
    Conflict, "unit_reserved", "Esta unidade já tem a reserva {reservation}, que espera decisão ou foi aprovada."
)
RESERVATION_NOT_HELD = Refusal(Conflict, "reservation_not_held", "Esta reserva está {state}: não há o que cancelar.")
OWN_RESERVATION = Refusal(Forbidden, "requester_cannot_decide", "Quem pediu a reserva não decide sobre ela.")
NO_AUTHORITY = Refusal(Forbidden, "no_authority", "Quem decide não está entre as pessoas que aprovam.")
BELOW_AUTHORITY = Refusal(Forbidden, "below_authority", "Esta reserva espera uma autoridade de nível {rank} ou acima.")
BEYOND_LIMITS = Refusal(
    Forbidden, "beyond_limits", "A reserva passa dos limites de quem decide: {limits}. Recuse, ou passe-a adiante."
)
NO_NEXT_AUTHORITY = Refusal(BusinessRefusal, "no_next_authority", "Não há autoridade acima desta para decidir.")

UNKNOWN_RESERVATION = FieldRule("not_found", "Esta reserva não existe.")
UNKNOWN_SALE = FieldRule("not_found", "Esta venda não existe.")
CUSTOMER_TWICE = FieldRule("repeated", "Este cliente já compra a unidade.")
NOT_OF_SALE = FieldRule("not_of_sale", "Quem cede deve ser um dos clientes da venda.")
BEFORE_SALE = FieldRule("before_sale", "A cessão não pode ser anterior ao contrato da venda, de {signed_on}.")
HOLDS_SALE = FieldRule("holds_sale", "Quem recebe já é um dos clientes da venda.")
SALE_NOT_FOUND = Refusal(NotFound, "sale_not_found", "Esta venda não existe.")
RESERVATION_NOT_APPROVED = Refusal(
    Conflict, "reservation_not_approved", "Só se vende o que foi aprovado: esta reserva está {state}."
)
RESERVATION_SOLD = Refusal(Conflict, "reservation_sold", "Esta reserva já é a venda {sale}.")
ASSIGNMENT_NOT_FOUND = Refusal(NotFound, "assignment_not_found", "Esta cessão não existe.")
ASSIGNMENT_BUSY = Refusal(
    Conflict, "assignment_changed", "Esta cessão foi alterada por outra requisição; leia-a de novo."
)
ASSIGNMENT_DECIDED = Refusal(Conflict, "assignment_decided", "Esta cessão não espera decisão: está {state}.")
SALE_ASSIGNED = Refusal(Conflict, "sale_assigned", "Esta venda já tem a cessão {assignment}, que espera decisão.")
ASSIGNEE_GONE = Refusal(
    Conflict,
    "assignee_gone",
    "Quem receberia não é mais cliente: o cadastro foi eliminado. A cessão só pode ser recusada.",
)
OWN_ASSIGNMENT = Refusal(Forbidden, "requester_cannot_decide", "Quem pediu a cessão não decide sobre ela.")
