"""Opening a proposal and adding attempts: offers that stand, of this store and customer, put to their banks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lastro.financing.attempts.model import Attempt, Terms
from lastro.financing.attempts.rendering import render_attempt
from lastro.financing.errors import (
    DIFFERS_FROM_STOCK,
    KILOMETRES_OF_NEW,
    OFFER_EXPIRED,
    OFFER_TAKEN,
    OFFER_TAKEN_UNSEEN,
    OTHER_CUSTOMER,
    OTHER_USE,
    OTHER_VEHICLE,
    PROPOSAL_BUSY,
    SAME_BANK,
    SEVERAL_BANKS,
    TWO_STORES,
    UNKNOWN_CUSTOMER,
    UNKNOWN_OFFER,
    UNKNOWN_SELLER,
)
from lastro.financing.proposals.model import NUMBERS_PER_ATTEMPT, Proposal, add_attempt
from lastro.financing.proposals.rendering import render_proposal, spell
from lastro.financing.proposals.requests import CreateAttempt, CreateProposal, NewProposal, SentAttempt, SentVehicle
from lastro.financing.records.keeping import who_is
from lastro.financing.records.offers import Holder, Taking
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import STORE_INACTIVE, FieldError, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.webhooks.service import AddressRefused, AddressRule

if TYPE_CHECKING:
    from lastro.customers.service import CustomerOnRecord, CustomerRecords
    from lastro.financing.records.keeping import ProposalKeeping
    from lastro.simulations.service import OfferOnTable, Offers

_OF_THE_SIMULATION = (
    *("manufacture_year", "model_year", "zero_km", "vehicle_molicar_code", "credere_vehicle_model_id"),
    "stock_vehicle_id",
)
_OF_THE_STOCK = ("chassi_code", "license_plate_code", "renavam_code")
_MAY_DIFFER = ("licensing_uf", "licensing_city", "color", "km_mileage")


FindModel = Callable[[str, str | None, str | None], Mapping[str, Any] | None]
"""What a partner's catalogue says of a model, by its Molicar code or its number."""


NameSeller = Callable[[int, int, Caller], str | None]
"""What the user of a number is called who may sell in a store of the caller's; ``None`` where there is none."""


@dataclass(frozen=True)
class _Chosen:
    """An offer that may be taken, and who had it before."""

    sent: SentAttempt
    offer: OfferOnTable
    before: Holder | None


@dataclass(frozen=True)
class Proposing:
    """Opens proposals. ``new_secret`` gives random texts that nobody guesses."""

    proposals: ProposalKeeping
    customers: CustomerRecords
    offers: Offers
    addresses: AddressRule
    new_secret: Callable[[], str]
    find_model: FindModel
    name_seller: NameSeller

    def create(self, request: CreateProposal, caller: Caller) -> str:
        """A proposal with its attempts, kept and then sent by the queue. The same request gives the first answer again.

        Raises ``InvalidInput`` for an unknown customer, seller or offer, one that does not stand or was made to
        somebody else or for another use, two of one bank, several banks unless they are wanted, and every field that
        the banks ask of the customer and that it lacks; ``Conflict`` for a store that was deactivated.
        """
        asked = request.proposal
        store_id = _store_of(asked, caller)
        self._check_address(asked.webhook_url)
        scope = f"create_proposal#{caller.holder_in(store_id)}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, asked.model_dump_json())

        def create_once() -> str | None:
            now = self.proposals.clock.now()
            first = self.proposals.store.find_answer(keyed, now)
            if first is not None:
                return first
            store = self.proposals.store.find_store(store_id)
            if not store.get("active", True):
                raise STORE_INACTIVE()
            places = [f"proposal.proposal_attemps.{index}" for index in range(len(asked.proposal_attemps))]
            customer = self.customers.find(caller.partner_id, asked.customer_id)
            seller_name = self.name_seller(asked.seller_id, store_id, caller)
            if customer is None or seller_name is None:
                unknown = {
                    "proposal.customer_id": UNKNOWN_CUSTOMER if customer is None else None,
                    "proposal.seller_id": UNKNOWN_SELLER if seller_name is None else None,
                }
                raise InvalidInput([rule.at(field) for field, rule in unknown.items() if rule])
            found = self._take(asked.proposal_attemps, places, store_id, customer, now, caller)
            _check_together([each.offer for each in found], places, several_banks=asked.several_banks)
            _check_customer(customer, [each.offer.bank for each in found])
            vehicle = _vehicle_of(found[0].offer.vehicle)
            check_vehicle(vehicle, asked)
            if any(each.offer.commercial != asked.commercial for each in found):
                raise InvalidInput([OTHER_USE.at("proposal.commercial")])
            vehicle["model"] = vehicle["model"] or self.find_model(
                caller.partner_id, vehicle["vehicle_molicar_code"], vehicle["credere_vehicle_model_id"]
            )
            proposal = Proposal(
                id=self.proposals.store.reserve_id(),
                partner_id=caller.partner_id,
                store_id=store_id,
                customer_id=customer.id,
                document=customer.document.value,
                customer_name=customer.name,
                seller_id=asked.seller_id,
                seller_name=seller_name,
                first_attempt_id=self.proposals.store.reserve_attempts(),
                created_at=now,
                updated_at=now,
                vehicle={**vehicle, **said_of_vehicle(asked)},
                commercial=asked.commercial,
                several_banks=asked.several_banks,
                webhook_url=asked.webhook_url,
                panel=caller.selling_panel,
            )
            for each in found:
                proposal = add_attempt(proposal, self._attempt(each, now))
            takings = [Taking(added, each.before) for added, each in zip(proposal.attempts, found, strict=True)]
            answer = ""

            def answered(kept: Proposal) -> Answered | None:
                nonlocal answer
                answer = spell({"complete_proposal": render_proposal(kept, store.get("name"))})
                return Answered.to(keyed, answer, now)

            return answer if self.proposals.put_new(proposal, who_is(caller), takings, answered) else None

        return until_committed(create_once, PROPOSAL_BUSY)

    def add(self, request: CreateAttempt, caller: Caller) -> str:
        """One more attempt of a proposal, kept and then sent by the queue. Raises as ``create`` does, ``NotFound``, and
        ``Conflict`` for one that may not be (``add_attempt``)."""
        sent = request.proposal_attempt
        scope = f"create_proposal_attempt#{caller.holder}#{request.proposal_id}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, sent.model_dump_json())

        def add_once() -> str | None:
            now = self.proposals.clock.now()
            first = self.proposals.store.find_answer(keyed, now)
            if first is not None:
                return first
            before = self.proposals.find(request.proposal_id, caller)
            customer = self.customers.find(caller.partner_id, before.customer_id)
            if customer is None:
                raise InvalidInput([UNKNOWN_CUSTOMER.at("proposal_id")])
            [chosen] = self._take([sent], ["proposal_attempt"], before.store_id, customer, now, caller, before.id)
            offer = chosen.offer
            known = {name: before.vehicle.get(name) for name in _OF_THE_SIMULATION}
            if {name: offer.vehicle.get(name) for name in _OF_THE_SIMULATION} != known:
                raise InvalidInput([OTHER_VEHICLE.at("proposal_attempt.simulation_condition_id")])
            if offer.commercial != before.commercial:
                raise InvalidInput([OTHER_USE.at("proposal_attempt.simulation_condition_id")])
            _check_customer(customer, [offer.bank])
            after = add_attempt(before, self._attempt(chosen, now))
            number = after.first_attempt_id + NUMBERS_PER_ATTEMPT * (len(after.attempts) - 1)
            standing = after.find_standing(number)
            if standing is None:
                raise AssertionError("an attempt that was just added has a number")
            answer = spell({"proposal_attempt": render_attempt(standing)})
            kept = self.proposals.keep(
                before,
                after,
                "attempt.created",
                who_is(caller),
                attempt_id=number,
                takings=[Taking(after.attempts[-1], chosen.before)],
                answered=lambda _: Answered.to(keyed, answer, now),
            )
            return answer if kept else None

        return until_committed(add_once, PROPOSAL_BUSY)

    def _take(
        self,
        sent: Sequence[SentAttempt],
        places: Sequence[str],
        store_id: int,
        customer: CustomerOnRecord,
        now: datetime,
        caller: Caller,
        within: int | None = None,
    ) -> list[_Chosen]:
        """The offers that are named, all of which may be taken.

        Raises ``InvalidInput``, and ``Conflict`` ``offer_taken`` for one that an attempt has that goes on; those of the
        proposal ``within`` itself are its bank's matter (``add_attempt``).
        """
        errors: list[FieldError] = []
        found: list[_Chosen] = []
        for each, place in zip(sent, places, strict=True):
            offer = self.offers.find(store_id, each.external_simulation_uuid, each.simulation_condition_id, caller)
            at = f"{place}.simulation_condition_id"
            if offer is None or not offer.token:
                errors.append(UNKNOWN_OFFER.at(at))
            elif offer.document != customer.document.value:
                errors.append(OTHER_CUSTOMER.at(at))
            elif not offer.stands(now):
                errors.append(OFFER_EXPIRED.at(at))
            else:
                found.append(_Chosen(each, offer, self._holder(each, caller, within)))
        if errors:
            raise InvalidInput(errors)
        return found

    def _holder(self, sent: SentAttempt, caller: Caller, within: int | None) -> Holder | None:
        """Who had an offer before and has no more use of it.

        Raises ``Conflict`` where it still goes on, which names the proposal to whoever sees it.
        """
        holder = self.proposals.store.find_holder(sent.external_simulation_uuid, sent.simulation_condition_id)
        if holder is None or holder.proposal_id == within:
            return holder
        proposal = self.proposals.store.find(caller.partner_id, holder.proposal_id)
        attempt = proposal.find_attempt(holder.position) if proposal else None
        if proposal is not None and attempt is not None and attempt.holds:
            raise OFFER_TAKEN(proposal=proposal.id) if proposal.is_seen_by(caller) else OFFER_TAKEN_UNSEEN()
        return holder

    def _attempt(self, chosen: _Chosen, now: datetime) -> Attempt:
        sent, offer = chosen.sent, chosen.offer
        pricing = offer.pricing
        terms = Terms(
            asset_value=offer.asset_value,
            down_payment=offer.down_payment,
            financed_amount=pricing.financed_amount,
            installments=pricing.installments,
            cet_monthly=pricing.cet_monthly,
            cet_annually=pricing.cet_annually,
            table_code=offer.table_code,
            table_description=offer.table_description,
            dealer_return=offer.dealer_return,
            expenses=tuple((kind, value) for kind, value, _ in pricing.expenses),
            first_due_date=pricing.first_due_date,
        )
        return Attempt(
            position=0,
            bank=offer.bank,
            simulation_id=sent.external_simulation_uuid,
            condition_id=sent.simulation_condition_id,
            terms=terms,
            pre_approval_status=offer.pre_approval_status,
            offer_token=offer.token,
            expires_at=offer.expires_at,
            created_at=now,
            secret=self.new_secret(),
        )

    def _check_address(self, url: str | None) -> None:
        try:
            if url is not None:
                self.addresses.parse(url)
        except AddressRefused as refusal:
            raise InvalidInput([FieldError("proposal.webhook_url", refusal.code, refusal.detail)]) from refusal


def check_vehicle(known: Mapping[str, Any], sent: SentVehicle) -> None:
    """Raises ``InvalidInput`` naming what was sent otherwise than the stock has the vehicle that was simulated, and
    kilometres of one that was simulated as new.
    """
    said = said_of_vehicle(sent)
    of_the_stock = () if known.get("stock_vehicle_id") is None else _OF_THE_STOCK
    errors = [
        DIFFERS_FROM_STOCK.at(f"proposal.{name}")
        for name in of_the_stock
        if name in said and known.get(name) not in (None, said[name])
    ]
    kilometres = said.get("km_mileage")
    if known.get("zero_km") and kilometres and kilometres != known.get("km_mileage"):
        errors.append(KILOMETRES_OF_NEW.at("proposal.km_mileage"))
    if errors:
        raise InvalidInput(errors)


def said_of_vehicle(sent: SentVehicle) -> Mapping[str, Any]:
    """What was sent of a proposal's vehicle."""
    return {name: value for name in SentVehicle.model_fields if (value := getattr(sent, name)) is not None}


def _vehicle_of(simulated: Mapping[str, Any]) -> dict[str, Any]:
    kept = (*_OF_THE_SIMULATION, *_OF_THE_STOCK, *_MAY_DIFFER, "model")
    return {name: simulated.get(name) for name in kept}


def _check_together(offers: Sequence[OfferOnTable], places: Sequence[str], *, several_banks: bool) -> None:
    """Raises ``InvalidInput`` for offers that cannot be taken beside each other."""
    errors: list[FieldError] = []
    first = {name: offers[0].vehicle.get(name) for name in _OF_THE_SIMULATION}
    banks = [offer.bank for offer in offers]
    for position, (offer, place) in enumerate(zip(offers, places, strict=True)):
        at = f"{place}.simulation_condition_id"
        if {name: offer.vehicle.get(name) for name in _OF_THE_SIMULATION} != first:
            errors.append(OTHER_VEHICLE.at(at))
        if offer.bank in banks[:position]:
            errors.append(SAME_BANK.at(at))
        elif position and not several_banks:
            errors.append(SEVERAL_BANKS.at(at))
    if errors:
        raise InvalidInput(errors)


def _check_customer(customer: CustomerOnRecord, banks: Sequence[str]) -> None:
    """Raises ``InvalidInput`` with everything that the banks ask for and the customer lacks."""
    gaps = customer.find_gaps(list(dict.fromkeys(banks)))
    if gaps:
        raise InvalidInput([replace(gap, field=f"proposal.customer_id.{gap.field}") for gap in gaps])


def _store_of(asked: NewProposal, caller: Caller) -> int:
    """Raises ``InvalidInput`` where body and header name two stores."""
    if caller.chosen_store not in (None, asked.store_id):
        raise InvalidInput([TWO_STORES.at("proposal.store_id")])
    return caller.own_store(asked.store_id)
