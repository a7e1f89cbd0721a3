"""Every status with every event: what a table holds moves, everything else is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import Conflict
from lastro.origination.processes.model import Credit, Process, begin_credit, move_credit, move_process, spell_csn
from lastro.origination.processes.statuses import (
    BEFORE_CONTRACT,
    CREDIT_TRANSITIONS,
    PROCESS_TRANSITIONS,
    CreditEvent,
    CreditStatus,
    ProcessEvent,
    ProcessStatus,
    next_credit_status,
    next_process_status,
    read_process_status,
)
from tests.domain.origination.credit_samples import AT, NOW, sample_credit

# Written out once more, so that a slip in the table is seen.
PROCESS_WAYS = """
SIGNUP_ANALISIS signup_completed SIGNUP_COMPLETED
SIGNUP_ANALISIS signup_denied SIGNUP_DENIED
SIGNUP_COMPLETED proposed PROPOSAL_ANALYSIS
PROPOSAL_CREATED proposed PROPOSAL_ANALYSIS
PROPOSAL_DENIED proposed PROPOSAL_ANALYSIS
PROPOSAL_ANALYSIS proposal_approved PROPOSAL_CREATED
PROPOSAL_ANALYSIS proposal_denied PROPOSAL_DENIED
PROPOSAL_ANALYSIS proposals_expired SIGNUP_COMPLETED
PROPOSAL_CREATED proposals_expired SIGNUP_COMPLETED
"""
CREDIT_WAYS = """
PRE_PROCESSAMENTO pre_approved PRE_APROVADO
PRE_PROCESSAMENTO denied REPROVADO
PRE_PROCESSAMENTO expired EXPIRADO
PRE_APROVADO documents_requested AGUARDANDO_DOCUMENTOS
PRE_APROVADO documents_completed EM_ANALISE_DOCUMENTAL
PRE_APROVADO denied REPROVADO
PRE_APROVADO expired EXPIRADO
AGUARDANDO_DOCUMENTOS documents_completed EM_ANALISE_DOCUMENTAL
AGUARDANDO_DOCUMENTOS denied REPROVADO
AGUARDANDO_DOCUMENTOS expired EXPIRADO
EM_ANALISE_DOCUMENTAL flagged EM_ANALISE_MANUAL
EM_ANALISE_DOCUMENTAL approved EM_ANALISE_OPERACIONAL
EM_ANALISE_DOCUMENTAL denied REPROVADO
EM_ANALISE_DOCUMENTAL expired EXPIRADO
EM_ANALISE_MANUAL approved EM_ANALISE_OPERACIONAL
EM_ANALISE_MANUAL denied REPROVADO
EM_ANALISE_MANUAL expired EXPIRADO
EM_ANALISE_OPERACIONAL contract_renewed EM_ANALISE_OPERACIONAL
EM_ANALISE_OPERACIONAL signed CONTRATADO
EM_ANALISE_OPERACIONAL denied REPROVADO
EM_ANALISE_OPERACIONAL expired EXPIRADO
CONTRATADO disbursed LIBERADO
CONTRATADO payout_refused PENDENTE
CONTRATADO payout_returned ESTORNO
PENDENTE payout_retried CONTRATADO
PENDENTE payout_resumed CONTRATADO
PENDENTE disbursed LIBERADO
PENDENTE payout_returned ESTORNO
LIBERADO payout_returned ESTORNO
"""


def ways(text: str) -> set[tuple[str, str, str]]:
    return {(before, event, after) for before, event, after in map(str.split, text.strip().splitlines())}


def process_in(status: ProcessStatus) -> Process:
    return Process("p", "partner", "52998224725", "Fulana", status, 7, AT, AT, {})


def credit_in(status: CreditStatus) -> Credit:
    return sample_credit(status, version=7)


def test_the_tables_are_what_was_agreed() -> None:
    assert {(str(a), str(e), str(b)) for (a, e), b in PROCESS_TRANSITIONS.items()} == ways(PROCESS_WAYS)
    assert {(str(a), str(e), str(b)) for (a, e), b in CREDIT_TRANSITIONS.items()} == ways(CREDIT_WAYS)


@pytest.mark.parametrize("event", ProcessEvent)
@pytest.mark.parametrize("status", ProcessStatus)
def test_a_process_moves_or_refuses(status: ProcessStatus, event: ProcessEvent) -> None:
    process = process_in(status)
    later = NOW + timedelta(seconds=1)
    if (status, event) not in PROCESS_TRANSITIONS:
        with pytest.raises(Conflict) as refused:
            move_process(process, event, later, "me")
        assert refused.value.code == "wrong_state"
        return
    moved, entry = move_process(process, event, later, "me", "because")
    assert moved.status is next_process_status(status, event)
    assert (moved.version, moved.updated_at, moved.created_at) == (8, later, AT)
    assert (entry.version, entry.who, entry.event, entry.why) == (8, "me", event.value, "because")
    assert (entry.from_status, entry.to_status, entry.at) == (status, moved.status, moved.updated_at)


@pytest.mark.parametrize("event", CreditEvent)
@pytest.mark.parametrize("status", CreditStatus)
def test_a_credit_moves_or_refuses(status: CreditStatus, event: CreditEvent) -> None:
    credit = credit_in(status)
    if (status, event) not in CREDIT_TRANSITIONS:
        with pytest.raises(Conflict) as refused:
            move_credit(credit, event, NOW, "me")
        assert refused.value.code == "wrong_state"
        return
    moved, entry = move_credit(credit, event, NOW, "me", has_contracts=True)
    assert moved.status is next_credit_status(status, event)
    assert (moved.version, entry.version, moved.has_contracts) == (8, 8, True)
    assert (entry.from_status, entry.to_status) == (status.value, moved.status.value)


def test_no_credit_is_lost() -> None:
    """Every status can be reached, and whatever happened an end can be reached from there."""
    ends = {CreditStatus.DISBURSED, CreditStatus.RETURNED, CreditStatus.DENIED, CreditStatus.EXPIRED}
    reached = {CreditStatus.PRE_PROCESSING}
    for _ in CreditStatus:
        reached |= {after for (before, _), after in CREDIT_TRANSITIONS.items() if before in reached}
    assert reached == set(CreditStatus)
    leading = set(ends)
    for _ in CreditStatus:
        leading |= {before for (before, _), after in CREDIT_TRANSITIONS.items() if after in leading}
    assert leading == set(CreditStatus)
    assert not {before for before, _ in CREDIT_TRANSITIONS} & {CreditStatus.RETURNED, *ends} - {CreditStatus.DISBURSED}


def test_nothing_signed_is_denied_or_expires() -> None:
    for event in (CreditEvent.DENIED, CreditEvent.EXPIRED):
        assert {before for before, what in CREDIT_TRANSITIONS if what is event} == BEFORE_CONTRACT


@given(st.lists(st.sampled_from(CreditEvent), max_size=30))
def test_whatever_happens_a_history_has_no_gap(events: list[CreditEvent]) -> None:
    credit = credit_in(CreditStatus.PRE_PROCESSING)
    entry = begin_credit(credit, "me")
    for event in events:
        before = credit
        try:
            credit, next_entry = move_credit(credit, event, NOW, "me")
        except Conflict:
            assert credit is before
            continue
        assert (next_entry.version, next_entry.from_status) == (entry.version + 1, entry.to_status)
        entry = next_entry
    assert entry.to_status == credit.status.value


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SIGNUP_ANALYSIS", ProcessStatus.SIGNUP_ANALYSIS),
        ("SIGNUP_ANALISIS ", ProcessStatus.SIGNUP_ANALYSIS),
        ("PROPOSAL_ANALISIS", ProcessStatus.PROPOSAL_ANALYSIS),
        ("PROPOSAL_ANALYSIS", ProcessStatus.PROPOSAL_ANALYSIS),
        ("PROPOSAL_DENIED", ProcessStatus.PROPOSAL_DENIED),
    ],
)
def test_both_spellings_are_read(text: str, status: ProcessStatus) -> None:
    assert read_process_status(text) is status


def test_any_other_spelling_is_refused() -> None:
    with pytest.raises(ValueError, match="SIGNUP"):
        read_process_status("SIGNUP")


@given(st.integers(0, 10**10), st.integers(0, 10**9))
def test_a_customer_service_number_has_23_digits(milliseconds: int, number: int) -> None:
    csn = spell_csn(NOW + timedelta(milliseconds=milliseconds), number)
    assert len(csn) == 23
    assert csn.isdigit()


def test_a_customer_service_number_tells_sao_paulos_time() -> None:
    moment = datetime(2022, 12, 13, 20, 3, 33, 387_999, tzinfo=UTC)
    assert spell_csn(moment, 7_004_500) == "20221213170333387004500"
