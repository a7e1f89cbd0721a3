"""CaaS on the local cloud: from the signup to the endorsed CCB, and every way it may end otherwise."""

from __future__ import annotations

import base64
import hashlib
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from sandbox.cloud.background import RunningCloud
from sandbox.demo import caas_requests as bodies
from tests.journeys.caas_partner import Borrower, CaasPartner, count_dead
from tests.journeys.partner import Plumbing
from tests.journeys.patience import LONGEST

pytestmark = pytest.mark.journey

ISSUER = "Exemplo Sociedade de Crédito Direto S.A."


@pytest.fixture(scope="module")
def partner(cloud: RunningCloud) -> CaasPartner:
    return CaasPartner(cloud)


@pytest.fixture(autouse=True)
def _no_scripts(partner: CaasPartner) -> Iterator[None]:
    assert partner.sandbox.delete("/scripts").is_success
    yield
    assert partner.sandbox.delete("/scripts").is_success


def test_from_the_simulation_to_the_endorsed_ccb(cloud: RunningCloud, partner: CaasPartner) -> None:
    receiver = partner.listen()
    person = partner.sign_up()
    assert partner.status(person)["status"] == "SIGNUP_COMPLETED"
    exposed = {"pep": {"office": "Prefeito", "since": "2017-01-01"}, "associates": [{"name": "Rui Exemplo"}]}
    customer = {
        "cpf": person.cpf,
        "name": "Ana Exemplo",
        "mother": "Maria Exemplo",
        "born_at": "17/05/1990",
        "address": {},
    }
    declared = partner.http.post("/api/v1/customers", json={"customer": customer | exposed}, headers=cloud.headers)
    assert declared.status_code == 201, declared.text
    asked = bodies.simulation(person.cpf, partner.product_id, partner.today, keep=True)
    offer = partner.call("POST", "/caas/simulation", asked)["data"]
    partner.propose(person, offerId=offer["offer_id"])
    csn = person.csn
    owed = partner.wait(csn, "AGUARDANDO_DOCUMENTOS")
    assert owed["pendentDocuments"] == list(bodies.DOCUMENTS)
    tab = partner.http.get(f"/api/v1/bureau_subjects/client/{person.process_id}/inquiries", headers=cloud.headers)
    [inquiry] = tab.json()["data"]
    assert (inquiry["provider"], inquiry["status"], inquiry["purpose"]) == ("serasa", "done", "credit_analysis")
    assert (owed["installmentsValue"], owed["iofValue"]) == (offer["installment_value"], offer["iof_value"])
    assert owed["totalValue"] == pytest.approx(sum(row["value"] for row in offer["installments"]))
    partner.hand_in(person)
    partner.until(lambda: partner.proposal(csn)["hasContracts"])
    checksum, pdf = partner.contract(csn)
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == checksum
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    assert "declara ser pessoa exposta politicamente: Prefeito, desde 01/01/2017." in text
    answer = partner.sign(csn, checksum)
    assert (answer.status_code, answer.json()) == (200, {"aceptedCheckSum": checksum})
    partner.wait(csn, "LIBERADO")
    paid = partner.disbursement(csn)
    assert (paid["status"], paid["number"], paid["method"], paid["value"]) == ("confirmed", 1, "TED", 10000.0)
    [effect] = partner.payouts(csn)
    assert (effect["cpf"], effect["value"], effect["outcome"]) == (person.cpf, 10_000_00, "ok")
    links = [partner.endorse(csn, bodies.FUND).json()["data"]]
    links.append(partner.endorse(csn, bodies.SECURITIZER, recourse=True).json()["data"])
    assert [link["endorser"]["name"] for link in links] == [ISSUER, bodies.FUND["endorseeName"]]
    assert partner.call("GET", f"/v2.1/proposals/{csn}/endorsements")["data"] == links
    signed = partner.wait_for_seal(csn, endorsements=2)
    assert signed["acceptedCheckSum"] == [checksum]
    assert base64.b64decode(signed["contract"]["contract"]).startswith(pdf)
    assert partner.events(csn) == [
        "created",
        "pre_approved",
        "documents_requested",
        "document_received",
        "document_received",
        "documents_completed",
        "approved",
        "contract_generated",
        "signed",
        "disbursed",
        "endorsed",
        "endorsed",
    ]
    partner.until(lambda: "LIBERADO" in _told(partner, receiver, person))
    assert {"SIGNUP_COMPLETED", "PROPOSAL_ANALYSIS", "PROPOSAL_CREATED"} <= {
        notice["body"]["status"] for notice in partner.notices(receiver, person)
    }
    assert count_dead(cloud) == 0


def _told(partner: CaasPartner, receiver: str, person: Borrower) -> set[str]:
    """Statuses of proposals that a receiver was told."""
    return {
        proposal["lastStatus"]
        for notice in partner.notices(receiver, person)
        for proposal in notice["body"]["proposals"]
    }


def test_who_may_not_borrow_is_denied_at_the_signup(partner: CaasPartner) -> None:
    young = partner.sign_up(birthday=f"{partner.today.year - 10}-01-01")
    denied = partner.status(young)
    assert (denied["status"], denied["reasons"]) == ("SIGNUP_DENIED", ["below_minimum_age"])
    asked = bodies.proposal([bodies.asked_product(partner.product_id, partner.today)])
    assert partner.refuse("POST", f"/v2.1/process/proposal/{young.process_id}", asked) == (409, "wrong_state")


def test_what_the_income_does_not_carry_is_denied_and_may_be_asked_for_otherwise(partner: CaasPartner) -> None:
    person = partner.sign_up()
    partner.propose(person, income=3000)
    partner.until(lambda: partner.last_status(person.csn) == "REPROVADO")
    denied = partner.status(person)
    assert denied["status"] == "PROPOSAL_DENIED"
    assert denied["proposals"][0]["reasons"] == ["income_commitment_exceeded"]
    assert partner.refuse("GET", f"/v2.1/contract/{person.csn}") == (409, "wrong_state")
    partner.propose(person, income=3000, value=5000)
    partner.wait(person.csns[-1], "AGUARDANDO_DOCUMENTOS")
    assert partner.payouts(person.csn) == []


@pytest.fixture(scope="module")
def careful(cloud: RunningCloud, partner: CaasPartner) -> CaasPartner:
    """The same partner with a product that owes one document."""
    asks = partner.call("GET", f"/v2.1/products/{partner.product_id}")["data"]["eligibility"]
    bureau = {name: asks[name] for name in ("external_data", "bureau_branch_id")}
    product = {
        "name": "Crédito com consulta",
        "value": {"min": 100, "max": 1_000_000},
        "installments": {"min": 1, "max": 120},
        "monthly_tax": {"min": 0.1, "max": 10},
        "eligibility": {"documents": ["SELF"], **bureau},
        "issuer": {
            "name": ISSUER,
            "cnpj": "99.999.999/0001-91",
            "address": "Avenida Exemplo, 100",
            "ombudsman": "0800 000 0000",
            "email": "contato@example.com",
        },
    }
    product_id = partner.call("POST", "/v2.1/products", product)["data"]["product_id"]

    class Careful(CaasPartner):
        @property
        def product_id(self) -> int:
            return int(product_id)

    return Careful(cloud)


@pytest.mark.parametrize(("decision", "status"), [("APPROVE", "EM_ANALISE_OPERACIONAL"), ("DENY", "REPROVADO")])
def test_a_person_decides_what_the_analysis_flagged(
    cloud: RunningCloud, careful: CaasPartner, decision: str, status: str
) -> None:
    person = careful.sign_up()
    script = {"rules": [{"when": {"document": person.cpf}, "score": 100}]}
    assert careful.sandbox.put("/bureaus/serasa/script", json=script).is_success
    careful.propose(person)
    careful.wait(person.csn, "AGUARDANDO_DOCUMENTOS")
    careful.hand_in(person, ("SELF",))
    flagged = careful.wait(person.csn, "EM_ANALISE_MANUAL")
    assert flagged["reasons"] == ["low_score"]
    path = f"/v2.1/proposals/{person.csn}/decision"
    body = {"decision": decision, "justification": "Renda comprovada por extrato bancário."}
    assert careful.refuse("POST", path, body) == (403, "same_principal")
    decided = careful.send("POST", path, body, headers=cloud.headers)
    assert (decided.status_code, decided.json()["lastStatus"]) == (200, status)
    again = careful.send("POST", path, body, headers=cloud.headers)
    assert again.status_code == 200
    if decision == "APPROVE":
        careful.until(lambda: careful.proposal(person.csn)["hasContracts"])
    assert careful.last_status(person.csn) == status


def test_stages_refuse_to_run_out_of_order(partner: CaasPartner) -> None:
    person = partner.with_documents_owed()
    csn = person.csn
    document = bodies.document("SELF")
    assert partner.refuse("GET", f"/v2.1/contract/{csn}") == (409, "contract_not_generated")
    assert partner.refuse("GET", f"/v2.1/contract/{csn}/signed") == (409, "contract_not_signed")
    correction = {"pixKey": "ana@example.com"}
    assert partner.refuse("POST", f"/v2.1/proposals/{csn}/disbursement", correction) == (409, "wrong_state")
    endorsement = bodies.endorsement(bodies.FUND)
    assert partner.refuse("POST", f"/v2.1/proposals/{csn}/endorsements", endorsement) == (409, "wrong_state")
    assert partner.disbursement(csn)["status"] is None
    partner.call("PUT", f"/v2/process/document/{person.process_id}", document)
    assert partner.proposal(csn)["pendentDocuments"] == ["IDENTITY_FRONT", "IDENTITY_BACK"]
    partner.call("PUT", f"/v2/process/document/{person.process_id}", document)
    partner.hand_in(person, ("IDENTITY_FRONT",))
    assert partner.last_status(csn) == "AGUARDANDO_DOCUMENTOS"
    partner.hand_in(person, ("IDENTITY_BACK",))
    partner.wait(csn, "EM_ANALISE_OPERACIONAL")


def test_a_wrong_checksum_changes_nothing_and_the_same_signature_twice_is_one(partner: CaasPartner) -> None:
    person = partner.with_contract()
    csn = person.csn
    before = partner.proposal(csn)
    checksum, _ = partner.contract(csn)
    wrong = partner.sign(csn, hashlib.sha256(b"other").hexdigest())
    assert (wrong.status_code, wrong.json()["code"]) == (422, "checksum_mismatch")
    assert partner.proposal(csn) == before
    assert partner.payouts(csn) == []
    first, again = partner.sign(csn, checksum), partner.sign(csn, checksum)
    assert (first.status_code, again.status_code, again.text) == (200, 200, first.text)
    partner.wait(csn, "LIBERADO")
    assert partner.sign(csn, checksum).text == first.text
    assert partner.events(csn).count("signed") == 1
    assert len(partner.payouts(csn)) == 1


def test_however_a_payout_goes_there_is_one(cloud: RunningCloud, partner: CaasPartner) -> None:
    """The slow one, those whose answer is lost or late, and the one that comes back, side by side."""
    outcomes = ("slow", "timeout_after_effect", "returned", "key_in_use", "listed_late")
    people = {outcome: partner.with_contract() for outcome in outcomes}
    partner.script_payouts(*({"when": {"csn": people[name].csn}, "outcome": name} for name in people))
    for person in people.values():
        assert partner.sign(person.csn, partner.contract(person.csn)[0]).status_code == 200
    partner.until(lambda: partner.disbursement(people["slow"].csn)["status"] == "sent")
    assert partner.last_status(people["slow"].csn) == "CONTRATADO"
    partner.wait(people["timeout_after_effect"].csn, "LIBERADO")
    returned = partner.wait(people["returned"].csn, "ESTORNO", sweeping=True)
    assert returned["reasons"] == ["ACCOUNT_CLOSED"]
    assert partner.events(people["returned"].csn)[-2:] == ["disbursed", "payout_returned"]
    for name in ("slow", "key_in_use", "listed_late"):
        partner.wait(people[name].csn, "LIBERADO", sweeping=True)
    for person in people.values():
        assert len(partner.payouts(person.csn)) == 1
    assert partner.refuse(
        "POST", f"/v2.1/proposals/{people['returned'].csn}/endorsements", bodies.endorsement(bodies.FUND)
    ) == (409, "wrong_state")
    assert count_dead(cloud) == 0


def test_refused_money_goes_to_a_corrected_account(partner: CaasPartner) -> None:
    person = partner.with_contract()
    csn = person.csn
    partner.script_payouts({"when": {"csn": csn}, "outcome": "refused", "times": 1})
    assert partner.sign(csn, partner.contract(csn)[0]).status_code == 200
    refused = partner.wait(csn, "PENDENTE")
    assert refused["reasons"] == ["ACCOUNT_CLOSED"]
    corrected = partner.call("POST", f"/v2.1/proposals/{csn}/disbursement", {"pixKey": "ana@example.com"})["data"]
    assert (corrected["number"], corrected["method"]) == (2, "PIX")
    partner.wait(csn, "LIBERADO")
    effects = partner.payouts(csn)
    assert [(effect["outcome"], effect["method"]) for effect in effects] == [("refused", "TED"), ("ok", "PIX")]
    assert len({effect["idempotency_key"] for effect in effects}) == 2
    assert partner.disbursement(csn)["status"] == "confirmed"


def test_the_last_endorsee_alone_is_the_next_endorser(partner: CaasPartner) -> None:
    csn = partner.disbursed().csn
    assert partner.endorse(csn, bodies.FUND).status_code == 201
    same = partner.endorse(csn, bodies.FUND)
    assert (same.status_code, same.json()["code"]) == (422, "same_holder")
    assert partner.endorse(csn, bodies.SECURITIZER).status_code == 201
    chain = partner.call("GET", f"/v2.1/proposals/{csn}/endorsements")["data"]
    assert [link["position"] for link in chain] == [1, 2]
    assert chain[1]["endorser"] == chain[0]["endorsee"]
    nameless = partner.endorse(csn, {"endorseeCnpj": bodies.FUND["endorseeCnpj"]})
    assert nameless.status_code == 400


def kill(cloud: RunningCloud, operation: str) -> int:
    """SIGKILL every worker of a function; how many there were."""
    victims = cloud.workers(operation)
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    return len(victims)


def test_processes_killed_at_contract_and_payout_lose_and_double_nothing(
    cloud: RunningCloud, partner: CaasPartner
) -> None:
    """One process with five contracts to draw and one contract to pay: both are killed in the middle of it."""
    paying = partner.with_contract()
    drawing = partner.with_documents_owed(5, income=60_000)
    partner.script_payouts({"when": {"csn": paying.csn}, "outcome": "ok", "delay_ms": 2_500})

    assert partner.sign(paying.csn, partner.contract(paying.csn)[0]).status_code == 200
    partner.until(lambda: len(partner.payouts(paying.csn)) == 1, pause=0.02)
    assert kill(cloud, "disburse")
    assert partner.last_status(paying.csn) == "CONTRATADO"

    partner.hand_in(drawing)
    partner.until(lambda: any(partner.proposal(csn)["hasContracts"] for csn in drawing.csns), pause=0)
    assert kill(cloud, "generate_contract")
    drawn = [csn for csn in drawing.csns if partner.proposal(csn)["hasContracts"]]
    assert 1 <= len(drawn) < 5

    partner.until(lambda: all(partner.proposal(csn)["hasContracts"] for csn in drawing.csns), sweeping=True, pause=1)
    partner.wait(paying.csn, "LIBERADO", sweeping=True)
    assert len(partner.payouts(paying.csn)) == 1
    assert partner.events(paying.csn).count("disbursed") == 1
    for csn in drawing.csns:
        assert partner.events(csn).count("contract_generated") == 1
        checksum, pdf = partner.contract(csn)
        assert hashlib.sha256(pdf).hexdigest() == checksum
    assert count_dead(cloud) == 0


def sign_until_answered(partner: CaasPartner, csn: str, checksum: str) -> None:
    """A call that meets the dying process is answered 502; whoever got no answer signs again."""
    partner.until(lambda: partner.sign(csn, checksum).status_code == 200)


def test_processes_killed_at_the_signature_sign_once_and_pay_once(cloud: RunningCloud, partner: CaasPartner) -> None:
    """Four signatures, each killed a little later on its way; whoever got no answer signs again."""
    person = partner.with_documents_owed(4, income=60_000)
    partner.hand_in(person)
    partner.until(lambda: all(partner.proposal(csn)["hasContracts"] for csn in person.csns))
    checksums = {csn: partner.contract(csn)[0] for csn in person.csns}
    killed = 0
    with ThreadPoolExecutor(1) as pool:
        for (csn, checksum), delay in zip(checksums.items(), (0.005, 0.015, 0.03, 0.05), strict=True):
            first = pool.submit(partner.sign, csn, checksum)
            wait([first], timeout=delay)
            killed += kill(cloud, "sign_contract")
            kill(cloud, "seal_contract")
            first.result(LONGEST)
            sign_until_answered(partner, csn, checksum)
    assert killed
    for csn in person.csns:
        partner.wait(csn, "LIBERADO", sweeping=True)
        partner.wait_for_seal(csn, sweeping=True)
        assert partner.events(csn).count("signed") == 1
        assert len(partner.payouts(csn)) == 1
    assert count_dead(cloud) == 0


def test_another_partner_finds_nothing(cloud: RunningCloud, partner: CaasPartner) -> None:
    person = partner.disbursed()
    stranger = CaasPartner(cloud, is_other=True)
    csn, checksum = person.csn, partner.contract(person.csn)[0]
    process, proposal = f"/v2.1/process/proposal/{person.process_id}", f"/v2.1/proposals/{csn}"
    asked = bodies.proposal([bodies.asked_product(stranger.product_id, stranger.today)])
    log = bodies.log_data(datetime.now(UTC))
    calls: list[tuple[str, str, Any]] = [
        ("GET", f"/v2/process/status/{person.process_id}", None),
        ("POST", process, asked),
        ("PUT", f"/v2/process/document/{person.process_id}", bodies.document("SELF")),
        ("POST", f"/v2.1/process/expire_proposals/{person.process_id}", None),
        ("GET", proposal, None),
        ("POST", f"{proposal}/decision", {"decision": "APPROVE", "justification": "Renda comprovada."}),
        ("GET", f"/v2.1/contract/{csn}", None),
        ("POST", f"/v2.1/contract/{csn}", {"aceptedCheckSum": checksum, "logData": log}),
        ("GET", f"/v2.1/contract/{csn}/signed", None),
        ("GET", f"{proposal}/disbursement", None),
        ("POST", f"{proposal}/disbursement", {"pixKey": "x@example.com"}),
        ("GET", f"{proposal}/endorsements", None),
        ("POST", f"{proposal}/endorsements", bodies.endorsement(bodies.FUND)),
    ]
    for method, path, body in calls:
        assert stranger.send(method, path, body).status_code == 404, (method, path)
    assert stranger.call("GET", f"/v2/borrower?cpf={person.cpf}")["isRegistered"] is False
    listed = stranger.call("GET", "/v2.1/proposals")["proposals"]
    assert csn not in {each["customerServiceNumber"] for each in listed}
    for method, path, body in calls[:2]:
        assert stranger.send(method, path, body, headers={"Authorization": "Bearer x.y.z"}).status_code == 401


def test_no_log_holds_a_document_a_token_or_a_secret(cloud: RunningCloud, partner: CaasPartner) -> None:
    person = partner.disbursed()
    partner.call("GET", f"/v2/borrower?cpf={person.cpf}")
    partner.send("GET", f"/v2/process/status/{person.cpf}")
    logged = Plumbing(cloud).read_logs() + "".join(
        file.read_text(errors="replace") for file in cloud.logs.iterdir() if file.is_file()
    )
    for operation in ("disburse", "generate_contract", "analyze", "sign_contract"):
        assert f"lastro-{operation}" in logged
    cpf = person.cpf
    masked = f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}"
    secrets = [partner.token, partner.credentials["client_secret"], partner.credentials["api_key"], "sandbox-payer-key"]
    for secret in (cpf, masked, *secrets, "Ana Exemplo", "ana@example.com"):
        assert secret not in logged
