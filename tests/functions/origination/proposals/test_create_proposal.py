"""POST /v2.1/process/proposal/{id}."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.finance.iof import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.occurrences import Feature
from lastro.origination.pricing.quotation import loan_of
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import AskedCredit
from lastro.origination.processes.statuses import CreditEvent, ProcessEvent
from lastro.origination.processes.store import OriginationStore
from lastro.origination.products.store import ProductStore
from lastro.origination.products.words import ProductType
from lastro.origination.proposals.usecases import MAX_OPEN
from lastro.surveys.store import SurveyStore
from tests.functions.invocation import CPF
from tests.functions.origination.journey import DOCUMENTS, PRINCIPAL, Journey, make_product, sample_body

KEY = "proposal-0001"
PRODUCT: dict[str, Any] = sample_body("create_proposal")["products"][0]


def test_a_proposal_starts_its_analysis(journey: Journey) -> None:
    process_id = journey.ready()
    journey.take("Analysis")
    answer = journey.propose(process_id)
    assert answer.status == 201
    [proposal] = answer.json["proposals"]
    csn = proposal["customerServiceNumber"]
    assert re.fullmatch(r"20261103090000000\d{6}", csn)
    assert {name: answer.json[name] for name in ("id", "status", "cpf", "name")} == {
        "id": process_id,
        "status": "PROPOSAL_ANALYSIS",
        "cpf": CPF,
        "name": "Fulana d'Tal",
    }
    # Percent in, fractions out; R$ with two decimals.
    assert proposal == {
        "customerServiceNumber": csn,
        "type": "CAAS",
        "product": "Crédito pessoal",
        "productId": 1,
        "hasDocuments": True,
        "hasContracts": False,
        "logo": None,
        "lastStatus": "PRE_PROCESSAMENTO",
        "pendentDocuments": list(DOCUMENTS),
        "reasons": [],
        "dateCreated": "2026-11-03T12:00:00.000Z",
        "lastUpdated": "2026-11-03T12:00:00.000Z",
        "value": 10000.0,
        "installments": 12,
        "monthlyTax": 0.025,
        "installmentsValue": proposal["installmentsValue"],
        "iofValue": proposal["iofValue"],
        "grossValue": round(10000 + proposal["iofValue"], 2),
        "cadValue": 0.0,
        "totalValue": proposal["totalValue"],
        "firstPaymentDate": "2026-12-04T03:00:00.000Z",
        "cet": proposal["cet"],
        "releasedDate": "2026-11-04T03:00:00.000Z",
        "validUntil": "2026-12-04T02:59:59.999Z",
        "offerId": None,
    }
    assert 990 < proposal["installmentsValue"] < 1000
    assert 0.38 < proposal["cet"] < 0.42
    stored = journey.store.find_credit(csn)
    assert stored is not None
    [step] = stored.steps
    [message] = journey.take("Analysis")
    assert message.pop("request_id") == answer.headers["x-request-id"]
    assert message == {
        "partner_id": step.partner_id,
        "owner": "credit",
        "id": csn,
        "step": "analyze",
        "step_id": step.id,
    }
    [notice] = journey.take("Notices")
    assert (notice["owner"], notice["id"], notice["step"]) == ("process", process_id, "notify")
    [entry] = stored.history
    assert (entry.who, entry.event, entry.to_status) == (PRINCIPAL, "created", "PRE_PROCESSAMENTO")


def test_a_proposal_keeps_what_signup_and_proposal_collected(journey: Journey) -> None:
    _, csn = journey.proposed()
    borrower = journey.credit(csn).borrower
    assert borrower["signup"]["birthday"] == "1992-07-25"
    person = borrower["proposal"]
    assert person["business"]["income"] == 5_000_00
    assert "benefit_number" not in person["business"]
    assert person["identity"] == {
        "type": "RG",
        "number": "123456",
        "issuer": "SSP",
        "state": "GO",
        "issuing_date": "2010-01-01",
    }
    assert person["bank"] == {
        "bank": "001",
        "type": "CONTA_CORRENTE_INDIVIDUAL",
        "agency": "0001",
        "account": "5647891",
    }


def test_every_stage_has_its_turn(journey: Journey) -> None:
    process_id = journey.sign_up().json["id"]
    early = journey.propose(process_id)
    assert (early.status, early.json["code"]) == (409, "wrong_state")
    assert "SIGNUP_ANALISIS" in early.json["message"]
    journey.move_process(process_id, ProcessEvent.SIGNUP_COMPLETED)
    assert journey.propose(process_id).status == 201
    twice = journey.propose(process_id)
    assert (twice.status, twice.json["code"]) == (409, "wrong_state")
    journey.move_process(process_id, ProcessEvent.PROPOSAL_APPROVED)
    again = journey.propose(process_id)
    assert (again.status, len(again.json["proposals"])) == (201, 2)


def test_a_denied_signup_cannot_propose(journey: Journey) -> None:
    process_id = journey.sign_up().json["id"]
    journey.move_process(process_id, ProcessEvent.SIGNUP_DENIED)
    assert journey.propose(process_id).json["code"] == "wrong_state"


def test_a_process_is_its_partners_own(journey: Journey) -> None:
    process_id = journey.ready()
    journey.partner_id += "-other"
    for answer in (
        journey.propose(process_id),
        journey.status(process_id),
        journey.expire(process_id),
        journey.put_document(process_id),
    ):
        assert (answer.status, answer.json["code"]) == (404, "unknown_process")


@pytest.mark.parametrize(
    ("changes", "status", "code", "field"),
    [
        ({"productId": 99}, 404, "product_not_found", None),
        ({"value": 99.99}, 422, "out_of_bounds", "products.1.value"),
        ({"value": 1_000_000.01}, 422, "out_of_bounds", "products.1.value"),
        ({"installments": 121}, 422, "out_of_bounds", "products.1.installments"),
        ({"monthlyTax": 10.01}, 422, "out_of_bounds", "products.1.monthlyTax"),
        ({"dueDate": "2028-11-04"}, 422, "out_of_bounds", "products.1.dueDate"),
        ({"cadValue": 500.01}, 422, "out_of_bounds", "products.1.cadValue"),
        ({"dueDate": "2026-11-04"}, 422, "first_due_not_after_release", "products.1.dueDate"),
        ({"releaseDate": "2026-11-02", "dueDate": "2026-12-02"}, 422, "release_date_passed", "products.1.releaseDate"),
    ],
)
def test_the_product_decides(
    journey: Journey, changes: dict[str, Any], status: int, code: str, field: str | None
) -> None:
    process_id = journey.ready()
    answer = journey.propose(process_id, products=[PRODUCT, {**PRODUCT, **changes}])
    assert (answer.status, answer.json["code"]) == (status, code)
    assert [error["field"] for error in answer.json["errors"]] == ([field] if field else [])
    assert "products.1" in (field or answer.json["message"])
    assert journey.process(process_id).credits == ()


def test_a_product_of_another_type_is_refused(journey: Journey) -> None:
    journey.add_product(2, type=ProductType.LOAN)
    journey.add_product(3, active=False)
    process_id = journey.ready()
    for product_id in (2, 3):
        answer = journey.propose(process_id, products=[{**PRODUCT, "productId": product_id}])
        assert answer.status in (404, 422)


def test_the_products_own_fee_applies_when_none_is_asked_for(journey: Journey) -> None:
    journey.add_product(2, cad_value=75_00)
    asked = {name: value for name, value in PRODUCT.items() if name != "cadValue"}
    answer = journey.propose(journey.ready(), products=[{**asked, "productId": 2}])
    assert answer.json["proposals"][0]["cadValue"] == 75.0


def test_several_credits_may_be_asked_for_at_once(journey: Journey) -> None:
    answer = journey.propose(journey.ready(), products=[PRODUCT, {**PRODUCT, "value": 200}])
    numbers = [proposal["customerServiceNumber"] for proposal in answer.json["proposals"]]
    assert len(set(numbers)) == 2
    assert [proposal["value"] for proposal in answer.json["proposals"]] == [10000.0, 200.0]


def test_unsigned_proposals_are_limited(journey: Journey) -> None:
    process_id = journey.ready()
    for _ in range(MAX_OPEN // 5):
        assert journey.propose(process_id, products=[PRODUCT] * 5).status == 201
        journey.move_process(process_id, ProcessEvent.PROPOSAL_APPROVED)
    full = journey.propose(process_id)
    assert (full.status, full.json["code"]) == (409, "too_many_proposals")
    assert journey.expire(process_id).status == 200
    assert journey.propose(process_id).status == 201


def test_the_same_attempt_is_answered_the_same(journey: Journey) -> None:
    process_id = journey.ready()
    first = journey.propose(process_id, key=KEY)
    again = journey.propose(process_id, key=KEY)
    assert (again.status, again.text) == (201, first.text)
    other = journey.propose(process_id, key=KEY, mother="Outra Mãe")
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert len(journey.process(process_id).credits) == 1


@pytest.mark.parametrize(
    ("due", "until"),
    [
        ("2026-11-05", "2026-11-06T02:59:59.999Z"),
        ("2026-11-20", "2026-11-20T02:59:59.999Z"),
        ("2026-12-03", "2026-12-03T02:59:59.999Z"),
        ("2026-12-20", "2026-12-04T02:59:59.999Z"),
    ],
)
def test_a_proposal_ends_before_its_first_instalment_but_stands_two_days(
    journey: Journey, due: str, until: str
) -> None:
    answer = journey.propose(journey.ready(), products=[{**PRODUCT, "dueDate": due}])
    [proposal] = answer.json["proposals"]
    assert proposal["validUntil"] == until


def test_two_proposals_at_once_leave_one(journey: Journey) -> None:
    """The second of two requests that read the same process finds it moved on."""
    process_id = journey.ready()
    commit = OriginationStore.commit
    first: list[int] = []

    def race(self: OriginationStore, change: Change) -> bool:
        if not first:
            first.append(0)
            first[0] = journey.propose(process_id).status
        return commit(self, change)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OriginationStore, "commit", race)
        loser = journey.propose(process_id)
    assert first == [201]
    assert (loser.status, loser.json["code"]) == (409, "wrong_state")
    assert len(journey.process(process_id).credits) == 1


def test_a_signed_credit_leaves_room(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.move_credit(
        csn,
        CreditEvent.PRE_APPROVED,
        CreditEvent.DOCUMENTS_COMPLETED,
        CreditEvent.APPROVED,
        CreditEvent.SIGNED,
    )
    journey.move_process(process_id, ProcessEvent.PROPOSAL_APPROVED)
    answer = journey.propose(process_id)
    assert [proposal["lastStatus"] for proposal in answer.json["proposals"]] == ["CONTRATADO", "PRE_PROCESSAMENTO"]


def test_credits_that_share_a_counter_are_counted_together(journey: Journey) -> None:
    """Sixteen counters and five credits a request: in some of four requests two credits meet in one."""
    for cpf in ("52998224725", "11144477735", "12345678909", "99999900100"):
        process_id = journey.ready(cpf=cpf)
        assert journey.propose(process_id, products=[PRODUCT] * 5).status == 201
    totals = journey.store.count_by_status(journey.partner_id)
    assert sum(totals.values()) == 4 * 5


def test_nothing_is_proposed_by_a_product_whose_creditor_cannot_be_reached(journey: Journey) -> None:
    issuer = replace(make_product(journey.partner_id).issuer, email="", ombudsman="")
    journey.add_product(2, issuer=issuer)
    process_id = journey.ready()
    answer = journey.propose(process_id, products=[{**PRODUCT, "productId": 2}])
    assert (answer.status, answer.json["code"]) == (422, "product_incomplete")
    assert answer.rules() == {"products.0.productId": "product_incomplete"}
    assert "ouvidoria" in answer.json["message"]


@pytest.mark.parametrize("day_count", DayCount)
@pytest.mark.parametrize("amortization", Amortization)
def test_a_proposal_is_priced_as_its_product_says(
    journey: Journey, day_count: DayCount, amortization: Amortization
) -> None:
    product = replace(
        make_product(journey.partner_id),
        version=2,
        day_count=day_count,
        amortization=amortization,
        due_day_rule=DueDayRule.NEXT_BUSINESS_DAY,
    )
    assert ProductStore(Table()).replace(product)
    # Released on a Monday, first due on a Sunday and holiday.
    days = {"releaseDate": "2026-11-09", "dueDate": "2026-11-15"}
    answer = journey.propose(journey.ready(), products=[{**PRODUCT, **days}])
    assert answer.status == 201, answer.text
    [proposal] = answer.json["proposals"]
    fee = round(PRODUCT.get("cadValue", 0) * 100)
    asked = AskedCredit(
        PRODUCT["value"] * 100,
        fee,
        PRODUCT["installments"],
        str(PRODUCT["monthlyTax"]),
        date(2026, 11, 9),
        date(2026, 11, 15),
    )
    loan = product.price(asked, BorrowerClass.NATURAL_PERSON)
    assert proposal["firstPaymentDate"].startswith("2026-11-16")
    found = [proposal[name] for name in ("installmentsValue", "iofValue", "grossValue", "cet")]
    assert found == [loan.installment_value / 100, loan.iof / 100, loan.gross / 100, float(loan.cet_annual.scaleb(-2))]
    terms = journey.credit(proposal["customerServiceNumber"]).terms
    assert loan_of(terms) == loan


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"monthlyTax": 2, "monthly_tax": 9}, "products.0.monthly_tax"),
        ({"monthly_Tax": 2, "monthly_tax": 9, "monthlyTax": None}, "products.0.monthly_Tax"),
        ({"releaseDate": "2026-11-04", "releasedDate": "2026-11-05"}, "products.0.releasedDate"),
        ({"cadValue": 0, "cad_value": 10}, "products.0.cad_value"),
    ],
)
def test_two_names_of_one_term_say_the_same(journey: Journey, change: dict[str, Any], field: str) -> None:
    process_id = journey.ready()
    answer = journey.propose(process_id, products=[{**PRODUCT, **change}])
    assert (answer.status, answer.rules()) == (400, {field: "duplicate_field"})
    names = [name for name, value in change.items() if value is not None]
    assert all(name in answer.text for name in names)
    same = {**PRODUCT, **dict.fromkeys(change, change[next(iter(change))])}
    assert journey.propose(process_id, products=[same]).status == 201


def test_the_name_that_holds_something_counts(journey: Journey) -> None:
    [product] = [{**PRODUCT, "monthlyTax": "", "monthly_tax": PRODUCT["monthlyTax"], "releasedDate": None}]
    assert journey.propose(journey.ready(), products=[product]).status == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hometownState": "GO", "hometown_state": "SP"}, "hometown_state"),
        ({"address": {"zipCode": "74180040", "zip_code": "01001000"}}, "address.zip_code"),
    ],
)
def test_so_do_those_of_the_person(journey: Journey, change: dict[str, Any], field: str) -> None:
    body = sample_body("create_proposal")
    change = {name: {**body[name], **value} if isinstance(value, dict) else value for name, value in change.items()}
    answer = journey.propose(journey.ready(), **change)
    assert (answer.status, answer.rules()) == (400, {field: "duplicate_field"})


def test_each_proposal_tells_of_itself_with_it(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    told = SurveyStore(Table()).list_occurred(journey.clock.now())
    [mine] = [each for each in told if each.service_id == process_id]
    assert (mine.feature, mine.protocol, mine.partner_id) == (Feature.PROPOSAL, csn, journey.partner_id)
    assert mine.document
