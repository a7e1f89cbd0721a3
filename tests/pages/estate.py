"""A partner whose records were all made with hostile texts, and of each kind one that waits for a person."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from lastro.kernel.calendar import local_date
from lastro.kernel.documents import Cnpj
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.panel import portal_url
from sandbox.cloud.seeding.people import DEMO_PASSWORD
from sandbox.demo import caas_requests as bodies
from sandbox.demo.approvals import RULE, make_flow
from sandbox.demo.creditor import Creditor
from sandbox.demo.portal import Portal
from tests.journeys.caas_partner import CaasPartner
from tests.journeys.documents import spell_documents
from tests.journeys.partner import Partner
from tests.journeys.patience import LONGEST
from tests.pages.hostile import MARK, TEXTS, Planter, example_of

CNPJS = spell_documents(Cnpj, f"77H{secrets.randbelow(10**6):06d}", 3)
SHORT = TEXTS[1]
APPROVER = "aprovadora@example.com"


def make_cpf() -> str:
    return bodies.make_cpf(secrets.randbelow(10**9))


@dataclass
class Estate:
    """What was planted, by what the addresses of the panel call it."""

    cloud: RunningCloud
    api: httpx.Client
    planter: Planter
    ids: dict[str, str] = field(default_factory=dict)
    address: str = ""
    """Where the portal's visitor logs in."""
    authorities: list[str] = field(default_factory=list)

    def put_authority(self, name: str, limits: dict[str, Any]) -> None:
        self.api.put(
            f"/api/v1/approval_authorities/{quote(name, safe='')}", json={"authority": limits}
        ).raise_for_status()

    @property
    def portal(self) -> str:
        return portal_url(self.cloud.settings)

    def call(self, operation: str, body: Any = None, **options: Any) -> Any:
        return self.planter.call(operation, example_of(operation) if body is None else body, **options)

    def log_in(self, person: str) -> dict[str, str]:
        """Headers of somebody of the panel."""
        login = {"email": person, "password": DEMO_PASSWORD}
        answer = self.api.post("/panel/sessions", json=login, headers={"X-Lastro-Panel": "1"}).raise_for_status()
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def plant(cloud: RunningCloud, api: httpx.Client) -> Estate:
    """Everything that a screen shows, made by the calls that partners make."""
    estate = Estate(cloud, api, Planter(httpx.Client(base_url=cloud.base_url, timeout=LONGEST), cloud.headers))
    _plant_simulations(estate)
    _plant_proposals(estate)
    _plant_bureaus(estate)
    _plant_debts(estate)
    _plant_customers(estate)
    _plant_approvals(estate)
    _plant_portal(estate)
    _plant_requests(estate)
    return estate


def _plant_simulations(estate: Estate) -> None:
    lead = example_of("create_lead")
    document = make_cpf()
    lead["lead"]["cpf_cnpj"] = document
    lead["lead"]["address"]["complement"] = "x"
    estate.call("create_lead", lead)
    body = Partner(estate.cloud).body(terms=(36,), banks=("655",))
    body["simulation"]["retrieve_lead"] = {"cpf_cnpj": document}
    estate.ids["uuid"] = estate.call("create_simulation", body)["data"]["uuid"]


def _plant_proposals(estate: Estate) -> None:
    caas = CaasPartner(estate.cloud)
    found = caas.call("GET", f"/v2.1/products/{caas.product_id}")["data"]
    product = {name: found[name] for name in example_of("create_product") if name in found}
    product |= {"name": "x", "issuer": example_of("create_product")["issuer"]}
    product_id = estate.call("create_product", product, headers=caas.headers)["data"]["product_id"]
    clauses = {"clauses": [{"title": "x", "paragraphs": ["x"]}], "version": 0}
    estate.call("put_product_clauses", clauses, headers=caas.headers, product_id=product_id)

    people = {make_cpf(): score for score in (100, 101, 800, 801)}
    rules = [{"when": {"document": cpf}, "score": score} for cpf, score in people.items()]
    caas.sandbox.put("/bureaus/serasa/script", json={"rules": rules}).raise_for_status()
    signups = [bodies.signup(cpf, datetime.now(UTC)) for cpf in people]
    processes = [estate.call("create_simple_signup", each, headers=caas.headers)["id"] for each in signups]
    numbers = []
    for process in processes:
        _wait_for_signup(caas, process)
        body = bodies.proposal([bodies.asked_product(product_id, caas.today)])
        body["business"]["benefitNumber"] = "x"
        body["bank"]["bank"] = {"code": "001", "desc": "x"}
        made = estate.call("create_proposal", body, headers=caas.headers, id=process)
        numbers.append(str(made["proposals"][0]["customerServiceNumber"]))
    for process, number in zip(processes, numbers, strict=True):
        caas.wait(number, "AGUARDANDO_DOCUMENTOS")
        for kind in bodies.DOCUMENTS:
            estate.call("put_document", bodies.document(kind), headers=caas.headers, keep=("base64",), id=process)
    flagged, decided, refused, paid = numbers
    for number in (flagged, decided):
        caas.wait(number, "EM_ANALISE_MANUAL")
    decision = {"decision": "DENY", "justification": "Renda não conferida."}
    estate.call("decide_proposal", decision, headers=estate.log_in(APPROVER), customerServiceNumber=decided)
    caas.script_payouts({"when": {"csn": refused}, "outcome": "refused", "times": 1})
    for number in (refused, paid):
        _wait_for_contract(caas, number)
        checksum, _ = caas.contract(number)
        signature = {"aceptedCheckSum": checksum, "logData": bodies.log_data(datetime.now(UTC))}
        estate.call("sign_contract", signature, headers=caas.headers, customerServiceNumber=number)
    caas.wait(refused, "PENDENTE")
    caas.wait(paid, "LIBERADO", sweeping=True)
    endorsement = bodies.endorsement(bodies.FUND)
    estate.call("create_endorsement", endorsement, headers=caas.headers, customerServiceNumber=paid)
    caas.sandbox.delete("/scripts").raise_for_status()
    estate.ids |= {"number": flagged, "decided": decided, "refused": refused, "paid": paid}


def _wait_for_signup(caas: CaasPartner, process: str) -> None:
    caas.until(lambda: caas.call("GET", f"/v2/process/status/{process}")["status"] != "SIGNUP_ANALISIS")


def _wait_for_contract(caas: CaasPartner, number: str) -> None:
    caas.until(lambda: bool(caas.proposal(number)["hasContracts"]))


def _plant_bureaus(estate: Estate) -> None:
    creditor = Creditor(estate.cloud, estate.api, LONGEST)
    branch = creditor.open_branch(next(CNPJS))
    estate.call("update_branch", {"branch": {"name": "x"}}, branch_id=branch)
    bare = estate.call("create_branch", {"branch": {"name": "x", "cnpj": next(CNPJS)}})["data"]["id"]
    integrations = estate.api.get("/api/v1/bureau_integrations").raise_for_status().json()["data"]
    integration = next(each["id"] for each in integrations if each["branch_id"] == branch)
    settings = {"settings": {"approval_required": True}}
    creditor.call("PUT", f"/api/v1/negativation_settings/{branch}", settings)
    inquiry = example_of("create_bureau_inquiry")
    inquiry["bureau_inquiry"] |= {"document": "99999910254", "branch_id": branch, "purpose": "collection"}
    del inquiry["bureau_inquiry"]["features"]
    made = estate.call("create_bureau_inquiry", inquiry)
    estate.ids |= {"branch": str(bare), "town": str(branch), "integration": str(integration)}
    estate.ids["inquiry"] = made["data"]["id"]


def _plant_debts(estate: Estate) -> None:
    branch = int(estate.ids["town"])
    debtor = example_of("create_debtor")
    debtor["debtor"] |= {"document": make_cpf(), "external_id": f"c{uuid4().hex}"}
    owner = estate.call("create_debtor", debtor)["data"]["id"]
    due = (local_date(datetime.now(UTC)) - timedelta(days=60)).isoformat()

    def owe() -> str:
        boleto = example_of("create_boleto")["boleto"]
        boleto |= {"debtor_id": owner, "branch_id": branch, "due_on": due, "external_id": f"b{uuid4().hex}"}
        return str(estate.call("create_boleto", {"boleto": boleto}, longest={"contract_number": 20})["data"]["id"])

    def list_one(boleto: str) -> str:
        asked = {"negativation": {"boleto_id": boleto, "requested_by": "ana"}}
        return str(estate.call("create_negativation", asked)["data"]["id"])

    approval = {"approval": {"decision": "approve", "decided_by": "bia", "justification": "x"}}

    def in_status(listing: str) -> str:
        answer = estate.api.get(f"/api/v1/negativations/{listing}").raise_for_status()
        return str(answer.json()["data"]["status"])

    waiting, listed, ordered, removed, contested = (list_one(owe()) for _ in range(5))
    for each in (listed, ordered, removed, contested):
        estate.call("decide_negativation", approval, negativation_id=each)
    paid = owe()
    today = local_date(datetime.now(UTC)).isoformat()
    settlement = {"paid_on": today, "available_on": today, "amount_cents": 100, "payment_id": "x"}
    estate.call("settle_boleto", {"settlement": settlement}, boleto_id=paid)
    creditor = Creditor(estate.cloud, estate.api, LONGEST)
    for each in (listed, ordered, removed):
        creditor.until(partial(in_status, each), lambda status: status == "notificada")
    notice = example_of("record_negativation_notice")
    notice["notice"] |= {"channel": "letter", "address": "x", "sent_on": today, "delivered_on": today}
    noticed = estate.call("record_negativation_notice", notice, negativation_id=listed)["data"]["notice"]["id"]
    del notice["notice"]["proof"], notice["notice"]["delivered_on"]
    noticed = estate.call("record_negativation_notice", notice, negativation_id=removed)["data"]["notice"]["id"]
    proof = example_of("prove_negativation_notice")
    proof["notice_proof"]["delivered_on"] = today
    estate.call("prove_negativation_notice", proof, negativation_id=removed, notice_id=noticed)
    estate.call("remove_negativation", negativation_id=removed)
    order = example_of("order_negativation_removal")
    order["removal_order"]["issued_on"] = today
    estate.call("order_negativation_removal", order, negativation_id=ordered)
    estate.ids |= {
        "debtor": owner,
        "waiting": waiting,
        "contested": contested,
        "listing": listed,
        "ordered": ordered,
        "removed": removed,
        "boleto": paid,
    }
    _plant_arrivals(estate, creditor, branch)


def _plant_arrivals(estate: Estate, creditor: Creditor, branch: int) -> None:
    """What a bureau says of no listing of ours: two that can be read."""
    settings = f"/api/v1/negativation_settings/{branch}/events"
    told = creditor.call("PUT", settings, {"events": {"credential": "basic"}})["data"]
    login = b64encode(f"{told['user']}:{told['password']}".encode()).decode()
    headers = {"Authorization": f"Basic {login}"}
    for _ in range(2):
        event = example_of("receive_bureau_event") | {"contract": f"A<b onclick=x>{MARK[0]}", "error": SHORT}
        secret = told["path"].rpartition("/")[2]
        estate.call("receive_bureau_event", event, headers=headers, provider=told["provider"], secret=secret)
    path = "/api/v1/bureau_arrivals"

    def own() -> list[dict[str, Any]]:
        # What others left there may be seen to meanwhile.
        return [each for each in creditor.call("GET", path)["data"] if MARK[0] in json.dumps(each, ensure_ascii=False)]

    first, *_ = creditor.until(own, lambda found: len(found) > 1)
    estate.call("resolve_bureau_arrival", arrival_id=first["id"])


def _plant_customers(estate: Estate) -> None:
    for name in ("customer", "buyer"):
        made = estate.call("create_customer", {"customer": _customer()})["customer"]["id"]
        estate.ids[name] = str(made)
    kept = estate.api.get("/api/v1/customer_classes").raise_for_status().json()["customer_classes"]["classes"]
    classes = [{"name": each["name"], "condition": each["condition"]} for each in kept if "¤" not in each["name"]]
    added = {"name": "x", "condition": {"known": "income_cents"}}
    body = {"customer_classes": {"classes": [added, *classes]}}
    put = estate.call("put_customer_classes", body)["customer_classes"]["classes"]
    override = {"class_override": {"class_id": put[0]["id"], "reason": "x", "set_by": "x"}}
    estate.call("put_class_override", override, customer_id=estate.ids["customer"])
    estate.call("put_class_override", override, customer_id=estate.ids["buyer"])
    revocation = {"revocation": {"reason": "x", "revoked_by": "x"}}
    estate.call("revoke_class_override", revocation, customer_id=estate.ids["buyer"])


def _customer() -> dict[str, Any]:
    customer: dict[str, Any] = example_of("create_customer")["customer"]
    place = {**customer["address"], "complement": "x"}
    pep = {"office": "x", "since": "01/01/2025"}
    phone = {"code": 11, "number": 30000000}
    texts = ("nickname", "mother", "father", "note", "nationality", "place_of_birth", "credit_cards", "spouse_name")
    work = {"department": "x", "detail": "x", "previous_work": "x", "address": place, "name": "x"}
    return {
        **customer,
        **dict.fromkeys((*texts, "rg", "rg_issuing", "cnh"), "x"),
        "cpf": make_cpf(),
        "address": place,
        "addresses": [place],
        "pep": pep,
        "public_person": True,
        "associates": [{"name": "x", "public_person": True, "pep": pep}],
        "accountant": {"name": "x", "city": "x", "phone": phone},
        "attachments": [{"name": "x"}],
        "personal_references": [{"name": "x", "city": "x", "relationship": "x"}],
        "bank_references": [{"bank_id": 1, "digit": "x"}],
        "job_reference": {**customer["job_reference"], **work},
    }


def _plant_approvals(estate: Estate) -> None:
    rule = estate.call("create_approval_rule", {"approval_rule": dict(RULE)})["approval_rule"]
    limits = {"rank": 1, "minimum_percent": "90", "without_bureau_report": True}
    authority = f"{SHORT}{uuid4().hex[:8]}{MARK[0]}"
    estate.authorities = [authority, APPROVER]
    for name in estate.authorities:
        estate.put_authority(name, limits)
    of_rule = {name: rule[name] for name in ("development", "price_table")}

    def reserve(payment: int) -> dict[str, Any]:
        asked = {**of_rule, "unit": "x", "customer_id": int(estate.ids["customer"]), "requested_by": "x"}
        asked |= {"pre_registration_id": "x", "flow": make_flow(payment)}
        body = {"reservation": asked}
        made: dict[str, Any] = estate.call("create_reservation", body)["reservation"]
        return made

    waiting, decided, cancelled, open_one = (reserve(4_800_000) for _ in range(4))
    decision = {"decision": {"verdict": "approve", "decided_by": authority, "justification": "x"}}
    estate.call("decide_reservation", decision, reservation_id=decided["id"])
    cancellation = {"cancellation": {"cancelled_by": "x", "reason": "x"}}
    estate.call("cancel_reservation", cancellation, reservation_id=cancelled["id"])
    sale = example_of("create_sale")
    sale["sale"]["reservation_id"] = decided["id"]
    sold = estate.call("create_sale", sale)["sale"]["id"]
    asked = example_of("create_assignment")["assignment"] | {"sale_id": sold}
    asked |= {"from_customer_id": int(estate.ids["customer"]), "to_customer_id": int(estate.ids["buyer"])}
    asked["assigned_on"] = local_date(datetime.now(UTC)).isoformat()
    estate.call("create_assignment", {"assignment": asked})
    estate.ids |= {
        "rule": str(rule["id"]),
        "reservation": str(waiting["id"]),
        "open": str(open_one["id"]),
        "granted": str(decided["id"]),
    }


def _plant_portal(estate: Estate) -> None:
    estate.address = f"hostil.{uuid4().hex[:10]}@example.com"
    person = example_of("create_portal_person")["portal_person"]
    person |= {"login_email": estate.address, "email": estate.address, "developments": ["x"]}
    person["units"] = [{"development": "x", "unit": "x"}]
    del person["login_mobile"]
    visitor = estate.call("create_portal_person", {"portal_person": person})["portal_person"]["id"]
    bulletin = example_of("create_bulletin")["bulletin"] | {"kind": "diversos", "starts_on": None, "ends_on": None}
    shown = {name: bulletin[name] for name in ("title", "paragraphs")}
    estate.ids["bulletin"] = str(
        estate.call("create_bulletin", {"bulletin": {"kind": "diversos", **shown}})["bulletin"]["id"]
    )
    units = {"kind": "unidade", "units": [{"development": "x", "unit": "x"}], **shown}
    estate.call("create_bulletin", {"bulletin": units})
    developments = {"kind": "empreendimento", "developments": ["x"], **shown}
    estate.call("create_bulletin", {"bulletin": developments})
    survey = example_of("create_survey")["survey"] | {"triggers": ["ticket"]}
    estate.ids["survey"] = str(estate.call("create_survey", {"survey": survey})["survey"]["id"])
    told = {"feature": "ticket", "id": uuid4().hex, "service_id": "x", "portal_person_id": visitor}
    estate.call("create_survey_event", {"survey_event": told})
    httpx.post(f"{estate.cloud.sandbox_url}/schedules/send_surveys/run", timeout=LONGEST).raise_for_status()
    with Portal(estate.cloud) as office:
        session = office.log_in(estate.address)
        answered = office.visit(session, "GET", "/api/v1/portal/surveys")["surveys"]
    own = {"Authorization": f"Bearer {session['access_token']}"}
    answer = {"answer": {"score": 9, "text": "x"}}
    sent = next(each["id"] for each in answered if each["answered_at"] is None)
    estate.call("answer_survey", answer, headers=own, sent_survey_id=sent)
    changed = {name: person[name] for name in ("name", "rg", "address", "email")}
    estate.call("put_own_registration", {"portal_person": changed}, headers=own)


def _plant_requests(estate: Estate) -> None:
    made = {}
    for operation in ("create_data_subject_request", "create_access_request", "create_legal_hold"):
        body = example_of(operation)
        next(iter(body.values()))["document"] = make_cpf()
        made[operation] = estate.call(operation, body)["data"]["id"]
    estate.ids["request"] = made["create_data_subject_request"]
    hold = made["create_legal_hold"]
    estate.call("lift_legal_hold", example_of("lift_legal_hold"), hold_id=hold)
    store = example_of("create_store")["store"] | {"cnpj": next(CNPJS)}
    estate.call("create_store", {"store": store})
