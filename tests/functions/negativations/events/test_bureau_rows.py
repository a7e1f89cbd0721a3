"""What bureaus tell, in the table: each row once, never brought back, and nobody's rows in the way of somebody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.keys import negativations as negativation_keys
from lastro.aws.dynamodb.table import Delete, Put, Table
from lastro.kernel.calendar import format_moment
from lastro.kernel.documents import Cpf
from lastro.negativations.events.model import BureauEvent
from lastro.negativations.events.store import EventSource, EventStore
from lastro.negativations.ports import Record, Standing, Told
from lastro.negativations.pulls import store as pull_rows
from lastro.negativations.pulls.store import Pull, PullStore, Reading, follow_writes
from tests.functions.invocation import CNPJ, CPF

PARTNER = "2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"
BUREAU = "serasa.production"
SOURCE = EventSource(PARTNER, "serasa", "production", 7)
PULL = Pull(PARTNER, 7, CNPJ)
NOON, ONE, TWO, NIGHT = (datetime(2026, 11, 28, hour, tzinfo=UTC) for hour in (12, 13, 14, 23))


def told(number: int, received_at: datetime = NOON) -> BureauEvent:
    word = Told(f"request-{number:03d}", Standing.INCLUDED, False, CPF, CNPJ, f"C{number}")
    return BureauEvent(PARTNER, BUREAU, word, received_at)


@pytest.fixture
def events(table: Table) -> EventStore:
    return EventStore(table)


def test_a_message_is_joined_once(events: EventStore) -> None:
    event = told(1)
    assert events.add(event)
    assert events.join(event, "first")
    assert not events.join(event, "second")
    assert [each.listing_id for each in events.find(PARTNER, BUREAU, event.told.uuid)] == ["first"]
    assert list(events.list_orphans(NIGHT)) == []


def test_what_was_erased_meanwhile_is_not_brought_back(events: EventStore, table: Table) -> None:
    event = told(1)
    assert events.add(event)
    [orphan] = events.list_orphans(NIGHT)
    table.write(Delete(negativation_keys.bureau_event(PARTNER, BUREAU, event.told.uuid, event.name)))
    assert not events.join(event, "first")
    assert not events.postpone(orphan, NIGHT)
    assert events.find(PARTNER, BUREAU, event.told.uuid) == []


def test_a_message_nobody_understands_stays_as_it_first_came(events: EventStore, table: Table) -> None:
    events.keep_unreadable(SOURCE, "digest", "{}", NOON)
    events.keep_unreadable(SOURCE, "digest", "{}", ONE)
    kept = table.get(negativation_keys.bureau_event(PARTNER, BUREAU, "digest", "unreadable"))
    assert kept is not None
    assert kept["received_at"] == format_moment(NOON)


def test_messages_without_a_listing_are_spread_and_come_in_their_order(events: EventStore, table: Table) -> None:
    for number in range(120):
        assert events.add(told(number, NOON.replace(minute=number % 60, second=number // 60)))
    rows = [
        row for name in keys.open_partitions(negativation_keys.OPEN_ORPHANS) for row in table.query(name, index=OPEN)
    ]
    assert len(rows) == 120
    assert len({row["open_pk"] for row in rows}) == keys.OPEN_SHARDS
    found = [orphan.event.received_at for orphan in events.list_orphans(NIGHT)]
    assert found == sorted(found)
    assert len(found) == 120
    assert [each.event.received_at.minute for each in events.list_orphans(NOON.replace(second=30))] == [0] * 2


def test_a_message_is_looked_for_later_and_one_of_an_older_row_too(events: EventStore, table: Table) -> None:
    event = told(1)
    assert events.add(event)
    at = negativation_keys.bureau_event(PARTNER, BUREAU, event.told.uuid, event.name)
    stored = table.get(at)
    assert stored is not None
    # As rows were when all of them lay in one partition.
    table.write(Put(at, {**stored, "open_pk": "ORPHANS", "open_sk": NOON}))
    [orphan] = events.list_orphans(NOON)
    assert events.postpone(orphan, ONE)
    assert not events.postpone(orphan, TWO)
    assert list(events.list_orphans(NOON)) == []
    assert [each.event for each in events.list_orphans(ONE)] == [event]


def test_a_pull_is_taken_by_one_run_and_dropped_only_by_it(table: Table) -> None:
    pulls = PullStore(table)
    assert table.commit(follow_writes(table, PULL, NOON))
    # Another listing neither writes the row nor makes it due again.
    assert follow_writes(table, PULL, ONE) == []
    assert list(pulls.list_due(NOON)) == [(PULL, NOON, None)]
    assert pulls.postpone(PULL, NOON, ONE)
    assert not pulls.postpone(PULL, NOON, TWO)
    assert list(pulls.list_due(NOON)) == []
    assert not pulls.drop(PULL, NOON)
    assert pulls.drop(PULL, ONE)
    assert not pulls.postpone(PULL, ONE, TWO)
    assert list(pulls.list_due(NIGHT)) == []


def test_a_reading_is_kept_with_what_it_saw_until_it_ends(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pull_rows, "PART", 2)
    pulls = PullStore(table)
    assert table.commit(follow_writes(table, PULL, NOON))
    assert pulls.postpone(PULL, NOON, NIGHT)
    assert pulls.postpone(PULL, NIGHT, TWO)
    reading = Reading(NOON, after="7")
    assert pulls.pause(PULL, TWO, reading, {"a", "b", "c"}, ONE)
    # Who no longer holds it keeps nothing.
    assert not pulls.pause(PULL, NIGHT, Reading(NOON, after="8"), {"x"}, ONE)
    [(_, due_at, kept)] = pulls.list_due(ONE)
    assert kept is not None
    two = format_moment(TWO)
    assert (due_at, kept) == (ONE, Reading(NOON, after="7", parts=(f"{two}#0", f"{two}#2")))
    assert pulls.read_seen(PULL, kept) == {"a", "b", "c"}
    assert pulls.pause(PULL, ONE, replace(kept, after=None, listed=True), {"d"}, TWO)
    [(_, _, kept)] = pulls.list_due(TWO)
    assert kept is not None
    assert pulls.read_seen(PULL, kept) == {"a", "b", "c", "d"}
    pulls.end(PULL, ONE, kept)
    assert list(pulls.list_due(TWO)) == [(PULL, TWO, kept)]
    pulls.end(PULL, TWO, kept)
    assert list(pulls.list_due(TWO)) == [(PULL, TWO, None)]
    # What the one wrote that had lost it ends by itself.
    left = [item for item in table.query(negativation_keys.pull(PULL.integration_id).pk) if item["SK"] != "PULL"]
    assert all(item["names"] == ["x"] and item["expires"] for item in left)


def test_a_stranger_at_two_bureaus_is_two_records(table: Table) -> None:
    pulls = PullStore(table)
    record = Record(Cpf(CPF), "C1", Standing.ACTIVE)
    for number in (7, 8, 7):
        pulls.keep_stranger(Pull(PARTNER, number, CNPJ), record, NOON)
    assert [each["integration_id"] for each in pulls.list_strangers(PARTNER)] == [7, 8]


def test_entries_are_read_whole_in_their_order_and_no_more_than_are_wanted(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(250):
        table.write(Put(keys.Key(f"ROW#{number:03d}", "ROW"), {"open_pk": "ROWS", "open_sk": f"{249 - number:03d}"}))
    asked: list[int] = []
    get_many = table.get_many

    def note(wanted: list[keys.Key]) -> dict[keys.Key, dict[str, object]]:
        asked.append(len(wanted))
        return get_many(wanted)

    monkeypatch.setattr(table, "get_many", note)
    table.write(Delete(keys.Key("ROW#248", "ROW")))
    found = table.read_whole(table.query("ROWS", index=OPEN))
    assert [next(found)["PK"] for _ in range(3)] == ["ROW#249", "ROW#247", "ROW#246"]
    assert asked == [100]
    assert len(list(found)) == 246
