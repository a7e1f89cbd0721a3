"""Where our key at the payer is kept: one secret of the stack, set by the operator."""

NAME = "payer"
FIELD = "api_key"
