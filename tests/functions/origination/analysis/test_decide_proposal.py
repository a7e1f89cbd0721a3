"""A person decides what the analysis flagged: somebody else than who proposed, once."""

from __future__ import annotations

import pytest

from tests.functions.invocation import call_function
from tests.functions.origination.analysis.analysis_desk import AnalysisDesk, products
from tests.functions.origination.journey import CaasClient, sample_body


@pytest.fixture
def desk(analysis_desk: AnalysisDesk) -> AnalysisDesk:
    return analysis_desk


@pytest.fixture
def flagged(desk: AnalysisDesk) -> tuple[str, str]:
    business = {name: value for name, value in sample_body("create_proposal")["business"].items() if name != "income"}
    return desk.analyzed(proposal={"products": products(1), "business": business})


def test_somebody_else_approves_and_the_contract_is_owed(desk: AnalysisDesk, flagged: tuple[str, str]) -> None:
    process_id, csn = flagged
    answer = desk.decide(csn, "APPROVE")
    assert answer.status == 200, answer.text
    assert (answer.json["lastStatus"], answer.json["reasons"]) == ("EM_ANALISE_OPERACIONAL", [])
    assert desk.status(process_id).json["status"] == "PROPOSAL_CREATED"
    assert desk.open_steps(csn) == ["generate_contract"]
    stored = desk.store.find_credit(csn)
    assert stored is not None
    last = stored.history[-1]
    assert (last.event, last.who, last.why) == ("approved", "analyst-1", "Renda comprovada por extrato.")
    assert len(desk.take("Contracts")) == 1
    assert desk.decide(csn, "approve").json == answer.json
    assert len(desk.take("Contracts")) == 0
    assert desk.decide(csn, "DENY").json["code"] == "wrong_state"
    assert desk.decide(csn, "APPROVE", who="analyst-2").json["code"] == "wrong_state"
    assert desk.decide(csn, "APPROVE", justification="Outra justificativa.").json["code"] == "wrong_state"


def test_somebody_else_denies(desk: AnalysisDesk, flagged: tuple[str, str]) -> None:
    process_id, csn = flagged
    answer = desk.decide(csn, "DENY")
    assert (answer.json["lastStatus"], answer.json["reasons"]) == ("REPROVADO", ["denied_manually"])
    status = desk.status(process_id).json
    assert (status["status"], status["reasons"]) == ("PROPOSAL_DENIED", ["denied_manually"])
    assert desk.open_steps(csn) == []


def test_who_proposed_may_not_decide(desk: AnalysisDesk, flagged: tuple[str, str]) -> None:
    _, csn = flagged
    answer = desk.decide(csn, "APPROVE", who="client-1")
    assert (answer.status, answer.json["code"]) == (403, "same_principal")
    assert desk.credit(csn).status == "EM_ANALISE_MANUAL"


def test_a_decision_is_refused_out_of_turn_or_without_a_reason(desk: AnalysisDesk, flagged: tuple[str, str]) -> None:
    _, csn = flagged
    assert desk.decide(csn, "TALVEZ").rules().keys() == {"decision"}
    for wrong in ("curto", " " * 20, "Renda comprovada\u202e por extrato", "Renda\x00 comprovada por extrato"):
        assert desk.decide(csn, "DENY", justification=wrong).rules().keys() == {"justification"}
    assert desk.decide("20261103090000000000000", "DENY").json["code"] == "unknown_proposal"
    other = CaasClient("outro", "", "", ())
    path = {"customerServiceNumber": csn}
    assert call_function("origination", "decide_proposal", shop=other, path=path).status == 404


def test_a_clean_proposal_takes_no_decision(desk: AnalysisDesk) -> None:
    _, csn = desk.analyzed(proposal={"products": products(2)})
    answer = desk.decide(csn, "DENY")
    assert (answer.status, answer.json["code"]) == (409, "wrong_state")
