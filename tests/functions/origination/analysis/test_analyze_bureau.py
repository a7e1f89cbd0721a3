"""A proposal whose product asks the bureaus: what they say decides, and is paid for once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from lastro.bureaus import wiring as bureaus_wiring
from lastro.origination.analysis.worker import RETRIES
from lastro.origination.products.model import Eligibility
from lastro.vendors.bureaus import http as bureau_http
from tests.clock import MovableClock
from tests.functions.bureaus.office import Office, open_bureau_town
from tests.functions.emulation.process import REGION, closing_clients
from tests.functions.emulation.resources import create_queue
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Shop
from tests.functions.origination.analysis.analysis_desk import AnalysisDesk, Killed, dying_at_transaction, products
from tests.functions.origination.journey import sample_body

ASKING = Eligibility(18, 80, Decimal(100), (), True)
BUCKET = "inquiries-test"
DEBT = {"kind": "pefin", "amount": 123456, "date": "2024-03-12", "creditor": "Loja Exemplo"}


@pytest.fixture(scope="module")
def shared_office(analysis_cloud: tuple[MovableClock, dict[str, str]]) -> Iterator[Office]:
    clock, _ = analysis_cloud
    with pytest.MonkeyPatch.context() as patch, open_bureau_town(clock) as town, closing_clients(bureau_http):
        queue_url = create_queue("inquiries", "Inquiries")
        patch.setenv("LASTRO_BUREAUS_URL", town.url)
        patch.setenv("LASTRO_INQUIRIES_BUCKET", BUCKET)
        patch.setenv("LASTRO_INQUIRIES_QUEUE_URL", queue_url)
        patch.setattr(bureaus_wiring, "CLOCK", clock)
        open_whole_client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield Office(clock, town, queue_url)


@dataclass
class Borrowing:
    """A desk whose partner has an integration, and whose product 3 asks it."""

    desk: AnalysisDesk
    office: Office
    branch_id: int

    @property
    def shop(self) -> Shop:
        return Shop(self.desk.partner_id, "", "", ())

    def propose(self, product_id: int = 3) -> tuple[str, list[dict[str, Any]]]:
        """A proposal and the messages of its analysis."""
        made = self.desk.propose(self.desk.signed_up(), products=products(product_id)).json
        return made["proposals"][0]["customerServiceNumber"], self.desk.records("Analysis")

    def calls(self) -> int:
        """How often the bureau was asked so far."""
        return self.office.town.count("serasa")[1]

    def inquiries(self, csn: str) -> list[dict[str, Any]]:
        """The history tab of the person's process."""
        path = {"subject_type": "client", "subject_id": self.desk.credit(csn).process_id}
        rows: list[dict[str, Any]] = self.office.call("list_subject_inquiries", self.shop, path=path, query=None).json[
            "data"
        ]
        return rows

    def work_inquiries(self) -> None:
        """Work whatever the queue of inquiries holds."""
        assert self.office.deliver(self.office.take()) == []


@pytest.fixture
def borrowing(analysis_desk: AnalysisDesk, shared_office: Office) -> Borrowing:
    shared_office.town.forget_scripts()
    shared_office.take()
    shop = Shop(analysis_desk.partner_id, "", "", ())
    branch_id = shared_office.add_branch(shop)
    shared_office.add_integration(shop, branch_id)
    analysis_desk.add_product(3, eligibility=ASKING)
    return Borrowing(analysis_desk, shared_office, branch_id)


@pytest.mark.parametrize(
    ("rule", "check", "status"),
    [
        ({}, ("passed", ()), "EM_ANALISE_OPERACIONAL"),
        ({"score": None}, ("passed", ()), "EM_ANALISE_OPERACIONAL"),
        ({"debts": [DEBT]}, ("flagged", ("restrictions_found",)), "EM_ANALISE_MANUAL"),
        ({"score": 199}, ("flagged", ("low_score",)), "EM_ANALISE_MANUAL"),
        ({"score": 0, "debts": [DEBT]}, ("flagged", ("restrictions_found", "low_score")), "EM_ANALISE_MANUAL"),
        ({"registration": "SUSPENSA"}, ("failed", ("registration_irregular",)), "REPROVADO"),
        ({"registration": "EM ESTUDO"}, ("flagged", ("registration_unclear",)), "EM_ANALISE_MANUAL"),
        ({"outcome": "not_found"}, ("flagged", ("not_found_outside",)), "EM_ANALISE_MANUAL"),
        (
            {"outcome": "garbage"},
            ("flagged", ("external_data_unavailable", "unreadable_bureau_answer")),
            "EM_ANALISE_MANUAL",
        ),
        (
            {"outcome": "timeout_after_effect"},
            ("flagged", ("external_data_unavailable", "bureau_timeout")),
            "EM_ANALISE_MANUAL",
        ),
    ],
)
def test_what_the_bureau_says_decides(
    borrowing: Borrowing, rule: dict[str, Any], check: tuple[str, tuple[str, ...]], status: str
) -> None:
    desk = borrowing.desk
    borrowing.office.town.script("serasa", rule)
    process_id, csn = desk.analyzed(proposal={"products": products(3)})
    assert desk.checks(csn)["external_data"] == check
    [proposal] = desk.status(process_id).json["proposals"]
    assert (proposal["lastStatus"], proposal["reasons"]) == (status, list(check[1]))


def test_the_inquiry_is_on_record_for_whom_and_why(borrowing: Borrowing) -> None:
    csn, records = borrowing.propose()
    assert borrowing.desk.deliver("Analysis", records) == []
    [row] = borrowing.inquiries(csn)
    assert (row["requested_by"], row["purpose"], row["status"]) == ("client-1", "credit_analysis", "done")
    assert row["branch_id"] == borrowing.branch_id


def test_a_bureau_that_is_down_is_waited_for_and_then_a_person_decides(borrowing: Borrowing) -> None:
    desk = borrowing.desk
    csn, records = borrowing.propose()
    borrowing.office.town.script("serasa", {"outcome": "unstable"})
    for attempt in range(1, RETRIES.attempts):
        assert desk.deliver("Analysis", records, attempt=attempt) == [records[0]["messageId"]]
        assert desk.events(csn) == ["created"]
    assert desk.deliver("Analysis", records, attempt=RETRIES.attempts) == []
    assert desk.checks(csn)["external_data"] == ("flagged", ("external_data_unavailable", "bureau_unavailable"))
    assert desk.credit(csn).status == "EM_ANALISE_MANUAL"


def test_a_bureau_that_recovers_is_enough(borrowing: Borrowing) -> None:
    desk = borrowing.desk
    csn, records = borrowing.propose()
    borrowing.office.town.script("serasa", {"outcome": "unstable", "times": 1})
    assert len(desk.deliver("Analysis", records)) == 1
    desk.clock.advance(seconds=10)
    borrowing.work_inquiries()
    assert desk.deliver("Analysis", records, attempt=2) == []
    assert desk.credit(csn).status == "EM_ANALISE_OPERACIONAL"
    assert [row["status"] for row in borrowing.inquiries(csn)] == ["done"]


@pytest.mark.parametrize("repeat_days", [0, 30])
@pytest.mark.parametrize("dies_at", range(1, 5))
def test_an_inquiry_is_paid_once_wherever_the_process_dies(
    borrowing: Borrowing, dies_at: int, repeat_days: int
) -> None:
    desk = borrowing.desk
    borrowing.office.put_settings(borrowing.shop, repeat_days=repeat_days)
    csn, records = borrowing.propose()
    before = borrowing.calls()
    with dying_at_transaction(dies_at), suppress(Killed):
        desk.deliver("Analysis", records)
    for attempt in range(2, RETRIES.attempts + 1):
        desk.clock.advance(minutes=1)
        borrowing.office.sweep()
        borrowing.work_inquiries()
        if desk.deliver("Analysis", records, attempt=attempt) == []:
            break
    assert desk.credit(csn).status in ("EM_ANALISE_OPERACIONAL", "EM_ANALISE_MANUAL")
    assert desk.open_steps(csn) == (
        ["generate_contract"] if desk.credit(csn).status == "EM_ANALISE_OPERACIONAL" else []
    )
    assert borrowing.calls() == before + 1


def test_a_partner_without_an_integration_has_a_person_decide(analysis_desk: AnalysisDesk) -> None:
    analysis_desk.add_product(3, eligibility=ASKING)
    _, csn = analysis_desk.analyzed(proposal={"products": products(3)})
    assert analysis_desk.checks(csn)["external_data"] == (
        "flagged",
        ("external_data_unavailable", "no_bureau_integration"),
    )


def test_among_several_integrations_the_product_names_the_branch(borrowing: Borrowing) -> None:
    desk, office = borrowing.desk, borrowing.office
    other = office.add_branch(borrowing.shop, "99.888.777/0001-00")
    office.add_integration(borrowing.shop, other, "connect_sa")
    desk.add_product(4, eligibility=Eligibility(18, 80, Decimal(100), (), True, other))
    made = desk.propose(desk.signed_up(), products=[*products(3), *products(4)]).json
    unnamed, named = (each["customerServiceNumber"] for each in made["proposals"])
    desk.analyze()
    assert desk.checks(unnamed)["external_data"] == (
        "flagged",
        ("external_data_unavailable", "branch_id_ambiguous"),
    )
    assert desk.checks(named)["external_data"] == ("passed", ())
    assert [row["provider"] for row in borrowing.inquiries(named)] == ["connect_sa"]


def test_the_product_names_the_report(borrowing: Borrowing) -> None:
    desk, office = borrowing.desk, borrowing.office
    spc = office.add_branch(borrowing.shop, "99.888.777/0001-00")
    office.add_integration(borrowing.shop, spc, "spc_brasil")
    desk.add_product(4, eligibility=Eligibility(18, 80, Decimal(100), (), True, spc))
    desk.add_product(5, eligibility=Eligibility(18, 80, Decimal(100), (), True, spc, "634"))
    made = desk.propose(desk.signed_up(), products=[*products(4), *products(5)]).json
    unnamed, named = (each["customerServiceNumber"] for each in made["proposals"])
    desk.analyze()
    assert desk.checks(unnamed)["external_data"] == ("flagged", ("external_data_unavailable", "report_required"))
    assert desk.checks(named)["external_data"] == ("passed", ())
    assert [(row["provider"], row["report"]) for row in borrowing.inquiries(named)] == [("spc_brasil", "634")]


def test_no_log_line_holds_a_document_or_a_name(borrowing: Borrowing, logged: StringIO) -> None:
    borrowing.office.town.script("serasa", {"outcome": "unstable", "times": 1})
    _, records = borrowing.propose()
    borrowing.desk.deliver("Analysis", records)
    borrowing.desk.clock.advance(seconds=10)
    borrowing.work_inquiries()
    borrowing.desk.deliver("Analysis", records, attempt=2)
    borrowing.desk.tell()
    person = sample_body("create_simple_signup")
    assert person["cpf"] not in logged.getvalue()
    assert person["name"] not in logged.getvalue()
    assert "message retried" in logged.getvalue()
