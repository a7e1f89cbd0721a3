"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lastro.kernel.errors import Conflict, FieldRule, NotFound, Refusal

CALLBACK_NOT_FOUND = Refusal(NotFound, "callback_not_found", "Nenhum callback está configurado.")
CALLBACK_CHANGED = Refusal(Conflict, "callback_changed", "O callback foi alterado enquanto isso; leia-o de novo.")
ROTATION_BUSY = Refusal(Conflict, "rotation_busy", "Outra requisição está trocando o segredo; tente de novo.")
ROTATION_TOO_SOON = Refusal(
    Conflict,
    "rotation_too_soon",
    "{most} segredos substituídos ainda assinam; troque de novo a partir de {free_at}.",
)
DELIVERY_NOT_FOUND = Refusal(NotFound, "delivery_not_found", "Esta entrega não existe.")
DELIVERY_BUSY = Refusal(Conflict, "delivery_busy", "A entrega está sendo tentada agora; consulte-a de novo.")

MASKED = FieldRule("masked", "Envie o endereço inteiro: neste a consulta está oculta, como GET a mostra.")


class AddressFault(StrEnum):
    """Why an address is refused; the error's ``code``."""

    MALFORMED = "address_malformed"
    NOT_HTTPS = "address_not_https"
    USER_INFO = "address_with_user_info"
    NOT_PUBLIC = "address_not_public"
    UNRESOLVED = "address_unresolved"


ADDRESS_TEXTS: Mapping[AddressFault, str] = {
    AddressFault.MALFORMED: "Este endereço não pode ser chamado: envie um endereço https:// completo.",
    AddressFault.NOT_HTTPS: "Só são chamados endereços HTTPS.",
    AddressFault.USER_INFO: "O endereço não pode trazer usuário nem senha.",
    AddressFault.NOT_PUBLIC: "Só são chamados endereços da Internet pública.",
    AddressFault.UNRESOLVED: "O nome do host não leva a nenhum endereço.",
}
