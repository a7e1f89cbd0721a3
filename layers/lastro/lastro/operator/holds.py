"""Legal holds that the operator sets: an authority's order that the partner may not lift."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from lastro.access.registration import Registration
from lastro.aws.dynamodb.table import Table
from lastro.kernel import calendar
from lastro.kernel.documents import InvalidDocument, parse_document
from lastro.kernel.errors import InvalidInput
from lastro.kernel.queues.queue import Outgoing
from lastro.retention.errors import WRONG_DOCUMENT
from lastro.retention.holds import LegalHolds, show_hold
from lastro.retention.store import RetentionStore


class _LeftToTheSweep:
    """A queue that takes nothing: what waited is queued by ``sync_retention``."""

    def send(self, messages: Sequence[Outgoing], *, delay: int = 0) -> None:
        pass

    def count_waiting(self) -> int:
        return 0


def _open_holds() -> LegalHolds:
    return LegalHolds(RetentionStore(Table()), _LeftToTheSweep(), calendar.CLOCK, uuid.uuid4)


def hold_person(registration: Registration, partner_id: str, document: str, reason: str) -> dict[str, Any]:
    """Raises ``NotFound`` without such a partner and ``InvalidInput`` for what is no CPF or CNPJ."""
    registration.list_keys(partner_id)
    try:
        person = parse_document(document)
    except InvalidDocument as error:
        raise InvalidInput([WRONG_DOCUMENT.at("document")]) from error
    return show_hold(_open_holds().set_by_operator(partner_id, person, reason)).model_dump()


def lift_hold(registration: Registration, partner_id: str, hold_id: str, reason: str) -> dict[str, Any]:
    """Raises ``NotFound``, and ``Conflict`` for one that is lifted already."""
    registration.list_keys(partner_id)
    return show_hold(_open_holds().lift_by_operator(partner_id, hold_id, reason)).model_dump()
