"""Generating a contract: one file, one row, whatever is delivered twice and wherever the process dies."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from botocore.exceptions import EndpointConnectionError
from pypdf import PdfReader

from lastro.aws.archive import Archive
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.customers.people.model import Customer
from lastro.customers.people.store import CustomerStore
from lastro.kernel.calendar import start_of_day
from lastro.kernel.documents import Cnpj, Cpf
from lastro.origination.contracts.rows import contracts_of
from lastro.origination.processes.changes import Change, Row, RowPut
from lastro.origination.processes.model import StepName
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from lastro.origination.processes.steps import owe
from lastro.origination.products.model import Issuer, LatePayment
from lastro.origination.products.store import ProductStore
from tests.functions.emulation.faults import failing
from tests.functions.origination.contracts.contract_desk import CONTRACT_BUCKET, Desk, ProcessKilled, dying_at


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_an_approved_credit_gets_its_contract(desk: Desk) -> None:
    csn = desk.proposed()
    desk.approve(csn)
    before = desk.journey.credit(csn)
    desk.journey.take("Notices")
    assert desk.generate(csn) == []
    stored = desk.stored(csn)
    credit = stored.credit
    assert (credit.status, credit.has_contracts) == (CreditStatus.OPERATIONAL_ANALYSIS, True)
    assert credit.version == before.version + 1
    assert stored.history[-1].event == "contract_generated"
    assert stored.step(desk.steps[csn].id) is None
    [(name, pdf)] = desk.files(csn).items()
    [contract] = contracts_of(stored)
    assert (contract.file, contract.size) == (name, len(pdf))
    assert (contract.template, contract.product_version) == ("ccb", 1)
    assert name == f"contracts/{credit.partner_id}/{csn}/{contract.checksum}.pdf"
    shown = text_of(pdf)
    for said in (csn, credit.name, "529.982.247-25", "Exemplo SCD S.A.", contract.content_hash):
        assert said in shown
    [notice] = desk.journey.take("Notices")
    assert notice["step"] == "notify"


def test_it_prints_the_exposure_that_the_borrower_declared_to_the_partner(desk: Desk) -> None:
    partner, moment = desk.journey.partner_id, datetime(2026, 11, 1, 12, tzinfo=UTC)
    exposed = {"pep": {"office": "Prefeito", "since": "2017-01-01"}}
    known = Customer(
        id=1,
        partner_id=partner,
        document=Cpf("52998224725"),
        name="Ana Exemplo",
        created_at=moment,
        updated_at=moment,
        data=exposed,
    )
    silent = desk.approved()
    assert desk.generate(silent) == []
    assert "não prestou declaração sobre ser pessoa exposta politicamente" in text_of(*desk.files(silent).values())
    assert CustomerStore(Table()).add(known, None)
    csn = desk.approved()
    assert desk.generate(csn) == []
    assert "declara ser pessoa exposta politicamente: Prefeito, desde 01/01/2017." in text_of(*desk.files(csn).values())


def test_it_is_issued_on_the_day_of_approval_however_late_it_is_drawn(desk: Desk) -> None:
    csn = desk.approved(releases_in=2)
    desk.journey.clock.advance(days=2)
    assert desk.generate(csn) == []
    [pdf] = desk.files(csn).values()
    assert "São Paulo/SP, 3 de novembro de 2026." in text_of(pdf)


def test_delivered_twice_it_is_drawn_once(desk: Desk) -> None:
    csn = desk.generated()
    before = desk.stored(csn)
    for attempt in (2, 3):
        assert desk.generate(csn, attempt) == []
    assert desk.stored(csn) == before
    assert len(desk.files(csn)) == 1


def test_a_second_step_for_the_same_contract_only_goes(desk: Desk) -> None:
    csn = desk.generated()
    version = desk.journey.credit(csn).version
    again = owe(desk.journey.credit(csn), StepName.GENERATE_CONTRACT, desk.journey.clock.now())
    assert desk.journey.store.commit(Change(steps=[again]))
    assert desk.deliver("generate_contract", again) == []
    assert again not in desk.open_steps(csn, StepName.GENERATE_CONTRACT)
    assert desk.journey.credit(csn).version == version
    assert len(contracts_of(desk.stored(csn))) == 1


CPFS = (
    *("11144477735", "12345678909", "98765432100", "39053344705"),
    *("86288366757", "71428793860", "87748248800", "16899535009"),
)


@pytest.mark.parametrize("after", [False, True])
def test_wherever_the_process_dies_one_contract_results(desk: Desk, after: bool) -> None:
    csn = desk.approved()
    with dying_at(1000, after=after) as calls:
        assert desk.generate(csn) == []
    names = list(calls)
    assert {"Query", "PutObject", "TransactWriteItems", "SendMessageBatch"} <= set(names)
    for position in range(len(names)):
        csn = desk.approved(cpf=CPFS[position])
        with dying_at(position, after=after), pytest.raises(ProcessKilled):
            desk.generate(csn)
        assert desk.generate(csn, 2) == []
        [renewal] = desk.open_steps(csn, StepName.GENERATE_CONTRACT)
        assert renewal.due_at == start_of_day(date(2026, 11, 4))
        [contract] = contracts_of(desk.stored(csn))
        assert list(desk.files(csn)) == [contract.file]
        assert [entry.event for entry in desk.stored(csn).history].count("contract_generated") == 1
        assert len(desk.stored(csn).history) == desk.journey.credit(csn).version


@pytest.mark.parametrize("event", [CreditEvent.DENIED, CreditEvent.EXPIRED])
def test_a_credit_that_moved_on_needs_no_contract(desk: Desk, event: CreditEvent) -> None:
    csn = desk.approved()
    desk.journey.move_credit(csn, event)
    version = desk.journey.credit(csn).version
    assert desk.generate(csn) == []
    assert desk.journey.credit(csn).version == version
    assert desk.open_steps(csn, StepName.GENERATE_CONTRACT) == []
    assert desk.files(csn) == {}


def test_a_credit_that_cannot_be_read_keeps_no_other_from_its_contract(desk: Desk, logged: StringIO) -> None:
    broken, sound = desk.approved(cpf=CPFS[0]), desk.approved(cpf=CPFS[1])
    spoilt = RowPut(desk.journey.credit(broken).owner, Row("CONTRACT#000001", {"unheard_of": 1}))
    assert desk.journey.store.commit(Change(rows=[spoilt]))
    again = desk.deliver("generate_contract", desk.steps[broken], others=[desk.steps[sound]])
    assert len(again) == 1
    assert desk.journey.credit(sound).has_contracts is True
    assert desk.open_steps(broken, StepName.GENERATE_CONTRACT) == [desk.steps[broken]]
    assert "message crashed" in logged.getvalue()


def test_an_unreachable_archive_is_asked_again(desk: Desk) -> None:
    csn = desk.approved()
    with failing("s3", "PutObject", EndpointConnectionError(endpoint_url="https://s3.invalid")):
        assert len(desk.generate(csn)) == 1
    assert desk.journey.credit(csn).has_contracts is False
    assert desk.generate(csn, 2) == []
    assert desk.journey.credit(csn).has_contracts is True


def test_a_name_that_cannot_be_drawn_is_put_off_and_reported(desk: Desk, logged: StringIO) -> None:
    csn = desk.approved(name="Владимир Иванов")
    assert desk.generate(csn) == []
    [step] = desk.open_steps(csn, StepName.GENERATE_CONTRACT)
    assert step.due_at > desk.steps[csn].due_at
    # An error, which the operator's alarm counts: nobody asks for this contract again.
    [told] = [json.loads(line) for line in logged.getvalue().splitlines() if "step put off" in line]
    assert (told["level"], told["code"]) == ("ERROR", "undrawable_text")
    assert "Владимир" not in logged.getvalue()
    assert desk.files(csn) == {}


def test_it_says_what_the_product_was_when_the_credit_was_proposed(desk: Desk) -> None:
    desk.put_clauses([{"title": "Fidelidade", "paragraphs": ["Cláusula da proposta."]}])
    csn = desk.proposed()
    desk.journey.clock.advance(seconds=1)
    shelf = ProductStore(Table())
    product = shelf.find(desk.journey.partner_id, 1)
    assert product is not None
    issuer = Issuer("Nova SCD S.A.", Cnpj("99888777000100"), "Rua Nova, 2", "Goiânia", "GO", "0800 999 9999")
    late = LatePayment(Decimal(1), Decimal("0.5"))
    after = replace(product, name="Crédito novo", issuer=issuer, late_payment=late, active=False, version=2)
    assert shelf.replace(after)
    desk.put_clauses([{"title": "Fidelidade", "paragraphs": ["Cláusula posterior."]}])
    desk.approve(csn)
    assert desk.generate(csn) == []
    [contract] = contracts_of(desk.stored(csn))
    assert (contract.product_version, contract.clauses_version) == (1, 1)
    [pdf] = desk.files(csn).values()
    shown = text_of(pdf)
    for said in ("Exemplo SCD S.A.", "11.222.333/0001-81", "0800 000 0000", "São Paulo/SP", "Cláusula da proposta."):
        assert said in shown
    assert "multa de 2,00%" in shown
    for unsaid in ("Crédito novo", "Nova SCD", "Rua Nova", "Goiânia/GO,", "0800 999", "Cláusula posterior."):
        assert unsaid not in shown


def test_clauses_written_after_the_proposal_are_not_in_its_contract(desk: Desk) -> None:
    csn = desk.proposed()
    desk.journey.clock.advance(seconds=1)
    desk.put_clauses([{"title": "Fidelidade", "paragraphs": ["Cláusula posterior."]}])
    desk.approve(csn)
    assert desk.generate(csn) == []
    [contract] = contracts_of(desk.stored(csn))
    assert contract.clauses_version == 0
    [pdf] = desk.files(csn).values()
    assert "Fidelidade" not in text_of(pdf)


def test_a_file_is_never_replaced(desk: Desk) -> None:
    csn = desk.generated()
    [(name, pdf)] = desk.files(csn).items()
    Archive(CONTRACT_BUCKET).put_once(name, b"another")
    assert Archive(CONTRACT_BUCKET).get(name) == pdf
    head = open_client("s3").head_object(Bucket=CONTRACT_BUCKET, Key=name)
    assert head["ContentType"] == "application/pdf"


def test_nothing_personal_is_logged(desk: Desk, logged: StringIO) -> None:
    csn = desk.generated()
    for secret in ("52998224725", "529.982.247-25", desk.journey.credit(csn).name):
        assert secret not in logged.getvalue()


def test_what_makes_it_again_on_a_later_day_waits_for_that_day(desk: Desk) -> None:
    csn = desk.generated()
    [later] = desk.open_steps(csn, StepName.GENERATE_CONTRACT)
    assert later.due_at > desk.journey.clock.now() + timedelta(hours=1)
