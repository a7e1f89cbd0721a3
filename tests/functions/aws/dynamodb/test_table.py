"""The one table: conditional writes, transactions that name the refused write, batches that are finished, pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from lastro.aws.clients import open_client
from lastro.aws.dynamodb import attributes, keys
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import bureaus as bureau_keys
from lastro.aws.dynamodb.keys import origination as origination_keys
from lastro.aws.dynamodb.keys import simulations as simulation_keys
from lastro.aws.dynamodb.keys import webhooks as webhook_keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, AtMost, Delete, Put, Table, Update, Write
from lastro.kernel.commits import TRANSACTION_CONFLICT
from lastro.kernel.errors import Retryable
from tests.functions.emulation.faults import cancelled, failing, watch
from tests.functions.emulation.process import TABLE
from tests.functions.emulation.whole_clients import open_whole_client

K, L = Key("A", "1"), Key("A", "2")

values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=20) | st.integers(-(10**30), 10**30) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


@given(value=values)
def test_what_is_encoded_is_decoded(value: Any) -> None:
    assert attributes.decode(attributes.encode(value)) == value


def test_everything_lies_in_the_table_as_any_client_would_put_it(table: Table) -> None:
    """The client passes attributes on as they are spelt here: bytes among them, in items, transactions and updates."""
    inner = {"bytes": b"\x00\xff", "text": "ação", "numbers": {1, 2}, "list": [b"", {"deep": b"\x80"}, None, True, -5]}
    spelt = {
        "bytes": {"B": b"\x00\xff"},
        "text": {"S": "ação"},
        "numbers": {"NS": ["1", "2"]},
        "list": {"L": [{"B": b""}, {"M": {"deep": {"B": b"\x80"}}}, {"NULL": True}, {"BOOL": True}, {"N": "-5"}]},
    }
    table.write(Put(K, {"inner": inner}))
    table.transact([Put(L, {"inner": inner}), Update(Key("A", "3"), assign={"inner": inner})])
    whole = open_whole_client("dynamodb")
    for key in (K, L, Key("A", "3")):
        found = whole.get_item(TableName=TABLE, Key={"PK": {"S": key.pk}, "SK": {"S": key.sk}})["Item"]
        assert found["inner"] == {"M": spelt}
    whole.put_item(TableName=TABLE, Item={"PK": {"S": "A"}, "SK": {"S": "4"}, "inner": {"M": spelt}})
    for item in (table.get(Key("A", "4")), *table.query("A"), *table.get_many([K, L]).values()):
        assert item is not None
        assert item["inner"] == inner


@pytest.mark.parametrize("value", [1.5, 0.0, Decimal("1.5"), object(), [1.5], {"a": {"b": 2.0}}])
def test_no_fraction_enters_the_table(value: Any) -> None:
    with pytest.raises(TypeError):
        attributes.encode(value)


def test_numbers_read_back_are_whole() -> None:
    assert attributes.decode({"N": "12"}) == 12
    with pytest.raises(ValueError, match="invalid literal"):
        attributes.decode({"N": "1.5"})
    assert attributes.decode(attributes.encode({3, 1, 2})) == {1, 2, 3}
    with pytest.raises(TypeError):
        attributes.decode({"SS": ["a"]})


# single writes ------------------------------------------------------------------------------------------------------


def test_a_put_with_a_condition(table: Table) -> None:
    table.write(Put(K, {"size": 1, "name": "reserved words"}, {"PK": ABSENT}))
    with pytest.raises(ConditionFailed):
        table.write(Put(K, {"size": 2}, {"PK": ABSENT}))
    table.write(Put(K, {"size": 3, "status": None}, {"size": 1, "name": "reserved words"}))
    assert table.get(K) == {"PK": "A", "SK": "1", "size": 3, "status": None}
    table.write(Put(K, {"size": 4, "status": "done"}, {"status": None}))
    with pytest.raises(ConditionFailed):
        table.write(Put(K, {"size": 5}, {"status": None}))


@pytest.mark.parametrize(("limit", "allowed"), [(4, False), (5, True), (6, True)])
def test_at_most(table: Table, limit: int, allowed: bool) -> None:
    table.write(Put(K, {"value": 5}))
    update = Update(K, assign={"value": 0}, where={"value": AtMost(limit)})
    if allowed:
        assert table.write(update)["value"] == 0
    else:
        with pytest.raises(ConditionFailed):
            table.write(update)


def test_an_update_assigns_adds_and_removes_at_once(table: Table) -> None:
    table.write(Put(K, {"count": 1, "open_pk": "OPEN", "open_sk": "x", "map": {"inner": {"a": 1}}, "ended": {1}}))
    changed = table.write(
        Update(
            K,
            assign={"state": "done", "map.inner.a": 2},
            add={"count": 4, "ended": {2, 3}},
            remove=("open_pk", "open_sk"),
            where={"map.inner.a": 1, "count": 1},
        )
    )
    assert changed == {
        "PK": "A",
        "SK": "1",
        "count": 5,
        "state": "done",
        "map": {"inner": {"a": 2}},
        "ended": {1, 2, 3},
    }
    assert table.write(Update(K, add={"ended": {2, 3}}))["ended"] == {1, 2, 3}


def test_an_update_of_nothing_makes_the_item_unless_it_must_exist(table: Table) -> None:
    with pytest.raises(ConditionFailed):
        table.write(Update(K, assign={"a": 1}, where={"entity": "x"}))
    assert table.get(K) is None
    assert table.write(Update(K, add={"value": 2}))["value"] == 2


def test_a_delete_with_a_condition(table: Table) -> None:
    table.write(Put(K, {"version": 2}))
    with pytest.raises(ConditionFailed):
        table.write(Delete(K, {"version": 1}))
    table.write(Delete(K, {"version": 2}))
    assert table.get(K) is None
    table.write(Delete(K))


@pytest.mark.parametrize(
    "write", [Put(K, {"name": 1}, {"size": 1}), Update(K, assign={"size": 1}, add={"total": 1}), Delete(K, {"date": 1})]
)
def test_no_attribute_name_is_spelt_out_in_an_expression(table: Table, write: Write) -> None:
    with (
        watch("dynamodb", "PutItem") as puts,
        watch("dynamodb", "UpdateItem") as updates,
        watch("dynamodb", "DeleteItem") as deletes,
        suppress(ConditionFailed),
    ):
        table.write(write)
    [request] = [*puts, *updates, *deletes]
    spelt = request.get("ConditionExpression", "") + request.get("UpdateExpression", "")
    assert spelt
    assert not [name for name in ("name", "size", "total", "date") if name in spelt]


def test_a_sequence_hands_out_ranges_that_never_meet(table: Table) -> None:
    taken = [(table.reserve(keys.sequence("x"), count), count) for count in (1, 3, 1500, 2)]
    assert taken[0][0] == 1
    assert all(first + count == following for (first, count), (following, _) in pairwise(taken))
    assert table.reserve(keys.sequence("y"), 1) == 1


# transactions -------------------------------------------------------------------------------------------------------


def test_a_transaction_names_the_first_refused_write_and_does_nothing(table: Table) -> None:
    table.write(Put(L, {"size": 1}))
    writes: list[Write] = [Put(K, {"size": 1}), Put(L, {"size": 2}, {"PK": ABSENT}), Delete(Key("A", "3"), {"size": 9})]
    with pytest.raises(ConditionFailed) as caught:
        table.transact(writes)
    assert caught.value.position == 1
    assert table.get(K) is None
    assert table.get(L) == {"PK": "A", "SK": "2", "size": 1}
    table.transact([Put(K, {"size": 1}), Update(L, add={"size": 1}, where={"size": 1}), Delete(Key("A", "3"))])
    assert [item["size"] for item in table.query("A")] == [1, 2]


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_meets_others_is_done_a_moment_later(table: Table, pauses: list[float], reason: str) -> None:
    conflict = cancelled("None", reason)
    with failing("dynamodb", "TransactWriteItems", conflict, times=3):
        table.transact([Put(K, {}), Update(L, add={"count": 1})])
    assert table.get(L) == {"PK": "A", "SK": "2", "count": 1}
    assert len(pauses) == 3
    with failing("dynamodb", "TransactWriteItems", conflict), pytest.raises(Retryable) as told:
        table.transact([Put(K, {}), Put(L, {})])
    assert told.value.code == TRANSACTION_CONFLICT
    assert sum(pauses) < 3


def test_a_write_that_meets_a_transaction_is_done_a_moment_later(table: Table, pauses: list[float]) -> None:
    conflict = ClientError({"Error": {"Code": "TransactionConflictException", "Message": ""}}, "UpdateItem")
    with failing("dynamodb", "UpdateItem", conflict, times=2):
        assert table.write(Update(K, add={"count": 1}))["count"] == 1
    assert len(pauses) == 2
    with failing("dynamodb", "UpdateItem", conflict), pytest.raises(Retryable):
        table.write(Update(K, add={"count": 1}))


def test_a_transaction_that_can_never_be_done_is_no_contention(table: Table, pauses: list[float]) -> None:
    with failing("dynamodb", "TransactWriteItems", cancelled("ValidationError")), pytest.raises(ClientError):
        table.transact([Put(K, {}), Put(L, {})])
    assert pauses == []


def test_a_refusal_is_told_whoever_else_was_in_the_way(table: Table, pauses: list[float]) -> None:
    refusal = cancelled("TransactionConflict", "ConditionalCheckFailed")
    with failing("dynamodb", "TransactWriteItems", refusal), pytest.raises(ConditionFailed) as caught:
        table.transact([Put(K, {}), Put(L, {})])
    assert caught.value.position == 1
    assert pauses == []


# batches ------------------------------------------------------------------------------------------------------------


def test_many_items_are_written_and_read_in_full_batches(table: Table) -> None:
    items = [(Key("A", f"{number:04}"), {"size": number}) for number in range(260)]
    with watch("dynamodb", "BatchWriteItem") as writes:
        table.put_many(items)
    assert sorted(len(request["RequestItems"][TABLE]) for request in writes) == sorted([25] * 10 + [10])
    wanted = [key for key, _ in items]
    with watch("dynamodb", "BatchGetItem") as reads:
        found = table.get_many([*wanted, *wanted, Key("A", "none")])
    assert len(reads) == 3
    assert all(request["RequestItems"][TABLE]["ConsistentRead"] for request in reads)
    assert {key: item["size"] for key, item in found.items()} == {key: number for number, key in enumerate(wanted)}
    assert table.get_many([]) == {}


def test_new_items_are_written_where_there_are_none(table: Table) -> None:
    table.write(Put(Key("A", "0003"), {"size": "old"}))
    items = {
        Key("A", f"{number:04}"): {"size": number, "none": None, "inner": {"list": [b"x"]}} for number in range(60)
    }
    with watch("dynamodb", "BatchExecuteStatement") as batches:
        assert table.put_new(items) == [Key("A", "0003")]
    assert [len(request["Statements"]) for request in batches] == [25, 25, 10]
    found = table.get_many(items)
    assert found.pop(Key("A", "0003"))["size"] == "old"
    assert found == {key: {"PK": key.pk, "SK": key.sk, **items[key]} for key in found}
    assert len(found) == 59
    assert table.put_new(items) == list(items)
    assert table.put_new({}) == []


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"])
def test_new_items_that_meet_others_are_tried_again_alone(
    table: Table, monkeypatch: pytest.MonkeyPatch, pauses: list[float], code: str
) -> None:
    client = open_client("dynamodb")
    real = client.batch_execute_statement
    sizes: list[int] = []

    def refuse_the_last(**request: Any) -> Any:
        sizes.append(len(request["Statements"]))
        if len(sizes) == 1:
            done = real(Statements=request["Statements"][:-1])["Responses"]
            return {"Responses": [*done, {"Error": {"Code": code, "Message": ""}}]}
        return real(**request)

    monkeypatch.setattr(client, "batch_execute_statement", refuse_the_last)
    assert table.put_new({Key("A", str(number)): {} for number in range(5)}) == []
    assert (sizes, len(pauses)) == ([5, 1], 1)
    assert len(list(table.query("A"))) == 5


def test_new_items_that_are_refused_for_good_are_said_so(table: Table) -> None:
    refusal = {"Responses": [{"Error": {"Code": "AccessDenied", "Message": ""}}]}
    with (
        failing("dynamodb", "BatchExecuteStatement", refusal),
        pytest.raises(ClientError, match="AccessDenied"),
    ):
        table.put_new({K: {}})


def leave_over(monkeypatch: pytest.MonkeyPatch, operation: str, member: str, times: int) -> None:
    """Let a batch operation leave all but the first request of each try undone, so many times."""
    client = open_client("dynamodb")
    real = getattr(client, operation)
    left = [times]

    def act(**request: Any) -> dict[str, Any]:
        [(name, wanted)] = request["RequestItems"].items()
        if not left[0]:
            return dict(real(**request))
        left[0] -= 1
        requests = wanted["Keys"] if isinstance(wanted, dict) else wanted
        first, rest = requests[:1], requests[1:]
        again = {**wanted, "Keys": rest} if isinstance(wanted, dict) else rest
        done = {**wanted, "Keys": first} if isinstance(wanted, dict) else first
        return {**real(RequestItems={name: done}), member: {name: again} if rest else {}}

    monkeypatch.setattr(client, operation, act)


def test_what_a_batch_leaves_over_is_tried_again(
    table: Table, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    items = [(Key("A", str(number)), {"size": number}) for number in range(9)]
    leave_over(monkeypatch, "batch_write_item", "UnprocessedItems", 3)
    table.put_many(items)
    assert len(list(table.query("A"))) == 9
    leave_over(monkeypatch, "batch_get_item", "UnprocessedKeys", 2)
    assert len(table.get_many(key for key, _ in items)) == 9
    assert len(pauses) == 5
    assert pauses[0] < pauses[1] < pauses[2]


def test_a_table_that_keeps_refusing_is_said_so(
    table: Table, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    leave_over(monkeypatch, "batch_write_item", "UnprocessedItems", 99)
    with pytest.raises(Retryable):
        table.put_many([(Key("A", str(number)), {}) for number in range(20)])
    assert sum(pauses) < 10


# queries ------------------------------------------------------------------------------------------------------------


def test_a_query_goes_on_over_its_pages(table: Table) -> None:
    table.put_many([(Key("A", f"{number:02}"), {"text": "x" * 300_000}) for number in range(8)])
    with watch("dynamodb", "Query") as pages:
        assert [item["SK"] for item in table.query("A")] == [f"{number:02}" for number in range(8)]
        whole = len(pages)
        assert next(table.query("A"))["SK"] == "00"
    assert whole > 1
    assert len(pages) == whole + 1


def test_a_query_narrows_its_range(table: Table) -> None:
    table.put_many([(Key("A", name), {"a": 1, "b": 2}) for name in ("LEAD#1", "LEAD#2", "STORE", "Z")])

    def found(**options: Any) -> list[str]:
        return [item["SK"] for item in table.query("A", **options)]

    assert found(prefix="LEAD#") == ["LEAD#1", "LEAD#2"]
    assert found(at_least="LEAD#2") == ["LEAD#2", "STORE", "Z"]
    assert found(at_most="LEAD#2") == ["LEAD#1", "LEAD#2"]
    assert found(at_least="LEAD#2", at_most="STORE") == ["LEAD#2", "STORE"]
    assert found(newest_first=True, limit=1) == ["Z", "STORE", "LEAD#2", "LEAD#1"]
    assert list(table.query("A", prefix="STORE", only=("b",))) == [{"b": 2}]
    assert found(prefix="NONE") == []


def test_an_index_is_read_by_its_own_keys(table: Table) -> None:
    for number in (2, 1, 3):
        table.write(
            Put(Key(f"SIM#{number}", "HEADER"), {"id": number, **simulation_keys.open_index(f"2026-0{number}", "u")})
        )
    partition = simulation_keys.open_index("", "u")["open_pk"]
    found = [item["PK"] for item in table.query(partition, index=keys.OPEN)]
    assert found == ["SIM#1", "SIM#2", "SIM#3"]
    assert [item["PK"] for item in table.query(partition, index=keys.OPEN, at_most="2026-02#~")] == ["SIM#1", "SIM#2"]
    table.write(Update(Key("SIM#1", "HEADER"), remove=("open_pk", "open_sk")))
    assert [item["PK"] for item in table.query(partition, index=keys.OPEN)] == ["SIM#2", "SIM#3"]


INDEXES: dict[str, Callable[[str, str], dict[str, str]]] = {
    simulation_keys.OPEN_SIMULATIONS: simulation_keys.open_index,
    origination_keys.OPEN_CREDITS: origination_keys.unsigned_index,
    origination_keys.OPEN_STEPS: origination_keys.step_index,
    webhook_keys.OPEN_NOTICES: webhook_keys.delivery_due_index,
    bureau_keys.OPEN_INQUIRIES: bureau_keys.open_inquiry_index,
    bureau_keys.OPEN_TOKENS: bureau_keys.due_token_index,
}


@pytest.mark.parametrize("kind", INDEXES)
def test_what_is_open_is_spread_evenly_over_its_partitions(kind: str) -> None:
    spread = Counter(INDEXES[kind]("2026-03-02T12:00:00.000Z", str(number))["open_pk"] for number in range(1_600))
    assert set(spread) == set(keys.open_partitions(kind)[1:])
    assert max(spread.values()) < 200


def test_partitions_are_read_as_one_in_order_with_what_was_written_before(table: Table) -> None:
    for number in range(40):
        place = simulation_keys.open_index(f"2026-03-{number // 2 + 1:02d}", str(number))
        if number % 4 == 0:
            place["open_pk"] = "OPEN"
        table.write(Put(Key(f"SIM#{number}", "HEADER"), {"id": number, **place}))
    partitions = keys.open_partitions(simulation_keys.OPEN_SIMULATIONS)
    found = [item["open_sk"] for item in table.query_merged(partitions, index=keys.OPEN)]
    assert found == sorted(found)
    assert len(found) == 40
    until = simulation_keys.open_index("2026-03-05", "~")["open_sk"]
    assert [item["open_sk"][:10] for item in table.query_merged(partitions, index=keys.OPEN, at_most=until)] == [
        f"2026-03-{day:02d}" for day in range(1, 6) for _ in range(2)
    ]


def test_processes_take_numbers_in_blocks_and_none_twice(table: Table) -> None:
    processes = [NumberSequence(table, keys.sequence("x")) for _ in range(3)]
    with watch("dynamodb", "UpdateItem") as updates:
        taken = [(sequence.take(count), count) for count in (3, 1, 7, 3) * 25 for sequence in processes]
    numbers = sorted(number for first, count in taken for number in range(first, first + count))
    assert len(set(numbers)) == len(numbers)
    assert numbers[0] == 1
    assert len(updates) < len(taken) / 6


def test_a_process_that_asks_once_leaves_no_gap(table: Table) -> None:
    assert [NumberSequence(table, keys.sequence("x")).take(180) for _ in range(3)] == [1, 181, 361]


def test_threads_share_a_block(table: Table) -> None:
    sequence = NumberSequence(table, keys.sequence("x"))
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: sequence.take(2), range(200)))
    assert len({number for first in taken for number in (first, first + 1)}) == 400
