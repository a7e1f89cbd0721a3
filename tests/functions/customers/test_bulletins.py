"""The board over the API: whom a bulletin reaches and when, who read it, and how much is unread."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastro.aws.dynamodb.table import Table
from lastro.customers.bulletins import wiring
from lastro.customers.bulletins.store import BulletinStore
from lastro.customers.portal.store import PortalStore
from lastro.customers.wiring import open_personal_data
from lastro.kernel.retention import Record
from tests.clock import MovableClock
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.conftest import Register, cpf_of
from tests.functions.customers.visitors import PERSON, Staff, Visitor, admit, staff_of, visit
from tests.functions.invocation import Answer, Shop

HOME = "Residencial Exemplo"
NUMBERS = count(1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    standing = MovableClock(datetime(2028, 2, 28, 15, tzinfo=UTC))
    monkeypatch.setattr(wiring, "CLOCK", standing)
    return standing


def post(call: Call, shop: Shop, key: str | None = None, **fields: Any) -> Answer:
    sent = {"kind": "diversos", "title": "Aviso", "paragraphs": ["Um texto."], **fields}
    headers = {"Idempotency-Key": key}
    return call("customers", "create_bulletin", shop=shop, body={"bulletin": sent}, headers=headers)


def posted(call: Call, shop: Shop, **fields: Any) -> int:
    answer = post(call, shop, **fields)
    assert answer.status == 201, answer.text
    number: int = answer.json["bulletin"]["id"]
    return number


def enter(call: Call, shop: Shop, **changes: Any) -> Visitor:
    return admit(call, shop, login_email=f"pessoa{next(NUMBERS)}@example.com", **changes)


def own(call: Call, who: Visitor, **query: str) -> Any:
    answer = call("customers", "list_own_bulletins", shop=who, query=query)
    assert answer.status == 200, answer.text
    return answer.json


def ids(call: Call, who: Visitor) -> list[int]:
    return [each["id"] for each in own(call, who)["bulletins"]]


def unread(call: Call, who: Visitor) -> tuple[int, int]:
    answer = call("customers", "count_unread_bulletins", shop=who)
    assert answer.status == 200, answer.text
    told = answer.json["unread_bulletins"]
    return told["published"], told["unread"]


def read(call: Call, who: Visitor, number: int) -> Answer:
    return call("customers", "read_own_bulletin", shop=who, path={"bulletin_id": str(number)})


def test_miscellaneous_ones_reach_all_who_have_access_and_others_keep_their_audience(
    call: Call, shop: Shop, clock: MovableClock
) -> None:
    queued = enter(call, shop, developments=[HOME])
    owner = enter(call, shop, units=[{"development": "residencial exemplo", "unit": "101"}])
    prospect = enter(call, shop, kind="prospect")
    sue = enter(call, shop, kind="building_manager")
    other = enter(call, shop, kind="other")
    everybody = posted(call, shop)
    of_home = posted(call, shop, kind="empreendimento", developments=[HOME, "Outro"])
    of_unit = posted(call, shop, kind="unidade", units=[{"development": HOME, "unit": "101"}])
    of_group = posted(call, shop, kind="grupo", groups=["prospect", "building_manager"])
    assert ids(call, queued) == [of_home, everybody]
    assert ids(call, owner) == [of_unit, of_home, everybody]
    assert ids(call, prospect) == ids(call, sue) == [of_group, everybody]
    assert ids(call, other) == [everybody]
    assert read(call, other, of_home).status == 404
    assert unread(call, owner) == (3, 3)


def test_a_bulletin_is_shown_on_its_days_in_sao_paulo_and_to_who_comes_later(
    call: Call, shop: Shop, clock: MovableClock
) -> None:
    ana = enter(call, shop)
    leap = posted(call, shop, starts_on="2028-02-29", ends_on="2028-02-29")
    opened = posted(call, shop)
    over = posted(call, shop, ends_on="2028-02-28")
    assert ids(call, ana) == [over, opened]
    assert read(call, ana, leap).status == 404
    clock.moment = datetime(2028, 2, 29, 3, tzinfo=UTC)
    later = enter(call, shop, kind="prospect")
    assert ids(call, ana) == ids(call, later) == [leap, opened]
    assert read(call, ana, over).status == 404
    clock.moment = datetime(2028, 3, 1, 2, 59, 59, tzinfo=UTC)
    assert unread(call, later) == (2, 2)
    clock.moment = datetime(2028, 3, 1, 3, tzinfo=UTC)
    assert ids(call, ana) == [opened]
    assert post(call, shop, starts_on="2028-02-28", ends_on="2028-02-29").rules() == {
        "bulletin.ends_on": "already_over"
    }
    states = {each["id"]: each["state"] for each in call("customers", "list_bulletins", shop=shop).json["bulletins"]}
    assert states == {leap: "ended", opened: "published", over: "ended"}


def test_a_receipt_is_kept_once_with_its_moment(call: Call, shop: Shop, clock: MovableClock) -> None:
    ana, eva = enter(call, shop), enter(call, shop)
    number = posted(call, shop, paragraphs=["Primeiro.", "Segundo."])
    assert own(call, ana)["bulletins"][0]["read_at"] is None
    first = read(call, ana, number).json["bulletin"]
    assert (first["paragraphs"], first["read_at"]) == (["Primeiro.", "Segundo."], "2028-02-28T15:00:00.000Z")
    clock.moment = datetime(2028, 2, 28, 16, tzinfo=UTC)
    assert read(call, ana, number).json["bulletin"] == first
    assert own(call, ana)["bulletins"][0]["read_at"] == first["read_at"]
    assert (unread(call, ana), unread(call, eva)) == ((1, 0), (1, 1))
    read(call, eva, number)
    path = {"bulletin_id": str(number)}
    page = call("customers", "list_bulletin_receipts", shop=shop, path=path, query={"per_page": "1"}).json
    assert [each["person_id"] for each in page["receipts"]] == [eva.person]
    query = {"per_page": "1", "cursor": page["next_cursor"]}
    last = call("customers", "list_bulletin_receipts", shop=shop, path=path, query=query).json
    assert last == {"receipts": [{"person_id": ana.person, "read_at": first["read_at"]}], "next_cursor": None}


def test_two_readings_at_once_keep_one_moment(call: Call, shop: Shop) -> None:
    ana, number = enter(call, shop), posted(call, shop)
    together, answers = Barrier(4), []

    def go() -> None:
        together.wait()
        answers.append(read(call, ana, number).json["bulletin"]["read_at"])

    threads = [Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert unread(call, ana) == (1, 0)


def test_a_change_moves_a_bulletin_and_keeps_who_read_it(call: Call, shop: Shop, clock: MovableClock) -> None:
    ana, sue = enter(call, shop), enter(call, shop, kind="building_manager")
    number = posted(call, shop)
    read(call, ana, number)
    path = {"bulletin_id": str(number)}
    changed = {"kind": "grupo", "groups": ["customer"], "title": "Novo", "paragraphs": ["Outro."]}
    answer = call("customers", "replace_bulletin", shop=shop, path=path, body={"bulletin": changed})
    assert (answer.status, answer.json["bulletin"]["starts_on"]) == (200, "2028-02-28")
    assert (unread(call, ana), unread(call, sue)) == ((1, 0), (0, 0))
    again = call("customers", "replace_bulletin", shop=shop, path=path, body={"bulletin": changed})
    assert again.json == answer.json
    wrong = {**changed, "ends_on": "2028-02-27"}
    refused = call("customers", "replace_bulletin", shop=shop, path=path, body={"bulletin": wrong})
    assert refused.rules() == {"bulletin.ends_on": "before_start"}
    gone = call("customers", "withdraw_bulletin", shop=shop, path=path)
    assert (gone.status, gone.json["bulletin"]["state"]) == (200, "withdrawn")
    assert call("customers", "withdraw_bulletin", shop=shop, path=path).json == gone.json
    late = call("customers", "replace_bulletin", shop=shop, path=path, body={"bulletin": changed})
    assert (late.status, late.json["code"]) == (409, "bulletin_withdrawn")
    assert (ids(call, ana), unread(call, ana), read(call, ana, number).status) == ([], (0, 0), 404)
    assert call("customers", "get_bulletin", shop=shop, path=path).json == gone.json


def test_an_audience_belongs_to_its_kind(call: Call, shop: Shop) -> None:
    unwanted = post(call, shop, developments=[HOME], groups=["other"])
    assert unwanted.rules() == {"bulletin.developments": "not_of_this_kind", "bulletin.groups": "not_of_this_kind"}
    assert post(call, shop, kind="unidade", units=[]).rules() == {"bulletin.units": "required"}
    assert post(call, shop, kind="grupo", groups=["vizinhos"]).status == 422
    assert post(call, shop, starts_on="2030-01-02", ends_on="2030-01-01").rules() == {
        "bulletin.ends_on": "before_start"
    }
    assert post(call, shop, paragraphs=["a\nb"]).status == 422


def test_the_same_attempt_is_one_bulletin(call: Call, shop: Shop) -> None:
    first, again = post(call, shop, key="mural-1"), post(call, shop, key="mural-1")
    assert (first.status, again.json) == (201, first.json)
    assert len(call("customers", "list_bulletins", shop=shop).json["bulletins"]) == 1
    assert post(call, shop, key="mural-1", title="Outro").json["code"] == "idempotency_key_reused"


def test_lists_go_by_cursor_newest_first(call: Call, shop: Shop, clock: MovableClock) -> None:
    ana = enter(call, shop, developments=[HOME])
    sent = [
        posted(call, shop, starts_on=day, **({} if number % 2 else {"kind": "empreendimento", "developments": [HOME]}))
        for number, day in enumerate(["2028-02-01", "2028-02-20", "2028-01-01", "2028-02-20", "2028-02-28"])
    ]
    newest = [sent[4], sent[3], sent[1], sent[0], sent[2]]
    found: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = own(call, ana, per_page="2", **cursor)
        found += [each["id"] for each in page["bulletins"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == newest
    first = call("customers", "list_bulletins", shop=shop, query={"per_page": "3"}).json
    rest = call("customers", "list_bulletins", shop=shop, query={"cursor": first["next_cursor"]}).json
    assert [each["id"] for each in first["bulletins"] + rest["bulletins"]] == sorted(sent, reverse=True)
    assert rest["next_cursor"] is None
    wrong = call("customers", "list_own_bulletins", shop=ana, query={"cursor": "MjAyNi0xMS0wMw"})
    assert wrong.rules() == {"cursor": "cursor"}


def test_an_audience_has_room_for_so_many(call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lastro.customers.bulletins.publishing.MOST_STANDING", 2)
    numbers = [posted(call, shop), posted(call, shop)]
    full = post(call, shop)
    assert (full.status, full.json["code"]) == (422, "board_full")
    posted(call, shop, kind="grupo", groups=["other"])
    call("customers", "withdraw_bulletin", shop=shop, path={"bulletin_id": str(numbers[0])})
    posted(call, shop)


def test_what_is_changed_takes_room_where_it_did_not_stand(
    call: Call, shop: Shop, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lastro.customers.bulletins.publishing.MOST_STANDING", 1)

    def change(number: int, **fields: Any) -> Answer:
        sent = {"kind": "empreendimento", "title": "Aviso", "paragraphs": ["Um texto."], **fields}
        path = {"bulletin_id": str(number)}
        return call("customers", "replace_bulletin", shop=shop, path=path, body={"bulletin": sent})

    over = posted(call, shop, kind="empreendimento", developments=[HOME], ends_on="2028-02-28")
    clock.moment = datetime(2028, 2, 29, 15, tzinfo=UTC)
    stands = posted(call, shop, kind="empreendimento", developments=[HOME])
    # What ended stands nowhere: made longer, it takes room like a new one.
    for fields in ({}, {"ends_on": "2028-03-31"}):
        assert change(over, developments=[HOME], **fields).json["code"] == "board_full"
    assert change(over, developments=[HOME], title="Outro", ends_on="2028-02-28").status == 200
    # What stands needs none where it stands, only where it comes to.
    assert change(stands, developments=[HOME, "Outro"]).status == 200
    assert change(over, developments=["Outro"]).json["code"] == "board_full"
    assert change(over, developments=["Terceiro"]).status == 200


def test_the_board_is_kept_by_managers_and_read_by_its_own_people(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    number, other = posted(call, shop), open_shop()
    broker: Staff = staff_of(shop, "broker")
    assert post(call, broker).json["code"] == "managers_only"
    path = {"bulletin_id": str(number)}
    for operation in ("get_bulletin", "withdraw_bulletin", "list_bulletin_receipts"):
        assert call("customers", operation, shop=other, path=path).status == 404
    ana = enter(call, shop)
    assert read(call, visit(other, ana.person), number).status == 404
    assert call("customers", "end_portal_person", shop=shop, path={"person_id": ana.person}).status == 204
    for operation in ("list_own_bulletins", "count_unread_bulletins"):
        assert call("customers", operation, shop=ana).json["code"] == "portal_person_not_found"


STEPS = st.lists(
    st.tuples(st.sampled_from(["post", "read", "withdraw", "regroup"]), st.integers(0, 5)), min_size=1, max_size=8
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_unread_is_what_is_published_without_what_was_read_whatever_the_order(
    call: Call, shop: Shop, steps: list[tuple[str, int]]
) -> None:
    ana = enter(call, shop)
    shown, seen = set(ids(call, ana)), set[int]()
    sent: list[int] = []
    for step, number in steps:
        chosen = sent[number % len(sent)] if sent else None
        if step == "post" or chosen is None:
            sent.append(posted(call, shop))
            shown.add(sent[-1])
        elif step == "read":
            assert read(call, ana, chosen).status == (200 if chosen in shown else 404)
            seen |= {chosen} & shown
        elif step == "withdraw":
            call("customers", "withdraw_bulletin", shop=shop, path={"bulletin_id": str(chosen)})
            shown.discard(chosen)
        else:
            body = {"bulletin": {"kind": "grupo", "groups": ["other"], "title": "A", "paragraphs": ["B"]}}
            call("customers", "replace_bulletin", shop=shop, path={"bulletin_id": str(chosen)}, body=body)
            shown.discard(chosen)
        assert unread(call, ana) == (len(shown), len(shown - seen))


def test_what_ended_is_not_read_to_count(call: Call, shop: Shop, clock: MovableClock) -> None:
    standing = [posted(call, shop, ends_on=day) for day in ("2028-02-28", "2028-03-01")]
    found = [
        [each.bulletin_id for each in BulletinStore(Table()).list_postings(shop.partner_id, "ALL", date(2028, 2, day))]
        for day in (28, 29)
    ]
    assert found == [standing, standing[1:]]


def test_what_a_customers_access_read_is_exported_and_ends_with_it(call: Call, shop: Shop, register: Register) -> None:
    customer = register()["id"]
    ana, eva = enter(call, shop, customer_id=customer, email=None, mobile=None), enter(call, shop)
    number = posted(call, shop)
    for who in (ana, eva):
        read(call, who, number)
    data, record = open_personal_data(), Record(shop.partner_id, cpf_of(1), "customer", str(customer))
    exported = data.export(record)
    assert exported is not None
    [access] = exported.data["portal_people"]
    assert (access["id"], [each["bulletin_id"] for each in access["bulletins_read"]]) == (ana.person, [number])
    assert data.end(record)
    assert call("customers", "list_own_bulletins", shop=ana).status == 404
    receipts = call("customers", "list_bulletin_receipts", shop=shop, path={"bulletin_id": str(number)}).json
    assert [each["person_id"] for each in receipts["receipts"]] == [eva.person]
    refused = call(
        "customers", "create_portal_person", shop=shop, body={"portal_person": {**PERSON, "customer_id": 99}}
    )
    assert refused.rules() == {"portal_person.customer_id": "not_found"}


def test_what_is_read_while_an_access_is_erased_leaves_no_receipt(
    call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, number = enter(call, shop), posted(call, shop)
    keep_read = BulletinStore.keep_read

    def keep_late(self: BulletinStore, *args: Any) -> datetime | None:
        PortalStore(Table()).erase_person(shop.partner_id, ana.person)
        return keep_read(self, *args)

    monkeypatch.setattr(BulletinStore, "keep_read", keep_late)
    assert read(call, ana, number).status == 404
    receipts = call("customers", "list_bulletin_receipts", shop=shop, path={"bulletin_id": str(number)}).json
    assert receipts["receipts"] == []
