"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import Conflict, FieldRule, NotFound, Refusal

CUSTOMER_NOT_FOUND = Refusal(NotFound, "customer_not_found", "Este cliente não existe.")
CUSTOMER_EXISTS = Refusal(
    Conflict, "customer_exists", "Já há um cliente com este documento, o de número {customer}: altere-o."
)
CUSTOMER_BUSY = Refusal(
    Conflict, "customer_busy", "Outras requisições não param de alterar este cliente; tente de novo."
)

CLASSES_BUSY = Refusal(
    Conflict, "customer_classes_changed", "As classes foram alteradas por outra requisição; leia-as de novo."
)
CLASSES_NOT_FOUND = Refusal(NotFound, "customer_classes_not_found", "As classes não existem nesta versão.")
NO_OVERRIDE = Refusal(Conflict, "no_class_override", "Este cliente não tem classe definida por uma pessoa.")

UNKNOWN_CHOICE = FieldRule("unknown_choice", "Envie um id listado por GET /api/v1/domains?types={types}.")
UNKNOWN_BANK_ID = FieldRule("unknown_bank", "Envie o id de um banco de GET /api/v1/banks.")
UNKNOWN_BANK = FieldRule("unknown_bank", "Não há banco com este código.")
ASKED_BY_BANKS = FieldRule("required_by_banks", "Estes bancos pedem este campo: {banks}.")
ONE_DOCUMENT = FieldRule("required", "Envie cpf ou cnpj, um dos dois.")
ONE_DOCUMENT_SOUGHT = FieldRule("required", "Envie cpf_cnpj, cpf ou cnpj, um só.")
NATURAL_REQUIRED = FieldRule("required", "Envie este campo: todo cliente com CPF o tem.")
DOCUMENT_MISMATCH = FieldRule("mismatch", "O documento de um cliente não pode mudar.")
PAGE_TOO_FAR = FieldRule("too_far", "Depois dos primeiros {most} clientes, siga pelo next_cursor.")
TOO_MANY_NAMED = FieldRule(
    "too_many",
    "Mais de {most} clientes têm nomes que começam assim: envie mais letras, ou use a ordem name_asc ou name_desc.",
)
CURSOR_OF_NAMES = FieldRule(
    "cursor", "Um nome procurado se segue por next_cursor só na ordem de name_asc ou name_desc."
)
WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
PEP_INCOMPLETE = FieldRule("required", "Envie o cargo e o dia em que começou.")
PEP_ENDS_BEFORE_START = FieldRule("before_start", "O cargo termina antes de começar.")
PEP_CONTRADICTED = FieldRule(
    "mismatch", "Quem tem cargo em vigor, ou que terminou há até cinco anos, é pessoa exposta: corrija um dos dois."
)
ENDS_BEFORE_START = FieldRule("before_start", "O trabalho anterior termina antes de começar.")

UNKNOWN_CLASS = FieldRule("not_found", "Esta classe não existe.")
CLASS_TWICE = FieldRule("repeated", "Esta classe já está na lista.")
CLASS_NAME_TAKEN = FieldRule("repeated", "Duas classes têm este nome.")
ONE_CLASS_FILTER = FieldRule("one_filter", "Com customer_class_id vale só o cursor: deixe de fora os outros filtros.")
CONDITION_SHAPE = FieldRule(
    "condition", "Envie um objeto com um só operador, ou com field e o que se compara (docs/customers.md), e nada mais."
)
CONDITION_TOO_DEEP = FieldRule("too_deep", "Uma condição tem no máximo {most} níveis.")
CONDITION_TOO_LARGE = FieldRule("too_many", "Uma condição tem no máximo {most} partes.")
NO_PARTS = FieldRule("required", "Envie uma lista com pelo menos uma condição.")
UNKNOWN_FIELD = FieldRule("unknown_field", "Envie um destes campos: {fields}.")
NO_COMPARISON = FieldRule("required", "Diga com que o campo se compara: {known}.")
WRONG_COMPARISON = FieldRule("wrong_comparison", "Este campo se compara com {known}.")
WRONG_FLAG = FieldRule("bool_type", "Envie true ou false.")
TOO_MANY_VALUES = FieldRule("length", "Envie uma lista de 1 a {most} ids.")
BOUNDS_CROSSED = FieldRule("below_minimum", "O limite de cima é menor que o de baixo: nada passaria.")
