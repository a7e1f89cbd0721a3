"""Signups and proposals are decided by their checks: once, whatever is delivered twice or dies in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest

from lastro.aws.clients import open_client
from lastro.origination.analysis import wiring as analysis_wiring
from lastro.origination.analysis.worker import MAX_ATTEMPTS
from lastro.origination.book import Change
from lastro.origination.limits import SIGNUPS_PER_DAY
from lastro.origination.model import amend_credit
from lastro.origination.notices import wiring as notices_wiring
from lastro.origination.products.model import Eligibility
from lastro.webhooks import wiring as webhooks_wiring
from tests.functions.invocation import Shop, call_function, load_function, sample_event
from tests.functions.origination.analysis_desk import AnalysisDesk
from tests.functions.origination.journey import DOCUMENTS, START, CaasClient, sample_body
from tests.functions.partner_town import PartnerTown, open_partner_town
from tests.functions.pipeline import MovableClock, create_queue, failing

PLAIN = Eligibility(18, 80, Decimal(100), (), False)
ASKING = Eligibility(18, 80, Decimal(100), (), True)
CLEAN = "52998224725"


@pytest.fixture(scope="module")
def town() -> Iterator[PartnerTown]:
    with open_partner_town() as town:
        yield town


@pytest.fixture(scope="module")
def analysis_cloud(
    caas_cloud: tuple[MovableClock, dict[str, str]], town: PartnerTown
) -> Iterator[tuple[MovableClock, dict[str, str]]]:
    clock, queues = caas_cloud
    with pytest.MonkeyPatch.context() as patch:
        for name in ("Contracts", "Deliveries"):
            queues[name] = create_queue(name.lower(), name)
            patch.setenv(f"LASTRO_{name.upper()}_QUEUE_URL", queues[name])
        patch.setenv("LASTRO_DATA_SOURCE_URL", f"{town.url}/data_source")
        patch.setenv("LASTRO_LOOPBACK_CALLBACKS", "allowed")
        patch.setenv("LASTRO_QUEUE_URL", queues["Analysis"])
        for module in (analysis_wiring, notices_wiring, webhooks_wiring):
            patch.setattr(module, "SystemClock", lambda: clock)
        load_function.cache_clear()
        yield clock, queues


@pytest.fixture
def desk(analysis_cloud: tuple[MovableClock, dict[str, str]], town: PartnerTown) -> AnalysisDesk:
    """A partner that nobody knows yet; its product 1 owes no documents, 2 owes two, 3 asks outside."""
    clock, queues = analysis_cloud
    clock.moment = START
    town.script_data()
    made = AnalysisDesk(clock, uuid4().hex, queues)
    made.add_product(1, eligibility=PLAIN)
    made.add_product(2)
    made.add_product(3, eligibility=ASKING)
    for name in queues:
        made.take(name)
    return made


def products(product_id: int, **changes: object) -> list[dict[str, object]]:
    [product] = sample_body("create_proposal")["products"]
    return [{**product, "productId": product_id, **changes}]


# signups ------------------------------------------------------------------------------------------------------------


def test_a_signup_is_completed(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up()
    assert desk.status(process_id).json["status"] == "SIGNUP_COMPLETED"
    stored = desk.book.find_process(process_id)
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
    assert desk.book.commit(Change(credits=[offered]))
    desk.replace_product(1, active=False)
    desk.analyze()
    assert desk.credit(csn).status == "EM_ANALISE_OPERACIONAL"


@pytest.mark.parametrize(
    ("outcome", "check", "status"),
    [
        ("clean", ("passed", ()), "EM_ANALISE_OPERACIONAL"),
        ("restricted", ("flagged", ("restrictions_found",)), "EM_ANALISE_MANUAL"),
        ("low_score", ("flagged", ("low_score",)), "EM_ANALISE_MANUAL"),
        ("unknown", ("flagged", ("not_found_outside",)), "EM_ANALISE_MANUAL"),
        ("broken", ("flagged", ("external_data_unavailable",)), "EM_ANALISE_MANUAL"),
        ("irregular", ("failed", ("registration_irregular",)), "REPROVADO"),
    ],
)
def test_external_data_where_the_product_contracts_it(
    desk: AnalysisDesk, town: PartnerTown, outcome: str, check: tuple[str, tuple[str, ...]], status: str
) -> None:
    town.script_data({"outcome": outcome})
    process_id, csn = desk.analyzed(proposal={"products": products(3)})
    assert desk.checks(csn)["external_data"] == check
    assert desk.status(process_id).json["proposals"][0]["lastStatus"] == status


@pytest.mark.parametrize("outcome", ["unavailable", "timeout"])
def test_an_outside_that_is_down_is_asked_again_and_then_left_to_a_person(
    desk: AnalysisDesk, town: PartnerTown, outcome: str
) -> None:
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(3)).json["proposals"][0]["customerServiceNumber"]
    records = desk.records("Analysis")
    town.script_data({"outcome": outcome})
    for attempt in range(1, MAX_ATTEMPTS):
        assert desk.deliver("Analysis", records, attempt=attempt) == [records[0]["messageId"]]
        assert desk.events(csn) == ["created"]
    assert desk.deliver("Analysis", records, attempt=MAX_ATTEMPTS) == []
    assert desk.checks(csn)["external_data"] == ("flagged", ("external_data_unavailable",))
    assert desk.credit(csn).status == "EM_ANALISE_MANUAL"


def test_an_outside_that_recovers_is_enough(desk: AnalysisDesk, town: PartnerTown) -> None:
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(3)).json["proposals"][0]["customerServiceNumber"]
    records = desk.records("Analysis")
    town.script_data({"outcome": "unavailable", "times": 1})
    assert len(desk.deliver("Analysis", records)) == 1
    assert desk.deliver("Analysis", records, attempt=2) == []
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


class Killed(BaseException):
    """The process dies here."""


@contextmanager
def dying_at_transaction(number: int) -> Iterator[None]:
    """Meanwhile the process dies right before its transaction of this number."""
    seen = 0

    def die(**_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise Killed

    events = open_client("dynamodb").meta.events
    events.register_first("before-call.dynamodb.TransactWriteItems", die)
    try:
        yield
    finally:
        events.unregister("before-call.dynamodb.TransactWriteItems", die)


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


def test_the_outside_is_asked_once_for_a_proposal(desk: AnalysisDesk, town: PartnerTown) -> None:
    before = town.inquiries().get(CLEAN, 0)
    process_id = desk.signed_up()
    desk.propose(process_id, products=products(3))
    records = desk.records("Analysis")
    with failing("dynamodb", "TransactWriteItems", RuntimeError("refused")):
        assert len(desk.deliver("Analysis", records)) == 1
    assert desk.deliver("Analysis", records, attempt=2) == []
    assert town.inquiries()[CLEAN] == before + 1


# a person decides ---------------------------------------------------------------------------------------------------


@pytest.fixture
def flagged(desk: AnalysisDesk, town: PartnerTown) -> tuple[str, str]:
    town.script_data({"outcome": "restricted"})
    return desk.analyzed(proposal={"products": products(3)})


def test_somebody_else_approves_and_the_contract_is_owed(desk: AnalysisDesk, flagged: tuple[str, str]) -> None:
    process_id, csn = flagged
    answer = desk.decide(csn, "APPROVE")
    assert answer.status == 200, answer.text
    assert (answer.json["lastStatus"], answer.json["reasons"]) == ("EM_ANALISE_OPERACIONAL", [])
    assert desk.status(process_id).json["status"] == "PROPOSAL_CREATED"
    assert desk.open_steps(csn) == ["generate_contract"]
    stored = desk.book.find_credit(csn)
    assert stored is not None
    last = stored.history[-1]
    assert (last.event, last.who, last.why) == ("approved", "analyst-1", "Renda comprovada por extrato.")
    assert len(desk.take("Contracts")) == 1
    assert desk.decide(csn, "approve").json == answer.json
    assert len(desk.take("Contracts")) == 0
    assert desk.decide(csn, "DENY").json["code"] == "wrong_state"
    assert desk.decide(csn, "APPROVE", who="analyst-2").json["code"] == "wrong_state"


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
    assert desk.decide(csn, "DENY", justification="curto").rules().keys() == {"justification"}
    assert desk.decide("20261103090000000000000", "DENY").json["code"] == "unknown_proposal"
    other = CaasClient("outro", "", "", ())
    path = {"customerServiceNumber": csn}
    assert call_function("origination", "decide_proposal", shop=other, path=path).status == 404


def test_a_clean_proposal_takes_no_decision(desk: AnalysisDesk) -> None:
    _, csn = desk.analyzed(proposal={"products": products(2)})
    answer = desk.decide(csn, "DENY")
    assert (answer.status, answer.json["code"]) == (409, "wrong_state")


# the partner hears of it --------------------------------------------------------------------------------------------


def told(one: dict[str, Any]) -> tuple[str, list[str]]:
    """Statuses of a notice's process and proposals."""
    return one["body"]["status"], [proposal["lastStatus"] for proposal in one["body"]["proposals"]]


def listen(desk: AnalysisDesk, town: PartnerTown) -> Shop:
    body = {"url": town.callback(desk.partner_id), "authentication": {"type": "BEARER", "token": "exemplo"}}
    shop = CaasClient(desk.partner_id, "", "", ())
    assert call_function("webhooks", "put_callback", shop=shop, body=body).status == 200
    return shop


def test_every_change_is_told_as_the_process_itself(desk: AnalysisDesk, town: PartnerTown) -> None:
    shop = listen(desk, town)
    process_id = desk.signed_up()
    desk.tell()
    desk.propose(process_id, products=products(1))
    desk.analyze()
    desk.tell()
    arrived = town.arrived(desk.partner_id)
    assert arrived[-1]["body"] == desk.status(process_id).json
    assert {one["headers"]["authorization"] for one in arrived} == {"Bearer exemplo"}
    assert len({one["headers"]["webhook-id"] for one in arrived}) == len(arrived) == 5
    listed = call_function("webhooks", "list_deliveries", shop=shop, query={"subject": process_id}).json
    assert {(one["event"], one["status"]) for one in listed["deliveries"]} == {("process_changed", "delivered")}
    stored = desk.book.find_process(process_id)
    assert stored is not None
    assert stored.steps == ()


def test_changes_told_late_are_told_as_they_were(
    desk: AnalysisDesk, town: PartnerTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(desk, town)
    monkeypatch.setattr(type(desk.clock), "now", _tick)
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(2)).json["proposals"][0]["customerServiceNumber"]
    desk.analyze()
    desk.move_documents(csn)
    desk.analyze()
    # Nothing was told until now, when everything is over.
    desk.tell()
    arrived = sorted(town.arrived(desk.partner_id), key=_progress)
    assert [told(one) for one in arrived] == [
        ("SIGNUP_COMPLETED", []),
        ("PROPOSAL_ANALYSIS", ["PRE_PROCESSAMENTO"]),
        ("PROPOSAL_CREATED", ["PRE_APROVADO"]),
        ("PROPOSAL_CREATED", ["AGUARDANDO_DOCUMENTOS"]),
        ("PROPOSAL_CREATED", ["EM_ANALISE_OPERACIONAL"]),
    ]
    owed = [one["body"]["proposals"][0]["pendentDocuments"] for one in arrived[1:]]
    assert owed == [list(DOCUMENTS)] * 3 + [[]]


def _tick(clock: MovableClock) -> datetime:
    """Time goes on by a second whenever somebody looks."""
    clock.moment += timedelta(seconds=1)
    return clock.moment


def _progress(one: dict[str, Any]) -> tuple[str, ...]:
    body = one["body"]
    return (body["lastUpdated"], *(proposal["lastUpdated"] for proposal in body["proposals"]))


def test_without_a_callback_nothing_is_kept(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up()
    desk.tell()
    shop = CaasClient(desk.partner_id, "", "", ())
    assert call_function("webhooks", "list_deliveries", shop=shop).json["deliveries"] == []
    stored = desk.book.find_process(process_id)
    assert stored is not None
    assert stored.steps == ()


def test_a_notice_made_twice_is_one_notice(desk: AnalysisDesk, town: PartnerTown) -> None:
    listen(desk, town)
    desk.signed_up()
    records = desk.records("Notices")
    with dying_at_transaction(2), pytest.raises(Killed):
        desk.deliver("Notices", records)
    assert desk.deliver("Notices", records) == []
    desk.tell()
    assert len(town.arrived(desk.partner_id)) == 1


def test_no_log_line_holds_a_document_or_a_name(desk: AnalysisDesk, town: PartnerTown, logged: StringIO) -> None:
    town.script_data({"outcome": "unavailable", "times": 1})
    process_id = desk.signed_up()
    desk.propose(process_id, products=products(3))
    records = desk.records("Analysis")
    desk.deliver("Analysis", records)
    desk.deliver("Analysis", records, attempt=2)
    desk.tell()
    person = sample_body("create_simple_signup")
    assert person["cpf"] not in logged.getvalue()
    assert person["name"] not in logged.getvalue()
    assert "analysis retried" in logged.getvalue()
