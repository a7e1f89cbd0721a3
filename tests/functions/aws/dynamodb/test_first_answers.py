"""The record behind ``Idempotency-Key``: written with the effect, kept for a day, refused to the second writer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from lastro.aws.dynamodb.first_answers import KEPT, FirstAnswers, record_key
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.table import ABSENT, Put, Table, Write
from lastro.kernel.errors import Conflict, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from tests.functions.emulation.faults import cancelled, failing

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EFFECT = Key("EFFECT", "1")


class Effects(FirstAnswers):
    """A store of one effect."""

    def put(self, answer: str, keyed: KeyedRequest | None, now: datetime = NOW, writes: Sequence[Write] = ()) -> bool:
        return self._commit(writes or [Put(EFFECT, {"answer": answer})], Answered.to(keyed, answer, now))


@pytest.fixture
def effects(table: Table) -> Effects:
    return Effects(table)


def keyed(scope: str = "sell#1", key: str = "k", request: str = "{}") -> KeyedRequest:
    made = KeyedRequest.of(scope, key, request)
    assert made
    return made


def test_without_a_key_there_is_no_attempt(effects: Effects, table: Table) -> None:
    assert KeyedRequest.of("sell#1", None, "{}") is None
    assert KeyedRequest.of("sell#1", "", "{}") is None
    assert Answered.to(None, "a", NOW) is None
    assert effects.find_answer(None, NOW) is None
    assert effects.keep_answer(None)
    assert effects.put("a", None)
    assert table.get(EFFECT)


def test_an_answer_is_found_until_its_day_is_over(effects: Effects, table: Table) -> None:
    assert effects.find_answer(keyed(), NOW) is None
    assert effects.put("ação" * 9999, keyed())
    assert effects.find_answer(keyed(), NOW + KEPT - timedelta(seconds=1)) == "ação" * 9999
    assert effects.find_answer(keyed(), NOW + KEPT) is None
    record = table.get(record_key(keyed()))
    assert record
    assert record["expires"] == int((NOW + KEPT).timestamp())


def test_another_request_with_the_same_key(effects: Effects) -> None:
    assert effects.keep_answer(Answered.to(keyed(), "a", NOW))
    other = keyed(request='{"a": 1}')
    with pytest.raises(Conflict) as caught:
        effects.find_answer(other, NOW)
    assert caught.value.code == "idempotency_key_reused"
    assert effects.find_answer(other, NOW + KEPT) is None


def test_scopes_do_not_meet() -> None:
    found = [record_key(keyed(scope, key)) for scope in ("a", "a#1", "b") for key in ("k", "1#k", "")[:2]]
    assert len(set(found)) == len(found)
    # A sender's key never becomes part of a stored key as it is.
    assert "secret-key" not in record_key(keyed(key="secret-key")).pk


def test_the_second_writer_is_refused_and_so_is_its_effect(effects: Effects, table: Table) -> None:
    assert effects.keep_answer(Answered.to(keyed(), "first", NOW))
    assert not effects.keep_answer(Answered.to(keyed(), "second", NOW))
    assert not effects.put("third", keyed())
    assert table.get(EFFECT) is None
    assert effects.find_answer(keyed(), NOW) == "first"


def test_a_refused_effect_keeps_no_answer(effects: Effects) -> None:
    assert effects.put("first", None)
    assert not effects.put("second", keyed(), writes=[Put(EFFECT, {}, {"PK": ABSENT})])
    assert effects.find_answer(keyed(), NOW) is None


def test_a_record_that_ran_out_is_replaced_once(effects: Effects) -> None:
    assert effects.put("first", keyed())
    other = keyed(request="another")
    assert not effects.put("early", other, NOW + KEPT - timedelta(seconds=1))
    assert effects.put("second", other, NOW + KEPT)
    assert effects.find_answer(other, NOW + KEPT) == "second"
    assert not effects.put("third", other, NOW + KEPT)


def test_others_in_the_way_are_no_answer(effects: Effects, pauses: list[float]) -> None:
    """Nothing was refused: whoever is told that the same request was first would look for an answer there is not."""
    conflict = cancelled("None", "TransactionConflict")
    with failing("dynamodb", "TransactWriteItems", conflict), pytest.raises(Retryable):
        effects.put("first", keyed())
    assert pauses
