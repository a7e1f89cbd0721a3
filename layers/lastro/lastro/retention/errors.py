"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import Conflict, FieldRule, Forbidden, NotFound, Refusal

REQUEST_NOT_FOUND = Refusal(NotFound, "subject_request_not_found", "Este pedido de titular não existe.")
HOLD_NOT_FOUND = Refusal(NotFound, "legal_hold_not_found", "Esta guarda legal não existe.")
HOLD_LIFTED = Refusal(Conflict, "legal_hold_lifted", "Esta guarda legal já foi levantada.")
HOLD_OF_OPERATOR = Refusal(
    Conflict, "legal_hold_of_operator", "Esta guarda legal foi posta pelo operador, e só ele pode levantá-la."
)
HOLD_BUSY = Refusal(Conflict, "changed_meanwhile", "Outra requisição alterou esta guarda legal; consulte-a de novo.")
NOT_YOUR_RECORD = Refusal(Forbidden, "record_not_opened", "O seu acesso não abre este registro.")
UNKNOWN_FIELD = FieldRule("unknown_field", "Este registro não mostra este campo; envie um de: {fields}.")
WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")

# What the operator alone reads
WRONG_DOCUMENT = FieldRule("document", "This is neither a CPF nor a CNPJ")
