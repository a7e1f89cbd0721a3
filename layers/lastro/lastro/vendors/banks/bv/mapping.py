"""BV's online pricing messages: English names, integer cents, ISO dates, the monthly rate as a fraction of one."""

from __future__ import annotations

from lastro.kernel.banks import BV
from lastro.kernel.documents import Cnpj
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, BankAnswer, Offer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import answer_of, checked_offer, expenses_of, return_of
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.bv.errors import REFUSALS
from lastro.vendors.kit.amounts import read_cents, read_fraction_number
from lastro.vendors.kit.json import present

_EXPENSES = {
    "TAX_IOF": "iof_value",
    "CONTRACT_RECORD": "contract_record_rate",
    "APPRAISAL": "property_valuation_rate",
    "REGISTRATION": "register_rate",
    "CREDIT_INSURANCE": "spf",
}


def pre_approval_body(request: PreApprovalRequest) -> dict[str, object]:
    """Body of ``POST /v1/pre-analysis``."""
    return {"client": client_members(request.applicant)}


def pre_approved(body: object) -> bool:
    """``{"preAnalysis": "ACCEPTED" | "REJECTED"}``. Raises ``Permanent`` for anything else."""
    return BankBody(body).one_of("preAnalysis", {"ACCEPTED": True, "REJECTED": False})


def price_body(request: OfferRequest) -> dict[str, object]:
    """Body of ``POST /v1/pricing-online``."""
    vehicle = request.vehicle
    return {
        "client": client_members(request.applicant),
        "vehicle": present(
            molicarId=vehicle.molicar_code,
            modelId=vehicle.model_id,
            manufactureYear=vehicle.manufacture_year,
            modelYear=vehicle.model_year,
            isNew=vehicle.zero_km,
            state=vehicle.licensing_uf,
            city=vehicle.licensing_city,
            commercialUse=request.commercial,
        ),
        "pricing": {
            "vehicleValue": request.asset_value,
            "entryValue": request.down_payment,
            "additionalValue": request.extras,
            "term": request.installments,
            "releaseDate": request.release_date.isoformat(),
            "creditInsurance": request.payment_protection_insurance,
            "returnLevel": str(request.dealer_return),
        },
    }


def search_body(key: str) -> dict[str, object]:
    """Body of ``POST /v1/pricing-online/search`` and ``POST /v1/pre-analysis/search``."""
    return {"correlationId": key}


def pre_approval_found(body: object) -> bool | None:
    """The one pre-analysis a search found, or ``None``."""
    items = BankBody(body).items("items")
    return pre_approved(items[0]) if items else None


def found(body: object) -> BankAnswer | None:
    """The one pricing a search found, or ``None``."""
    items = BankBody(body).items("items")
    return answer(items[0]) if items else None


def answer(body: object) -> BankAnswer:
    """A pricing. Raises ``Permanent`` when it cannot be read.

    When the bank's suggestion matrix fails, the minimum stands and the ideal is lost.
    """
    fields = BankBody(body)
    reason = fields.one_of(
        "decision", {"APPROVED": None, "DENIED": Reason.REFUSED, "MANUAL_ANALYSIS": Reason.CREDIT_DESK}
    )
    if reason is Reason.REFUSED:
        reason = REFUSALS.get(fields.text("denialCode"), Reason.REFUSED)
    return answer_of(
        BV,
        offer=None if reason else _offer(fields),
        reason=reason,
        minimum=fields.read_or_none("minimumEntryValue", read_cents),
        ideal=_ideal(fields.within_or_none("suggestionMatrix")),
        available=fields.read_or_none("availableValue", read_cents),
    )


def _ideal(matrix: BankBody | None) -> int | None:
    if matrix is None or not matrix.one_of("status", {"OK": True, "ERROR": False}):
        return None
    return matrix.read_or_none("idealEntryValue", read_cents)


def _offer(body: BankBody) -> Offer:
    pricing = body.within("pricing")
    offer = Offer(
        installments=tuple(pricing.values("installmentFlow", read_cents)),
        monthly_rate=pricing.read("monthlyRate", read_fraction_number),
        expenses=expenses_of(
            (
                (expense.text("kind"), expense.read("value", read_cents), expense.text_or_none("id"))
                for expense in pricing.objects("expenses")
            ),
            _EXPENSES,
        ),
        credit_condition_code=pricing.text("tableCode"),
        credit_condition_description=pricing.text_or_none("tableDescription"),
        credit_condition_return=return_of(pricing.text_or_none("returnLevel"), "body.pricing.returnLevel"),
        payload={"simulation_token": body.text("pricingToken")},
    )
    return checked_offer(offer, "body.pricing.installmentFlow")


def client_members(applicant: Applicant) -> dict[str, object]:
    return present(
        personType="LEGAL" if isinstance(applicant.document, Cnpj) else "NATURAL",
        taxId=applicant.document.value,
        name=applicant.name,
        birthDate=applicant.birthdate.isoformat() if applicant.birthdate else None,
        email=applicant.email,
        phone=applicant.phone_number,
        monthlyIncome=applicant.monthly_income,
        hasDriverLicense=applicant.has_cnh,
        gender=applicant.gender,
        occupation=applicant.occupation,
        profession=applicant.profession,
        motherName=applicant.mother_name,
        zipCode=applicant.zip_code,
    )
