"""The named checks of an analysis, each with its outcome and reasons. Pure.

A check passes, fails (the proposal is denied), flags (a person decides), finds documents owed, or is skipped because
the product does not contract it. Amounts are cents, commitments percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf, InvalidDocument

SIGNUP_MINIMUM_AGE = 18
"""Full years: who is younger cannot bind himself alone (Código Civil art. 5), whatever a product says."""

LOWEST_SCORE = 200
"""Of 1000: below it a person decides."""


class CheckName(StrEnum):
    """Every check; the row ``CHECK#<name>`` keeps its result."""

    IDENTITY_AND_AGE = "identity_and_age"
    PRODUCT_ELIGIBILITY = "product_eligibility"
    INCOME_COMMITMENT = "income_commitment"
    EXTERNAL_DATA = "external_data"
    DOCUMENTS_COMPLETE = "documents_complete"


class CheckOutcome(StrEnum):
    """What a check came to."""

    PASSED = "passed"
    FAILED = "failed"
    FLAGGED = "flagged"
    OWED = "owed"
    SKIPPED = "skipped"


class CheckReason(StrEnum):
    """Why a check did not pass; stable words that partners read. A product's own refusals add theirs."""

    INVALID_CPF = "invalid_cpf"
    BELOW_MINIMUM_AGE = "below_minimum_age"
    ABOVE_MAXIMUM_AGE = "above_maximum_age"
    BORROWER_BLOCKED = "borrower_blocked"
    UNKNOWN_PRODUCT = "unknown_product"
    INCOME_UNKNOWN = "income_unknown"
    INCOME_COMMITMENT_EXCEEDED = "income_commitment_exceeded"
    REGISTRATION_IRREGULAR = "registration_irregular"
    REGISTRATION_UNCLEAR = "registration_unclear"
    RESTRICTIONS_FOUND = "restrictions_found"
    LOW_SCORE = "low_score"
    NOT_FOUND_OUTSIDE = "not_found_outside"
    EXTERNAL_DATA_UNAVAILABLE = "external_data_unavailable"


class Registration(StrEnum):
    """The standing of a CPF at the Receita Federal, as far as a bureau's word for it can be understood."""

    REGULAR = "regular"
    IRREGULAR = "irregular"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class CheckResult:
    """One check's result; ``reasons`` are empty when it passed or was skipped."""

    name: CheckName
    outcome: CheckOutcome
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgeLimits:
    """Full years: at least ``minimum`` today, at most ``maximum`` when the last instalment is due."""

    minimum: int = SIGNUP_MINIMUM_AGE
    maximum: int | None = None


@dataclass(frozen=True)
class PersonalFacts:
    """What a bureau knows of a person: negative notes by number, a score from 0 to 1000.

    ``None`` says that the bureau told nothing, which counts neither for the person nor against.
    """

    registration: Registration | None
    restrictions: int
    score: int | None


def full_years(birthday: date, day: date) -> int:
    """A person's age on a day; who was born on 29 February grows older on 1 March in other years."""
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))


def check_identity_and_age(
    cpf: str, birthday: date, today: date, limits: AgeLimits, *, blocked: bool = False, until: date | None = None
) -> CheckResult:
    """Whether this is a person who may borrow; ``until`` is the day the last instalment is due."""
    reasons = []
    try:
        Cpf(cpf)
    except InvalidDocument:
        reasons.append(CheckReason.INVALID_CPF)
    if full_years(birthday, today) < limits.minimum:
        reasons.append(CheckReason.BELOW_MINIMUM_AGE)
    if limits.maximum is not None and full_years(birthday, until or today) > limits.maximum:
        reasons.append(CheckReason.ABOVE_MAXIMUM_AGE)
    if blocked:
        reasons.append(CheckReason.BORROWER_BLOCKED)
    return _failed_for(CheckName.IDENTITY_AND_AGE, reasons)


def check_product_eligibility(refusals: Sequence[str]) -> CheckResult:
    """Whether the product still grants the terms; ``refusals`` are the codes of what it refuses."""
    return _failed_for(CheckName.PRODUCT_ELIGIBILITY, refusals)


def check_income_commitment(installment: int, others: int, income: int | None, maximum: Decimal) -> CheckResult:
    """Whether the instalment, with those already owed (``others``), stays within ``maximum`` percent of the income."""
    name = CheckName.INCOME_COMMITMENT
    if not income:
        return CheckResult(name, CheckOutcome.FLAGGED, (CheckReason.INCOME_UNKNOWN,))
    exceeded = (installment + others) * 100 > income * maximum
    return _failed_for(name, [CheckReason.INCOME_COMMITMENT_EXCEEDED] if exceeded else [])


def check_external_data(facts: PersonalFacts | None) -> CheckResult:
    """What the bureau says; ``None`` when it does not know the person."""
    name = CheckName.EXTERNAL_DATA
    if facts is None:
        return CheckResult(name, CheckOutcome.FLAGGED, (CheckReason.NOT_FOUND_OUTSIDE,))
    if facts.registration is Registration.IRREGULAR:
        return CheckResult(name, CheckOutcome.FAILED, (CheckReason.REGISTRATION_IRREGULAR,))
    flags = []
    if facts.registration is Registration.UNCLEAR:
        flags.append(CheckReason.REGISTRATION_UNCLEAR)
    if facts.restrictions:
        flags.append(CheckReason.RESTRICTIONS_FOUND)
    if facts.score is not None and facts.score < LOWEST_SCORE:
        flags.append(CheckReason.LOW_SCORE)
    return CheckResult(name, CheckOutcome.FLAGGED if flags else CheckOutcome.PASSED, tuple(flags))


def external_data_skipped() -> CheckResult:
    """The product does not contract external data."""
    return CheckResult(CheckName.EXTERNAL_DATA, CheckOutcome.SKIPPED)


def external_data_unavailable(code: str) -> CheckResult:
    """The bureau gave no report, and ``code`` says why: a person decides, nobody waits for ever."""
    return CheckResult(CheckName.EXTERNAL_DATA, CheckOutcome.FLAGGED, (CheckReason.EXTERNAL_DATA_UNAVAILABLE, code))


def check_documents(owed: Sequence[str]) -> CheckResult:
    """Whether every document the product wants was received; the reasons name those owed."""
    outcome = CheckOutcome.OWED if owed else CheckOutcome.PASSED
    return CheckResult(CheckName.DOCUMENTS_COMPLETE, outcome, tuple(owed))


def reasons_of(results: Sequence[CheckResult], outcome: CheckOutcome) -> tuple[str, ...]:
    """The reasons of every check with an outcome, in the checks' order, each once."""
    found = [reason for result in results if result.outcome is outcome for reason in result.reasons]
    return tuple(dict.fromkeys(str(reason) for reason in found))


def _failed_for(name: CheckName, reasons: Sequence[str]) -> CheckResult:
    outcome = CheckOutcome.FAILED if reasons else CheckOutcome.PASSED
    return CheckResult(name, outcome, tuple(str(reason) for reason in reasons))
