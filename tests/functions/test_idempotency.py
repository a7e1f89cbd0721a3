"""The record behind ``Idempotency-Key``: written with the effect, kept for a day, refused to the second writer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lastro.aws.idempotency import KEPT, answer_record, find_answer, record_key
from lastro.aws.keys import Key
from lastro.aws.table import ConditionFailed, Put, Table
from lastro.kernel.attempt import Attempt
from lastro.kernel.errors import Conflict

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EFFECT = Key("EFFECT", "1")


def attempt(scope: str = "sell#1", key: str = "k", request: str = "{}") -> Attempt:
    made = Attempt.of(scope, key, request)
    assert made
    return made


def test_without_a_key_there_is_no_attempt() -> None:
    assert Attempt.of("sell#1", None, "{}") is None
    assert Attempt.of("sell#1", "", "{}") is None


def test_a_record_is_found_until_its_day_is_over(table: Table) -> None:
    table.transact([answer_record(attempt(), "ação" * 9999, NOW, replaces=None), Put(EFFECT, {})])
    record = table.get(record_key(attempt()))
    assert record
    last = NOW + KEPT - timedelta(seconds=1)
    assert find_answer(record, attempt(), last) == "ação" * 9999
    assert find_answer(record, attempt(), NOW + KEPT) is None
    assert find_answer(None, attempt(), NOW) is None
    assert record["expires"] == int((NOW + KEPT).timestamp())


def test_another_request_with_the_same_key(table: Table) -> None:
    table.transact([answer_record(attempt(), "a", NOW, replaces=None)])
    record = table.get(record_key(attempt()))
    other = attempt(request='{"a": 1}')
    with pytest.raises(Conflict) as caught:
        find_answer(record, other, NOW)
    assert caught.value.code == "idempotency_key_reused"
    assert find_answer(record, other, NOW + KEPT) is None


def test_scopes_do_not_meet() -> None:
    found = [record_key(attempt(scope, key)) for scope in ("a", "a#1", "b") for key in ("k", "1#k", "")[:2]]
    assert len(set(found)) == len(found)
    # A sender's key never becomes part of a stored key as it is.
    assert "secret-key" not in record_key(attempt(key="secret-key")).pk


def test_the_second_writer_is_refused_and_so_is_its_effect(table: Table) -> None:
    table.transact([answer_record(attempt(), "first", NOW, replaces=None)])
    with pytest.raises(ConditionFailed) as caught:
        table.transact([Put(EFFECT, {}), answer_record(attempt(), "second", NOW, replaces=None)])
    assert caught.value.position == 1
    assert table.get(EFFECT) is None
    assert find_answer(table.get(record_key(attempt())), attempt(), NOW) == "first"


def test_a_record_that_ran_out_is_replaced_once(table: Table) -> None:
    table.transact([answer_record(attempt(), "first", NOW, replaces=None)])
    old = table.get(record_key(attempt()))
    later = NOW + KEPT
    other = replace(attempt(), digest="another")
    table.transact([answer_record(other, "second", later, replaces=old)])
    assert find_answer(table.get(record_key(other)), other, later) == "second"
    # Somebody who saw the old record as well comes too late.
    with pytest.raises(ConditionFailed):
        table.transact([answer_record(other, "third", later, replaces=old)])
