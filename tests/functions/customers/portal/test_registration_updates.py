"""The periodic update over the API: who is asked, what is put off, what is logged, and the report of it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.customers.portal import wiring
from lastro.customers.portal.registration import own_data, scheduling
from lastro.surveys.store import SurveyStore
from tests.clock import MovableClock
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.visitors import PERSON, Visitor, admit, schedule, staff_of, visit
from tests.functions.emulation.process import REGION
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Shop

BUCKET = "change-reports"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    standing = MovableClock(datetime(2028, 2, 29, 15, tzinfo=UTC))
    monkeypatch.setattr(wiring, "CLOCK", standing)
    return standing


def form(call: Call, visitor: Visitor) -> Any:
    answer = call("customers", "get_registration_update", shop=visitor)
    assert answer.status == 200, answer.text
    return answer.json["registration_update"]


def confirm(call: Call, visitor: Visitor, **changes: Any) -> Any:
    """The form as it was read, with changes."""
    asked = form(call, visitor)
    filled = {name: asked["registration"][name] for name in asked["shown"]}
    return call("customers", "confirm_registration", shop=visitor, body={"registration_update": {**filled, **changes}})


def changes_of(call: Call, shop: Shop, **query: str) -> Any:
    answer = call("customers", "report_registration_changes", shop=shop, query=query)
    assert answer.status == 200, answer.text
    return answer.json


def test_nobody_is_asked_until_the_manager_says_so(call: Call, shop: Shop, clock: MovableClock) -> None:
    ana = admit(call, shop)
    assert call("customers", "get_registration_schedule", shop=shop).json["registration_schedule"]["version"] == 0
    assert (form(call, ana)["due"], form(call, ana)["asked"]) == (False, False)
    for refused in (confirm(call, ana), call("customers", "postpone_registration", shop=ana)):
        assert (refused.status, refused.json["code"]) == (409, "no_update_asked")


def test_what_cannot_be_answered_is_not_kept(
    call: Call, shop: Shop, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule(call, shop)
    ana = admit(call, shop)
    known = form(call, ana)
    own = {"portal_person": {"name": "Outro Nome"}}
    asked = {"registration_schedule": {"enabled": False, "every_days": 30}}
    filled = {"registration_update": {**known["registration"], "name": "Outro Nome"}}

    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("no answer")

    with monkeypatch.context() as broken:
        for module, name in ((own_data, "show_person"), (own_data, "show_update"), (scheduling, "show_schedule")):
            broken.setattr(module, name, fail)
        assert call("customers", "put_own_registration", shop=ana, body=own).status == 500
        assert call("customers", "confirm_registration", shop=ana, body=filled).status == 500
        assert call("customers", "postpone_registration", shop=ana).status == 500
        assert call("customers", "put_registration_schedule", shop=shop, body=asked).status == 500
    assert form(call, ana) == known


def test_put_off_it_comes_back_at_every_login_until_it_is_done(call: Call, shop: Shop, clock: MovableClock) -> None:
    schedule(call, shop)
    ana = admit(call, shop)
    assert form(call, ana)["asked"]
    for number in (1, 2, 3):
        login = visit(shop, ana.person, f"login-{number}")
        assert form(call, login)["asked"]
        for _ in range(2):  # An answer that was lost is asked for again.
            off = call("customers", "postpone_registration", shop=login)
            assert (off.status, off.json["registration_update"]["asked"]) == (200, False)
        assert (form(call, login)["due"], form(call, login)["asked"]) == (True, False)
    again = visit(shop, ana.person, "login-4")
    assert form(call, again)["asked"]
    done = confirm(call, again, mobile="(11) 91234-5678")
    assert done.status == 200, done.text
    assert done.json["registration_update"] | {"registration": None} == {
        "due": False,
        "asked": False,
        "due_on": "2028-08-27",
        "confirmed_at": "2028-02-29T15:00:00.000Z",
        "shown": list(form(call, again)["shown"]),
        "required": [],
        "registration": None,
    }
    assert not form(call, visit(shop, ana.person, "login-5"))["asked"]
    clock.moment = datetime(2028, 8, 27, 2, 59, tzinfo=UTC)  # the evening before in São Paulo
    assert not form(call, visit(shop, ana.person, "login-6"))["due"]
    clock.advance(minutes=1)
    assert form(call, visit(shop, ana.person, "login-6"))["asked"]


def test_the_form_is_the_managers(call: Call, shop: Shop, clock: MovableClock) -> None:
    schedule(call, shop, fields={"rg": "hidden", "zip_code": "required", "email": "required"})
    ana = admit(call, shop)
    asked = form(call, ana)
    assert asked["shown"] == ["name", "family_income_cents", "mobile", "email", "zip_code", "address"]
    assert asked["required"] == ["email", "zip_code"]
    refused = confirm(call, ana, name=None, rg="12.345.678-9", email=None)
    assert refused.status == 422
    assert refused.rules() == {
        "registration_update.name": "required",
        "registration_update.rg": "hidden_field",
        "registration_update.email": "required",
        "registration_update.zip_code": "required",
    }
    assert form(call, ana)["due"]
    assert confirm(call, ana, zip_code="01001-000").status == 200
    assert not form(call, ana)["due"]


def test_form_and_own_data_write_one_log(call: Call, shop: Shop, clock: MovableClock) -> None:
    schedule(call, shop)
    ana = admit(call, shop)
    assert confirm(call, ana, mobile="(11) 91234-5678", family_income_cents=650_000).status == 200
    clock.advance(seconds=1)
    own = {"name": "Ana Exemplo", "mobile": "11912345678", "email": "ana.nova@example.com"}
    put = call("customers", "put_own_registration", shop=ana, body={"portal_person": own})
    assert (put.status, put.json["portal_person"]["family_income_cents"]) == (200, None)
    assert (
        call("customers", "put_own_registration", shop=ana, body={"portal_person": own}).status == 200
    )  # changes nothing
    assert call("customers", "get_own_registration", shop=ana).json == put.json
    assert call("customers", "put_own_registration", shop=ana, body=put.json).json == put.json
    found = changes_of(call, shop)
    assert (found["start"], found["end"]) == ("2028-02-01", "2028-02-29")
    assert [(each["way"], each["person_id"], each["name"]) for each in found["registration_changes"]] == [
        ("own_data", ana.person, "Ana Exemplo"),
        ("form", ana.person, "Ana Exemplo"),
    ]
    assert [each["fields"] for each in found["registration_changes"]] == [
        [
            {"field": "family_income_cents", "before": "650000", "after": None},
            {"field": "email", "before": "ana@example.com", "after": "ana.nova@example.com"},
        ],
        [
            {"field": "family_income_cents", "before": None, "after": "650000"},
            {"field": "mobile", "before": "+5511987654321", "after": "+5511912345678"},
        ],
    ]


def test_confirming_all_as_it_is_logs_nothing(call: Call, shop: Shop, clock: MovableClock) -> None:
    schedule(call, shop)
    ana = admit(call, shop)
    assert confirm(call, ana).status == 200
    assert not form(call, ana)["due"]
    assert changes_of(call, shop)["registration_changes"] == []


def test_a_form_sent_again_on_its_day_is_the_same_confirmation(call: Call, shop: Shop, clock: MovableClock) -> None:
    """Who never saw the answer sends the form again: it is no second event that surveys follow."""
    schedule(call, shop)
    ana = admit(call, shop)
    first = confirm(call, ana, zip_code="01001-000")
    told = SurveyStore(Table())
    clock.advance(seconds=11 * 3600)
    assert confirm(call, ana).json == first.json
    assert len(list(told.list_occurred(clock.now()))) == 1
    clock.advance(seconds=2 * 3600)
    assert confirm(call, ana).json["registration_update"]["confirmed_at"] == "2028-03-01T04:00:00.000Z"
    assert len(list(told.list_occurred(clock.now()))) == 2
    assert confirm(call, ana, zip_code="01001-001").status == 200
    assert len(list(told.list_occurred(clock.now()))) == 3


def test_a_persons_own_data_does_not_fill_the_form(call: Call, shop: Shop, clock: MovableClock) -> None:
    schedule(call, shop)
    ana = admit(call, shop)
    call("customers", "put_own_registration", shop=ana, body={"portal_person": {"name": "Ana Nova"}})
    assert form(call, ana)["asked"]


def test_periods_are_months_of_sao_paulo_or_ones_own(call: Call, shop: Shop, clock: MovableClock) -> None:
    ana = admit(call, shop)
    moments = ("2028-01-31T12:00", "2028-03-01T02:59", "2028-03-01T03:00", "2028-03-31T12:00")
    for number, moment in enumerate(moments):
        clock.moment = datetime.fromisoformat(f"{moment}+00:00")
        body = {"portal_person": {"name": f"Ana {'I' * (number + 1)}"}}
        assert call("customers", "put_own_registration", shop=ana, body=body).status == 200

    def told(**query: str) -> list[str]:
        return [each["at"][:16] for each in changes_of(call, shop, **query)["registration_changes"]]

    assert told() == [moments[3], moments[2]]
    assert told(period="previous_month") == [moments[1]]
    custom = {"period": "custom", "start": "2028-01-31", "end": "2028-02-29"}
    assert told(**custom) == [moments[1], moments[0]]
    assert told(**custom | {"start": "2028-02-01"}) == [moments[1]]
    pages = []
    query = {"period": "custom", "start": "2028-01-01", "end": "2028-12-31", "per_page": "1"}
    while True:
        page = changes_of(call, shop, **query)
        pages += [each["at"][:16] for each in page["registration_changes"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert pages == list(reversed(moments))


@pytest.mark.parametrize(
    ("query", "rules"),
    [
        ({"period": "custom", "start": "2028-01-01"}, {"end": "required"}),
        ({"period": "custom", "start": "2028-01-02", "end": "2028-01-01"}, {"end": "period_length"}),
        ({"period": "custom", "start": "2027-01-01", "end": "2028-01-02"}, {"end": "period_length"}),
        ({"start": "2028-01-01"}, {"start": "not_of_this_period"}),
        ({"cursor": "aaaa"}, {"cursor": "cursor"}),
    ],
)
def test_what_is_no_period_is_refused_by_name(
    call: Call, shop: Shop, query: dict[str, str], rules: dict[str, str]
) -> None:
    answer = call("customers", "report_registration_changes", shop=shop, query=query)
    assert (answer.status, answer.rules()) == (422, rules)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("panel", ["manager", "broker"])
def test_the_report_is_a_file_masked_by_role(
    call: Call, shop: Shop, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, kind: str, panel: str
) -> None:
    monkeypatch.setenv("LASTRO_INQUIRIES_BUCKET", BUCKET)
    open_whole_client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    ana = admit(call, shop)
    body = {"portal_person": {**PERSON, "name": "=Ana Exemplo", "mobile": "11912345678"}}
    assert call("customers", "put_own_registration", shop=ana, body=body).status == 200

    def export() -> str:
        answer = call(
            "customers",
            "export_registration_changes",
            shop=staff_of(shop, panel),
            body={"report": {"format": kind}},
            headers={"Idempotency-Key": f"file-{kind}"},
        )
        assert (answer.status, answer.json["file"]["file_name"]) == (201, f"alteracoes-20280201-20280229.{kind}")
        return str(answer.json["file"]["url"].partition("?")[0])

    assert export() == export()
    [stored] = open_whole_client("s3").list_objects_v2(Bucket=BUCKET, Prefix=f"reports/{shop.partner_id}/")["Contents"]
    content = open_client("s3").get_object(Bucket=BUCKET, Key=stored["Key"])["Body"].read()
    if kind == "xlsx":
        text = zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml").decode()
        assert ("+5511912345678" in text) is (panel == "manager")
        return
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    plain = [
        ["29/02/2028 12:00:00", ana.person, "'=Ana Exemplo", "dados próprios", "Nome", "Ana Exemplo", "'=Ana Exemplo"],
        [*rows[1][:4], "Telefone celular", "'+5511987654321", "'+5511912345678"],
    ]
    masked = [
        [*rows[1][:2], "'=. E.", "dados próprios", "Nome", "A. E.", "'=. E."],
        [*rows[1][:2], "'=. E.", "dados próprios", "Telefone celular", "***4321", "***5678"],
    ]
    assert rows[1:3] == (plain if panel == "manager" else masked)
    assert rows[4] == ["Alterações", "1"]


def test_a_file_asked_for_again_after_midnight_of_a_months_end_is_the_months_it_was_asked_in(
    call: Call, shop: Shop, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LASTRO_INQUIRIES_BUCKET", BUCKET)
    open_whole_client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})

    def export(key: str) -> tuple[str, str]:
        body = {"report": {"format": "csv", "period": "current_month"}}
        headers = {"Idempotency-Key": key}
        staff = staff_of(shop, "manager")
        answer = call("customers", "export_registration_changes", shop=staff, body=body, headers=headers)
        assert answer.status == 201, answer.text
        return answer.json["file"]["file_name"], answer.json["file"]["url"].partition("?")[0]

    clock.moment = datetime.fromisoformat("2028-03-01T02:59:59+00:00")
    first = export("february")
    assert first[0] == "alteracoes-20280201-20280229.csv"
    clock.moment = datetime.fromisoformat("2028-03-01T03:00:01+00:00")
    assert export("february") == first
    assert export("march")[0] == "alteracoes-20280301-20280331.csv"


def test_the_same_schedule_makes_no_version(call: Call, shop: Shop) -> None:
    first = schedule(call, shop).json["registration_schedule"]
    assert schedule(call, shop).json["registration_schedule"] == first
    assert schedule(call, shop, every_days=30).json["registration_schedule"]["version"] == 2


@pytest.mark.parametrize("days", [0, 3661, "30", 1.5, True, None])
def test_days_are_whole_and_bounded(call: Call, shop: Shop, days: Any) -> None:
    body = {"registration_schedule": {"enabled": True, "every_days": days}}
    answer = call("customers", "put_registration_schedule", shop=shop, body=body)
    assert (answer.status, list(answer.rules())) == (422, ["registration_schedule.every_days"])


def test_an_address_leads_to_one_access_until_it_ends(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    ana = admit(call, shop)
    body = {"portal_person": {**PERSON, "login_email": "ANA@example.com"}}
    headers = {"Idempotency-Key": "another"}
    taken = call("customers", "create_portal_person", shop=shop, body=body, headers=headers)
    assert (taken.status, taken.json["code"]) == (409, "portal_access_exists")
    assert admit(call, open_shop()).person != ana.person  # another partner's portal
    path = {"person_id": ana.person}
    for _ in range(2):
        assert call("customers", "end_portal_person", shop=shop, path=path).status == 204
    assert call("customers", "get_own_registration", shop=ana).status == 404
    assert call("customers", "create_portal_person", shop=shop, body=body, headers=headers).status == 201
    listed = call("customers", "list_portal_people", shop=shop, query={"per_page": "1"}).json
    rest = call("customers", "list_portal_people", shop=shop, query={"cursor": listed["next_cursor"]}).json
    assert {listed["portal_people"][0]["id"], rest["portal_people"][0]["id"]} > {ana.person}
    assert rest["next_cursor"] is None


def test_an_access_needs_an_address(call: Call, shop: Shop) -> None:
    body = {"portal_person": {**PERSON, "login_email": None}}
    answer = call("customers", "create_portal_person", shop=shop, body=body)
    assert answer.rules() == {"portal_person.login_email": "required"}
