"""Classes over the API: defined, evaluated with every change, set by a person, listed, and evaluated anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.table import Put, Table
from lastro.customers import wiring
from lastro.customers.classes import reevaluation
from lastro.customers.people.store import CustomerStore
from tests.clock import MovableClock
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.conftest import Register, cpf_of, customer_with
from tests.functions.invocation import Answer, Shop, load_function, sample_event

RICH = {"field": "income_cents", "at_least": 1_500_000}
ANYBODY = {"any_of": [{"known": "born_at"}, {"not": {"known": "born_at"}}]}
Define = Callable[..., dict[str, Any]]
Sweep = Callable[[], dict[str, int]]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    standing = MovableClock(datetime(2026, 11, 3, 12, tzinfo=UTC))
    monkeypatch.setattr(wiring, "CLOCK", standing)
    return standing


@pytest.fixture
def define(call: Call, shop: Shop) -> Define:
    """Define classes, ``name=condition`` in order; what was answered."""

    def put(**classes: Any) -> dict[str, Any]:
        sent = [{"name": name, "condition": condition} for name, condition in classes.items()]
        answer = call("customers", "put_customer_classes", shop=shop, body={"customer_classes": {"classes": sent}})
        assert answer.status == 200, answer.text
        made: dict[str, Any] = answer.json["customer_classes"]
        return made

    return put


@pytest.fixture
def sweep(table: Table) -> Sweep:
    def run() -> dict[str, int]:
        context = SimpleNamespace(function_name="reclassify_customers")
        event = sample_event("customers", "reclassify_customers")
        counts: dict[str, int] = load_function("customers", "reclassify_customers").handler(event, context)
        return counts

    return run


def override(call: Call, shop: Shop, customer: int, class_id: int, **more: Any) -> Answer:
    body = {"class_override": {"class_id": class_id, "reason": "Fundador", "set_by": "bia.lima", **more}}
    return call("customers", "put_class_override", shop=shop, path={"customer_id": str(customer)}, body=body)


def revoke(call: Call, shop: Shop, customer: int) -> Answer:
    return call("customers", "revoke_class_override", shop=shop, path={"customer_id": str(customer)})


def changes(call: Call, shop: Shop, customer: int, **query: str) -> Answer:
    path = {"customer_id": str(customer)}
    return call("customers", "list_class_changes", shop=shop, path=path, query=query or None)


def members(call: Call, shop: Shop, class_id: int, per_page: int = 100) -> list[int]:
    found: list[int] = []
    query = {"customer_class_id": str(class_id), "per_page": str(per_page)}
    while True:
        page = call("customers", "list_customers", shop=shop, query=query)
        assert page.status == 200, page.text
        found += [each["id"] for each in page.json["customers"]]
        if page.json["next_cursor"] is None:
            return found
        assert len(page.json["customers"]) == per_page
        query["cursor"] = page.json["next_cursor"]


def update(call: Call, shop: Shop, customer: int, **sent: Any) -> dict[str, Any]:
    path = {"customer_id": str(customer)}
    answer = call("customers", "update_customer", shop=shop, path=path, body={"customer": sent})
    assert answer.status == 200, answer.text
    known: dict[str, Any] = answer.json["customer"]
    return known


def test_classes_are_defined_in_order_and_keep_their_versions(call: Call, shop: Shop, define: Define) -> None:
    none = call("customers", "get_customer_classes", shop=shop).json["customer_classes"]
    assert none == {"version": 0, "classes": [], "updated_at": None, "reevaluation": None}
    first = define(Alta=RICH, Demais=ANYBODY)
    assert [each["name"] for each in first["classes"]] == ["Alta", "Demais"]
    assert first["classes"][0]["condition"] == RICH
    assert define(Alta=RICH, Demais=ANYBODY) == first
    turned = define(Demais=ANYBODY, Alta=RICH)
    assert (turned["version"], [each["id"] for each in turned["classes"]]) == (2, [2, 1])
    before = call("customers", "get_customer_classes", shop=shop, query={"version": "1"}).json["customer_classes"]
    assert (before["classes"], before["reevaluation"]) == (first["classes"], None)
    assert call("customers", "get_customer_classes", shop=shop, query={"version": "3"}).status == 404


def test_every_fault_of_classes_is_told_by_its_place(call: Call, shop: Shop) -> None:
    classes = [
        {"name": "Alta", "condition": {"all_of": [RICH, {"known": "idade"}]}},
        {"name": " alta", "condition": {"field": "income_cents", "at_least": "1.234,56"}, "id": 7},
        {"name": "Ж", "condition": [], "id": 7},
    ]
    answer = call("customers", "put_customer_classes", shop=shop, body={"customer_classes": {"classes": classes}})
    assert answer.status == 422
    assert answer.rules() == {
        "customer_classes.classes.0.condition.all_of.1.known": "unknown_field",
        "customer_classes.classes.1.name": "repeated",
        "customer_classes.classes.1.condition.at_least": "int_type",
        "customer_classes.classes.2.name": "undrawable",
        "customer_classes.classes.2.condition": "dict_type",
        "customer_classes.classes.2.id": "repeated",
    }
    stranger = {"classes": [{"id": 7, "name": "Alta", "condition": RICH}]}
    answer = call("customers", "put_customer_classes", shop=shop, body={"customer_classes": stranger})
    assert (answer.status, answer.rules()) == (422, {"customer_classes.classes.0.id": "not_found"})


def test_a_customer_is_classified_with_every_change(call: Call, shop: Shop, register: Register, define: Define) -> None:
    exposed = {"field": "associate_public_person", "is": True}
    high, others = (each["id"] for each in define(Alta=RICH, Expostos=exposed)["classes"])
    rich = register(job_reference={"income_cents": 1_500_000})
    poor = register()
    assert (rich["customer_class_id"], poor["customer_class_id"]) == (high, None)
    assert (members(call, shop, high), members(call, shop, others)) == ([rich["id"]], [])
    with_associate = update(call, shop, poor["id"], associates=[{"name": "Davi Exemplo", "public_person": True}])
    assert with_associate["customer_class_id"] == others
    promoted = update(call, shop, poor["id"], job_reference={"income_cents": 2_000_000})
    assert promoted["customer_class_id"] == high
    assert sorted(members(call, shop, high, per_page=1)) == [rich["id"], poor["id"]]
    update(call, shop, poor["id"], nickname="Aninha")
    left = update(call, shop, poor["id"], job_reference=None, associates=[])
    assert left["customer_class_id"] is None
    assert members(call, shop, high) == [rich["id"]]
    told = changes(call, shop, poor["id"]).json["class_changes"]
    assert [(each["event"], each["class_id"]) for each in told] == [
        ("evaluated", None),
        ("evaluated", high),
        ("evaluated", others),
    ]
    page = changes(call, shop, poor["id"], per_page="2").json
    rest = changes(call, shop, poor["id"], per_page="2", cursor=page["next_cursor"]).json
    assert page["class_changes"] + rest["class_changes"] == told
    assert rest["next_cursor"] is None


def test_what_a_person_set_stands_until_it_is_revoked(
    call: Call, shop: Shop, register: Register, define: Define, sweep: Sweep
) -> None:
    high, others = (each["id"] for each in define(Alta=RICH, Demais=ANYBODY)["classes"])
    known = register()
    number = known["id"]
    assert known["customer_class_id"] == others
    first = override(call, shop, number, high)
    assert first.status == 200
    told = first.json["classification"]
    assert (told["class_id"], told["class_name"], told["classified_by"]) == (high, "Alta", "override")
    assert override(call, shop, number, high).json == first.json
    assert update(call, shop, number, nickname="Aninha")["customer_class_id"] == high
    define(Alta={"field": "income_cents", "at_least": 9_000_000}, Demais=ANYBODY)
    sweep()
    assert members(call, shop, high) == [number]
    assert override(call, shop, number, others + 7).rules() == {"class_override.class_id": "not_found"}
    back = revoke(call, shop, number).json["classification"]
    assert (back["class_id"], back["classified_by"], back["class_override"]) == (others, "condition", None)
    assert (revoke(call, shop, number).status, revoke(call, shop, number).json["code"]) == (409, "no_class_override")
    told = changes(call, shop, number).json["class_changes"]
    assert [(each["event"], each["person"]) for each in told] == [
        ("revoked", "bia.lima"),
        ("overridden", "bia.lima"),
        ("evaluated", None),
    ]
    assert (
        call("customers", "get_customer", shop=shop).json["customer"]["updated_at"]
        == update(call, shop, number, nickname="Aninha")["updated_at"]
    )


def test_criteria_that_change_reach_every_customer(
    call: Call,
    shop: Shop,
    open_shop: OpenShop,
    register: Register,
    define: Define,
    sweep: Sweep,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reevaluation, "PAGE", 2)
    numbers = [register(job_reference={"income_cents": 1_000_000 + each})["id"] for each in range(5)]
    other = open_shop()
    stranger = call(
        "customers",
        "create_customer",
        shop=other,
        body=customer_with(cpf="529.982.247-25"),
        headers={"Idempotency-Key": None},
    )
    made = define(Media={"field": "income_cents", "at_least": 1_000_003}, Demais=ANYBODY)
    middle, others = (each["id"] for each in made["classes"])
    assert made["reevaluation"] == {"customers_evaluated": 0, "finished_at": None}
    assert sweep() == {"customers_evaluated": 5, "reevaluations_finished": 0}
    assert sorted(members(call, shop, middle)) == numbers[3:]
    assert sorted(members(call, shop, others, per_page=1)) == numbers[:3]
    assert sweep() == {"customers_evaluated": 0, "reevaluations_finished": 0}
    clock.advance(minutes=2)
    assert sweep() == {"customers_evaluated": 0, "reevaluations_finished": 1}
    done = call("customers", "get_customer_classes", shop=shop).json["customer_classes"]["reevaluation"]
    assert done == {"customers_evaluated": 5, "finished_at": "2026-11-03T12:02:00.000Z"}
    assert sweep() == {"customers_evaluated": 0, "reevaluations_finished": 0}
    assert len(changes(call, shop, numbers[0]).json["class_changes"]) == 1
    read = call("customers", "get_customer", shop=other, path={"customer_id": str(stranger.json["customer"]["id"])})
    assert read.json["customer"]["customer_class_id"] is None


def test_who_read_the_criteria_before_they_changed_is_found_by_the_closing_walk(
    call: Call,
    shop: Shop,
    register: Register,
    define: Define,
    sweep: Sweep,
    clock: MovableClock,
    table: Table,
) -> None:
    define(Demais=ANYBODY)
    clock.advance(minutes=5)
    sweep()
    known = register(job_reference={"income_cents": 2_000_000})
    made = define(Alta=RICH, Demais=ANYBODY)
    sweep()
    # As a request leaves it that read the criteria, and wrote after the walk had passed.
    stale = CustomerStore(table).find(shop.partner_id, known["id"])
    assert stale is not None
    assert stale.standing.criteria_version == 2
    key = customer_keys.customer(shop.partner_id, known["id"])
    kept = table.get(key)
    assert kept is not None
    old = {**kept["classification"], "criteria_version": 1, "class_id": made["classes"][1]["id"]}
    table.write(Put(key, {**kept, "classification": old}))
    clock.advance(minutes=2)
    sweep()
    again = call("customers", "get_customer", shop=shop, path={"customer_id": str(known["id"])}).json["customer"]
    assert again["customer_class_id"] == made["classes"][0]["id"]


def test_a_run_that_is_cut_off_is_gone_on_with(
    call: Call,
    shop: Shop,
    register: Register,
    define: Define,
    sweep: Sweep,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reevaluation, "PAGE", 2)
    numbers = [register()["id"] for _ in range(4)]
    made = define(Demais=ANYBODY)
    reclassify = CustomerStore.reclassify
    done: list[int] = []

    def cut_off(store: CustomerStore, customer: Any) -> bool:
        if len(done) == 3:
            raise RuntimeError("cut off")
        done.append(customer.id)
        return reclassify(store, customer)

    monkeypatch.setattr(CustomerStore, "reclassify", cut_off)
    with pytest.raises(ExceptionGroup):
        sweep()
    monkeypatch.setattr(CustomerStore, "reclassify", reclassify)
    so_far = call("customers", "get_customer_classes", shop=shop).json["customer_classes"]["reevaluation"]
    assert so_far["customers_evaluated"] == 2
    sweep()
    assert sorted(members(call, shop, made["classes"][0]["id"])) == numbers
    assert [len(changes(call, shop, number).json["class_changes"]) for number in numbers] == [1, 1, 1, 1]


def test_a_customer_that_others_keep_writing_holds_up_its_partner_alone(
    call: Call,
    shop: Shop,
    open_shop: OpenShop,
    register: Register,
    define: Define,
    sweep: Sweep,
    clock: MovableClock,
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    busy, other = register()["id"], open_shop()
    define(Demais=ANYBODY)
    made = call(
        "customers",
        "create_customer",
        shop=other,
        body=customer_with(cpf=cpf_of(99)),
        headers={"Idempotency-Key": "outro"},
    )
    assert made.status == 201, made.text
    classes = {"customer_classes": {"classes": [{"name": "Demais", "condition": ANYBODY}]}}
    assert call("customers", "put_customer_classes", shop=other, body=classes).status == 200
    reclassify = CustomerStore.reclassify
    monkeypatch.setattr(
        CustomerStore,
        "reclassify",
        lambda store, customer: customer.id != busy and reclassify(store, customer),
    )
    assert sweep() == {"customers_evaluated": 1, "reevaluations_finished": 0}
    monkeypatch.setattr(CustomerStore, "reclassify", reclassify)
    assert sweep()["customers_evaluated"] == 1


def test_a_page_of_a_class_is_one_query_but_where_a_partition_ends(
    call: Call, shop: Shop, register: Register, define: Define, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_id = define(Demais=ANYBODY)["classes"][0]["id"]
    numbers = [register()["id"] for _ in range(24)]
    asked: list[str] = []
    query = Table.query

    def count(table: Table, pk: str, **more: Any) -> Any:
        asked.append(pk)
        return query(table, pk, **more)

    monkeypatch.setattr(Table, "query", count)
    assert sorted(members(call, shop, class_id, per_page=1)) == numbers
    ends = customer_keys.CLASS_SHARDS - 1
    assert len(numbers) <= len(asked) <= len(numbers) + 2 * ends
    assert len(set(asked)) == customer_keys.CLASS_SHARDS


def test_customers_of_a_class_go_by_cursor_alone(call: Call, shop: Shop) -> None:
    query = {"customer_class_id": "1", "name": "Ana", "sort": "name_asc", "page": "2"}
    answer = call("customers", "list_customers", shop=shop, query=query)
    assert answer.rules() == dict.fromkeys(("name", "sort", "page"), "one_filter")
    for cursor in ("MjAyNi0xMS0wMw", "OS8yMDI2", "Ж"):
        answer = call("customers", "list_customers", shop=shop, query={"customer_class_id": "1", "cursor": cursor})
        assert answer.rules() == {"cursor": "cursor"}
    for cursor in ("0", "-1", "1e3", "٣"):
        known = changes(call, shop, 1, cursor=cursor)
        assert known.status in (404, 422)


def test_a_class_of_no_ones_is_not_reached(call: Call, shop: Shop, register: Register, open_shop: OpenShop) -> None:
    number = register()["id"]
    other = open_shop()
    assert override(call, other, number, 1).status == 404
    assert revoke(call, other, number).status == 404
    assert changes(call, other, number).status == 404
