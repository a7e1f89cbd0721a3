"""Taking what bureaus push: kept first, answered at once, joined to its listing by the queue."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from lastro.bureaus.service import RefusedByBureau
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Source
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue
from lastro.negativations.errors import EVENT_SOURCE_NOT_FOUND, EVENT_SOURCE_NOT_KNOWN, EVENT_SOURCE_UNAUTHORIZED
from lastro.negativations.events.model import BureauEvent
from lastro.negativations.events.requests import UNREAD, ReceiveEvent
from lastro.negativations.events.tokens import is_token_of
from lastro.negativations.fields import View
from lastro.negativations.listings.messages import ListingMessage
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.ports import Told

if TYPE_CHECKING:
    from lastro.negativations.events.store import EventSource, EventStore
    from lastro.negativations.listings.store import ListingStore

ReadTold = Callable[[Mapping[str, Any]], Told]

_log = logging.getLogger(__name__)


class EventView(View):
    """The message is kept."""

    received: Annotated[bool, Field(description="Always true when answered", examples=[True])] = True


@dataclass(frozen=True)
class EventReceiving:
    """``read`` understands the messages of the one bureau that pushes."""

    events: EventStore
    listings: ListingStore
    queue: MessageQueue
    clock: Clock
    read: ReadTold

    def receive(self, request: ReceiveEvent, source: Source) -> EventView:
        """Keep a message, also one that is no JSON object; the same one again changes nothing.

        Raises ``NotFound`` for a secret there is not, ``Unauthorized`` without the credential that goes with it and
        ``Forbidden`` for a call from elsewhere.
        """
        address = digest_of(request.secret)
        known = self.events.find_source(address)
        if known is None or known.provider != request.provider:
            raise EVENT_SOURCE_NOT_FOUND()
        _check(known, address, request.authorization or "", source, self.clock.now())
        message = {**(request.model_extra or {}), "uuid": request.uuid}
        received_at = self.clock.now()
        if UNREAD in message:
            return self._keep_unreadable(known, str(message[UNREAD]), received_at)
        try:
            told = self.read(message)
        except RefusedByBureau:
            return self._keep_unreadable(known, json.dumps(message, ensure_ascii=False, sort_keys=True), received_at)
        event = BureauEvent(known.partner_id, known.bureau, told, received_at)
        # Who kept it the first time may have died before it told the queue.
        if self.events.add(event) or not self.events.is_joined(event):
            self._hint(event, known)
        return EventView()

    def _keep_unreadable(self, known: EventSource, body: str, received_at: datetime) -> EventView:
        """Keep what says nothing we know, for a person."""
        self.events.keep_unreadable(known, digest_of(body)[:32], body, received_at)
        _log.warning("message of a bureau not understood", extra={"provider": known.provider})
        return EventView()

    def _hint(self, event: BureauEvent, known: EventSource) -> None:
        """Tell the queue whose message it is, if that is known; what nobody is told of, the sweep joins."""
        desk = Desk(known.partner_id, known.provider, known.environment)
        name = find_listing(self.listings, desk, event.told)
        if name:
            message = ListingMessage(partner_id=known.partner_id, listing_id=name, uuid=event.told.uuid)
            with suppress(Retryable):
                self.queue.send([message])


def find_listing(listings: ListingStore, desk: Desk, told: Told) -> str | None:
    """Id of the listing that a message is about: by its request, else by its contract."""
    if name := listings.find_by_request(desk, told.uuid):
        return name
    # A CPF is eleven digits, and so may be a CNPJ that lost the zeros on its left.
    debtors = dict.fromkeys((told.debtor, told.debtor.zfill(14)))
    found = (listings.find_by_contract(desk, told.creditor.zfill(14), debtor, told.contract) for debtor in debtors)
    return next((name for name in found if name), None)


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _check(known: EventSource, address: str, authorization: str, source: Source, now: datetime) -> None:
    """Raises ``Unauthorized`` without what is wanted beside the address, ``Forbidden`` for a call from elsewhere."""
    scheme, rest = _parts(authorization)
    if known.tokens:
        if scheme != "Bearer" or not is_token_of(rest, known.credential, address, now):
            raise EVENT_SOURCE_UNAUTHORIZED()
    else:
        check_credential(known, authorization)
    check_network(known, source)


def check_credential(known: EventSource, authorization: str) -> None:
    """Raises ``Unauthorized`` for another header than was agreed."""
    header = " ".join(_parts(authorization)) if authorization else ""
    if known.credential and not compare_digest(known.credential, digest_of(header)):
        raise EVENT_SOURCE_UNAUTHORIZED()


def check_network(known: EventSource, source: Source) -> None:
    """Raises ``Forbidden`` for a call from another address than was named, where any was."""
    if not known.networks:
        return
    try:
        address = ip_address(source.address)
    except ValueError as error:
        raise EVENT_SOURCE_NOT_KNOWN() from error
    if not any(address in ip_network(each) for each in known.networks):
        raise EVENT_SOURCE_NOT_KNOWN()


def _parts(authorization: str) -> tuple[str, str]:
    """Scheme and credential: a scheme is the same in any case (RFC 9110, section 11.1)."""
    scheme, _, rest = authorization.partition(" ")
    return scheme.capitalize(), rest
