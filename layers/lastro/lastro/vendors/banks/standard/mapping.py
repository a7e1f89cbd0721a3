"""The dialect of the banks that return no down-payment advice: English names, cents by name, a numbered flow."""

from __future__ import annotations

from lastro.kernel.banks import BankFacts
from lastro.kernel.documents import Cnpj
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, BankAnswer, Offer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import answer_of, checked_offer, expenses_of, return_of
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.failures import unreadable
from lastro.vendors.banks.standard.errors import REFUSALS
from lastro.vendors.kit.amounts import read_cents, read_percent_text
from lastro.vendors.kit.json import present

_EXPENSES = {
    "iof": "iof_value",
    "contract_record": "contract_record_rate",
    "vehicle_appraisal": "property_valuation_rate",
    "registration": "register_rate",
    "payment_protection": "spf",
}


def pre_approval_body(request: PreApprovalRequest) -> dict[str, object]:
    """Body of ``POST /v1/pre_approvals``."""
    return {"applicant": applicant_members(request.applicant)}


def pre_approved(body: object) -> bool:
    """``{"status": "approved" | "refused"}``. Raises ``Permanent`` for anything else."""
    return BankBody(body).one_of("status", {"approved": True, "refused": False})


def price_body(request: OfferRequest) -> dict[str, object]:
    """Body of ``POST /v1/quotes``."""
    vehicle = request.vehicle
    return {
        "applicant": applicant_members(request.applicant),
        "vehicle": present(
            molicar_code=vehicle.molicar_code,
            model_id=vehicle.model_id,
            manufacture_year=vehicle.manufacture_year,
            model_year=vehicle.model_year,
            zero_km=vehicle.zero_km,
            licensing_state=vehicle.licensing_uf,
            licensing_city=vehicle.licensing_city,
            commercial_use=request.commercial,
        ),
        "asset_value_in_cents": request.asset_value,
        "down_payment_in_cents": request.down_payment,
        "additional_value_in_cents": request.extras,
        "installments": request.installments,
        "release_date": request.release_date.isoformat(),
        "payment_protection": request.payment_protection_insurance,
        "dealer_return": str(request.dealer_return),
    }


def answer(bank: BankFacts, body: object) -> BankAnswer:
    """A quote, just made or looked up; advice is kept out as the catalogue says. Raises ``Permanent`` if unreadable."""
    quote = BankBody(body)
    reason = quote.one_of("status", {"offered": None, "declined": Reason.REFUSED, "manual_review": Reason.CREDIT_DESK})
    if reason is Reason.REFUSED:
        reason = REFUSALS.get(quote.text("decline_code"), Reason.REFUSED)
    return answer_of(
        bank,
        offer=None if reason else _offer(quote),
        reason=reason,
        minimum=quote.read_or_none("minimum_down_payment_in_cents", read_cents),
        ideal=quote.read_or_none("ideal_down_payment_in_cents", read_cents),
        available=quote.read_or_none("available_credit_in_cents", read_cents),
    )


def _offer(quote: BankBody) -> Offer:
    terms = quote.within("offer")
    table = terms.within("table")
    offer = Offer(
        installments=_flow(terms.within("payment_flow")),
        monthly_rate=terms.read("monthly_rate_percent", read_percent_text),
        expenses=expenses_of(
            (
                (fee.text("type"), fee.read("amount_in_cents", read_cents), fee.text_or_none("id"))
                for fee in terms.objects("fees")
            ),
            _EXPENSES,
        ),
        credit_condition_code=table.text("code"),
        credit_condition_description=table.text_or_none("description"),
        credit_condition_return=return_of(terms.text_or_none("dealer_return"), "body.offer.dealer_return"),
        payload={"simulation_token": quote.text("id")},
    )
    return checked_offer(offer, "body.offer.payment_flow")


def _flow(flow: BankBody) -> tuple[int, ...]:
    """Instalments numbered from ``"1"`` without a gap, in order whatever the order of the members."""
    names = flow.names()
    numbers = [str(number) for number in range(1, len(names) + 1)]
    if set(numbers) != set(names):
        raise unreadable("body.offer.payment_flow", "numbered from 1 without a gap")
    return tuple(flow.read(number, read_cents) for number in numbers)


def applicant_members(applicant: Applicant) -> dict[str, object]:
    return present(
        document_type="cnpj" if isinstance(applicant.document, Cnpj) else "cpf",
        document=applicant.document.value,
        name=applicant.name,
        birthdate=applicant.birthdate.isoformat() if applicant.birthdate else None,
        email=applicant.email,
        phone_number=applicant.phone_number,
        monthly_income_in_cents=applicant.monthly_income,
        has_driver_license=applicant.has_cnh,
        gender=applicant.gender,
        occupation=applicant.occupation,
        profession=applicant.profession,
        mother_name=applicant.mother_name,
        zip_code=applicant.zip_code,
    )
