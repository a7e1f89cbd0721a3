"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import Conflict, FieldRule, NotFound, Refusal

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
FACT_MISSING = FieldRule("required", "A alçada verifica este dado da venda: envie-o.")
NO_BOUND = FieldRule("required", "Envie minimum_percent, maximum_percent ou os dois.")
BOUNDS_CROSSED = FieldRule(MAXIMUM_BELOW_MINIMUM.rule, "O percentual máximo é menor que o mínimo.")
