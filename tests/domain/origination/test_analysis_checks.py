"""The named checks, and what a decision on a proposal means for its process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.reports.report import Identity, InquiryReport, NoteKind, Notes, Score
from lastro.kernel.documents import Cpf
from lastro.origination.analysis.bureau_data import read_facts
from lastro.origination.analysis.checks import (
    LOWEST_SCORE,
    AgeLimits,
    CheckName,
    CheckOutcome,
    CheckResult,
    PersonalFacts,
    Registration,
    check_documents,
    check_external_data,
    check_identity_and_age,
    check_income_commitment,
    check_product_eligibility,
    external_data_skipped,
    external_data_unavailable,
    full_years,
    reasons_of,
)
from lastro.origination.analysis.outcome import follow, is_standing, is_undecided, process_event
from lastro.origination.processes.model import Credit, Process, Terms
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus, ProcessEvent, ProcessStatus
from lastro.origination.products.words import ProductType

CPF = "52998224725"
TODAY = date(2026, 11, 3)
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("birthday", "day", "years"),
    [
        (date(2008, 11, 3), TODAY, 18),
        (date(2008, 11, 4), TODAY, 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (TODAY, TODAY, 0),
    ],
)
def test_full_years(birthday: date, day: date, years: int) -> None:
    assert full_years(birthday, day) == years


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60_000))
def test_nobody_grows_younger(birthday: date, days: int) -> None:
    day = birthday + timedelta(days=days)
    assert 0 <= full_years(birthday, day) <= full_years(birthday, day + timedelta(days=1))


@pytest.mark.parametrize(
    ("cpf", "birthday", "limits", "blocked", "until", "reasons"),
    [
        (CPF, date(1990, 1, 1), AgeLimits(), False, None, ()),
        (CPF, date(2008, 11, 3), AgeLimits(), False, None, ()),
        (CPF, date(2008, 11, 4), AgeLimits(), False, None, ("below_minimum_age",)),
        (CPF, date(2006, 1, 1), AgeLimits(21), False, None, ("below_minimum_age",)),
        (CPF, date(1946, 11, 4), AgeLimits(18, 79), False, None, ()),
        (CPF, date(1946, 11, 4), AgeLimits(18, 79), False, date(2026, 11, 4), ("above_maximum_age",)),
        ("52998224700", date(1990, 1, 1), AgeLimits(), False, None, ("invalid_cpf",)),
        ("11111111111", date(1990, 1, 1), AgeLimits(), False, None, ("invalid_cpf",)),
        (CPF, date(1990, 1, 1), AgeLimits(), True, None, ("borrower_blocked",)),
        ("x", date(2020, 1, 1), AgeLimits(), True, None, ("invalid_cpf", "below_minimum_age", "borrower_blocked")),
    ],
)
def test_identity_and_age(
    cpf: str, birthday: date, limits: AgeLimits, blocked: bool, until: date | None, reasons: tuple[str, ...]
) -> None:
    result = check_identity_and_age(cpf, birthday, TODAY, limits, blocked=blocked, until=until)
    assert result.outcome is (CheckOutcome.FAILED if reasons else CheckOutcome.PASSED)
    assert result.reasons == reasons


@pytest.mark.parametrize(
    ("installment", "others", "income", "maximum", "outcome"),
    [
        (300_00, 0, 1000_00, "30", CheckOutcome.PASSED),
        (300_01, 0, 1000_00, "30", CheckOutcome.FAILED),
        (200_00, 100_01, 1000_00, "30", CheckOutcome.FAILED),
        (200_00, 100_00, 1000_00, "30", CheckOutcome.PASSED),
        (333_33, 0, 1000_00, "33.333", CheckOutcome.PASSED),
        (333_34, 0, 1000_00, "33.333", CheckOutcome.FAILED),
        (1, 0, 0, "30", CheckOutcome.FLAGGED),
        (1, 0, None, "30", CheckOutcome.FLAGGED),
    ],
)
def test_income_commitment(
    installment: int, others: int, income: int | None, maximum: str, outcome: CheckOutcome
) -> None:
    assert check_income_commitment(installment, others, income, Decimal(maximum)).outcome is outcome


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 10**10), st.integers(1, 100), st.integers(0, 10**6))
def test_more_income_never_denies(installment: int, others: int, income: int, maximum: int, more: int) -> None:
    poorer = check_income_commitment(installment, others, income, Decimal(maximum))
    richer = check_income_commitment(installment, others, income + more, Decimal(maximum))
    assert poorer.outcome is CheckOutcome.FAILED or richer.outcome is CheckOutcome.PASSED


@pytest.mark.parametrize(
    ("facts", "outcome", "reasons"),
    [
        (PersonalFacts(Registration.REGULAR, 0, 700), CheckOutcome.PASSED, ()),
        (PersonalFacts(Registration.REGULAR, 0, None), CheckOutcome.PASSED, ()),
        (PersonalFacts(Registration.REGULAR, 0, LOWEST_SCORE), CheckOutcome.PASSED, ()),
        (PersonalFacts(Registration.REGULAR, 0, LOWEST_SCORE - 1), CheckOutcome.FLAGGED, ("low_score",)),
        (PersonalFacts(Registration.REGULAR, 2, 100), CheckOutcome.FLAGGED, ("restrictions_found", "low_score")),
        (PersonalFacts(Registration.IRREGULAR, 2, 100), CheckOutcome.FAILED, ("registration_irregular",)),
        (PersonalFacts(Registration.UNCLEAR, 0, 700), CheckOutcome.FLAGGED, ("registration_unclear",)),
        (PersonalFacts(None, 0, None), CheckOutcome.PASSED, ()),
        (None, CheckOutcome.FLAGGED, ("not_found_outside",)),
    ],
)
def test_external_data(facts: PersonalFacts | None, outcome: CheckOutcome, reasons: tuple[str, ...]) -> None:
    assert check_external_data(facts) == CheckResult(CheckName.EXTERNAL_DATA, outcome, reasons)


def test_the_other_checks() -> None:
    assert check_documents([]).outcome is CheckOutcome.PASSED
    assert check_documents(["SELF"]) == CheckResult(CheckName.DOCUMENTS_COMPLETE, CheckOutcome.OWED, ("SELF",))
    assert check_product_eligibility([]).outcome is CheckOutcome.PASSED
    assert check_product_eligibility(["product_inactive"]).outcome is CheckOutcome.FAILED
    assert external_data_skipped().outcome is CheckOutcome.SKIPPED
    assert external_data_unavailable("bureau_timeout") == CheckResult(
        CheckName.EXTERNAL_DATA, CheckOutcome.FLAGGED, ("external_data_unavailable", "bureau_timeout")
    )


def test_reasons_are_collected_by_outcome_each_once() -> None:
    results = [
        CheckResult(CheckName.IDENTITY_AND_AGE, CheckOutcome.FAILED, ("a", "b")),
        CheckResult(CheckName.INCOME_COMMITMENT, CheckOutcome.FLAGGED, ("c",)),
        CheckResult(CheckName.PRODUCT_ELIGIBILITY, CheckOutcome.FAILED, ("b", "d")),
    ]
    assert reasons_of(results, CheckOutcome.FAILED) == ("a", "b", "d")
    assert reasons_of(results, CheckOutcome.FLAGGED) == ("c",)
    assert reasons_of(results, CheckOutcome.OWED) == ()


# what becomes of the process ---------------------------------------------------------------------------------------


def credit(status: CreditStatus, reasons: Sequence[str] = (), csn: str = "1") -> Credit:
    terms = Terms(1, 0, 1, "1", date(2026, 11, 3), date(2026, 12, 3), 1, 0, 1, 1, 1, "1")
    moment = datetime(2026, 11, 3, 12, tzinfo=UTC)
    return Credit(
        csn,
        "p",
        "a",
        1,
        "x",
        ProductType.CAAS,
        CPF,
        "Ana",
        status,
        1,
        moment,
        moment,
        moment,
        terms,
        {},
        reasons=tuple(reasons),
    )


def process(status: ProcessStatus = ProcessStatus.PROPOSAL_ANALYSIS) -> Process:
    moment = datetime(2026, 11, 3, 12, tzinfo=UTC)
    return Process("p", "a", CPF, "Ana", status, 3, moment, moment, {})


S = CreditStatus


@pytest.mark.parametrize(
    ("credits", "event"),
    [
        ([credit(S.PRE_PROCESSING)], None),
        ([credit(S.PRE_APPROVED)], ProcessEvent.PROPOSAL_APPROVED),
        ([credit(S.PRE_APPROVED, ["low_score"])], None),
        ([credit(S.AWAITING_DOCUMENTS, ["low_score"])], None),
        ([credit(S.MANUAL_ANALYSIS, ["low_score"])], None),
        ([credit(S.OPERATIONAL_ANALYSIS)], ProcessEvent.PROPOSAL_APPROVED),
        ([credit(S.DENIED, ["x"])], ProcessEvent.PROPOSAL_DENIED),
        ([credit(S.EXPIRED)], ProcessEvent.PROPOSAL_DENIED),
        ([credit(S.DENIED), credit(S.PRE_PROCESSING)], None),
        ([credit(S.DENIED), credit(S.AWAITING_DOCUMENTS)], ProcessEvent.PROPOSAL_APPROVED),
        ([credit(S.DENIED), credit(S.DISBURSED)], ProcessEvent.PROPOSAL_APPROVED),
        ([credit(S.PRE_PROCESSING), credit(S.PRE_APPROVED)], ProcessEvent.PROPOSAL_APPROVED),
    ],
)
def test_what_the_proposals_make_of_a_process(credits: list[Credit], event: ProcessEvent | None) -> None:
    assert process_event(credits) is event


credits = st.builds(credit, st.sampled_from(list(CreditStatus)), st.sampled_from([(), ("low_score",)]))


@given(credits)
def test_a_credit_is_undecided_or_stands_or_ended(one: Credit) -> None:
    ended = one.status in (S.DENIED, S.EXPIRED)
    assert is_undecided(one) + is_standing(one) + ended == 1
    assert not is_undecided(one) or one.status in BEFORE_CONTRACT


@given(st.lists(credits, min_size=1, max_size=4), st.sampled_from(list(ProcessStatus)))
def test_a_decision_is_always_a_new_version_of_the_process(found: list[Credit], status: ProcessStatus) -> None:
    numbered = [replace(one, csn=str(n)) for n, one in enumerate(found)]
    before = process(status)
    after, entry = follow(before, numbered, numbered[0], NOW, "analyze_proposal")
    assert (after.version, entry.version) == (before.version + 1, before.version + 1)
    if status is not ProcessStatus.PROPOSAL_ANALYSIS:
        assert after.status is status


def test_the_decided_credit_counts_as_it_is_now() -> None:
    before, now = credit(S.PRE_PROCESSING), credit(S.DENIED, ["below_minimum_age"])
    after, _ = follow(process(), [before], now, NOW, "analyze_proposal")
    assert (after.status, after.reasons) == (ProcessStatus.PROPOSAL_DENIED, ("below_minimum_age",))


@pytest.mark.parametrize(
    ("status", "registration"),
    [
        ("REGULAR", Registration.REGULAR),
        (" regular ", Registration.REGULAR),
        ("SUSPENSA", Registration.IRREGULAR),
        ("Suspenso", Registration.IRREGULAR),
        ("PENDENTE DE REGULARIZAÇÃO", Registration.IRREGULAR),
        ("CANCELADA POR MULTIPLICIDADE", Registration.IRREGULAR),
        ("TITULAR FALECIDO", Registration.IRREGULAR),
        ("NULA", Registration.IRREGULAR),
        ("REGULARIZADA EM PARTE", Registration.UNCLEAR),
        ("3", Registration.UNCLEAR),
        (None, None),
        ("  ", None),
    ],
)
def test_the_bureaus_word_for_a_registration(status: str | None, registration: Registration | None) -> None:
    identity = Identity(Cpf("52998224725"), status=status)
    assert read_facts(InquiryReport(identity)) == PersonalFacts(registration, 0, None)


def test_what_of_a_report_decides() -> None:
    report = InquiryReport(
        Identity(Cpf("52998224725"), status="REGULAR"),
        score=Score(0),
        negative_notes=(Notes(NoteKind.PEFIN, 2, 100), Notes(NoteKind.REFIN, 0)),
        protests=Notes(NoteKind.PROTEST, 1),
    )
    assert read_facts(report) == PersonalFacts(Registration.REGULAR, 3, 0)
