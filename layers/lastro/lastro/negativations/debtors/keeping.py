"""Use cases of debtors: a CPF or CNPJ of a partner is one debtor, however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.negativations.debtors.model import Address, Debtor, Sex
from lastro.negativations.debtors.requests import (
    ChangedDebtor,
    CreateDebtor,
    FindDebtor,
    ListDebtors,
    NewDebtor,
    UpdateDebtor,
)
from lastro.negativations.debtors.views import DebtorAnswer, DebtorList, view_debtor
from lastro.negativations.errors import DEBTOR_BUSY, DEBTOR_EXISTS, DEBTOR_NOT_FOUND, NATURAL_ONLY, UNCHANGEABLE
from lastro.negativations.identity import debtor_id_of
from lastro.negativations.pages import read_cursor

if TYPE_CHECKING:
    from lastro.negativations.debtors.store import DebtorStore

_AS_SENT = ("external_id", "birth_date", "mobile_phone", "email")


@dataclass(frozen=True)
class Debtors:
    """What partners do with debtors."""

    store: DebtorStore
    clock: Clock

    def create(self, request: CreateDebtor, caller: Caller) -> DebtorAnswer:
        """Keep a new debtor; the same data again answers the debtor there is.

        Raises ``Conflict`` for a document that is another debtor's data by now, or when the Idempotency-Key came with
        another request, and ``InvalidInput`` for a company's sex or birth.
        """
        asked = request.debtor
        scope = f"create_debtor#{caller.partner_id}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, asked.model_dump_json())
        wanted = make_debtor(caller.partner_id, asked, self.clock.now())
        _check(wanted, "debtor.")

        def create_once() -> DebtorAnswer | None:
            now = self.clock.now()
            first, stored = self.store.find_before(caller.partner_id, wanted.id, keyed, now)
            if stored is not None and (first is not None or same_debtor(stored, wanted)):
                return _answer(stored)
            if stored is not None:
                raise DEBTOR_EXISTS(debtor=stored.id)
            return _answer(wanted) if self.store.add(wanted, Answered.to(keyed, wanted.id, now)) else None

        return until_committed(create_once, DEBTOR_BUSY)

    def show(self, request: FindDebtor, caller: Caller) -> DebtorAnswer:
        """Raises ``NotFound``."""
        return _answer(self._find(request.debtor_id, caller))

    def find_personal_fields(self, debtor_id: str, caller: Caller) -> Mapping[str, Sequence[str]]:
        """What screens mask of a debtor, by field; nothing where it is not known. Raises ``NotFound``."""
        debtor = self._find(debtor_id, caller)
        known = {
            "document": debtor.document.value,
            "birth_date": debtor.birth_date.isoformat() if debtor.birth_date else None,
            "email": debtor.email,
            "mobile_phone": debtor.mobile_phone,
        }
        return {name: [value] if value else [] for name, value in known.items()}

    def list_page(self, request: ListDebtors, caller: Caller) -> DebtorList:
        """One page, newest first. Raises ``InvalidInput`` for a cursor that was never given."""
        after = read_cursor(request.cursor, "debtors")
        found = self.store.list_places(caller.partner_id, after=after, page=request.per_page + 1)
        places = list(islice(found, request.per_page + 1))
        page = places[: request.per_page]
        names = [place.rpartition("#")[2] for place in page]
        stored = self.store.find_many(caller.partner_id, names)
        rows = [stored[name] for name in names if name in stored]
        cursor = spell_cursor(page[-1], "debtors") if len(places) > len(page) else None
        return DebtorList(data=[view_debtor(row) for row in rows], next_cursor=cursor)

    def update(self, request: UpdateDebtor, caller: Caller) -> DebtorAnswer:
        """Change what was sent and nothing else; no change makes no version. Raises ``NotFound``, ``InvalidInput``."""

        def update_once() -> DebtorAnswer | None:
            before = self._find(request.debtor_id, caller)
            after = change_debtor(before, request.debtor)
            _check(after, "debtor.")
            if after == before:
                return _answer(before)
            after = replace(after, updated_at=self.clock.now(), version=before.version + 1)
            return _answer(after) if self.store.replace(after) else None

        return until_committed(update_once, DEBTOR_BUSY)

    def _find(self, debtor_id: str, caller: Caller) -> Debtor:
        debtor = self.store.find(caller.partner_id, debtor_id)
        if debtor is None:
            raise DEBTOR_NOT_FOUND()
        return debtor


def make_debtor(partner_id: str, asked: NewDebtor, moment: datetime) -> Debtor:
    document = parse_document(asked.document)
    return Debtor(
        id=debtor_id_of(partner_id, document.value),
        partner_id=partner_id,
        document=document,
        name=asked.name,
        created_at=moment,
        updated_at=moment,
        sex=Sex(asked.sex) if asked.sex else None,
        address=Address(**{name: value or "" for name, value in asked.address.model_dump().items()}),
        public_body=asked.public_body,
        in_collection=asked.in_collection,
        **{name: getattr(asked, name) for name in _AS_SENT},
    )


def change_debtor(debtor: Debtor, sent: ChangedDebtor) -> Debtor:
    """The debtor with what was sent. Raises ``InvalidInput`` for another document."""
    if sent.document not in (None, debtor.document.value):
        raise InvalidInput([UNCHANGEABLE.at("debtor.document")])
    given = sent.model_fields_set
    changes = {name: getattr(sent, name) for name in _AS_SENT if name in given}
    if "public_body" in given:
        changes["public_body"] = bool(sent.public_body)
    if "in_collection" in given:
        changes["in_collection"] = sent.in_collection is not False
    if "sex" in given:
        changes["sex"] = Sex(sent.sex) if sent.sex else None
    if sent.name is not None:
        changes["name"] = sent.name
    if "address" in sent.model_fields_set and sent.address is None:
        changes["address"] = Address()
    elif sent.address is not None:
        parts = sent.address.model_dump(include=sent.address.model_fields_set)
        changes["address"] = replace(debtor.address, **{name: value or "" for name, value in parts.items()})
    return replace(debtor, **changes)


def same_debtor(one: Debtor, other: Debtor) -> bool:
    """Whether both say the same of the same debtor."""
    moments = (other.created_at, other.updated_at, other.version)
    return replace(one, created_at=moments[0], updated_at=moments[1], version=moments[2]) == other


def _check(debtor: Debtor, path: str) -> None:
    if debtor.is_natural:
        return
    told = {"sex": debtor.sex, "birth_date": debtor.birth_date}
    if wrong := [NATURAL_ONLY.at(f"{path}{name}") for name, value in told.items() if value is not None]:
        raise InvalidInput(wrong)


def _answer(debtor: Debtor) -> DebtorAnswer:
    return DebtorAnswer(data=view_debtor(debtor))
