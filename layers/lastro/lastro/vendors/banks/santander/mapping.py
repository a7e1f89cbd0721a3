"""Santander's quote messages: English names, reais as decimal texts, DD/MM/YYYY, Y and N, regular and last amount."""

from __future__ import annotations

from datetime import date

from lastro.kernel.banks import SANTANDER
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, BankAnswer, Offer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import answer_of, checked_offer, expenses_of, level_instalments, return_of
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.santander.errors import REFUSALS
from lastro.vendors.kit.amounts import read_decimal_text, read_percent_text, read_term, write_decimal_text
from lastro.vendors.kit.json import present

_EXPENSES = {
    "0001": "iof_value",
    "0101": "contract_record_rate",
    "0102": "property_valuation_rate",
    "0103": "register_rate",
    "0201": "spf",
}


def pre_approval_body(request: PreApprovalRequest) -> dict[str, object]:
    """Body of ``POST /eligibility``."""
    return {"requestId": request.key, "customer": customer_members(request.applicant)}


def pre_approved(body: object) -> bool:
    """``{"eligible": "Y" | "N"}``. Raises ``Permanent`` for anything else."""
    return BankBody(body).one_of("eligible", {"Y": True, "N": False})


def price_body(request: OfferRequest) -> dict[str, object]:
    """Body of ``POST /quotes``."""
    vehicle = request.vehicle
    return {
        "requestId": request.key,
        "customer": customer_members(request.applicant),
        "vehicle": present(
            molicarCode=vehicle.molicar_code,
            modelCode=vehicle.model_id,
            manufactureYear=str(vehicle.manufacture_year),
            modelYear=str(vehicle.model_year),
            brandNew=write_flag(vehicle.zero_km),
            licensingState=vehicle.licensing_uf,
            licensingCity=vehicle.licensing_city,
            commercialUse=write_flag(request.commercial),
        ),
        "financing": {
            "vehicleAmount": write_decimal_text(request.asset_value),
            "downPaymentAmount": write_decimal_text(request.down_payment),
            "additionalAmount": write_decimal_text(request.extras),
            "termMonths": request.installments,
            "releaseDate": _day(request.release_date),
            "protectionInsurance": write_flag(request.payment_protection_insurance),
            "dealerReturn": str(request.dealer_return),
        },
    }


def answer(body: object) -> BankAnswer:
    """A quote that was made. Raises ``Permanent`` when it cannot be read."""
    return _with_advice(BankBody(body), offer=_offer(BankBody(body).within("quote")))


def refusal_reason(body: object) -> Reason | None:
    """The business reason in a 422 answer, or ``None`` when it is not a declined quote."""
    try:
        return REFUSALS.get(BankBody(body).text("_errorCode"))
    except Permanent:
        return None


def refusal(body: object, reason: Reason) -> BankAnswer:
    """A declined quote, with the down payments the bank states all the same."""
    return _with_advice(BankBody(body), reason=reason)


def _with_advice(body: BankBody, *, offer: Offer | None = None, reason: Reason | None = None) -> BankAnswer:
    advice = body.within_or_none("downPayment")
    return answer_of(
        SANTANDER,
        offer=offer,
        reason=reason,
        minimum=advice.read_or_none("minimum", read_decimal_text) if advice else None,
        ideal=advice.read_or_none("ideal", read_decimal_text) if advice else None,
        available=body.read_or_none("creditLimit", read_decimal_text),
    )


def _offer(quote: BankBody) -> Offer:
    installment = quote.within("installment")
    table = quote.within("table")
    offer = Offer(
        installments=level_instalments(
            installment.read("quantity", read_term),
            installment.read("amount", read_decimal_text),
            installment.read("lastAmount", read_decimal_text),
        ),
        monthly_rate=quote.read("monthlyRate", read_percent_text),
        expenses=expenses_of(
            (
                (charge.text("chargeCode"), charge.read("amount", read_decimal_text), charge.text_or_none("chargeId"))
                for charge in quote.objects("charges")
            ),
            _EXPENSES,
        ),
        credit_condition_code=table.text("code"),
        credit_condition_description=table.text_or_none("name"),
        credit_condition_return=return_of(table.text_or_none("dealerReturn"), "body.quote.table.dealerReturn"),
        payload={"simulation_token": quote.text("quoteId"), "tab_id": table.text("code")},
    )
    return checked_offer(offer, "body.quote.installment")


def customer_members(applicant: Applicant) -> dict[str, object]:
    income = applicant.monthly_income
    return present(
        documentType="CNPJ" if isinstance(applicant.document, Cnpj) else "CPF",
        documentNumber=applicant.document.value,
        fullName=applicant.name,
        birthDate=_day(applicant.birthdate) if applicant.birthdate else None,
        email=applicant.email,
        mobilePhone=applicant.phone_number,
        monthlyIncome=None if income is None else write_decimal_text(income),
        driverLicense=None if applicant.has_cnh is None else write_flag(applicant.has_cnh),
        gender=applicant.gender,
        occupationCode=applicant.occupation,
        profession=applicant.profession,
        motherName=applicant.mother_name,
        zipCode=applicant.zip_code,
    )


def write_flag(value: bool) -> str:
    return "Y" if value else "N"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
