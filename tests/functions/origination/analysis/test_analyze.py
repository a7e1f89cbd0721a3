"""Signups and proposals are decided by their checks: once, whatever is delivered twice or dies in between."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lastro.origination.processes.calls.limits import SIGNUPS_PER_DAY
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import amend_credit
from lastro.origination.products.model import Eligibility
from tests.functions.invocation import sample_event
from tests.functions.origination.analysis.analysis_desk import AnalysisDesk, Killed, dying_at_transaction, products
from tests.functions.origination.journey import DOCUMENTS, sample_body


@pytest.fixture
def desk(analysis_desk: AnalysisDesk) -> AnalysisDesk:
    return analysis_desk


# signups ------------------------------------------------------------------------------------------------------------


def test_a_signup_is_completed(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up()
    assert desk.status(process_id).json["status"] == "SIGNUP_COMPLETED"
    stored = desk.store.find_process(process_id)
    assert stored is not None
    assert stored.rows["CHECK#identity_and_age"]["outcome"] == "passed"
    assert [(entry.event, entry.who) for entry in stored.history][1:] == [("signup_completed", "analyze_signup")]


def test_who_is_too_young_is_denied_with_the_reason(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up(birthday="2008-11-04")
    answer = desk.status(process_id).json
    assert (answer["status"], answer["reasons"]) == ("SIGNUP_DENIED", ["below_minimum_age"])
    assert desk.signed_up(birthday="2008-11-03") != process_id


def test_who_was_signed_up_too_often_is_denied(desk: AnalysisDesk) -> None:
    answer = desk.sign_up()
    for _ in range(SIGNUPS_PER_DAY):
        desk.sign_up()
    desk.analyze()
    assert desk.status(answer.json["id"]).json["reasons"] == ["borrower_blocked"]


def test_the_last_signup_allowed_is_not_denied(desk: AnalysisDesk) -> None:
    answer = desk.sign_up()
    for _ in range(SIGNUPS_PER_DAY - 1):
        desk.sign_up()
    desk.analyze()
    assert desk.status(answer.json["id"]).json["status"] == "SIGNUP_COMPLETED"


# proposals ----------------------------------------------------------------------------------------------------------


def test_a_clean_proposal_without_documents_is_approved_at_once(desk: AnalysisDesk) -> None:
    process_id, csn = desk.analyzed(proposal={"products": products(1)})
    status = desk.status(process_id).json
    assert status["status"] == "PROPOSAL_CREATED"
    assert status["proposals"][0]["lastStatus"] == "EM_ANALISE_OPERACIONAL"
    assert desk.events(csn) == ["created", "pre_approved", "documents_completed", "approved"]
    assert desk.checks(csn) == {
        "identity_and_age": ("passed", ()),
        "product_eligibility": ("passed", ()),
        "income_commitment": ("passed", ()),
        "external_data": ("skipped", ()),
        "documents_complete": ("passed", ()),
    }
    assert desk.open_steps(csn) == ["generate_contract"]
    assert [message["step"] for message in desk.take("Contracts")] == ["generate_contract"]


def test_owed_documents_are_asked_for_and_then_it_goes_on(desk: AnalysisDesk) -> None:
    process_id, csn = desk.analyzed(proposal={"products": products(2)})
    [proposal] = desk.status(process_id).json["proposals"]
    assert (proposal["lastStatus"], proposal["pendentDocuments"]) == ("AGUARDANDO_DOCUMENTOS", list(DOCUMENTS))
    assert desk.status(process_id).json["status"] == "PROPOSAL_CREATED"
    assert desk.checks(csn)["documents_complete"] == ("owed", DOCUMENTS)
    assert desk.open_steps(csn) == []
    moved = desk.events(csn)
    desk.move_documents(csn)
    desk.analyze()
    assert desk.events(csn)[len(moved) :][-1] == "approved"
    assert desk.checks(csn)["documents_complete"] == ("passed", ())
    assert desk.open_steps(csn) == ["generate_contract"]


@pytest.mark.parametrize(
    ("birthday", "income", "reasons"),
    [
        ("2006-01-01", 5000, ["below_minimum_age"]),
        # Sixty today and older when the last instalment is due.
        ("1966-01-01", 5000, ["above_maximum_age"]),
        ("1990-01-01", 1, ["income_commitment_exceeded"]),
        ("2006-01-01", 1, ["below_minimum_age", "income_commitment_exceeded"]),
    ],
)
def test_a_failed_check_denies_with_every_reason(
    desk: AnalysisDesk, birthday: str, income: int, reasons: list[str]
) -> None:
    desk.add_product(7, eligibility=Eligibility(21, 60, Decimal(30), DOCUMENTS, True))
    business = {**sample_body("create_proposal")["business"], "income": income}
    process_id, csn = desk.analyzed(birthday=birthday, proposal={"products": products(7), "business": business})
    status = desk.status(process_id).json
    assert (status["status"], status["reasons"]) == ("PROPOSAL_DENIED", reasons)
    assert (status["proposals"][0]["lastStatus"], status["proposals"][0]["reasons"]) == ("REPROVADO", reasons)
    # Nobody pays for data about a person who is denied anyway, nor asks for documents.
    assert "external_data" not in desk.checks(csn)
    assert desk.open_steps(csn) == []


def test_two_proposals_of_one_request_do_not_both_pass_the_income_limit(desk: AnalysisDesk) -> None:
    """Each takes 20 % of the income, the product allows 30 %: the first passes, whichever is analysed first."""
    desk.add_product(3, eligibility=Eligibility(18, 80, Decimal(30), (), False))
    process_id = desk.signed_up()
    both = [*products(3), *products(3)]
    proposed = desk.propose(process_id, products=both).json["proposals"]
    first, second = (proposal["customerServiceNumber"] for proposal in proposed)
    for record in reversed(desk.records("Analysis")):
        assert desk.deliver("Analysis", [record]) == []
    assert desk.credit(first).status == "EM_ANALISE_OPERACIONAL"
    assert desk.credit(second).status == "REPROVADO"
    assert desk.credit(second).reasons == ("income_commitment_exceeded",)
    assert desk.expire(process_id).status == 200
    _, _, third = desk.propose(process_id, products=products(3)).json["proposals"]
    desk.analyze()
    assert desk.credit(third["customerServiceNumber"]).status == "EM_ANALISE_OPERACIONAL"


def test_without_an_income_a_person_decides(desk: AnalysisDesk) -> None:
    business = {name: value for name, value in sample_body("create_proposal")["business"].items() if name != "income"}
    process_id, csn = desk.analyzed(proposal={"products": products(1), "business": business})
    status = desk.status(process_id).json
    assert (status["status"], status["proposals"][0]["lastStatus"]) == ("PROPOSAL_ANALYSIS", "EM_ANALISE_MANUAL")
    assert desk.checks(csn)["income_commitment"] == ("flagged", ("income_unknown",))


def test_a_product_switched_off_since_denies(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(1)).json["proposals"][0]["customerServiceNumber"]
    desk.replace_product(1, active=False)
    desk.analyze()
    assert desk.checks(csn)["product_eligibility"] == ("failed", ("product_inactive",))
    assert desk.status(process_id).json["status"] == "PROPOSAL_DENIED"


def test_a_kept_offer_binds_whatever_became_of_the_product(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(1)).json["proposals"][0]["customerServiceNumber"]
    credit = desk.credit(csn)
    offered = amend_credit(credit, "test", desk.clock.now(), "test", terms=replace(credit.terms, offer_id="oferta"))
    assert desk.store.commit(Change(credits=[offered]))
    desk.replace_product(1, active=False)
    desk.analyze()
    assert desk.credit(csn).status == "EM_ANALISE_OPERACIONAL"


def test_two_proposals_decide_a_process_together(desk: AnalysisDesk) -> None:
    desk.add_product(8, eligibility=Eligibility(60, 80, Decimal(100), (), False))
    both = [*products(8), *products(8)]
    process_id, _ = desk.analyzed(proposal={"products": both})
    assert desk.status(process_id).json["status"] == "PROPOSAL_DENIED"
    mixed = [*products(8), *products(1)]
    assert desk.propose(process_id, products=mixed).status == 201
    desk.analyze()
    assert desk.status(process_id).json["status"] == "PROPOSAL_CREATED"


def test_two_proposals_decided_at_the_same_moment_are_still_decided_together(desk: AnalysisDesk) -> None:
    desk.add_product(8, eligibility=Eligibility(60, 80, Decimal(100), (), False))
    process_id = desk.signed_up()
    desk.propose(process_id, products=[*products(8), *products(8)])
    records = desk.records("Analysis")
    assert len(records) == 2
    again = desk.deliver("Analysis", records)
    if again:
        assert desk.deliver("Analysis", records, attempt=2) == []
    assert desk.status(process_id).json["status"] == "PROPOSAL_DENIED"


# duplicates and crashes ---------------------------------------------------------------------------------------------


def test_everything_delivered_twice_changes_nothing(desk: AnalysisDesk) -> None:
    signup = desk.sign_up()
    first = desk.records("Analysis")
    assert desk.deliver("Analysis", [*first, *({**record, "messageId": "again"} for record in first)]) == []
    csn = desk.propose(signup.json["id"], products=products(1)).json["proposals"][0]["customerServiceNumber"]
    second = desk.records("Analysis")
    for _ in range(3):
        assert desk.deliver("Analysis", [*first, *second]) == []
    assert desk.events(csn) == ["created", "pre_approved", "documents_completed", "approved"]
    assert len(desk.take("Contracts")) == 1


@pytest.mark.parametrize("dies_at", range(4))
def test_a_process_that_dies_between_two_statuses_goes_on_from_there(desk: AnalysisDesk, dies_at: int) -> None:
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(1)).json["proposals"][0]["customerServiceNumber"]
    records = desk.records("Analysis")
    with dying_at_transaction(dies_at + 1):
        if dies_at < 3:
            with pytest.raises(Killed):
                desk.deliver("Analysis", records)
        else:
            assert desk.deliver("Analysis", records) == []
    assert len(desk.events(csn)) == 1 + min(dies_at, 3)
    assert desk.deliver("Analysis", records, attempt=2) == []
    assert desk.events(csn) == ["created", "pre_approved", "documents_completed", "approved"]
    assert desk.open_steps(csn) == ["generate_contract"]


def test_an_analysis_of_what_expired_meanwhile_ends_without_effect(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(1)).json["proposals"][0]["customerServiceNumber"]
    records = desk.records("Analysis")
    assert desk.expire(process_id).status == 200
    assert desk.deliver("Analysis", records) == []
    assert desk.credit(csn).status == "EXPIRADO"
    assert desk.open_steps(csn) == []


def test_a_step_of_nobody_is_dropped(desk: AnalysisDesk) -> None:
    assert desk.deliver("Analysis", sample_event("origination", "analyze")["Records"]) == []
