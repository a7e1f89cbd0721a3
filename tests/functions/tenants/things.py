"""What the first partner has: at least one thing of each kind, each known by marks in whatever tells of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lastro.aws.dynamodb.table import Table
from lastro.financing.attempts.model import hear
from lastro.financing.attempts.states import State
from lastro.financing.proposals.model import put_attempt
from lastro.financing.records.activities import note
from lastro.financing.records.store import ProposalStore
from lastro.kernel.banks import BANKS
from lastro.kernel.cursors import spell_cursor
from lastro.negativations.arrivals.store import ArrivalStore
from lastro.negativations.events.store import EventSource
from lastro.negativations.wiring import open_event_store
from lastro.operator.command import create_client, create_key, create_partner, create_store, open_registration
from lastro.origination.disbursements.model import ROW, Account, PayoutMethod, payout_fields, request_payout
from lastro.origination.processes.changes import Change, Row, RowPut
from lastro.origination.processes.model import amend_process
from lastro.surveys.model import Recipient
from lastro.surveys.store import SurveyStore
from lastro.surveys.wiring import open_sending
from lastro.vehicles.wiring import open_loading
from lastro.webhooks.service import make_notice
from lastro.webhooks.wiring import open_notices
from sandbox.catalogue import make_catalogue
from tests.clock import MovableClock
from tests.domain.financing.test_attempts import proposal, word
from tests.functions.approvals.conftest import keep_customer
from tests.functions.customers.conftest import cpf_of
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import CNPJ, CPF, OTHER_CPF
from tests.functions.origination.contracts.contract_desk import Desk
from tests.functions.origination.journey import Journey
from tests.functions.tenants.operations import OPERATIONS, Thing
from tests.functions.tenants.world import (
    ABSENT,
    BOUND,
    CHASSI,
    MARKED_CENTS,
    MARKED_COST,
    MARKED_PRICE,
    OF_PANEL,
    OF_PARTNER,
    OF_STORE,
    ON_THE_DOOR,
    PANEL,
    PARTNER,
    STORE,
    Credential,
    World,
    ask,
)


def _sample(name: str) -> dict[str, Any]:
    [operation] = [each for each in OPERATIONS if each.name == name]
    body: dict[str, Any] = json.loads(operation.sample()["body"])
    return body


def open_world(clock: MovableClock, queues: Mapping[str, str], identity: dict[str, str]) -> World:
    """Make everything, through the functions wherever a function makes it."""
    registration = open_registration()
    partner, other = (create_partner(registration, name)["partner_id"] for name in (OF_PARTNER, "Rede Intrusa"))
    names = (ON_THE_DOOR, "Loja dois", "Loja três")
    first, second, third = (
        create_store(registration, partner, name, CNPJ, ("341", "422"))["store_id"] for name in names
    )
    foreign = create_store(registration, other, "Loja intrusa", CNPJ, ("341", "422"))["store_id"]
    owner = Credential(partner, "", "", (first, second, third), store_id=first)
    world = World(clock, owner, second, third, Credential(other, "", "", (foreign,), store_id=foreign))
    world.marks |= {
        partner: frozenset({PARTNER}),
        OF_PARTNER: frozenset({PARTNER}),
        ON_THE_DOOR: frozenset({PARTNER, BOUND}),
        OF_STORE: frozenset({PARTNER, STORE, BOUND}),
        OF_PANEL: frozenset({PARTNER, STORE, BOUND, PANEL}),
    }
    _hub(world, first)
    _bureaus(world, first)
    _credits(world, queues, identity, first)
    _notices(world, first)
    _approvals(world)
    _vehicles(world)
    _customers(world)
    _proposals(world, first)
    _portal(world)
    _subjects(world)
    _debts(world)
    _credentials(world)
    world.remember()
    return world


def _hub(world: World, store_id: int) -> None:
    stores = ("/api/v1/stores/{store_id}",)
    world.add(stores, str(store_id), "999999", PARTNER, BOUND)
    world.places["/bureaus/{provider}"] = "spc_brasil"
    world.places["/api/v1/portal/logins/{login_id}"] = "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"
    world.places["/bureaus/{provider}/events/{secret}"] = "segredo-que-ninguem-tem-0123456789abcdef"
    for code in ("422", "341"):
        world.places["/api/v1/stores/{store_id}/bank_credentials/{bank_code}"] = code
        fields = dict.fromkeys(BANKS[code].credential_fields, "exemplo")
        world.do("put_bank_credentials", {"bank_credential": fields})
    leads = ("/api/v1/banks_api/leads/{cpf_cnpj}",)
    world.add(leads, CPF, OTHER_CPF, PARTNER, STORE, BOUND)
    lead = _sample("create_lead")["lead"]
    world.do("create_lead", {"lead": {**lead, "name": f"{OF_STORE}, lead"}})
    simulation = world.do("create_simulation")["data"]["uuid"]
    world.add(("/api/v1/banks_api/simulations/{uuid}",), simulation, ABSENT, PARTNER, STORE, BOUND)


def _bureaus(world: World, store_id: int) -> None:
    branches, integrations = "/api/v1/branches/{branch_id}", "/api/v1/bureau_integrations/{integration_id}"
    branch = {**_sample("create_branch")["branch"], "name": f"{OF_STORE}, filial", "store_id": store_id}
    branch_id = str(world.do("create_branch", {"branch": branch})["data"]["id"])
    world.fields["body.branch_id"] = world.add((branches,), branch_id, "999999", PARTNER, STORE, BOUND)
    asked = _sample("create_bureau_integration")["bureau_integration"]
    asked |= {"branch_id": int(branch_id), "shared_with": [], "prices": {"RELATORIO_BASICO_PF_PME": MARKED_COST}}
    world.marks[str(MARKED_COST)] = frozenset({PARTNER, STORE, BOUND, PANEL})
    asked["fields"]["client_id"] = f"{OF_STORE}, integração"
    integration = str(world.do("create_bureau_integration", {"bureau_integration": asked})["data"]["id"])
    world.add((integrations,), integration, "999999", PARTNER, STORE, BOUND, PANEL)
    for last in ("", "/test"):
        world.places[integrations + "/secrets/{field}" + last] = "client_secret"
    world.do(
        "put_bureau_settings",
        {"bureau_settings": {**_sample("put_bureau_settings")["bureau_settings"], "repeat_days": 77}},
    )
    world.marks['"repeat_days":77'] = frozenset({PARTNER})
    inquiry = {**_sample("create_bureau_inquiry")["bureau_inquiry"], "branch_id": int(branch_id)}
    inquiry |= {"document": "999.999.101-73", "requested_by": OF_PANEL}
    subject = "lead-carimbado-da-loja"
    inquiry["subject"] = {"type": "lead", "id": subject}
    made = world.do("create_bureau_inquiry", {"bureau_inquiry": inquiry})["data"]["id"]
    subjects = "/api/v1/bureau_subjects/{subject_type}"
    world.places[subjects] = "lead"
    world.add((subjects + "/{subject_id}",), subject, "lead-de-ninguem", PARTNER, STORE, BOUND, PANEL)
    world.add(("/api/v1/bureau_inquiries/{inquiry_id}",), made, ABSENT, PARTNER, STORE, BOUND, PANEL)


def _credits(world: World, queues: Mapping[str, str], identity: dict[str, str], store_id: int) -> None:
    product = world.do("create_product", {**_sample("create_product"), "name": f"{OF_PARTNER}, produto"})
    product_id = str(product["data"]["product_id"])
    external = "/api/external/v2.1"
    found = world.add((external + "/products/{product_id}",), product_id, "999999", PARTNER)
    world.fields |= {"body.product_id": found, "body.productId": found, "query.productId": found}
    world.do("put_product_clauses")
    signup = {**_sample("create_simple_signup"), "name": f"{OF_STORE}, pessoa"}
    process_id = world.do("create_simple_signup", signup)["id"]
    within = (PARTNER, STORE, BOUND)
    world.fields["query.cpf"] = Thing(CPF, OTHER_CPF, frozenset(within))
    processes = ("2.1/process/proposal", "2.1/process/expire_proposals", "2/process/document", "2/process/status")
    world.add([f"/api/external/v{each}/{{id}}" for each in processes], process_id, ABSENT.replace("-", ""), *within)
    journey = Journey(world.clock, world.owner.partner_id, queues)
    desk = Desk(journey, identity)
    journey.store.reserve_numbers(76)  # The description shows the first number of the day.
    csn = desk.signed(name=f"{OF_STORE}, pessoa", process_id=process_id, store_id=store_id)
    assert desk.seal(csn) == []
    joined = amend_process(journey.process(process_id), "proposed", world.clock.now(), "test", credits=(csn,))
    assert journey.store.commit(Change(processes=[joined]))
    account = Account(PayoutMethod.PIX, pix_key="ana@example.com")
    payout = request_payout(csn, 1, 1000_00, account, world.clock.now())
    assert journey.store.commit(Change(rows=[RowPut(journey.credit(csn).owner, Row(ROW, payout_fields(payout)))]))
    world.marks['"CONTRATADO":1'] = frozenset(within)
    names = (
        *(external + "/proposals/{customerServiceNumber}", external + "/contract/{customerServiceNumber}"),
        "/api/v1/portal/contracts/{customer_service_number}",
    )
    world.add(names, csn, "20261103090000000000999", *within)
    world.places[names[0] + "/documents/{type}"] = "SELF"


def _notices(world: World, store_id: int) -> None:
    world.do("put_callback", {**_sample("put_callback"), "url": "http://127.0.0.1:9/carimbo-do-retorno"})
    world.marks["carimbo-do-retorno"] = frozenset({PARTNER})
    notice = make_notice(
        world.owner.partner_id,
        "process_changed",
        "carimbo-do-aviso",
        "1",
        {"name": f"{OF_STORE}, pessoa"},
        datetime(2026, 11, 3, 12, tzinfo=UTC),
        store_id=store_id,
    )
    assert open_notices().keep(notice)
    deliveries = ("/api/external/v2.1/callbacks/deliveries/{id}",)
    world.add(deliveries, notice.id, "msg_00000000000000000000000000000000", PARTNER, STORE, BOUND)


def _approvals(world: World) -> None:
    rule = {**_sample("create_approval_rule")["approval_rule"], "name": f"{OF_PARTNER}, regra"}
    made = world.do("create_approval_rule", {"approval_rule": rule})["approval_rule"]["id"]
    world.add(("/api/v1/approval_rules/{approval_rule_id}",), str(made), "999999", PARTNER)
    _sales(world)
    world.add(("/api/v1/approval_authorities/{authority_name}",), "bia.lima", "zoe.ramos", PARTNER)
    bound = {**_sample("put_approval_authority")["authority"], "maximum_cents": MARKED_CENTS}
    world.do("put_approval_authority", {"authority": bound})
    world.marks[str(MARKED_CENTS)] = frozenset({PARTNER})
    keep_customer(Table(), world.owner.partner_id, 42)
    sold = {"unit": f"{OF_PARTNER}, unidade", "customer_id": 42}
    asked = {**_sample("create_reservation")["reservation"], **sold}
    reserved = world.do("create_reservation", {"reservation": asked})["reservation"]["id"]
    world.add(("/api/v1/reservations/{reservation_id}",), str(reserved), "999999", PARTNER)


def _sales(world: World) -> None:
    """Before anybody approves: what meets the rule is approved at once."""
    sample = _sample("create_customer")["customer"]
    buyers = [
        world.do_beside("create_customer", {"customer": {**sample, "cpf": cpf, "name": f"{OF_PARTNER}, comprador"}})
        for cpf in ("987.654.321-00", "123.456.789-09")
    ]
    ana, davi = (each["customer"]["id"] for each in buyers)
    reservation = {**_sample("create_reservation")["reservation"], "unit": f"{OF_PARTNER}, casa", "customer_id": ana}
    reserved = world.do_beside("create_reservation", {"reservation": reservation})["reservation"]["id"]
    sale = {**_sample("create_sale")["sale"], "reservation_id": reserved}
    sold = world.do("create_sale", {"sale": sale})["sale"]["id"]
    world.add(("/api/v1/sales/{sale_id}",), str(sold), "999999", PARTNER)
    parties = {"sale_id": sold, "from_customer_id": ana, "to_customer_id": davi}
    asked = {**_sample("create_assignment")["assignment"], **parties}
    assigned = world.do("create_assignment", {"assignment": asked})["assignment"]["id"]
    world.add(("/api/v1/assignments/{assignment_id}",), str(assigned), "999999", PARTNER)


def _vehicles(world: World) -> None:
    heading, model = make_catalogue().splitlines()[:2]
    marked = model.replace("00000001-1", "00100001-0").replace("Essencial", f"Essencial {OF_PARTNER}")
    open_loading().load(world.owner.partner_id, f"{heading}\n{marked}\n".encode())
    vehicle = {**_sample("create_vehicle")["vehicle"], "description": f"{OF_STORE}, carro", "chassi_code": CHASSI}
    made = world.do("create_vehicle", {"vehicle": vehicle})["vehicle"]
    at = "/api/v1/vehicles/{vehicle_id}"
    world.add((at, f"{at}/history", f"{at}/remove_from_stock"), str(made["id"]), "999999", PARTNER, STORE, BOUND)
    priced = {**_sample("put_vehicle_price")["vehicle_price"], "default_price_cents": MARKED_PRICE}
    at = "/api/v1/vehicle_prices/{vehicle_model_id}"
    world.add((at, f"{at}/history"), "1", "999999", PARTNER)
    world.do("put_vehicle_price", {"vehicle_price": priced})
    world.marks[str(MARKED_PRICE)] = frozenset({PARTNER, STORE, BOUND})
    rule = {**_sample("create_plus_return_rule")["plus_return_rule"], "name": f"{OF_STORE}, retorno"}
    ruled = world.do("create_plus_return_rule", {"plus_return_rule": rule})["plus_return_rule"]["id"]
    at = "/api/v1/plus_return_rules/{rule_id}"
    world.add((at, f"{at}/activate", f"{at}/deactivate"), str(ruled), "999999", PARTNER, STORE, BOUND)
    plate = made["license_plate_code"]
    world.add(("/api/v1/vehicles/license_plate/{license_plate_code}",), plate, "XYZ9Z99", PARTNER, STORE, BOUND)
    world.add(("/api/v1/vehicles/chassi_code/{chassi_code}",), CHASSI, "9BWZZZ377VT004252", PARTNER, STORE, BOUND)


def _customers(world: World) -> None:
    """Customers are the partner's: whoever is bound within it is kept out of them."""
    sample = _sample("create_customer")
    asked = {**sample["customer"], "name": f"{OF_PARTNER}, cliente"}
    classes = _sample("put_customer_classes")["customer_classes"]["classes"]
    marked = [{**classes[0], "name": f"{OF_PARTNER}, classe"}]
    world.do("put_customer_classes", {"customer_classes": {"classes": marked}})
    made = world.do("create_customer", {**sample, "customer": asked})["customer"]["id"]
    world.add(("/api/v1/customers/{customer_id}",), str(made), "999999", PARTNER)


def _proposals(world: World, store_id: int) -> None:
    """A proposal of the store with an attempt that its bank analyses, for somebody of whom nothing else is kept."""
    opened = replace(proposal("341"), id=78, partner_id=world.owner.partner_id, store_id=store_id, document=cpf_of(43))
    said = hear(opened.attempts[0], word(1, State.IN_ANALYSIS))
    opened = replace(put_attempt(opened, said), customer_name=f"{OF_STORE}, financiada")
    opened, act = note(opened, "proposal.created", "test", opened.created_at)
    assert ProposalStore(Table(TABLE)).put_new(opened, act, [], [], None)
    base = "/api/v1/proposals/{proposal_id}"
    parts = ("", "/get_ownership", "/leave_ownership", "/activity_log", "/comments", "/documents", "/proposal_attempts")
    world.add([base + part for part in parts], str(opened.id), "999999", PARTNER, STORE, BOUND)
    attempts = base + "/proposal_attempts/{attempt_id}"
    world.add((attempts,), str(opened.first_attempt_id), "999999", PARTNER, STORE, BOUND)
    world.places |= {"/banks/{bank}": "341"}
    world.places["/banks/{bank}/proposal_events/{secret}"] = "segredo-que-ninguem-tem-0123456789abcdef"


def _portal(world: World) -> None:
    schedule = {**_sample("put_registration_schedule")["registration_schedule"], "every_days": 1777}
    world.do("put_registration_schedule", {"registration_schedule": schedule})
    world.marks['"every_days":1777'] = frozenset({PARTNER})
    entering = {**_sample("create_portal_person")["portal_person"], "name": f"{OF_PARTNER}, pessoa"}
    made = world.do("create_portal_person", {"portal_person": entering})["portal_person"]["id"]
    world.add(("/api/v1/portal_people/{person_id}",), made, ABSENT, PARTNER)
    posting = {**_sample("create_bulletin")["bulletin"], "title": f"{OF_PARTNER}, aviso"}
    number = world.do("create_bulletin", {"bulletin": posting})["bulletin"]["id"]
    boards = ("/api/v1/bulletins/{bulletin_id}", "/api/v1/portal/bulletins/{bulletin_id}")
    world.add(boards, str(number), "999999", PARTNER)
    asked = {**_sample("create_survey")["survey"], "name": f"{OF_PARTNER}, pesquisa", "triggers": ["ticket"]}
    number = world.do("create_survey", {"survey": asked})["survey"]["id"]
    world.add(("/api/v1/surveys/{survey_id}",), str(number), "999999", PARTNER)
    owned = world.places["/api/v1/customers/{customer_id}"]
    assert isinstance(owned, Thing)
    customer = int(owned.name)
    told = {"feature": "ticket", "service_id": "1", "customer_id": customer}
    world.do("create_survey_event", {"survey_event": told})
    assert open_sending().run(world.clock.now().date())["surveys_sent"] == 1
    [sent] = SurveyStore(Table()).list_of(world.owner.partner_id, [Recipient(customer_id=customer)], "", 1)
    world.add(("/api/v1/portal/surveys/{sent_survey_id}",), sent.id, ABSENT, PARTNER)
    within = Credential(world.owner.partner_id, "", "", (), {"scopes": "", "person": made, "login": "1"})
    assert ask(within, world.requests("read_own_bulletin")[0]).status == 200
    changed = replace(
        world.requests("put_own_registration")[0], body={"portal_person": {"name": f"{OF_PARTNER}, nova"}}
    )
    assert ask(within, changed).status == 200


def _subjects(world: World) -> None:
    absent = ABSENT
    world.do("create_disclosure")
    held = world.do("create_legal_hold")["data"]["id"]
    world.add(("/api/v1/legal_holds/{hold_id}",), held, absent, PARTNER)
    asked = world.do("create_data_subject_request")["data"]["id"]
    world.add(("/api/v1/data_subject_requests/{request_id}",), asked, absent, PARTNER)


def _debts(world: World) -> None:
    """Debts are the partner's: whoever is bound within it is kept out of them."""
    base, branch = "/api/v1", world.fields["body.branch_id"]
    own = Thing(branch.name, branch.absent, frozenset({PARTNER}))
    world.fields |= {"negativations.body.branch_id": own, "negativations.query.branch_id": own}
    debtor = {**_sample("create_debtor")["debtor"], "name": f"{OF_PARTNER}, devedora"}
    made = world.do("create_debtor", {"debtor": debtor})["data"]["id"]
    world.fields["body.debtor_id"] = world.add((base + "/debtors/{debtor_id}",), made, ABSENT, PARTNER)
    boleto = {**_sample("create_boleto")["boleto"], "debtor_id": made, "branch_id": int(branch.name)}
    boleto_id = world.do("create_boleto", {"boleto": boleto})["data"]["id"]
    world.fields["body.boleto_id"] = world.add((base + "/boletos/{boleto_id}",), boleto_id, ABSENT, PARTNER)
    places = ("negativation_settings", "collection_parameters")
    world.places |= {f"{base}/{place}/{{branch_id}}": own for place in places}
    collection = {**_sample("put_collection_parameters")["collection_parameters"], "yearly_holidays": ["07-31"]}
    world.do("put_collection_parameters", {"collection_parameters": collection})
    world.marks['"07-31"'] = frozenset({PARTNER})
    listed = world.do("create_negativation")["data"]["id"]
    world.add((base + "/negativations/{negativation_id}",), listed, ABSENT, PARTNER)
    told = world.do("record_negativation_notice")["data"]["notices"][0]["id"]
    world.add((base + "/negativations/{negativation_id}/notices/{notice_id}",), told, ABSENT, PARTNER)
    source = EventSource(world.owner.partner_id, "serasa", "homologation", 1)
    open_event_store().keep_unreadable(source, "d" * 32, f"{OF_PARTNER}, mensagem", world.clock.now())
    [arrival] = ArrivalStore(Table()).list(world.owner.partner_id, "", 1)
    world.add((base + "/bureau_arrivals/{arrival_id}",), spell_cursor(arrival["by_owner_sk"], ""), ABSENT, PARTNER)
    imported = world.do("create_import")["data"]["id"]
    world.add((base + "/imports/{import_id}",), imported, ABSENT, PARTNER)


def _credentials(world: World) -> None:
    registration = open_registration()
    partner = world.owner.partner_id
    key = create_key(registration, partner)["key_id"]
    world.add(("/api/v1/api_keys/{key_id}",), key, ABSENT, PARTNER, BOUND)
    client = str(create_client(registration, partner)["client_id"])
    world.add(("/api/v1/clients/{client_id}",), client, "999999", PARTNER, BOUND)
    world.marks[f'"client_id":{client},'] = frozenset({PARTNER, BOUND})
    world.places["/api/v1/clients/{client_id}/secrets/{which}"] = "previous"
