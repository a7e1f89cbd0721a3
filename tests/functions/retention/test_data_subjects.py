"""A data subject's export and erasure over every context, legal holds, and what ends by its term."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.pools import user_pool
from lastro.customers.portal.store import PortalStore
from lastro.kernel.calendar import add_months
from lastro.kernel.callers.people import name_person
from lastro.operator.command import open_registration
from lastro.operator.holds import hold_person, lift_hold
from lastro.origination.contracts.rows import FILED
from lastro.retention.subjects import worker
from lastro.surveys.wiring import open_sending
from tests.functions.customers.visitors import PERSON, staff_of, visit
from tests.functions.emulation.user_pool import FakeCognito
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import CPF, OTHER_CPF, Answer, call_function
from tests.functions.origination.contracts.contract_desk import ProcessKilled, dying_at
from tests.functions.retention.officer import Officer
from tests.functions.tenants.world import BUYER, OF_PARTNER, OF_STORE, all_rows

DOCUMENTS, CONTRACTS, INQUIRIES = (f"lastro-{name}-bucket" for name in ("documents", "contracts", "inquiries"))
ASKED_ABOUT = "99999910173"
"""Whom the world's inquiry is about."""
SELLER, TAKER = "98765432100", "12345678909"
"""Who holds the world's sale, and to whom its assignment is to pass it."""
NO_KEY = {"Idempotency-Key": None}
OF_NO_PERSON = (f"{OF_STORE}, filial", f"{OF_STORE}, carro", f"{OF_STORE}, retorno", f"{OF_STORE}, financiada")
"""Marks of what is a store's and nobody's data, and of a proposal that a bank works on for somebody else."""


def test_an_export_holds_all_that_is_kept(officer: Officer) -> None:
    request_id = officer.ask("export")
    assert officer.read(request_id)["status"] == "pending"
    assert officer.work_off() == 1
    done = officer.read(request_id)
    assert (done["status"], done["document"]) == ("done", "529.982.247-25")
    assert officer.fates(request_id) == {
        "debtor": {"exported": 1},
        "customer": {"exported": 1},
        "survey": {"exported": 1},
        "lead": {"exported": 1},
        "process": {"exported": 1},
        "simulation": {"exported": 1},
    }
    [part] = done["files"]
    name = f"exports/{officer.world.owner.partner_id}/{request_id}/000001.json"
    assert name.endswith(part["name"])
    exported = json.loads(open_client("s3").get_object(Bucket=DOCUMENTS, Key=name)["Body"].read())
    assert exported["document"] == CPF
    kinds = {each["kind"]: each["data"] for each in exported["records"]}
    assert kinds["lead"]["name"] == f"{OF_STORE}, lead"
    assert kinds["customer"]["mother"] == "Maria Exemplo"
    assert [each["protocol"] for each in kinds["survey"]["surveys"]] == ["1"]
    assert kinds["simulation"]["lead"]["name"] == f"{OF_STORE}, lead"
    assert kinds["debtor"]["debtor"]["document"] == "529.982.247-25"
    [boleto], [listing] = kinds["debtor"]["boletos"], kinds["debtor"]["negativations"]
    assert listing["boleto_id"] == boleto["id"]
    assert (listing["person"]["document"], listing["messages"]) == ("529.982.247-25", [])
    assert [(each["channel"], each["address"]) for each in listing["notices"]] == [("email", "ana@example.com")]
    assert kinds["process"]["process"]["cpf"] == CPF
    assert kinds["process"]["credits"][0]["rows"]["SIGNATURE"]["log_data"]


def records_of(officer: Officer, document: str) -> dict[str, dict[str, Any]]:
    """What an export of a person holds, by kind."""
    request_id = officer.ask("export", document)
    officer.work_off()
    name = f"exports/{officer.world.owner.partner_id}/{request_id}/000001.json"
    records = json.loads(open_client("s3").get_object(Bucket=DOCUMENTS, Key=name)["Body"].read())["records"]
    return {each["kind"]: each["data"] for each in records}


def test_a_reservation_is_exported_and_ends_once_it_holds_no_unit(officer: Officer) -> None:
    kinds = records_of(officer, BUYER)
    assert set(kinds) == {"customer", "reservation"}
    assert kinds["reservation"]["customer_id"] == kinds["customer"]["id"]
    assert kinds["reservation"]["flow"]["total_cents"]
    request_id = officer.ask("erasure", BUYER)
    officer.work_off()
    assert officer.fates(request_id) == {"customer": {"ended": 1}, "reservation": {"in_use": 1}}
    path = {"reservation_id": str(kinds["reservation"]["id"])}
    assert call_function("approvals", "cancel_reservation", shop=officer.world.owner, path=path).status == 200
    officer.world.clock.advance(days=1)
    officer.sweep()
    assert call_function("approvals", "get_reservation", shop=officer.world.owner, path=path).status == 404
    again = officer.ask("export", BUYER)
    officer.work_off()
    assert officer.read(again)["records"] == []


def approve(officer: Officer, assignment: int) -> None:
    decision = {"verdict": "approve", "decided_by": "bia.lima", "justification": "Conferida"}
    path, body = {"assignment_id": str(assignment)}, {"decision": decision}
    answer = call_function("approvals", "decide_assignment", shop=officer.world.owner, path=path, body=body)
    assert answer.status == 200, answer.text


def show(officer: Officer, name: str, number: int) -> Answer:
    path = {f"{name}_id": str(number)}
    return call_function("approvals", f"get_{name}", shop=officer.world.owner, path=path)


def test_a_sale_and_its_assignment_are_exported_and_pass_to_who_takes_them(officer: Officer) -> None:
    before, taker = records_of(officer, SELLER), records_of(officer, TAKER)
    assert set(before) == {"customer", "reservation", "sale", "assignment"}
    assert set(taker) == {"customer", "assignment"}
    left, came = before["customer"]["id"], taker["customer"]["id"]
    number, assigned = before["sale"]["id"], before["assignment"]["id"]
    assert before["sale"] == show(officer, "sale", number).json["sale"]
    assert before["sale"]["customer_ids"] == [left]
    assert before["assignment"] == taker["assignment"] == show(officer, "assignment", assigned).json["assignment"]
    assert (before["assignment"]["from_customer_id"], before["assignment"]["to_customer_id"]) == (left, came)
    request_id = officer.ask("erasure", SELLER)
    officer.work_off()
    in_use = {"in_use": 1}
    assert officer.fates(request_id) == {
        "customer": {"ended": 1},
        **dict.fromkeys(("reservation", "sale", "assignment"), in_use),
    }
    approve(officer, assigned)
    assert set(records_of(officer, SELLER)) == {"reservation", "assignment"}
    after = records_of(officer, TAKER)
    assert set(after) == {"customer", "sale", "assignment"}
    assert after["sale"]["customer_ids"] == [came]
    # Who ended gets no counts again.
    assert [key for key in all_rows() if key[0].startswith("CUSTOMER#") and key[0].endswith(f"#{left}")] == []


def test_a_sale_ends_with_its_last_due_date_and_the_laws_term(officer: Officer) -> None:
    held = records_of(officer, SELLER)
    sale, assigned, reserved = (held[kind]["id"] for kind in ("sale", "assignment", "reservation"))
    approve(officer, assigned)
    last = date.fromisoformat(max(each["due_date"] for each in show(officer, "sale", sale).json["sale"]["payments"]))
    officer.world.clock.moment = datetime(last.year, last.month, last.day, 15, tzinfo=UTC)
    request_id = officer.ask("erasure", TAKER)
    officer.work_off()
    assert officer.fates(request_id)["sale"] == {"in_use": 1}
    assert show(officer, "reservation", reserved).json["reservation"]["state"] == "sold"
    officer.world.clock.advance(days=1)
    request_id = officer.ask("erasure", TAKER)
    officer.work_off()
    assert officer.fates(request_id) == {"sale": {"kept": 1}, "assignment": {"kept": 1}}
    kept = {each["kind"]: each for each in officer.read(request_id)["kept"]}
    assert kept["sale"]["until"] == add_months(last, 60).isoformat()
    assert "9.613" in kept["sale"]["basis"]
    # The taker asked: its part goes with the law's least, and the sale with it; who handed over waits for the term.
    officer.world.clock.moment = datetime(last.year + 5, last.month, last.day, 15, tzinfo=UTC)
    officer.sweep()
    assert show(officer, "sale", sale).status == 404
    ended = show(officer, "assignment", assigned).json["assignment"]
    assert (ended["from_customer_id"] is None, ended["to_customer_id"]) == (False, None)
    officer.world.clock.moment = datetime(last.year + 10, last.month, last.day, 15, tzinfo=UTC)
    officer.sweep()
    assert show(officer, "assignment", assigned).status == 404
    assert show(officer, "reservation", reserved).status == 404
    assert officer.rows_naming(SELLER, TAKER) == []
    for document in (SELLER, TAKER):
        request_id = officer.ask("export", document)
        officer.work_off()
        assert officer.read(request_id)["records"] == []


@pytest.mark.parametrize("position", range(0, 12, 3))
def test_a_worker_that_dies_ending_a_sale_leaves_nothing_half_done(officer: Officer, position: int) -> None:
    approve(officer, records_of(officer, SELLER)["assignment"]["id"])
    sale = records_of(officer, TAKER)["sale"]["id"]
    officer.world.clock.moment = datetime(2050, 1, 1, 12, tzinfo=UTC)
    request_id = officer.ask("erasure", TAKER)
    records = officer.take()
    with dying_at(position, after=True), suppress(ProcessKilled):
        officer.deliver(records)
    officer.take()
    assert officer.deliver(records) == []
    officer.work_off()
    assert officer.read(request_id)["status"] == "done"
    assert show(officer, "sale", sale).status == 404
    assert officer.rows_naming(TAKER) == []


def test_what_waits_for_a_customer_that_was_erased_can_only_be_refused(officer: Officer) -> None:
    assigned = records_of(officer, TAKER)["assignment"]["id"]
    officer.ask("erasure", TAKER)
    officer.work_off()
    decision = {"verdict": "approve", "decided_by": "bia.lima", "justification": "Conferida"}
    path = {"assignment_id": str(assigned)}

    def decide(verdict: str) -> Answer:
        body = {"decision": {**decision, "verdict": verdict}}
        return call_function("approvals", "decide_assignment", shop=officer.world.owner, path=path, body=body)

    approved = decide("approve")
    assert (approved.status, approved.json["code"]) == (409, "assignee_gone")
    assert decide("refuse").status == 200


def test_an_access_to_the_portal_goes_with_the_customer_it_is_of(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, name = officer.world.owner, f"{OF_PARTNER}, cliente"

    def admit(named: str, email: str) -> str:
        person = {"kind": "customer", "name": named, "login_email": email}
        headers = {"Idempotency-Key": email}
        body = {"portal_person": person}
        made = call_function("customers", "create_portal_person", shop=owner, body=body, headers=headers)
        assert made.status == 201, made.text
        return str(made.json["portal_person"]["id"])

    def people() -> set[str]:
        listed = call_function("customers", "list_portal_people", shop=owner, query={"per_page": "100"}).json
        return {each["id"] for each in listed["portal_people"]}

    for each in people():
        call_function("customers", "end_portal_person", shop=owner, path={"person_id": each})
    own, other = admit(name.upper(), "ANA@example.com"), admit("Bia Exemplo", "bia@example.com")
    visitor = visit(owner, own)
    pool = FakeCognito(officer.world.clock, {name_person(owner.partner_id, each): "-" for each in (own, other)})
    monkeypatch.setattr(user_pool, "open_client", lambda _: pool)
    body = {"portal_person": {**PERSON, "name": name.upper(), "rg": "555444333"}}
    assert call_function("customers", "put_own_registration", shop=visitor, body=body).status == 200
    [person] = records_of(officer, CPF)["customer"]["portal_people"]
    assert (person["id"], person["login_email"]) == (own, "ANA@example.com")
    assert "rg" in [change["field"] for each in person["changes"] for change in each["fields"]]
    officer.ask("erasure")
    officer.work_off()
    assert {own, other} & people() == {other}
    assert set(pool.users) == {name_person(owner.partner_id, other)}
    assert officer.rows_naming("555444333") == []
    assert PortalStore(Table()).find_login(owner.partner_id, "ana@example.com") is None


def test_an_inquiry_is_exported_with_its_report(officer: Officer) -> None:
    request_id = officer.ask("export", ASKED_ABOUT)
    officer.work_off()
    assert officer.fates(request_id) == {"inquiry": {"exported": 1}}
    name = f"exports/{officer.world.owner.partner_id}/{request_id}/000001.json"
    [record] = json.loads(open_client("s3").get_object(Bucket=DOCUMENTS, Key=name)["Body"].read())["records"]
    assert record["data"]["document"] == "999.999.101-73"
    assert record["data"]["result"]


def test_leads_of_every_panel_are_exported_and_end(officer: Officer) -> None:
    owner = officer.world.owner
    broker = staff_of(owner, "broker")
    lead = {"cpf_cnpj": CPF, "name": "Trazido pelo corretor"}
    made = call_function(
        "simulations", "create_lead", shop=broker, store_id=owner.store_id, body={"lead": lead}, headers=NO_KEY
    )
    assert made.status == 201
    request_id = officer.ask("export", key="all")
    officer.work_off()
    assert officer.fates(request_id)["lead"] == {"exported": 2}
    name = f"exports/{owner.partner_id}/{request_id}/000001.json"
    records = json.loads(open_client("s3").get_object(Bucket=DOCUMENTS, Key=name)["Body"].read())["records"]
    found = [(each["data"]["store_id"], each["data"].get("panel")) for each in records if each["kind"] == "lead"]
    assert sorted(found, key=str) == [(owner.store_id, "broker"), (owner.store_id, None)]
    officer.settle()
    request_id = officer.ask("erasure", key="end")
    officer.work_off()
    assert officer.fates(request_id)["lead"] == {"ended": 2}
    path = {"cpf_cnpj": CPF}
    assert call_function("simulations", "get_lead", shop=broker, store_id=owner.store_id, path=path).status == 404


def test_an_erasure_ends_what_may_end_and_says_what_has_to_stay(officer: Officer) -> None:
    officer.settle()
    request_id = officer.ask("erasure")
    officer.work_off()
    done = officer.read(request_id)
    assert done["status"] == "done"
    assert officer.fates(request_id) == {
        "customer": {"ended": 1},
        "survey": {"ended": 1},
        "lead": {"ended": 1},
        "simulation": {"in_use": 1},
        "contract": {"kept": 1},
        "debt": {"kept": 1},
    }
    kept = {each["kind"]: each for each in done["kept"]}
    assert kept["contract"]["until"] == "2038-01-01"
    assert "3.978" in kept["contract"]["basis"]
    assert kept["simulation"]["until"] is None
    # A debt that is not paid stays until it is prescribed.
    assert kept["debt"]["until"] == "2031-10-05"
    lead = call_function(
        "simulations",
        "get_lead",
        shop=officer.world.owner,
        store_id=officer.world.owner.store_id,
        path={"cpf_cnpj": CPF},
    )
    assert lead.status == 404
    # What was in use ends by itself, without being asked for again.
    officer.finish_simulations()
    assert officer.sweep()["ended"] == 0
    officer.world.clock.advance(days=1)
    assert officer.sweep()["ended"] == 1
    assert not any(key[0].startswith("SIM#") for key in officer.rows_naming(CPF))


def test_an_inquirys_report_goes_at_once_and_its_log_with_the_laws_least(officer: Officer) -> None:
    request_id = officer.ask("erasure", ASKED_ABOUT)
    officer.work_off()
    assert officer.fates(request_id) == {"inquiry": {"kept": 1}}
    assert officer.read(request_id)["kept"][0]["until"] == "2027-05-03"
    inquiry_id = officer.read(request_id)["kept"][0]["id"]
    rows = {key[1] for key in officer.rows_naming(inquiry_id)}
    assert "REPORT" not in rows
    assert "INQUIRY" in rows
    tags = officer.tagged(INQUIRIES, f"inquiries/{officer.world.owner.partner_id}/{inquiry_id}/")
    assert tags
    assert all(tags)
    officer.world.clock.moment = datetime(2027, 5, 3, 12, tzinfo=UTC)
    assert officer.sweep()["ended"] == 1
    assert officer.rows_naming(inquiry_id, ASKED_ABOUT) == []


def folder_of(officer: Officer) -> tuple[str, str]:
    """The world's inquiry, and below which name its raw answer lies."""
    [inquiry] = {pk.removeprefix("INQUIRY#") for pk, sk in all_rows() if (pk[:8], sk) == ("INQUIRY#", "INQUIRY")}
    return inquiry, f"inquiries/{officer.world.owner.partner_id}/{inquiry}/"


@pytest.fixture
def inquirer(officer: Officer) -> Officer:
    """One whose raw answers nobody marked: files are not as they were made."""
    client = open_whole_client("s3")
    for found in client.list_objects_v2(Bucket=INQUIRIES, Prefix=folder_of(officer)[1])["Contents"]:
        client.delete_object_tagging(Bucket=INQUIRIES, Key=found["Key"])
    return officer


def answer_after_sweep(officer: Officer, day: str) -> tuple[bool, bool]:
    """Whether report and raw answer of the world's inquiry are kept after the sweep of a day, as a partner and as the
    bucket see it.
    """
    officer.world.clock.moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    officer.sweep()
    inquiry, folder = folder_of(officer)
    read = call_function(
        "bureaus", "get_bureau_inquiry", shop=officer.world.owner, store_id=None, path={"inquiry_id": inquiry}
    )
    assert read.status == 200, read.text
    tagged = officer.tagged(INQUIRIES, folder)
    assert tagged
    return read.json["data"]["result"] is not None, not any(tagged)


def test_an_inquirys_answer_goes_on_its_day_and_its_log_stays(inquirer: Officer) -> None:
    for day, kept in (("2026-12-10", True), ("2027-11-03", True), ("2027-11-04", False)):
        assert answer_after_sweep(inquirer, day) == (kept, kept), day


def test_a_hold_keeps_an_inquirys_answer_beyond_its_day(inquirer: Officer) -> None:
    hold_id = inquirer.hold(ASKED_ABOUT)
    for day in ("2026-12-10", "2027-11-04", "2027-12-20", "2029-01-01"):
        assert answer_after_sweep(inquirer, day) == (True, True), day
    assert inquirer.lift(hold_id).status == 200
    assert answer_after_sweep(inquirer, "2029-01-31") == (False, False)
    asked = inquirer.ask("export", ASKED_ABOUT)
    inquirer.work_off()
    assert inquirer.fates(asked) == {"inquiry": {"exported": 1}}


def test_a_hold_keeps_an_inquirys_answer_beyond_the_inquirys_own_term(inquirer: Officer) -> None:
    hold_id = inquirer.hold(ASKED_ABOUT)
    assert answer_after_sweep(inquirer, "2040-01-01") == (True, True)
    _, folder = folder_of(inquirer)
    assert inquirer.lift(hold_id).status == 200
    inquirer.world.clock.advance(days=30)
    inquirer.sweep()
    assert inquirer.rows_naming(ASKED_ABOUT) == []
    assert all(inquirer.tagged(INQUIRIES, folder))


def places_of_surveys(officer: Officer) -> list[str]:
    """When the world's customer was sent surveys that are kept, each found by its customer and by itself."""
    rows = all_rows()
    found = [row for (pk, _), row in rows.items() if pk.startswith("SURVEYS_OF#") and "CUSTOMER" in pk]
    partner = officer.world.owner.partner_id
    assert {(f"SENT_SURVEY#{partner}#{row['sent_id']['S']}", "SENT") for row in found} == {
        key for key in rows if key[0].startswith("SENT_SURVEY#")
    }
    return sorted(row["SK"]["S"][:10] for row in found)


def send_surveys(officer: Officer) -> list[str]:
    """Two more to the world's customer; the days of all three, of which each is kept 1830 days."""
    clock, owner = officer.world.clock, officer.world.owner
    [customer] = [pk.rpartition("#")[2] for pk, _ in all_rows() if pk.startswith("SURVEYS_OF#")]
    for moment in (datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2027, 6, 1, 12, tzinfo=UTC)):
        clock.moment = moment
        told = {"feature": "ticket", "id": f"{moment:%Y%m}", "service_id": "1", "customer_id": int(customer)}
        body = {"survey_event": told}
        assert call_function("surveys", "create_survey_event", shop=owner, body=body, headers=NO_KEY).status == 202
        assert open_sending().run(moment.date())["surveys_sent"] == 1
        officer.sweep()
    sent = places_of_surveys(officer)
    assert sent == ["2026-11-03", "2026-11-20", "2027-06-01"]
    return sent


def sweep_on(officer: Officer, day: str) -> list[str]:
    """The surveys that are left after the sweep of a day, at noon."""
    officer.world.clock.moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    officer.sweep()
    return places_of_surveys(officer)


def test_each_survey_goes_on_its_day_and_the_last_with_the_record(officer: Officer) -> None:
    sent = send_surveys(officer)
    days = {"2031-11-06": 3, "2031-11-07": 2, "2031-11-23": 2, "2031-11-24": 1, "2032-05-31": 1, "2032-06-01": 0}
    for day, left in days.items():
        assert sweep_on(officer, day) == sent[3 - left :], day


def test_a_hold_keeps_surveys_beyond_their_day(officer: Officer) -> None:
    sent = send_surveys(officer)
    hold_id = officer.hold()
    assert sweep_on(officer, "2031-11-10") == sent
    assert officer.lift(hold_id).status == 200
    assert sweep_on(officer, "2031-12-10") == sent[2:]


def test_a_hold_stops_erasure_and_term_until_it_is_lifted(officer: Officer) -> None:
    hold_id = officer.hold()
    before = officer.rows_naming(CPF)
    request_id = officer.ask("erasure")
    officer.work_off()
    assert officer.read(request_id)["status"] == "held"
    officer.world.clock.moment = datetime(2045, 1, 1, 12, tzinfo=UTC)
    officer.finish_simulations()
    officer.settle()
    ended = officer.sweep()["ended"]
    assert set(before) - {key for key in before if key[1].startswith("STEP#")} <= set(officer.rows_naming(CPF))
    assert ended == 4  # the inquiry about somebody else, and three other customers
    export = officer.ask("export")
    officer.work_off()
    assert officer.read(export)["status"] == "done"
    listed = officer.call("list_legal_holds", query=None).json
    assert [(each["id"], each["lifted_at"]) for each in listed["data"]] == [(hold_id, None)]
    assert officer.lift(hold_id).json["data"]["lifted_by"] == "jurídico"
    again = officer.lift(hold_id)
    assert (again.status, again.json["code"]) == (409, "legal_hold_lifted")
    officer.work_off()
    assert officer.read(request_id)["status"] == "done"
    assert officer.rows_naming(CPF, OF_STORE) == officer.rows_naming(*OF_NO_PERSON)


def test_holds_are_listed_by_cursor_and_one_that_was_never_given_is_refused(officer: Officer) -> None:
    ids = [officer.hold() for _ in range(3)]
    first = officer.call("list_legal_holds", query={"per_page": "2"}).json
    rest = officer.call("list_legal_holds", query={"per_page": "2", "cursor": first["next_cursor"]}).json
    assert {each["id"] for each in (*first["data"], *rest["data"])} == set(ids)
    assert (len(rest["data"]), rest["next_cursor"]) == (1, None)
    for cursor in ("x", "MTIz", f"{first['next_cursor']}."):
        refused = officer.call("list_legal_holds", query={"cursor": cursor})
        assert (refused.status, refused.rules()) == (422, {"cursor": "cursor"})


def test_the_operators_hold_is_lifted_by_the_operator(officer: Officer) -> None:
    partner = officer.world.owner.partner_id
    hold_id = hold_person(open_registration(), partner, CPF, "Ofício 1")["id"]
    refused = officer.lift(hold_id)
    assert (refused.status, refused.json["code"]) == (409, "legal_hold_of_operator")
    request_id = officer.ask("erasure")
    officer.work_off()
    assert officer.read(request_id)["status"] == "held"
    assert lift_hold(open_registration(), partner, hold_id, "Ofício 2")["lifted_at"]
    officer.world.clock.advance(minutes=5)
    assert officer.sweep()["requeued"] == 1
    officer.work_off()
    assert officer.read(request_id)["status"] == "done"


def test_what_is_over_its_term_ends_unasked(officer: Officer) -> None:
    officer.finish_simulations()
    officer.settle()
    officer.world.clock.moment = datetime(2028, 11, 2, 12, tzinfo=UTC)
    assert officer.sweep()["ended"] == 0
    officer.world.clock.moment = datetime(2028, 11, 3, 12, tzinfo=UTC)
    assert officer.sweep()["ended"] == 2
    left = officer.rows_naming(CPF)
    assert left
    of_contract, of_debt = ("PROC#", "CREDIT#", "BORROWER#", "RELATIONSHIP#"), ("DEBTOR#", "BOLETO#", "LISTING")
    of_customer = ("CUSTOMER#", "CUSTOMER_DOCUMENT#")
    assert all(key[0].startswith(of_contract + of_debt + of_customer) for key in left)


def test_a_contract_is_nobodys_after_ten_years(officer: Officer) -> None:
    officer.finish_simulations()
    officer.settle()
    partner = officer.world.owner.partner_id
    folders = [f"{kind}/{partner}/" for kind in FILED]
    for folder in folders:
        [known] = open_whole_client("s3").list_objects_v2(Bucket=CONTRACTS, Prefix=folder)["Contents"]
        # As what a crash left without a row.
        left_over = f"{known['Key'].rpartition('/')[0]}/{'0' * 64}.pdf"
        open_client("s3").put_object(Bucket=CONTRACTS, Key=left_over, Body=b"%PDF-")
    officer.world.clock.moment = datetime(2038, 1, 1, 12, tzinfo=UTC)
    officer.sweep()
    # Looked at once a year at most: those that were looked at today are done.
    assert officer.rows_naming(CPF, OF_STORE) == officer.rows_naming(*OF_NO_PERSON)
    for folder in folders:
        assert officer.tagged(CONTRACTS, folder) == [True, True], folder
    page = call_function("origination", "list_proposals", shop=officer.world.owner, store_id=None, query=None).json
    [credit] = page["proposals"]
    assert (credit["cpf"], credit["name"], credit["lastStatus"]) == ("", "", "CONTRATADO")
    assert credit["value"] > 0


def test_slices_go_on_where_they_were(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RECORDS", 1)
    request_id = officer.ask("export")
    assert officer.work_off() == 7
    done = officer.read(request_id)
    assert [each["name"].rsplit("/", 1)[-1] for each in done["files"]] == [f"{n:06d}.json" for n in (1, 2, 3, 4, 5, 6)]
    assert sum(each["exported"] for each in done["records"]) == 6


def test_a_lost_message_is_sent_again(officer: Officer) -> None:
    request_id = officer.ask("erasure")
    officer.take()
    assert officer.sweep()["requeued"] == 0
    officer.world.clock.advance(minutes=5)
    assert officer.sweep()["requeued"] == 1
    assert officer.sweep()["requeued"] == 0
    officer.work_off()
    assert officer.read(request_id)["status"] == "done"


@pytest.mark.parametrize("position", range(0, 40, 6))
def test_a_worker_that_dies_leaves_nothing_half_done(officer: Officer, position: int) -> None:
    officer.finish_simulations()
    officer.settle()
    officer.world.clock.moment = datetime(2038, 1, 1, 12, tzinfo=UTC)
    request_id = officer.ask("erasure")
    records = officer.take()
    with dying_at(position, after=True), suppress(ProcessKilled):
        officer.deliver(records)
    officer.take()
    assert officer.deliver(records) == []
    officer.work_off()
    assert officer.read(request_id)["status"] == "done"
    assert officer.rows_naming(CPF, OF_STORE) == officer.rows_naming(*OF_NO_PERSON)


def test_the_same_key_is_the_same_request(officer: Officer) -> None:
    first = officer.ask("erasure", key="a-mesma")
    assert officer.ask("erasure", key="a-mesma") == first
    assert len(officer.take()) == 1
    asked = {"document": OTHER_CPF, "action": "erasure", "requested_by": "encarregado"}
    other = officer.call("create_data_subject_request", {"data_subject_request": asked}, key="a-mesma")
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")


def test_of_whom_nothing_is_kept_nothing_is_done(officer: Officer) -> None:
    for action in ("export", "erasure"):
        request_id = officer.ask(action, OTHER_CPF)
        officer.work_off()
        done = officer.read(request_id)
        assert (done["status"], done["records"], done["files"]) == ("done", [], [])
