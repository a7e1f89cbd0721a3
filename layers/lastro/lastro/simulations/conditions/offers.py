"""Between a stored condition and a bank: what is asked, and what the answer means for the condition. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lastro.kernel.documents import parse_document
from lastro.kernel.errors import Permanent
from lastro.simulations.conditions.pricing import cost_of_return, price_condition
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import Condition, Simulation, Verdict
from lastro.simulations.ports import Applicant, BankAnswer, Offer, OfferRequest, Vehicle
from lastro.simulations.records import PreApproval
from lastro.simulations.returns.model import level_of


def applicant_of(lead: Mapping[str, Any]) -> Applicant:
    """The lead, as kept with the simulation, as a bank sees it."""
    birthdate = lead.get("birthdate")
    return Applicant(
        document=parse_document(lead["cpf_cnpj"]),
        name=lead.get("name"),
        birthdate=date.fromisoformat(birthdate) if birthdate else None,
        email=lead.get("email"),
        phone_number=lead.get("phone_number"),
        monthly_income=lead.get("monthly_income"),
        has_cnh=lead.get("has_cnh"),
        gender=lead.get("gender"),
        occupation=lead.get("occupation"),
        profession=lead.get("profession"),
        mother_name=lead.get("mother_name"),
        zip_code=(lead.get("address") or {}).get("zip_code"),
    )


def offer_request(simulation: Simulation, condition: Condition, key: str, dealer_return: int) -> OfferRequest:
    """One condition put to its bank under an idempotency key, at a level of the dealer's return."""
    return OfferRequest(
        key=key,
        applicant=applicant_of(simulation.lead),
        vehicle=Vehicle.on_record(simulation.vehicle),
        asset_value=simulation.assets_value,
        down_payment=condition.down_payment,
        installments=condition.installments,
        release_date=simulation.release_date,
        extras=simulation.extras,
        commercial=simulation.commercial,
        payment_protection_insurance=bool(condition.options.get("include_financial_protection_insurance")),
        dealer_return=dealer_return,
    )


def verdict_of(
    simulation: Simulation, condition: Condition, answer: BankAnswer, bare: BankAnswer | None, pre_approval: PreApproval
) -> Verdict:
    """What a bank's answer means, and ``bare``, its answer at return 0 where a return was asked for.

    Raises ``Permanent`` when an offer does not add up, or is at another level of return than was asked for.
    """
    offer = answer.offer
    reason = answer.reason
    if offer is None and reason is None:
        reason = Reason.REFUSED
    pricing = price_condition(simulation, condition, offer) if offer and reason is None else None
    without = pricing
    if offer is not None and pricing is not None:
        _check_level(offer, level_of(condition.options))
        if bare is not None and bare.offer is not None:
            _check_level(bare.offer, 0)
            without = price_condition(simulation, condition, bare.offer)
    if reason is None and (pricing is None or without is None):
        reason = Reason.NOT_PRICEABLE
    return Verdict(
        reason=reason,
        pre_approval_status=pre_approval.status,
        pre_approval_ended_at=pre_approval.ended_at,
        minimum=answer.minimum_down_payment,
        suggested=answer.suggested_down_payment,
        available_amount=answer.available_amount,
        pricing=pricing,
        return_cost=cost_of_return(pricing, without) if pricing and without else None,
        credit_condition_code=offer.credit_condition_code if offer else None,
        credit_condition_description=offer.credit_condition_description if offer else None,
        credit_condition_return=offer.credit_condition_return if offer else None,
        payload=offer.payload if offer else {},
    )


def _check_level(offer: Offer, asked: int) -> None:
    """Raises ``Permanent`` where a bank's price pays another return than was asked for: the borrower would bear it."""
    if (offer.credit_condition_return or "0") != str(asked):
        raise Permanent("the bank priced another return than was asked for", code=Reason.GENERIC)
