"""Where our key at the payer is kept: one secret of the stack, set by the operator."""

NAME = "payer"
FIELD = "api_key"

KEY_SECONDS = 5.0
"""It has no version in the table: it is read afresh this often, so that a replaced one ends."""
