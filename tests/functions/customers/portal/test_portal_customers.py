"""A person of the portal that is a customer: one record, one log, one export and one end."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.aws.pools.user_pool import UserPool
from lastro.customers.people.store import CustomerStore
from lastro.customers.portal.registration.own_data import OwnData
from lastro.customers.portal.store import PortalStore
from lastro.customers.wiring import open_personal_data
from lastro.kernel.retention import ERASING, Record
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.conftest import Register
from tests.functions.customers.portal.portal_town import PortalTown
from tests.functions.customers.visitors import schedule
from tests.functions.emulation.process import TABLE
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Shop

EMAILS = [{"address": "ana@example.com"}, {"address": "trabalho@example.com"}]
PHONES = [{"code": 11, "number": 33334444}, {"code": 11, "number": 987654321, "phone_type_id": 1}]


@pytest.fixture
def record(register: Register) -> dict[str, Any]:
    return register(emails=EMAILS, phones=PHONES)


def admit(call: Call, shop: Shop, customer_id: int, **changes: Any) -> Any:
    sent = {"kind": "customer", "name": "ANA exemplo", "login_email": "entrada@example.com", **changes}
    body = {"portal_person": {**sent, "customer_id": customer_id}}
    return call("customers", "create_portal_person", shop=shop, body=body, headers={"Idempotency-Key": None})


def customer_of(call: Call, shop: Shop, customer_id: int) -> Any:
    found = call("customers", "get_customer", shop=shop, path={"customer_id": str(customer_id)})
    assert found.status == 200, found.text
    return found.json["customer"]


def enter(call: Call, town: PortalTown, record: dict[str, Any]) -> Any:
    assert admit(call, town.shop, record["id"]).status == 201
    return town.enter(town.log_in("entrada@example.com"))


def test_name_email_and_mobile_are_the_records(call: Call, town: PortalTown, record: dict[str, Any]) -> None:
    visitor = enter(call, town, record)
    own = call("customers", "get_own_registration", shop=visitor).json["portal_person"]
    assert (own["name"], own["email"], own["mobile"]) == ("Ana Exemplo", "ana@example.com", "+5511987654321")
    change = {"customer": {"name": "Ana Nova", "emails": [{"address": "nova@example.com"}], "phones": []}}
    path = {"customer_id": str(record["id"])}
    assert call("customers", "update_customer", shop=town.shop, path=path, body=change).status == 200
    own = call("customers", "get_own_registration", shop=visitor).json["portal_person"]
    assert (own["name"], own["email"], own["mobile"]) == ("Ana Nova", "nova@example.com", None)
    [listed] = call("customers", "list_portal_people", shop=town.shop).json["portal_people"]
    assert (listed["name"], listed["email"], listed["mobile"]) == ("Ana Nova", "nova@example.com", None)


@pytest.mark.parametrize("way", ["own_data", "form"])
def test_what_the_person_changes_changes_the_record_and_is_logged(
    call: Call, town: PortalTown, record: dict[str, Any], way: str
) -> None:
    schedule(call, town.shop)
    visitor = enter(call, town, record)
    sent = {"name": "Ana Exemplo", "email": "outra@example.com", "mobile": "(21) 91234-5678", "zip_code": "01001-000"}
    if way == "form":
        done = call("customers", "confirm_registration", shop=visitor, body={"registration_update": sent})
    else:
        done = call("customers", "put_own_registration", shop=visitor, body={"portal_person": sent})
    assert done.status == 200, done.text
    after = customer_of(call, town.shop, record["id"])
    assert [each["address"] for each in after["emails"]] == ["outra@example.com", "trabalho@example.com"]
    assert [(each["code"], each["number"], each.get("phone_type_id")) for each in after["phones"]] == [
        (11, 33334444, None),
        (21, 912345678, 1),
    ]
    assert after["phones"][0]["id"] == record["phones"][0]["id"]
    assert after["address"] == record["address"]
    [change] = call("customers", "report_registration_changes", shop=town.shop).json["registration_changes"]
    assert (change["way"], [(each["field"], each["before"], each["after"]) for each in change["fields"]]) == (
        way,
        [
            ("mobile", "+5511987654321", "+5521912345678"),
            ("email", "ana@example.com", "outra@example.com"),
            ("zip_code", None, "01001000"),
        ],
    )


@pytest.mark.parametrize("way", ["own_data", "form"])
def test_one_of_several_is_not_taken_away_by_leaving_it_out(
    call: Call, town: PortalTown, record: dict[str, Any], way: str
) -> None:
    """The next would stand in its place, and be taken away in turn by who only sends the same again."""
    schedule(call, town.shop)
    visitor = enter(call, town, record)
    operation, name = {
        "own_data": ("put_own_registration", "portal_person"),
        "form": ("confirm_registration", "registration_update"),
    }[way]

    def send(**sent: Any) -> Any:
        return call("customers", operation, shop=visitor, body={name: {"name": "Ana Exemplo", **sent}})

    refused = send(mobile="(11) 98765-4321")
    assert (refused.status, refused.rules()) == (422, {f"{name}.email": "several_on_record"})
    assert customer_of(call, town.shop, record["id"])["emails"] == record["emails"]
    # Of the record's two phones one is a mobile: that one may go, and what it leaves is empty.
    for _ in range(2):
        assert send(email="ana@example.com").status == 200
        assert [each["number"] for each in customer_of(call, town.shop, record["id"])["phones"]] == [33334444]
    own = call("customers", "get_own_registration", shop=visitor).json["portal_person"]
    assert (own["email"], own["mobile"]) == ("ana@example.com", None)


def test_record_and_log_are_kept_together_or_not_at_all(
    call: Call, town: PortalTown, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = enter(call, town, record)
    keep = OwnData._keep
    lost: list[Any] = []

    def lose(own: OwnData, before: Any, done: Any, occurrence: Any = None) -> bool:
        if not lost:
            lost.append(done)
            body = {"customer": {"name": "Ana Nova"}}
            path = {"customer_id": str(record["id"])}
            assert call("customers", "update_customer", shop=town.shop, path=path, body=body).status == 200
        return keep(own, before, done, occurrence)

    monkeypatch.setattr(OwnData, "_keep", lose)
    sent = {"portal_person": {"name": "Ana Exemplo", "email": "outra@example.com"}}
    assert call("customers", "put_own_registration", shop=visitor, body=sent).status == 200
    [change] = call("customers", "report_registration_changes", shop=town.shop).json["registration_changes"]
    assert change["fields"][0] == {"field": "name", "before": "Ana Nova", "after": "Ana Exemplo"}
    assert customer_of(call, town.shop, record["id"])["name"] == "Ana Exemplo"


def test_what_differs_from_the_record_is_refused(call: Call, town: PortalTown, record: dict[str, Any]) -> None:
    changes = {"name": "Bia Exemplo", "email": "outra@example.com", "mobile": "(11) 91111-1111"}
    refused = admit(call, town.shop, record["id"], **changes)
    assert (refused.status, refused.rules()) == (
        422,
        {f"portal_person.{name}": "differs_from_customer" for name in ("name", "mobile", "email")},
    )
    assert admit(call, town.shop, record["id"], email="ANA@example.com").status == 201


def test_the_same_attempt_is_the_same_whatever_the_record_says_by_now(
    call: Call, town: PortalTown, record: dict[str, Any]
) -> None:
    told = {
        "kind": "customer",
        "name": "Ana Exemplo",
        "login_email": "entrada@example.com",
        "customer_id": record["id"],
    }

    def ask() -> Any:
        key = {"Idempotency-Key": "uma-vez"}
        return call("customers", "create_portal_person", shop=town.shop, body={"portal_person": told}, headers=key)

    first = ask()
    assert first.status == 201
    path, change = {"customer_id": str(record["id"])}, {"customer": {"name": "Outra Pessoa"}}
    assert call("customers", "update_customer", shop=town.shop, path=path, body=change).status == 200
    assert (ask().status, ask().json) == (201, first.json)


def test_of_one_attempt_at_once_both_get_its_answer(
    call: Call, town: PortalTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"portal_person": {"kind": "other", "name": "Rui", "login_email": "rui@example.com"}}
    key = {"Idempotency-Key": "uma-vez"}
    look = PortalStore.find_login
    twins: list[Any] = []

    def meet(store: PortalStore, partner_id: str, address: str) -> Any:
        if not twins:
            twins.append(None)
            twins.append(call("customers", "create_portal_person", shop=town.shop, body=body, headers=key))
        return look(store, partner_id, address)

    monkeypatch.setattr(PortalStore, "find_login", meet)
    late = call("customers", "create_portal_person", shop=town.shop, body=body, headers=key)
    assert (late.status, late.json) == (201, twins[1].json)


def test_another_partners_customer_is_none(
    call: Call, town: PortalTown, record: dict[str, Any], open_shop: OpenShop
) -> None:
    refused = admit(call, open_shop(), record["id"])
    assert (refused.status, refused.rules()) == (422, {"portal_person.customer_id": "not_found"})


def test_a_customer_is_exported_and_ended_with_its_access(
    call: Call, town: PortalTown, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = enter(call, town, record)
    own = {"name": "Ana Exemplo", "email": "ana@example.com", "address": "Rua Um, 100"}
    sent = {"portal_person": own}
    assert call("customers", "put_own_registration", shop=visitor, body=sent).status == 200
    stranger = town.admit(name="Ana Exemplo", login_email="ana@example.com")
    kept = open_personal_data()
    at = Record(town.shop.partner_id, record["cpf"], "customer", str(record["id"]))
    exported = kept.export(at)
    assert exported is not None
    people = {each["id"]: each for each in exported.data["portal_people"]}
    assert people[visitor.authorizer["person"]]["address"] == "Rua Um, 100"
    assert people[visitor.authorizer["person"]]["changes"]
    # The log of all that people of this partner ever changed is not gone through for hers.
    walked: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(PortalStore, "walk_changes", lambda *_: walked.append("walked"))
        assert kept.export(at) == exported
        assert kept.end(at)
    path = {"customer_id": str(record["id"])}
    assert call("customers", "get_customer", shop=town.shop, path=path).status == 404
    assert call("customers", "get_own_registration", shop=visitor).status == 404
    assert call("customers", "report_registration_changes", shop=town.shop).json["registration_changes"] == []
    left = [each["id"] for each in call("customers", "list_portal_people", shop=town.shop).json["portal_people"]]
    assert visitor.authorizer["person"] not in left
    # Nothing names her any more, nor whose access it was.
    rows = open_whole_client("dynamodb").scan(TableName=TABLE)["Items"]
    assert not {"customer_access", "person_change"} & {row["entity"]["S"] for row in rows if "entity" in row}
    assert walked == []
    # An access under her name and address that names no customer is taken along.
    assert stranger not in left


class Killed(BaseException):
    """Nothing of the program catches it."""


def rows_naming(*names: str) -> list[str]:
    """Keys of the rows under a customer or a person, but for what lapses by itself."""
    rows = open_whole_client("dynamodb").scan(TableName=TABLE)["Items"]
    keys = [f"{row['PK']['S']} {row['SK']['S']}" for row in rows if "expires" not in row]
    return [key for key in keys if any(name in key for name in names)]


def test_an_erasure_killed_between_any_two_writes_is_nobodys_to_read_and_goes_on(
    call: Call, town: PortalTown, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = enter(call, town, record)
    sent = {"portal_person": {"name": "Ana Exemplo", "email": "ana@example.com", "address": "Rua Um, 100"}}
    assert call("customers", "put_own_registration", shop=visitor, body=sent).status == 200
    # It names no customer, and its address leads nobody there once it is erased.
    stranger = town.admit(name="Ana Exemplo", login_email="ana@example.com")
    kept = open_personal_data()
    at = Record(town.shop.partner_id, record["cpf"], "customer", str(record["id"]))
    path = {"customer_id": str(record["id"])}

    def killed_at(write: int) -> bool:
        """Whether an erasure met its end after so many writes."""
        left = iter(range(write))

        def dying(act: Any) -> Any:
            def do(*arguments: Any) -> Any:
                if next(left, None) is None:
                    raise Killed
                return act(*arguments)

            return do

        with monkeypatch.context() as patched:
            for owner, name in ((Table, "write"), (Table, "transact"), (Table, "delete_many"), (UserPool, "remove")):
                patched.setattr(owner, name, dying(getattr(owner, name)))
            try:
                assert kept.end(at)
            except Killed:
                return True
        return False

    writes = 0
    while killed_at(writes):
        assert call("customers", "get_customer", shop=town.shop, path=path).status == (404 if writes else 200)
        assert kept.look(at) is not None
        assert (kept.export(at) == ERASING) is bool(writes)
        writes += 1
    assert writes > 8
    assert kept.look(at) is None
    assert rows_naming(f"{town.shop.partner_id}#{record['id']} ", visitor.authorizer["person"], stranger) == []
    assert call("customers", "report_registration_changes", shop=town.shop).json["registration_changes"] == []


def test_an_erasure_that_meets_a_writer_takes_nothing(
    call: Call, town: PortalTown, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = enter(call, town, record)
    sent = {"portal_person": {"name": "Ana Exemplo", "email": "ana@example.com", "address": "Rua Um, 100"}}
    assert call("customers", "put_own_registration", shop=visitor, body=sent).status == 200
    kept = open_personal_data()
    at = Record(town.shop.partner_id, record["cpf"], "customer", str(record["id"]))
    before = rows_naming(f"{town.shop.partner_id}#{record['id']} ", visitor.authorizer["person"])
    begin = CustomerStore.begin_erasure
    given: list[str] = []

    def change_first(*arguments: Any) -> Any:
        path, change = {"customer_id": str(record["id"])}, {"customer": {"emails": [{"address": "nova@example.com"}]}}
        assert call("customers", "update_customer", shop=town.shop, path=path, body=change).status == 200
        return begin(*arguments)

    def admit_first(*arguments: Any) -> Any:
        made = admit(call, town.shop, record["id"], name="Ana Exemplo", login_email="segunda@example.com")
        given.append(made.json["portal_person"]["id"])
        return begin(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(CustomerStore, "begin_erasure", change_first)
        assert not kept.end(at)
    assert rows_naming(f"{town.shop.partner_id}#{record['id']} ", visitor.authorizer["person"]) == before
    assert call("customers", "get_own_registration", shop=visitor).json["portal_person"]["email"] == "nova@example.com"
    # An access that it was given meanwhile goes with it.
    monkeypatch.setattr(CustomerStore, "begin_erasure", admit_first)
    assert kept.end(at)
    assert rows_naming(f"{town.shop.partner_id}#{record['id']} ", visitor.authorizer["person"], *given) == []


def test_who_is_erased_meanwhile_is_given_no_access(
    call: Call, town: PortalTown, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = open_personal_data()
    at = Record(town.shop.partner_id, record["cpf"], "customer", str(record["id"]))
    add = PortalStore.add_person

    def erase_first(*arguments: Any) -> bool:
        assert kept.end(at)
        return add(*arguments)

    monkeypatch.setattr(PortalStore, "add_person", erase_first)
    refused = admit(call, town.shop, record["id"])
    assert (refused.status, refused.rules()) == (422, {"portal_person.customer_id": "not_found"})
    assert rows_naming(f"{town.shop.partner_id}#{record['id']} ") == []
