"""Asking for a listing, by a person or by the collection: checked whole, kept once, and only then sent."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.negativations.boletos.paying import STATUS_TEXTS
from lastro.negativations.errors import (
    BOLETO_NOT_FOUND,
    BOLETO_NOT_OVERDUE,
    CONTRACT_LISTED,
    LISTING_BUSY,
    LISTING_EXISTS,
    NO_SUCH_DEBTOR,
    NOT_A_GUARANTOR,
    REMOVAL_ORDERED,
)
from lastro.negativations.identity import listing_id_of
from lastro.negativations.listings.asking.checking import (
    check_debtor,
    check_listable,
    check_principal,
    listed_debt,
    listed_person,
)
from lastro.negativations.listings.facts import Approval, Entry, Origin
from lastro.negativations.listings.messages import listing_message
from lastro.negativations.listings.model import GRACE, Listing
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.statuses import Status
from lastro.negativations.providers import LISTING_FACTS

if TYPE_CHECKING:
    from lastro.bureaus.service import ListingBranch, ListingBranches
    from lastro.kernel.queues.queue import MessageQueue
    from lastro.negativations.approvals.store import SettingsStore
    from lastro.negativations.boletos.model import Boleto
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.debtors.model import Debtor
    from lastro.negativations.debtors.store import DebtorStore
    from lastro.negativations.listings.store import ListingStore


@dataclass(frozen=True)
class ListingOrder:
    """What is to be listed, and who wants it."""

    partner_id: str
    boleto_id: str
    requested_by: str
    origin: Origin = Origin.MANUAL
    guarantor_id: str | None = None
    nature: str | None = None


@dataclass(frozen=True)
class _Parties:
    """Everything that an order is about, as it is stored now."""

    boleto: Boleto
    debtor: Debtor
    listed: Debtor
    branch: ListingBranch
    nature: str | None
    principal: Listing | None = field(default=None)


@dataclass(frozen=True)
class ListingCreation:
    """Takes orders of listings."""

    store: ListingStore
    boletos: BoletoStore
    debtors: DebtorStore
    settings: SettingsStore
    branches: ListingBranches
    queue: MessageQueue
    clock: Clock

    def place(self, order: ListingOrder, keyed: KeyedRequest | None = None) -> Listing:
        """Keep a listing and send it on its way; the same request again gives the listing as it is now.

        Raises ``NotFound`` for a boleto or branch there is not; ``InvalidInput`` naming everything that is missing or
        wrong; ``BusinessRefusal`` for a boleto that is not overdue, a public body, a branch without an integration and
        a guarantor whose debtor is not listed; ``Conflict`` when the debt stands at the bureau already,
        or an order took it down.
        """
        listing = until_committed(lambda: self._place_once(order, keyed), LISTING_BUSY)
        if listing.status is Status.TO_SEND:
            # Committed is accepted: what could not be queued now, sync_negativations queues.
            with suppress(Retryable):
                self.queue.send([listing_message(listing)])
        return listing

    def _place_once(self, order: ListingOrder, keyed: KeyedRequest | None) -> Listing | None:
        now = self.clock.now()
        first = self.store.find_answer(keyed, now)
        if first is not None:
            return self.store.find(first)
        parties = self._read(order, now)
        listing = self._draft(order, parties, now)
        held = self.store.look_before(listing, keyed, now)
        if held.first_answer is not None:
            return self.store.find(held.first_answer)
        earlier = self.store.find_earlier_order(listing) if parties.boleto.has_listings else None
        if order_number := held.order or earlier:
            raise REMOVAL_ORDERED(order=order_number)
        if held.of_boleto:
            raise LISTING_EXISTS(listing=held.of_boleto)
        if held.of_contract:
            raise CONTRACT_LISTED(listing=held.of_contract)
        kept = self.store.add(listing, parties.boleto, Answered.to(keyed, listing.id, now))
        return listing if kept else None

    def _read(self, order: ListingOrder, now: datetime) -> _Parties:
        today = local_date(now)
        boleto = self.boletos.find(order.partner_id, order.boleto_id)
        if boleto is None:
            raise BOLETO_NOT_FOUND()
        if not boleto.is_overdue(today):
            # Said first, whatever else is wrong.
            raise BOLETO_NOT_OVERDUE(status=STATUS_TEXTS[boleto.status.value])
        if order.guarantor_id and order.guarantor_id not in boleto.guarantor_ids:
            raise InvalidInput([NOT_A_GUARANTOR.at("negativation.guarantor_id")])
        branch = self.branches.find(order.partner_id, boleto.branch_id)
        names = [boleto.debtor_id, *([order.guarantor_id] if order.guarantor_id else [])]
        found = self.debtors.find_many(order.partner_id, names)
        if any(name not in found for name in names):
            raise InvalidInput([NO_SUCH_DEBTOR.at("negativation.boleto_id")])
        debtor, listed = found[names[0]], found[names[-1]]
        facts = LISTING_FACTS[branch.integration.provider]
        nature = order.nature or boleto.nature_code or _default_nature(branch, natural=listed.is_natural)
        wrong = check_listable(boleto, listed, nature, facts, branch.codes, today)
        if errors := check_debtor(listed, "guarantor" if order.guarantor_id else "debtor") + wrong:
            raise InvalidInput(errors)
        principal = self._principal(order, boleto, debtor, branch) if order.guarantor_id else None
        return _Parties(boleto, debtor, listed, branch, nature, principal)

    def _principal(self, order: ListingOrder, boleto: Boleto, debtor: Debtor, branch: ListingBranch) -> Listing:
        """The debtor's own listing, which the bureau has to have before it takes a guarantor's."""
        desk = Desk(order.partner_id, branch.integration.provider, branch.integration.environment.value)
        name = self.store.find_holder(desk, boleto.id, debtor.document.value)
        return check_principal(self.store.find(name) if name else None)

    def _draft(self, order: ListingOrder, parties: _Parties, now: datetime) -> Listing:
        boleto, branch = parties.boleto, parties.branch
        needs = order.origin is Origin.MANUAL and self.settings.needs_approval(order.partner_id, boleto.branch_id)
        principal = parties.principal
        return Listing(
            id=listing_id_of(boleto.id, boleto.version, parties.listed.id),
            partner_id=order.partner_id,
            branch_id=boleto.branch_id,
            store_id=branch.branch.store_id,
            integration_id=branch.integration.id,
            provider=branch.integration.provider,
            environment=branch.integration.environment.value,
            creditor=branch.branch.cnpj,
            boleto_id=boleto.id,
            debtor_id=boleto.debtor_id,
            person=listed_person(parties.listed),
            debt=listed_debt(boleto, parties.nature or ""),
            origin=order.origin,
            requested_by=order.requested_by,
            created_at=now,
            guarantor_id=order.guarantor_id,
            principal_id=principal.id if principal else None,
            principal_person=principal.person.document if principal else None,
            approval=Approval.PENDING if needs else Approval.NOT_NEEDED,
            history=(Entry(now, "requested", order.requested_by),),
            look_at=None if needs else now + GRACE,
        )


def _default_nature(branch: ListingBranch, *, natural: bool) -> str | None:
    """The restriction code that the integration names for the kind of person."""
    fields = branch.integration.fields
    names = ("restriction_code",) if natural else ("legal_person_restriction_code", "restriction_code")
    found = [value for name in names if isinstance(value := fields.get(name), str) and value]
    return found[0] if found else None
