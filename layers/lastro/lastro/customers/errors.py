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
