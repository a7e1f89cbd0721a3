"""What a bank decides on one condition: pure, from the facts of the bank, the treatment of the call and the ask."""

from __future__ import annotations

from dataclasses import replace

from lastro.kernel.banks import Advice, BankFacts
from sandbox.banks.messages import Decision, PricingAsk, Verdict
from sandbox.banks.pricing import price
from sandbox.banks.products import LONGEST_TERM, OLDEST_VEHICLE_YEARS
from sandbox.banks.scripting.treatments import Outcome, Treatment, in_cents

_VERDICTS = {
    Outcome.REFUSED: Verdict.REFUSED,
    Outcome.PRE_APPROVAL_REFUSED: Verdict.REFUSED,
    Outcome.DESK: Verdict.DESK,
    Outcome.UNSUPPORTED_VEHICLE: Verdict.VEHICLE,
    Outcome.MISSING_DATA: Verdict.MISSING_DATA,
}


_WITHOUT_ADVICE = {Verdict.TERM, Verdict.VEHICLE, Verdict.MISSING_DATA, Verdict.DESK}


def decide(bank: BankFacts, treatment: Treatment, ask: PricingAsk, number: str) -> Decision:
    """The decision and its advice: none when the bank has nothing to price, no ideal when its matrix failed.

    An applicant refused in pre-approval who asks all the same is refused.
    """
    matrix_failed = treatment.outcome is Outcome.SUGGESTION_MATRIX_ERROR
    minimum = None if bank.minimum is Advice.NEVER else in_cents(treatment.minimum, ask.asset_value)
    ideal = None if matrix_failed or bank.ideal is Advice.NEVER else in_cents(treatment.ideal, ask.asset_value)
    verdict = _verdict(treatment, ask, minimum)
    if verdict in _WITHOUT_ADVICE:
        return Decision(ask.key, number, verdict)
    decision = Decision(ask.key, number, verdict, minimum=minimum, ideal=ideal, matrix_failed=matrix_failed)
    if decision.verdict is not Verdict.APPROVED:
        return decision
    try:
        quote = price(bank.code, ask)
    except ValueError:
        # Too little to finance, or a day before any tax rate on record: no product fits.
        return replace(decision, verdict=Verdict.REFUSED)
    return replace(decision, quote=quote, available=ask.asset_value - (minimum or 0))


def _verdict(treatment: Treatment, ask: PricingAsk, minimum: int | None) -> Verdict:
    if ask.missing:
        return Verdict.MISSING_DATA
    if ask.installments > LONGEST_TERM:
        return Verdict.TERM
    if ask.manufacture_year < ask.release_date.year - OLDEST_VEHICLE_YEARS:
        return Verdict.VEHICLE
    if treatment.outcome in _VERDICTS:
        return _VERDICTS[treatment.outcome]
    if ask.down_payment >= ask.asset_value or (minimum is not None and ask.down_payment < minimum):
        return Verdict.DOWN_PAYMENT
    return Verdict.APPROVED
