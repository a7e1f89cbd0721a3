"""The person of the panel whom tests log in."""

from typing import Any

PASSWORD = "Exemplo-de-Senha-1"
EMAIL = "gerente@example.com"
Person = dict[str, Any]
