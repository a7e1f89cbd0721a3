"""The board as a person of the portal has it: what reaches it today, what it has read, how much it has not."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lastro.customers.bulletins.errors import BULLETIN_NOT_FOUND
from lastro.customers.bulletins.model import Posting, topics_for
from lastro.customers.bulletins.views import (
    OwnBulletinAnswer,
    OwnBulletinList,
    UnreadAnswer,
    UnreadView,
    show_own_bulletin,
    view_row,
)
from lastro.customers.portal.errors import PERSON_NOT_FOUND, WRONG_CURSOR
from lastro.customers.portal.people.entering import enter
from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.cursors import place_behind, spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.customers.bulletins.requests import ListOwnBulletins, NameBulletin
    from lastro.customers.bulletins.store import BulletinStore
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.callers.caller import Caller

_PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}#[0-9]{12}")


@dataclass(frozen=True)
class OwnBoard:
    """What a person does at the board, as long as its access and its login go on.

    Only postings that did not end are read, one query a topic of the person.
    """

    store: BulletinStore
    people: PortalStore
    clock: Clock

    def list_page(self, request: ListOwnBulletins, caller: Caller) -> OwnBulletinList:
        """A page of what reaches the person today, newest first. Raises ``NotFound``, ``InvalidInput``."""
        person, below = enter(self.people, caller), _read_place(request.cursor)
        found = [each for each in self._postings(person) if not below or each.place < below]
        page = found[: request.per_page]
        ids = [each.bulletin_id for each in page]
        bulletins, read = self.store.find_many(person.partner_id, ids), self.store.find_read(person.id, ids)
        return OwnBulletinList(
            bulletins=[view_row(bulletins[each], read.get(each)) for each in ids if each in bulletins],
            next_cursor=spell_cursor(page[-1].place, "board") if len(found) > len(page) else None,
        )

    def read(self, request: NameBulletin, caller: Caller) -> OwnBulletinAnswer:
        """A bulletin that reaches the person today; the first time is kept. Raises ``NotFound``."""
        person = enter(self.people, caller)
        bulletin = self.store.find(person.partner_id, request.bulletin_id)
        if bulletin is None or bulletin.withdrawn_at is not None or not bulletin.period.holds(self._today()):
            raise BULLETIN_NOT_FOUND()
        if not bulletin.reaches(person):
            raise BULLETIN_NOT_FOUND()
        read_at = self.store.keep_read(person, bulletin.id, self.clock.now())
        if read_at is None:
            raise PERSON_NOT_FOUND()
        return show_own_bulletin(bulletin, read_at)

    def count(self, caller: Caller) -> UnreadAnswer:
        """How much of it the person did not read. Raises ``NotFound`` once the access ended."""
        person = enter(self.people, caller)
        ids = [each.bulletin_id for each in self._postings(person)]
        unread = len(ids) - len(self.store.find_read(person.id, ids))
        return UnreadAnswer(unread_bulletins=UnreadView(published=len(ids), unread=unread))

    def _postings(self, person: Person) -> list[Posting]:
        """What reaches a person today, newest first; one of several of its topics once."""
        today = self._today()
        found = {
            posting.bulletin_id: posting
            for topic in topics_for(person)
            for posting in self.store.list_postings(person.partner_id, topic, today)
            if posting.period.holds(today)
        }
        return sorted(found.values(), key=lambda posting: posting.place, reverse=True)

    def _today(self) -> date:
        return local_date(self.clock.now())


def _read_place(cursor: str | None) -> str:
    try:
        return place_behind(cursor, _PLACE, "board") if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
