"""Putting bulletins on the board, changing and withdrawing them, and reading what the board had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lastro.customers.bulletins.errors import (
    BOARD_FULL,
    BULLETIN_BUSY,
    BULLETIN_NOT_FOUND,
    BULLETIN_WITHDRAWN,
    ENDED_ALREADY,
    ENDS_BEFORE_START,
)
from lastro.customers.bulletins.model import MOST_STANDING, Bulletin, Period, topics_of
from lastro.customers.bulletins.requests import (
    CreateBulletin,
    ListBulletins,
    ListReceipts,
    NameBulletin,
    ReplaceBulletin,
    SentBulletin,
)
from lastro.customers.bulletins.views import (
    BulletinAnswer,
    BulletinList,
    ReceiptList,
    ReceiptView,
    show_bulletin,
    view_bulletin,
)
from lastro.customers.portal.cursors import place_of, read_cursor
from lastro.customers.portal.errors import MANAGERS_ONLY
from lastro.customers.portal.fields import manages
from lastro.kernel.calendar import Clock, format_moment, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.customers.bulletins.store import BulletinStore


@dataclass(frozen=True)
class Publishing:
    """A partner's board, as its staff keeps it."""

    store: BulletinStore
    clock: Clock

    def create(self, request: CreateBulletin, caller: Caller) -> BulletinAnswer:
        """A new bulletin; the same request again gives the first answer again.

        Raises ``Forbidden`` to who is no manager, ``InvalidInput`` for an audience of another kind and a period that is
        over, ``BusinessRefusal`` when the audience has too many that stand.
        """
        if not manages(caller):
            raise MANAGERS_ONLY()
        sent = request.bulletin
        keyed = KeyedRequest.of(f"create_bulletin#{caller.holder}", request.idempotency_key, sent.model_dump_json())

        def create_once() -> BulletinAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return BulletinAnswer.model_validate_json(first)
            today = local_date(now)
            period = _period(sent, today)
            if period.until < today:
                raise InvalidInput([ENDED_ALREADY.at("bulletin.ends_on")])
            audience = sent.to_audience()
            turn = self._find_room(caller.partner_id, topics_of(audience), today)
            bulletin = Bulletin(
                id=self.store.reserve_id(),
                audience=audience,
                title=sent.title,
                paragraphs=tuple(sent.paragraphs),
                period=period,
                created_at=now,
                updated_at=now,
            )
            answer = show_bulletin(bulletin, today)
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            return answer if self.store.add(caller.partner_id, bulletin, turn, answered) else None

        return until_committed(create_once, IN_PROGRESS)

    def replace(self, request: ReplaceBulletin, caller: Caller) -> BulletinAnswer:
        """All of a bulletin anew; who read it has read it. What changes nothing makes no version.

        Without ``starts_on`` it begins when it did. Raises ``Forbidden``, ``NotFound``, ``InvalidInput`` and
        ``Conflict`` once it is withdrawn.
        """
        if not manages(caller):
            raise MANAGERS_ONLY()
        sent = request.bulletin

        def replace_once() -> BulletinAnswer | None:
            now = self.clock.now()
            before = self._find(request.bulletin_id, caller)
            if before.withdrawn_at is not None:
                raise BULLETIN_WITHDRAWN()
            today, audience = local_date(now), sent.to_audience()
            after = replace(
                before,
                audience=audience,
                title=sent.title,
                paragraphs=tuple(sent.paragraphs),
                period=_period(sent, before.period.first),
            )
            if after == before:
                return show_bulletin(before, today)
            stood = topics_of(before.audience) if before.period.until >= today else ()
            come = set(topics_of(audience)) - set(stood) if after.period.until >= today else ()
            turn = self._find_room(caller.partner_id, come, today) if come else None
            after = replace(after, updated_at=now, version=before.version + 1)
            answer = show_bulletin(after, today)
            return answer if self.store.replace(caller.partner_id, before, after, turn) else None

        return until_committed(replace_once, BULLETIN_BUSY)

    def withdraw(self, request: NameBulletin, caller: Caller) -> BulletinAnswer:
        """Take a bulletin off the board; once it is off, nothing changes. Raises ``Forbidden``, ``NotFound``."""
        if not manages(caller):
            raise MANAGERS_ONLY()

        def withdraw_once() -> BulletinAnswer | None:
            now = self.clock.now()
            before = self._find(request.bulletin_id, caller)
            if before.withdrawn_at is not None:
                return show_bulletin(before, local_date(now))
            after = replace(before, withdrawn_at=now, updated_at=now, version=before.version + 1)
            answer = show_bulletin(after, local_date(now))
            return answer if self.store.replace(caller.partner_id, before, after) else None

        return until_committed(withdraw_once, BULLETIN_BUSY)

    def show(self, request: NameBulletin, caller: Caller) -> BulletinAnswer:
        """Raises ``NotFound``."""
        return show_bulletin(self._find(request.bulletin_id, caller), local_date(self.clock.now()))

    def list(self, request: ListBulletins, caller: Caller) -> BulletinList:
        """A page of all there ever were, newest first."""
        found = self.store.list_before(caller.partner_id, request.cursor, request.per_page + 1)
        page, today = found[: request.per_page], local_date(self.clock.now())
        return BulletinList(
            bulletins=[view_bulletin(each, today) for each in page],
            next_cursor=str(page[-1].id) if len(found) > len(page) else None,
        )

    def list_receipts(self, request: ListReceipts, caller: Caller) -> ReceiptList:
        """Who read a bulletin, newest first. Raises ``NotFound``, ``InvalidInput``."""
        after = read_cursor(request.cursor, "bulletin_readers")
        bulletin = self._find(request.bulletin_id, caller)
        found = self.store.list_receipts(caller.partner_id, bulletin.id, after, request.per_page + 1)
        page = found[: request.per_page]
        place = place_of(format_moment(page[-1].read_at), page[-1].person_id) if len(found) > len(page) else None
        return ReceiptList(
            receipts=[ReceiptView(person_id=each.person_id, read_at=format_moment(each.read_at)) for each in page],
            next_cursor=spell_cursor(place, "bulletin_readers") if place else None,
        )

    def _find(self, bulletin_id: int, caller: Caller) -> Bulletin:
        bulletin = self.store.find(caller.partner_id, bulletin_id)
        if bulletin is None:
            raise BULLETIN_NOT_FOUND()
        return bulletin

    def _find_room(self, partner_id: str, topics: Iterable[str], today: date) -> int:
        """The turn in which one more may stand under each of these. Raises ``BusinessRefusal``."""
        turn = self.store.read_turn(partner_id)
        for topic in topics:
            if len(self.store.list_postings(partner_id, topic, today)) >= MOST_STANDING:
                raise BOARD_FULL(most=MOST_STANDING)
        return turn


def _period(sent: SentBulletin, otherwise: date) -> Period:
    """Raises ``InvalidInput`` for a period that ends before it starts and for the audience of another kind."""
    faults = sent.find_faults()
    period = Period(sent.starts_on or otherwise, sent.ends_on)
    if not faults and period.until < period.first:
        faults.append(ENDS_BEFORE_START.at("bulletin.ends_on"))
    if faults:
        raise InvalidInput(faults)
    return period
