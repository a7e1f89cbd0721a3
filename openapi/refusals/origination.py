"""The errors that the calls of the CaaS journey can give beside those every call can give, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.finance.cet import MAX_CET
from lastro.finance.iof_rates import FIRST_DAY
from lastro.kernel.errors import IN_PROGRESS, BusinessRefusal, LastroError, Refusal, TooManyRequests
from lastro.origination import errors
from lastro.origination.documents.content import MAX_FILE_BYTES
from lastro.origination.endorsements.model import MAX_ENDORSEMENTS
from lastro.origination.processes.calls.limits import CALLS_PER_HOUR, SIGNUPS_PER_DAY
from lastro.origination.proposals.usecases import MAX_OPEN, MAX_PROPOSALS

_NO_PROCESS = errors.PROCESS_NOT_FOUND()
_NO_PROPOSAL = errors.PROPOSAL_NOT_FOUND()
_NO_PRODUCT = errors.PRODUCT_NOT_FOUND(product=1)


def _blocked(most: int, retry_after: int) -> TooManyRequests:
    text = errors.CLIENT_BLOCKED.say(most=most)
    return TooManyRequests(text, retry_after=retry_after, code=errors.CLIENT_BLOCKED.code)


_BLOCKED = _blocked(CALLS_PER_HOUR, 1200)
_ABOVE = errors.ABOVE_MAXIMUM.at("value", name="value", bound="R$ 1.000.000,00")
_BELOW = errors.BELOW_SMALLEST.at("installment_value", name="installment_value")
_PRICES = (
    BusinessRefusal(errors.OUT_OF_BOUNDS.say(faults=_ABOVE.message), code=errors.OUT_OF_BOUNDS.code, errors=[_ABOVE]),
    errors.NOT_A_CAAS_PRODUCT.at("product_id", product=1, type="LOAN"),
    errors.PRODUCT_INACTIVE.at("product_id", product=1),
    errors.PRODUCT_INCOMPLETE.at("product_id", product=1, faults=errors.EMAIL_MISSING.text),
    errors.BORROWER_NOT_SERVED(),
    errors.FIRST_DUE_NOT_AFTER_RELEASE.at("due_date"),
    errors.NO_TAX_RATE.at("release_date", first_day=f"{FIRST_DAY:%d/%m/%Y}"),
    errors.NOT_PRICEABLE(most=MAX_CET),
    errors.NOT_PAYABLE(),
)


def _mismatch(refusal: Refusal[BusinessRefusal], field: str) -> BusinessRefusal:
    found = errors.DIFFERS_FROM_OFFER if refusal is errors.OFFER_DIFFERS else errors.OFFERED_TO_COMPANY
    return BusinessRefusal(refusal.say(), code=refusal.code, errors=[found.at(field, name=field)])


ORIGINATION: Mapping[str, tuple[LastroError, ...]] = {
    "create_simple_signup": (
        errors.ALREADY_REGISTERED(process="8f14e45fceea467f"),
        errors.REGISTRATION_BUSY(),
        _blocked(SIGNUPS_PER_DAY, 54_000),
    ),
    "create_product": (IN_PROGRESS(),),
    "get_product": (_NO_PRODUCT,),
    "patch_product": (_NO_PRODUCT, errors.PRODUCT_CHANGED(product=1)),
    "simulate_credit": (
        _NO_PRODUCT,
        IN_PROGRESS(),
        *_PRICES,
        BusinessRefusal(_BELOW.message, code=errors.OUT_OF_BOUNDS.code, errors=[_BELOW]),
        errors.FEE_CHARGED.at("cad_value"),
    ),
    "simulate_ccb": (_NO_PRODUCT, *_PRICES, errors.NOT_A_LEGACY_PRODUCT()),
    "create_proposal": (
        _NO_PROCESS,
        errors.NO_SUCH_PRODUCT(),
        errors.UNKNOWN_OFFER(),
        errors.WRONG_PROCESS_STATE(status="SIGNUP_ANALISIS"),
        errors.TOO_MANY_OPEN(count=MAX_OPEN, most=MAX_OPEN),
        errors.TOO_MANY_PROPOSALS(most=MAX_PROPOSALS),
        errors.OFFER_EXPIRED(),
        errors.PROCESS_BUSY(),
        *_PRICES,
        _mismatch(errors.OFFER_DIFFERS, "value"),
        _mismatch(errors.OFFER_OF_COMPANY, "offerId"),
        errors.RELEASE_DATE_PASSED.at("products.0.releaseDate"),
        errors.FEE_CHARGED.at("cad_value"),
    ),
    "decide_proposal": (
        errors.OWN_PROPOSAL(),
        _NO_PROPOSAL,
        errors.NOT_WAITING(status="REPROVADO"),
        errors.PROPOSAL_BUSY(),
    ),
    "put_document": (
        _NO_PROCESS,
        errors.NO_PROPOSAL(),
        errors.DOCUMENT_NOT_TAKEN(),
        errors.PROCESS_BUSY(),
        errors.DOCUMENT_TOO_LARGE(most=MAX_FILE_BYTES),
    ),
    "get_process_status": (_NO_PROCESS, _BLOCKED),
    "expire_proposals": (
        _NO_PROCESS,
        errors.WRONG_PROCESS_STATE(status="SIGNUP_COMPLETED"),
        errors.NOTHING_TO_EXPIRE(),
        errors.PROCESS_BUSY(),
        _BLOCKED,
    ),
    "get_proposal": (_NO_PROPOSAL,),
    "get_document": (_NO_PROPOSAL, errors.DOCUMENT_NOT_FOUND(type="SELF")),
    "get_contract": (
        _NO_PROPOSAL,
        _BLOCKED,
        errors.CONTRACT_NOT_GENERATED(),
        errors.NO_CONTRACT(status="REPROVADO"),
    ),
    "sign_contract": (
        _NO_PROPOSAL,
        _BLOCKED,
        errors.CONTRACT_NOT_GENERATED(),
        errors.NO_CONTRACT(status="REPROVADO"),
        errors.PROPOSAL_EXPIRED(),
        errors.WRONG_PROPOSAL_STATE(status="EXPIRADO"),
        errors.PROPOSAL_BUSY(),
        errors.CHECKSUM_MISMATCH.at("aceptedCheckSum"),
        errors.CHECKSUM_MISSING.at("aceptedCheckSum", count=2),
        errors.INCOME_EXCEEDED(),
        errors.CONTRACT_OUTDATED(),
        errors.CONTRACT_REPLACED(),
    ),
    "get_product_clauses": (_NO_PRODUCT,),
    "put_product_clauses": (_NO_PRODUCT, errors.CLAUSES_CHANGED()),
    "get_signed_contract": (_NO_PROPOSAL, errors.CONTRACT_NOT_SIGNED(), errors.SIGNED_CONTRACT_NOT_READY()),
    "get_disbursement": (_NO_PROPOSAL,),
    "retry_disbursement": (
        _NO_PROPOSAL,
        errors.WRONG_PROPOSAL_STATE(status="LIBERADO"),
        errors.HOLDER_NOT_CONFIRMED(),
        errors.PAYOUT_UNSETTLED(number=1),
        errors.PAYOUT_WENT_THROUGH(number=1),
        errors.PROPOSAL_CHANGED(),
    ),
    "list_endorsements": (_NO_PROPOSAL,),
    "create_endorsement": (
        _NO_PROPOSAL,
        errors.NOT_DISBURSED(),
        errors.PROPOSAL_CHANGED(),
        errors.PRODUCT_GONE(),
        errors.SAME_HOLDER.at("endorseeCnpj"),
        errors.CHAIN_TOO_LONG(most=MAX_ENDORSEMENTS),
    ),
}
