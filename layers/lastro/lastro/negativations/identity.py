"""Ids that follow from the partner's own: what is sent twice is the same row, without a second key."""

from __future__ import annotations

from uuid import UUID, uuid5

_NAMESPACE = UUID("5e1f9a52-7c1b-4d0e-8a57-3f6f0f3c9b11")


def debtor_id_of(partner_id: str, document: str) -> str:
    """A partner's debtor is one CPF or CNPJ (bare)."""
    return str(uuid5(_NAMESPACE, f"{partner_id}#debtor#{document}"))


def boleto_id_of(partner_id: str, external_id: str) -> str:
    """A boleto is what the partner calls it."""
    return str(uuid5(_NAMESPACE, f"{partner_id}#boleto#{external_id}"))


def arrival_id_of(key: str) -> str:
    """What a bureau told is the row that it was kept as."""
    return str(uuid5(_NAMESPACE, f"arrival#{key}"))


def payment_id_of(boleto_id: str, name: str) -> str:
    """A payment of a boleto, by the partner's own name of it."""
    return str(uuid5(_NAMESPACE, f"{boleto_id}#payment#{name}"))


def listing_id_of(boleto_id: str, version: int, person_id: str) -> str:
    """A listing of a person for a boleto; the boleto's version counts every listing that was made of it."""
    return str(uuid5(_NAMESPACE, f"{boleto_id}#listing#{version}#{person_id}"))


def notice_id_of(listing_id: str, channel: str, address: str, sent_on: str) -> str:
    """A notice is what went where on a day."""
    return str(uuid5(_NAMESPACE, f"{listing_id}#notice#{channel}#{sent_on}#{address}"))


def transaction_id_of(listing_id: str, act: str, number: int) -> str:
    """The ``number``-th request of its kind; one that never left is sent under the same id."""
    return str(uuid5(_NAMESPACE, f"{listing_id}#{act}#{number}"))
