"""What a code is sent in. A text message of GSM letters fits one part; accents would make it two."""

from __future__ import annotations

from lastro.customers.portal.logins.model import LIFETIME, Channel
from lastro.customers.portal.logins.ports import Notification

_MINUTES = int(LIFETIME.total_seconds() // 60)


def word_code(channel: Channel, address: str, code: str) -> Notification:
    """The message with a code."""
    match channel:
        case Channel.SMS:
            words = f"Portal: seu codigo de acesso e {code}. Vale por {_MINUTES} minutos, uma so vez."
            return Notification(address, "", f"{words} Nao o informe a ninguem.")
        case Channel.EMAIL:
            text = (
                f"Seu código de acesso ao portal é {code}.\n\n"
                f"Ele vale por {_MINUTES} minutos e uma só vez. Não o informe a ninguém: nós nunca o pedimos.\n"
                "Se você não o pediu, ignore esta mensagem; sem o código ninguém entra.\n"
            )
            return Notification(address, "Código de acesso ao portal", text)
