"""What a partner's change makes of a boleto. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lastro.kernel.errors import InvalidInput
from lastro.negativations.boletos.model import ENDED, Boleto, Event, IllegalTransition, Status, next_status
from lastro.negativations.boletos.paying import STATUS_TEXTS
from lastro.negativations.errors import BELOW_PAID, BOLETO_ENDED, STATUS_FOLLOWS, UNCHANGEABLE
from lastro.negativations.law.expiry import MOST_YEARS

if TYPE_CHECKING:
    from lastro.negativations.boletos.requests import ChangedBoleto

_EVENTS = {
    Status.OPEN: Event.REOPENED,
    Status.DISPUTED: Event.DISPUTED,
    Status.RENEGOTIATED: Event.RENEGOTIATED,
    Status.CANCELLED: Event.CANCELLED,
}
_FIXED = ("external_id", "debtor_id", "branch_id")


def amend(boleto: Boleto, sent: ChangedBoleto) -> Boleto:
    """The boleto with what was sent; its version and moments stay.

    Raises ``InvalidInput`` for what cannot change and ``BusinessRefusal`` where it ended.
    """
    wrong = [
        UNCHANGEABLE.at(f"boleto.{name}") for name in _FIXED if getattr(sent, name) not in (None, getattr(boleto, name))
    ]
    if sent.amount_cents is not None and sent.amount_cents <= boleto.paid_cents:
        wrong.append(BELOW_PAID.at("boleto.amount_cents"))
    if wrong:
        raise InvalidInput(wrong)
    changes: dict[str, Any] = {}
    for name in ("due_on", "amount_cents"):
        if (value := getattr(sent, name)) is not None:
            changes[name] = value
    for name in ("nature_code", "contract_number"):
        if name in sent.model_fields_set:
            changes[name] = getattr(sent, name)
    if "guarantor_ids" in sent.model_fields_set:
        changes["guarantor_ids"] = tuple(dict.fromkeys(sent.guarantor_ids or ()))
    if "prescription_years" in sent.model_fields_set:
        changes["prescription_years"] = sent.prescription_years or MOST_YEARS
    after = replace(boleto, status=_status_after(boleto, sent), **changes)
    if after.due_on != boleto.due_on or (after.status, boleto.status) == (Status.OPEN, Status.RENEGOTIATED):
        # Due another day, or owed again after an agreement that was broken: the collection begins anew.
        after = replace(after, collection_step=0)
    if after != boleto and boleto.status in ENDED:
        raise BOLETO_ENDED(status=STATUS_TEXTS[boleto.status])
    return after


def event_of(before: Boleto, after: Boleto) -> Event:
    """What happened between two versions that differ; a change of status outweighs one of data."""
    return Event.AMENDED if after.status is before.status else _EVENTS[after.status]


def _status_after(boleto: Boleto, sent: ChangedBoleto) -> Status:
    wanted = Status(sent.status) if sent.status else boleto.status
    if wanted is boleto.status or (wanted is Status.OVERDUE and boleto.status is Status.OPEN):
        return boleto.status
    if wanted not in _EVENTS:
        raise InvalidInput([STATUS_FOLLOWS.at("boleto.status")])
    try:
        return next_status(boleto.status, _EVENTS[wanted])
    except IllegalTransition as error:
        raise BOLETO_ENDED(status=STATUS_TEXTS[boleto.status]) from error
