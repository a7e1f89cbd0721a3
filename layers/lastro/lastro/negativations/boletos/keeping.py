"""Use cases of boletos: what a partner calls one is one boleto, however often it is sent, and money counts once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment, local_date
from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError, InvalidInput, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.negativations.boletos.amending import amend, event_of
from lastro.negativations.boletos.model import Boleto, Event
from lastro.negativations.boletos.paying import check_days, find_recorded, make_payment
from lastro.negativations.boletos.views import BoletoAnswer, BoletoList, view_boleto
from lastro.negativations.errors import (
    BOLETO_BUSY,
    BOLETO_EXISTS,
    BOLETO_NOT_FOUND,
    GUARANTOR_IS_DEBTOR,
    NO_SUCH_BRANCH,
    NO_SUCH_DEBTOR,
)
from lastro.negativations.identity import boleto_id_of, payment_id_of
from lastro.negativations.pages import read_cursor
from lastro.negativations.payments import BoletoChange, FollowChanges

if TYPE_CHECKING:
    from lastro.bureaus.service import PartnerBranches
    from lastro.kernel.callers.caller import Caller
    from lastro.negativations.boletos.requests import (
        CreateBoleto,
        FindBoleto,
        ListBoletos,
        NewBoleto,
        SettleBoleto,
        UpdateBoleto,
    )
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.debtors.store import DebtorStore

MOST_KEYS = 2000
"""Keys that one page of a filtered list walks; a page that found less has a next cursor all the same."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Outcome:
    """The boleto as it is now, and what changed it, if anything did."""

    boleto: Boleto
    change: BoletoChange | None = None


@dataclass(frozen=True)
class Boletos:
    """What partners do with boletos. Without ``follow`` the sweep tells listings of changes."""

    store: BoletoStore
    debtors: DebtorStore
    branches: PartnerBranches
    clock: Clock
    follow: FollowChanges | None = None

    def create(self, request: CreateBoleto, caller: Caller) -> BoletoAnswer:
        """Keep a new boleto; the same data again answers the boleto there is.

        Raises ``Conflict`` for an own id that is a boleto with other data, or when the Idempotency-Key came with
        another request, and ``InvalidInput`` for a debtor, guarantor or branch there is not.
        """
        asked = request.boleto
        keyed = KeyedRequest.of(f"create_boleto#{caller.partner_id}", request.idempotency_key, asked.model_dump_json())
        wanted = make_boleto(caller.partner_id, asked, self.clock.now())

        def create_once() -> BoletoAnswer | None:
            now = self.clock.now()
            first, stored = self.store.find_before(caller.partner_id, wanted.id, keyed, now)
            if stored is not None and (first is not None or created_alike(stored, wanted)):
                return self._answer(stored)
            if stored is not None:
                raise BOLETO_EXISTS(boleto=stored.id)
            self._check_related(wanted)
            return self._answer(wanted) if self.store.add(wanted, Answered.to(keyed, wanted.id, now)) else None

        return until_committed(create_once, BOLETO_BUSY)

    def show(self, request: FindBoleto, caller: Caller) -> BoletoAnswer:
        """Raises ``NotFound``."""
        return self._answer(self._find(request.boleto_id, caller))

    def list_page(self, request: ListBoletos, caller: Caller) -> BoletoList:
        """One page, newest first. Raises ``InvalidInput`` for a cursor that was never given."""
        after = read_cursor(request.cursor, "boletos")
        today = local_date(self.clock.now())
        if request.debtor_id is not None:
            walked = self.store.list_of_debtor(caller.partner_id, request.debtor_id, after=after, page=MOST_KEYS)
        else:
            walked = (
                (entry.id if entry.may_show(request.branch_id, request.status, today) else "", entry.place)
                for entry in self.store.list_entries(caller.partner_id, after=after, page=request.per_page + 1)
            )
        rows, last = self._read(caller.partner_id, walked, request, today)
        return BoletoList(
            data=[view_boleto(row, today) for row in rows], next_cursor=spell_cursor(last, "boletos") if last else None
        )

    def _read(
        self, partner_id: str, walked: Iterable[tuple[str, str]], request: ListBoletos, today: date
    ) -> tuple[list[Boleto], str]:
        """The boletos of one page and the place after which the next begins, empty where there is none."""
        names: list[str] = []
        last, more = "", False
        for number, (name, place) in enumerate(walked):
            if len(names) == request.per_page or number == MOST_KEYS:
                more = True
                break
            last = place
            if name:
                names.append(name)
        stored = self.store.find_many(partner_id, names)
        # Keys of an index are a moment old: what is shown is decided on the boleto itself.
        found = [stored[name] for name in names if name in stored]
        rows = [
            row
            for row in found
            if request.branch_id in (None, row.branch_id) and request.status in (None, row.status_on(today).value)
        ]
        return rows, last if more else ""

    def update(self, request: UpdateBoleto, caller: Caller) -> BoletoAnswer:
        """Change what was sent and nothing else; no change makes no version.

        Raises ``NotFound``, ``InvalidInput`` and ``BusinessRefusal`` for a boleto that ended.
        """

        def update_once() -> _Outcome | None:
            before = self._find(request.boleto_id, caller)
            after = amend(before, request.boleto)
            if after == before:
                return _Outcome(before)
            if after.guarantor_ids != before.guarantor_ids:
                self._check_related(after)
            event = event_of(before, after)
            after = replace(after, updated_at=self.clock.now(), version=before.version + 1)
            kept = self.store.change(after, event)
            return _Outcome(after, BoletoChange(event, after, after.version)) if kept else None

        return self._followed(until_committed(update_once, BOLETO_BUSY))

    def settle(self, request: SettleBoleto, caller: Caller) -> BoletoAnswer:
        """Record money that came; the same payment again changes nothing, and listings are told.

        Raises ``NotFound``, ``InvalidInput``, ``Conflict`` where it cannot be told from another payment, and
        ``BusinessRefusal`` for a boleto that ended otherwise.
        """
        asked = request.settlement
        if wrong := check_days(asked.paid_on, asked.available_on):
            raise InvalidInput(wrong)
        scope = f"settle_boleto#{caller.partner_id}#{request.boleto_id}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, asked.model_dump_json())

        def settle_once() -> _Outcome | None:
            now = self.clock.now()
            first, before = self.store.find_before(caller.partner_id, request.boleto_id, keyed, now)
            if before is None:
                raise BOLETO_NOT_FOUND()
            name = asked.payment_id or payment_id_of(before.id, request.idempotency_key or format_moment(now))
            if first is not None or find_recorded(before, asked, name):
                return _Outcome(before)
            payment = make_payment(before, asked, name, now)
            if isinstance(payment, FieldError):
                raise InvalidInput([payment])
            after = before.paid_with(payment)
            event = Event.PAID if payment.settles else Event.PAID_IN_PART
            answered = Answered.to(keyed, payment.id, now)
            kept = self.store.change(after, event, payment, answered)
            return _Outcome(after, BoletoChange(event, after, after.version, payment)) if kept else None

        return self._followed(until_committed(settle_once, BOLETO_BUSY))

    def _followed(self, outcome: _Outcome) -> BoletoAnswer:
        change = outcome.change
        if change and change.boleto.has_listings and self.follow:
            try:
                self.follow(change)
            except Retryable as error:
                # It is kept with the boleto: the sweep follows it.
                _log.warning("change not followed yet", extra={"boleto_id": change.boleto.id, "code": error.code})
            else:
                self.store.drop_change(change.boleto.partner_id, change.boleto.id, change.version)
        return self._answer(outcome.boleto)

    def _check_related(self, boleto: Boleto) -> None:
        """Raises ``InvalidInput`` naming every debtor, guarantor and branch that is not there."""
        wrong: list[FieldError] = []
        known = self.debtors.find_many(boleto.partner_id, (boleto.debtor_id, *boleto.guarantor_ids))
        if boleto.debtor_id not in known:
            wrong.append(NO_SUCH_DEBTOR.at("boleto.debtor_id"))
        for number, guarantor in enumerate(boleto.guarantor_ids):
            if guarantor == boleto.debtor_id:
                wrong.append(GUARANTOR_IS_DEBTOR.at(f"boleto.guarantor_ids.{number}"))
            elif guarantor not in known:
                wrong.append(NO_SUCH_DEBTOR.at(f"boleto.guarantor_ids.{number}"))
        if not self.branches.has_branch(boleto.partner_id, boleto.branch_id):
            wrong.append(NO_SUCH_BRANCH.at("boleto.branch_id"))
        if wrong:
            raise InvalidInput(wrong)

    def _find(self, boleto_id: str, caller: Caller) -> Boleto:
        boleto = self.store.find(caller.partner_id, boleto_id)
        if boleto is None:
            raise BOLETO_NOT_FOUND()
        return boleto

    def _answer(self, boleto: Boleto) -> BoletoAnswer:
        return BoletoAnswer(data=view_boleto(boleto, local_date(self.clock.now())))


def make_boleto(partner_id: str, asked: NewBoleto, moment: datetime) -> Boleto:
    return Boleto(
        id=boleto_id_of(partner_id, asked.external_id),
        partner_id=partner_id,
        external_id=asked.external_id,
        debtor_id=asked.debtor_id,
        branch_id=asked.branch_id,
        due_on=asked.due_on,
        amount_cents=asked.amount_cents,
        created_at=moment,
        updated_at=moment,
        nature_code=asked.nature_code,
        contract_number=asked.contract_number,
        guarantor_ids=tuple(dict.fromkeys(asked.guarantor_ids)),
        prescription_years=asked.prescription_years,
    )


def created_alike(stored: Boleto, wanted: Boleto) -> bool:
    """Whether what is wanted is what was created; what happened to the boleto since does not count."""
    told = ("debtor_id", "branch_id", "due_on", "amount_cents", "nature_code", "contract_number", "guarantor_ids")
    return all(getattr(stored, name) == getattr(wanted, name) for name in (*told, "prescription_years"))
