"""Showing a field that is masked on screens: nobody sees it before it is recorded that they asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.callers.jobs import opens
from lastro.kernel.cursors import place_behind, spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.retention.disclosures.model import FIELDS, OF_THE_PARTNER, RESOURCES, DisclosedKind, Disclosure
from lastro.retention.disclosures.requests import CreateDisclosure, ListDisclosures
from lastro.retention.disclosures.views import DisclosureAnswer, DisclosureList, DisclosureView, ShownField
from lastro.retention.errors import NOT_YOUR_RECORD, UNKNOWN_FIELD, WRONG_CURSOR

if TYPE_CHECKING:
    from lastro.retention.disclosures.store import DisclosureStore

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")
PersonalFields = Callable[[str, Caller], Mapping[str, Sequence[str]]]
"""A context's fields of one record, by its id as it was sent; raises the ``NotFound`` of the context."""


@dataclass(frozen=True)
class Disclosures:
    """Shows fields. ``readers`` are the contexts' own, ``new_id`` gives random UUIDs."""

    store: DisclosureStore
    readers: Mapping[DisclosedKind, Callable[[], PersonalFields]]
    clock: Clock
    new_id: Callable[[], UUID]

    def show(self, request: CreateDisclosure, caller: Caller) -> DisclosureAnswer:
        """One field. Raises ``InvalidInput`` for one that the record does not have, ``Forbidden`` for a record that is
        closed to the caller, and the ``NotFound`` of its context.
        """
        asked = request.disclosure
        if asked.field not in FIELDS[asked.kind]:
            raise InvalidInput([UNKNOWN_FIELD.at("disclosure.field", fields=", ".join(FIELDS[asked.kind]))])
        bound = caller.bound or caller.panel is not None
        if (bound and asked.kind in OF_THE_PARTNER) or (
            caller.job and not opens(caller.job, "GET", RESOURCES[asked.kind])
        ):
            raise NOT_YOUR_RECORD()
        values = list(self.readers[asked.kind]()(asked.subject_id, caller)[asked.field])
        disclosure = Disclosure(
            id=str(self.new_id()),
            partner_id=caller.partner_id,
            at=self.clock.now(),
            who=caller.principal or caller.partner_id,
            kind=asked.kind,
            subject_id=asked.subject_id,
            field=asked.field,
        )
        self.store.put(disclosure)
        return DisclosureAnswer(data=ShownField(**_show(disclosure).model_dump(), values=values))


@dataclass(frozen=True)
class DisclosureReading:
    """Lists who saw what."""

    store: DisclosureStore

    def list_page(self, request: ListDisclosures, caller: Caller) -> DisclosureList:
        """A page of the partner's, newest first. Raises ``InvalidInput`` for a cursor that was never given."""
        try:
            after = place_behind(request.cursor, _PLACE, "disclosures") if request.cursor else ""
        except ValueError as error:
            raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
        found, place = self.store.list_page(caller.partner_id, after=after, limit=request.per_page)
        return DisclosureList(
            data=[_show(each) for each in found], next_cursor=spell_cursor(place, "disclosures") if place else None
        )


def _show(disclosure: Disclosure) -> DisclosureView:
    return DisclosureView(
        id=disclosure.id,
        at=format_moment(disclosure.at),
        who=disclosure.who,
        kind=disclosure.kind.value,
        subject_id=disclosure.subject_id,
        field=disclosure.field,
    )
