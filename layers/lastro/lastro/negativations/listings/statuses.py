"""The statuses of a listing, as the wire writes them, and the one table of what may follow what.

The table is the law, the facts of a listing (``model.status_of``) choose among what it allows: an event that finds no
row is illegal, and so is one whose facts lead to a status that its row does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """``enviada`` says that a request left, ``aguardando_retorno`` that the bureau has it: neither says listed."""

    DRAFT = "rascunho"
    AWAITING_APPROVAL = "aguardando_aprovacao"
    TO_SEND = "pendente_envio"
    SENT = "enviada"
    AWAITING_WORD = "aguardando_retorno"
    NOTIFIED = "notificada"
    ACTIVE = "ativa"
    FAILED = "erro"
    TO_REMOVE = "baixa_pendente"
    REMOVAL_SENT = "baixa_enviada"
    REMOVED = "baixada"
    REMOVAL_FAILED = "erro_baixa"
    EXPIRED = "expirada"


class Event(StrEnum):
    """What happens to a listing: acts of ours, then words of the bureau, then what the world does."""

    APPROVED = "approved"
    REJECTED = "rejected"
    SENT = "sent"
    POSTPONED = "postponed"
    RESENT = "resent"
    RESUBMITTED = "resubmitted"
    RECEIVED = "received"
    LOST = "lost"
    NOTICE_SENT = "notice_sent"
    INCLUDED = "included"
    REFUSED = "refused"
    TOOK_EFFECT = "took_effect"
    REMOVAL_REQUESTED = "removal_requested"
    REMOVAL_SENT = "removal_sent"
    REMOVAL_POSTPONED = "removal_postponed"
    REMOVAL_RECEIVED = "removal_received"
    REMOVAL_LOST = "removal_lost"
    REMOVED = "removed"
    REMOVAL_REFUSED = "removal_refused"
    REMOVAL_RESENT = "removal_resent"
    SETTLED = "settled"
    EXPIRED = "expired"
    STANDS_AGAIN = "stands_again"
    REMOVAL_REOPENED = "removal_reopened"


ENDED = frozenset({Status.DRAFT, Status.REMOVED, Status.EXPIRED})
"""A listing in one of these stands in the way of no other."""

LISTED = frozenset({Status.NOTIFIED, Status.ACTIVE, Status.TO_REMOVE, Status.REMOVAL_SENT, Status.REMOVAL_FAILED})
"""What the debtor may feel, or is about to."""


class IllegalTransition(ValueError):
    """An event that its listing's status does not know: a fault of ours, or a request to be refused."""


TRANSITIONS: Mapping[tuple[Status, Event], frozenset[Status]] = {
    (Status.AWAITING_APPROVAL, Event.APPROVED): frozenset({Status.TO_SEND}),
    (Status.AWAITING_APPROVAL, Event.REJECTED): frozenset({Status.DRAFT}),
    (Status.TO_SEND, Event.SENT): frozenset({Status.SENT}),
    (Status.SENT, Event.POSTPONED): frozenset({Status.TO_SEND, Status.REMOVED}),
    (Status.NOTIFIED, Event.POSTPONED): frozenset({Status.NOTIFIED}),
    (Status.ACTIVE, Event.POSTPONED): frozenset({Status.ACTIVE}),
    (Status.TO_REMOVE, Event.POSTPONED): frozenset({Status.TO_REMOVE, Status.REMOVED}),
    (Status.REMOVAL_SENT, Event.POSTPONED): frozenset({Status.REMOVAL_SENT, Status.REMOVED}),
    (Status.REMOVED, Event.POSTPONED): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.POSTPONED): frozenset({Status.REMOVED, Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.POSTPONED): frozenset({Status.EXPIRED}),
    (Status.FAILED, Event.RESENT): frozenset({Status.TO_SEND}),
    (Status.FAILED, Event.RESUBMITTED): frozenset({Status.AWAITING_APPROVAL}),
    (Status.DRAFT, Event.RECEIVED): frozenset({Status.DRAFT}),
    (Status.AWAITING_APPROVAL, Event.RECEIVED): frozenset({Status.AWAITING_APPROVAL}),
    (Status.TO_SEND, Event.RECEIVED): frozenset({Status.TO_SEND}),
    (Status.SENT, Event.RECEIVED): frozenset({Status.SENT, Status.AWAITING_WORD}),
    (Status.AWAITING_WORD, Event.RECEIVED): frozenset({Status.AWAITING_WORD}),
    (Status.NOTIFIED, Event.RECEIVED): frozenset({Status.NOTIFIED}),
    (Status.ACTIVE, Event.RECEIVED): frozenset({Status.ACTIVE}),
    (Status.FAILED, Event.RECEIVED): frozenset({Status.FAILED}),
    (Status.TO_REMOVE, Event.RECEIVED): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.RECEIVED): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.RECEIVED): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.RECEIVED): frozenset({Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.RECEIVED): frozenset({Status.EXPIRED}),
    (Status.SENT, Event.LOST): frozenset({Status.SENT}),
    (Status.NOTIFIED, Event.LOST): frozenset({Status.NOTIFIED}),
    (Status.ACTIVE, Event.LOST): frozenset({Status.ACTIVE}),
    (Status.TO_REMOVE, Event.LOST): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.LOST): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.LOST): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.LOST): frozenset({Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.LOST): frozenset({Status.EXPIRED}),
    (Status.DRAFT, Event.NOTICE_SENT): frozenset({Status.DRAFT}),
    (Status.AWAITING_APPROVAL, Event.NOTICE_SENT): frozenset({Status.AWAITING_APPROVAL}),
    (Status.TO_SEND, Event.NOTICE_SENT): frozenset({Status.TO_SEND}),
    (Status.SENT, Event.NOTICE_SENT): frozenset({Status.SENT}),
    (Status.AWAITING_WORD, Event.NOTICE_SENT): frozenset({Status.AWAITING_WORD}),
    (Status.NOTIFIED, Event.NOTICE_SENT): frozenset({Status.NOTIFIED}),
    (Status.ACTIVE, Event.NOTICE_SENT): frozenset({Status.ACTIVE}),
    (Status.FAILED, Event.NOTICE_SENT): frozenset({Status.FAILED}),
    (Status.TO_REMOVE, Event.NOTICE_SENT): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.NOTICE_SENT): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.NOTICE_SENT): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.NOTICE_SENT): frozenset({Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.NOTICE_SENT): frozenset({Status.EXPIRED}),
    (Status.DRAFT, Event.INCLUDED): frozenset({Status.NOTIFIED}),
    (Status.AWAITING_APPROVAL, Event.INCLUDED): frozenset({Status.NOTIFIED}),
    (Status.TO_SEND, Event.INCLUDED): frozenset({Status.NOTIFIED}),
    (Status.SENT, Event.INCLUDED): frozenset({Status.NOTIFIED}),
    (Status.AWAITING_WORD, Event.INCLUDED): frozenset({Status.NOTIFIED}),
    (Status.FAILED, Event.INCLUDED): frozenset({Status.NOTIFIED}),
    (Status.TO_REMOVE, Event.INCLUDED): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.INCLUDED): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.INCLUDED): frozenset(
        {Status.NOTIFIED, Status.TO_REMOVE, Status.REMOVAL_SENT, Status.REMOVED, Status.REMOVAL_FAILED}
    ),
    (Status.REMOVAL_FAILED, Event.INCLUDED): frozenset({Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.INCLUDED): frozenset({Status.EXPIRED}),
    (Status.SENT, Event.REFUSED): frozenset({Status.FAILED, Status.REMOVED}),
    (Status.AWAITING_WORD, Event.REFUSED): frozenset({Status.FAILED, Status.REMOVED}),
    (Status.NOTIFIED, Event.REFUSED): frozenset({Status.NOTIFIED}),
    (Status.ACTIVE, Event.REFUSED): frozenset({Status.ACTIVE}),
    (Status.TO_REMOVE, Event.REFUSED): frozenset({Status.TO_REMOVE, Status.REMOVED}),
    (Status.REMOVAL_SENT, Event.REFUSED): frozenset({Status.REMOVAL_SENT, Status.REMOVED}),
    (Status.REMOVED, Event.REFUSED): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.REFUSED): frozenset({Status.REMOVED, Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.REFUSED): frozenset({Status.EXPIRED}),
    (Status.NOTIFIED, Event.TOOK_EFFECT): frozenset({Status.ACTIVE}),
    (Status.TO_REMOVE, Event.TOOK_EFFECT): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.TOOK_EFFECT): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.TOOK_EFFECT): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.TOOK_EFFECT): frozenset({Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.TOOK_EFFECT): frozenset({Status.EXPIRED}),
    (Status.AWAITING_APPROVAL, Event.REMOVAL_REQUESTED): frozenset({Status.REMOVED}),
    (Status.TO_SEND, Event.REMOVAL_REQUESTED): frozenset({Status.REMOVED}),
    (Status.SENT, Event.REMOVAL_REQUESTED): frozenset({Status.TO_REMOVE}),
    (Status.AWAITING_WORD, Event.REMOVAL_REQUESTED): frozenset({Status.TO_REMOVE}),
    (Status.NOTIFIED, Event.REMOVAL_REQUESTED): frozenset({Status.TO_REMOVE}),
    (Status.ACTIVE, Event.REMOVAL_REQUESTED): frozenset({Status.TO_REMOVE}),
    (Status.FAILED, Event.REMOVAL_REQUESTED): frozenset({Status.REMOVED}),
    (Status.TO_REMOVE, Event.REMOVAL_SENT): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVAL_SENT, Event.REMOVAL_POSTPONED): frozenset({Status.TO_REMOVE}),
    (Status.REMOVED, Event.REMOVAL_POSTPONED): frozenset({Status.REMOVED}),
    (Status.EXPIRED, Event.REMOVAL_POSTPONED): frozenset({Status.EXPIRED}),
    (Status.TO_REMOVE, Event.REMOVAL_RECEIVED): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.REMOVAL_RECEIVED): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.REMOVAL_RECEIVED): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.REMOVAL_RECEIVED): frozenset({Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.REMOVAL_RECEIVED): frozenset({Status.EXPIRED}),
    (Status.TO_REMOVE, Event.REMOVAL_LOST): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.REMOVAL_LOST): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.REMOVAL_LOST): frozenset({Status.REMOVED}),
    (Status.EXPIRED, Event.REMOVAL_LOST): frozenset({Status.EXPIRED}),
    (Status.DRAFT, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.AWAITING_APPROVAL, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.TO_SEND, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.SENT, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.AWAITING_WORD, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.NOTIFIED, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.ACTIVE, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.FAILED, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.TO_REMOVE, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.REMOVAL_SENT, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.REMOVED, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.EXPIRED, Event.REMOVED): frozenset({Status.REMOVED}),
    (Status.TO_REMOVE, Event.REMOVAL_REFUSED): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.REMOVAL_REFUSED): frozenset({Status.REMOVAL_FAILED, Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.REMOVAL_REFUSED): frozenset({Status.REMOVED}),
    (Status.EXPIRED, Event.REMOVAL_REFUSED): frozenset({Status.EXPIRED}),
    (Status.REMOVAL_FAILED, Event.REMOVAL_RESENT): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.REMOVAL_RESENT): frozenset({Status.TO_REMOVE}),
    (Status.DRAFT, Event.SETTLED): frozenset({Status.REMOVED}),
    (Status.AWAITING_APPROVAL, Event.SETTLED): frozenset({Status.REMOVED}),
    (Status.TO_SEND, Event.SETTLED): frozenset({Status.REMOVED}),
    (Status.SENT, Event.SETTLED): frozenset({Status.SENT}),
    (Status.AWAITING_WORD, Event.SETTLED): frozenset({Status.AWAITING_WORD}),
    (Status.NOTIFIED, Event.SETTLED): frozenset({Status.NOTIFIED}),
    (Status.ACTIVE, Event.SETTLED): frozenset({Status.ACTIVE}),
    (Status.FAILED, Event.SETTLED): frozenset({Status.REMOVED}),
    (Status.TO_REMOVE, Event.SETTLED): frozenset({Status.TO_REMOVE}),
    (Status.REMOVAL_SENT, Event.SETTLED): frozenset({Status.REMOVAL_SENT}),
    (Status.REMOVED, Event.SETTLED): frozenset({Status.REMOVED}),
    (Status.REMOVAL_FAILED, Event.SETTLED): frozenset({Status.REMOVAL_FAILED}),
    (Status.EXPIRED, Event.SETTLED): frozenset({Status.EXPIRED}),
    (Status.DRAFT, Event.STANDS_AGAIN): frozenset({Status.DRAFT}),
    (Status.REMOVED, Event.STANDS_AGAIN): frozenset({Status.REMOVED}),
    (Status.EXPIRED, Event.STANDS_AGAIN): frozenset({Status.EXPIRED}),
    (Status.DRAFT, Event.REMOVAL_REOPENED): frozenset({Status.TO_REMOVE}),
    (Status.REMOVED, Event.REMOVAL_REOPENED): frozenset({Status.TO_REMOVE}),
    (Status.EXPIRED, Event.REMOVAL_REOPENED): frozenset({Status.TO_REMOVE}),
    (Status.DRAFT, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.AWAITING_APPROVAL, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.TO_SEND, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.SENT, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.AWAITING_WORD, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.NOTIFIED, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.ACTIVE, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.FAILED, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.TO_REMOVE, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.REMOVAL_SENT, Event.EXPIRED): frozenset({Status.EXPIRED}),
    (Status.REMOVED, Event.EXPIRED): frozenset({Status.REMOVED, Status.EXPIRED}),
    (Status.REMOVAL_FAILED, Event.EXPIRED): frozenset({Status.EXPIRED}),
}
"""``(status, event) -> statuses`` that may follow; the facts decide which. What is not here does not happen."""
