"""The signed PDF: made by a step, once per state of the chain, sound whatever is repeated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from aiohttp import web
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.origination.contracts import wiring
from lastro.origination.contracts.rows import SEALED_PREFIX, contracts_of, newest_seal_of
from lastro.origination.contracts.seals.identity import IDENTITY
from lastro.origination.processes.model import StepName
from lastro.origination.processes.statuses import CreditEvent
from lastro.origination.products.store import ProductStore
from sandbox.timestamps.app import Desk as Authority
from sandbox.timestamps.app import add_timestamps
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.invocation import load_function
from tests.functions.origination.contracts.contract_desk import Desk, ProcessKilled, decode, dying_at
from tests.functions.serving import serve


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def is_sound(desk: Desk, pdf: bytes) -> bool:
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    [root] = load_certs_from_pemder_data(desk.identity["certificate"].encode())
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
    return bool(status.bottom_line) and status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_the_signed_contract(desk: Desk) -> None:
    csn = desk.signed()
    answer = desk.read_signed(csn)
    assert (answer.status, answer.json["code"]) == (409, "signed_contract_not_ready")
    assert desk.seal(csn) == []
    answer = desk.read_signed(csn)
    assert answer.status == 200
    assert answer.json["customerServiceNumber"] == csn
    assert answer.json["endorsements"] == 0
    assert answer.json["signedAt"] == "2026-11-03T12:00:00.000Z"
    sealed = decode(answer.json["contract"])
    [contract] = desk.read(csn).json["contracts"]
    accepted = decode(contract)
    assert answer.json["acceptedCheckSum"] == [contract["checksum"]]
    assert sealed.startswith(accepted)
    assert is_sound(desk, sealed)
    shown = text_of(sealed)
    for said in (
        "REGISTRO DE ASSINATURA ELETRÔNICA",
        contract["checksum"],
        "203.0.113.10",
        "Mozilla/5.0",
        "-16.6982",
        "00:00:00:00:00:00",
        "03/11/2026 às 09:05:00 (horário de Brasília, UTC-03:00)",
        "client-1",
    ):
        assert said in shown


def test_before_anybody_signed(desk: Desk) -> None:
    answer = desk.read_signed(desk.generated())
    assert (answer.status, answer.json["code"]) == (409, "contract_not_signed")


def test_delivered_twice_it_is_sealed_once(desk: Desk) -> None:
    csn = desk.signed()
    [step] = desk.open_steps(csn, StepName.SEAL_CONTRACT)
    for attempt in (1, 2, 3):
        assert desk.deliver("seal_contract", step, attempt) == []
    assert len(desk.stored(csn).rows_of(SEALED_PREFIX)) == 1
    assert len([name for name in desk.files(csn) if name.startswith("signed/")]) == 1


@pytest.mark.parametrize("after", [False, True])
def test_wherever_the_process_dies_one_signed_contract_results(desk: Desk, after: bool) -> None:
    # A first one, so that the process knows its certificate and every later one makes the same calls.
    assert desk.seal(desk.signed(cpf=CPFS[0])) == []
    csn = desk.signed()
    with dying_at(1000, after=after) as calls:
        assert desk.seal(csn) == []
    for position in range(1, len(calls)):
        csn = desk.signed(cpf=CPFS[position])
        [step] = desk.open_steps(csn, StepName.SEAL_CONTRACT)
        with dying_at(position - 1, after=after), pytest.raises(ProcessKilled):
            desk.deliver("seal_contract", step)
        assert desk.deliver("seal_contract", step, 2) == []
        assert desk.open_steps(csn, StepName.SEAL_CONTRACT) == []
        assert len(desk.stored(csn).rows_of(SEALED_PREFIX)) == 1
        assert is_sound(desk, decode(desk.read_signed(csn).json["contract"]))


CPFS = (
    *("11144477735", "12345678909", "98765432100", "39053344705"),
    *("86288366757", "71428793860", "87748248800", "16899535009"),
)


def test_the_creditor_stays_the_one_that_issued_it(desk: Desk) -> None:
    csn = desk.signed()
    shelf = ProductStore(Table())
    product = shelf.find(desk.journey.partner_id, 1)
    assert product is not None
    issuer = replace(product.issuer, name="Nova SCD S.A.", city="Goiânia", state="GO")
    assert shelf.replace(replace(product, issuer=issuer, version=2))
    assert desk.seal(csn) == []
    sealed = decode(desk.read_signed(csn).json["contract"])
    assert "Nova SCD" not in text_of(sealed)
    [signature] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert signature.sig_object["/Location"] == "São Paulo/SP"
    desk.journey.move_credit(csn, CreditEvent.DISBURSED)
    body = {"endorseeName": "Exemplo Fundo", "endorseeCnpj": "99888777000100", "value": 9900.0, "recourse": True}
    answer = desk.journey.call("create_endorsement", path={"customerServiceNumber": csn}, body=body)
    assert answer.json["data"]["endorser"]["name"] == "Exemplo SCD S.A."


def test_each_endorsement_makes_a_new_signed_contract(desk: Desk) -> None:
    csn = desk.signed()
    assert desk.seal(csn) == []
    desk.journey.move_credit(csn, CreditEvent.DISBURSED)
    first = decode(desk.read_signed(csn).json["contract"])
    names = ("Exemplo Fundo de Investimento", "Exemplo Securitizadora S.A.")
    for count, (name, cnpj) in enumerate(zip(names, ("99888777000100", "12ABC34501DE35"), strict=True), start=1):
        body = {"endorseeName": name, "endorseeCnpj": cnpj, "value": 9900.0, "recourse": True}
        answer = desk.journey.call("create_endorsement", path={"customerServiceNumber": csn}, body=body)
        assert answer.status == 201, answer.text
        assert desk.seal(csn) == []
        told = desk.read_signed(csn).json
        assert told["endorsements"] == count
        sealed = decode(told["contract"])
        [contract] = contracts_of(desk.stored(csn))
        assert sealed[: contract.size] == first[: contract.size]
        assert is_sound(desk, sealed)
        assert all(f"Pague-se a {shown}" in text_of(sealed) for shown in names[:count])
    assert len(desk.stored(csn).rows_of(SEALED_PREFIX)) == 3
    newest = newest_seal_of(desk.stored(csn))
    assert newest is not None
    assert newest.endorsements == 2


def test_without_a_certificate_it_is_put_off_and_reported(desk: Desk, logged: StringIO) -> None:
    csn = desk.signed()
    [step] = desk.open_steps(csn, StepName.SEAL_CONTRACT)
    Secrets(SECRETS_PREFIX).store(IDENTITY, {"certificate": "x", "private_key": "y"})
    wiring.open_sealing.cache_clear()
    try:
        load_function.cache_clear()
        assert desk.seal(csn) == []
        [told] = [json.loads(line) for line in logged.getvalue().splitlines() if "step put off" in line]
        assert (told["level"], told["code"]) == ("ERROR", "unusable_signing_identity")
        [later] = desk.open_steps(csn, StepName.SEAL_CONTRACT)
        assert later.due_at > step.due_at
    finally:
        Secrets(SECRETS_PREFIX).store(IDENTITY, desk.identity)
        wiring.open_sealing.cache_clear()
        load_function.cache_clear()
    assert desk.seal(csn) == []
    assert desk.read_signed(csn).status == 200


@pytest.fixture
def stamping(monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """Contracts are sealed with timestamps of a sandbox authority meanwhile."""
    app = web.Application()
    authority = add_timestamps(app)
    with serve(lambda: app) as address:
        monkeypatch.setenv("LASTRO_TIMESTAMP_URL", f"{address}/timestamps")
        wiring.open_sealing.cache_clear()
        load_function.cache_clear()
        yield authority
    wiring.open_sealing.cache_clear()
    load_function.cache_clear()


def test_a_seal_with_the_timestamp_of_an_authority(desk: Desk, stamping: Authority) -> None:
    csn = desk.signed()
    assert desk.seal(csn) == []
    sealed = decode(desk.read_signed(csn).json["contract"])
    [signature] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    [root] = load_certs_from_pemder_data(desk.identity["certificate"].encode())
    [stamp_root] = load_certs_from_pemder_data(stamping.authority.certificate.encode())
    trusted = ValidationContext(trust_roots=[stamp_root])
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]), ts_validation_context=trusted)
    assert status.bottom_line
    stamp = status.timestamp_validity
    assert stamp is not None
    assert (stamp.intact, stamp.valid, stamp.trusted) == (True, True, True)
    assert "carimbo do tempo de uma autoridade" in text_of(sealed)
    assert stamping.given == {"ok": 1}


@pytest.mark.parametrize("outcome", ["unavailable", "reject", "foreign", "garbage"])
def test_without_its_timestamp_no_contract_is_sealed(
    desk: Desk, stamping: Authority, logged: StringIO, outcome: str
) -> None:
    csn = desk.signed()
    stamping.scripted.extend([outcome, outcome])
    for attempt in (1, 2):
        assert len(desk.seal(csn, attempt)) == 1
        assert desk.stored(csn).rows_of(SEALED_PREFIX) == {}
        assert desk.read_signed(csn).json["code"] == "signed_contract_not_ready"
    code = "timestamp_unavailable" if outcome == "unavailable" else "timestamp_unusable"
    assert code in logged.getvalue()
    assert desk.seal(csn, 3) == []
    assert desk.read_signed(csn).status == 200


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/timestamps", "not an address"])
def test_an_authority_that_cannot_be_reached_is_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    csn = desk.signed()
    monkeypatch.setenv("LASTRO_TIMESTAMP_URL", address)
    wiring.open_sealing.cache_clear()
    load_function.cache_clear()
    assert len(desk.seal(csn)) == 1
    monkeypatch.undo()
    wiring.open_sealing.cache_clear()
    load_function.cache_clear()
    assert desk.seal(csn, 2) == []
