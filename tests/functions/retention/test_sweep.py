"""The sweep of what is over its term: nothing that fails stands before the others, and nobody's word is lost."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys import origination as origination_keys
from lastro.aws.dynamodb.keys import retention as retention_keys
from lastro.aws.dynamodb.retained import SHARDS, retained_item, retained_key
from lastro.aws.dynamodb.table import Table, Update
from lastro.kernel.errors import Retryable
from lastro.kernel.observing import figures
from lastro.kernel.retention import ERASING, Record, Standing
from lastro.origination.endings.store import EndingStore
from lastro.origination.wiring import open_personal_data as open_processes
from lastro.retention import sweep
from lastro.retention.entities import ENDED_WITH, LAPSING
from lastro.retention.model import Retained
from lastro.retention.store import RetentionStore
from lastro.simulations.retention import SimulationData
from lastro.simulations.wiring import open_personal_data
from tests.functions.invocation import CPF, call_function
from tests.functions.retention.officer import Officer
from tests.functions.tenants.world import all_rows

CONTRACTS, DOCUMENTS = "lastro-contracts-bucket", "lastro-documents-bucket"
LATER = datetime(2028, 11, 3, 12, tzinfo=UTC)
"""A day on which the world's lead and its simulation are over their term."""


def rows_of(kind: str) -> list[dict[str, str]]:
    """The rows of the records of a kind, each attribute's text."""
    rows = (row for (_, sk), row in all_rows().items() if sk.startswith(f"{retention_keys.RECORD_PREFIX}{kind}#"))
    return [{name: str(next(iter(value.values()))) for name, value in row.items()} for row in rows]


def test_records_that_fail_do_not_stand_before_the_others(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    """More of them than a run looks at, the longest due of all, and each of them every time."""
    officer.finish_simulations()
    officer.world.clock.moment = LATER
    failing = [Record(officer.world.owner.partner_id, CPF, "lead", f"{number}") for number in range(70_000, 70_025)]
    Table().put_many([(retained_key(each), retained_item(each, "2020-01-01")) for each in failing])
    looked = Counter[str]()

    def look(data: SimulationData, record: Record) -> Standing | None:
        if record in failing:
            looked[record.id] += 1
            raise Retryable("not now")
        return known(data, record)

    known = SimulationData.look
    monkeypatch.setattr(SimulationData, "look", look)
    monkeypatch.setattr(sweep, "MAX_RECORDS", 10)
    runs = [officer.sweep() for _ in range(6)]
    assert sum(run["ended"] for run in runs) == 2
    assert not any(key[0].startswith("SIM#") for key in officer.rows_naming(CPF))
    assert looked == {each.id: 1 for each in failing}
    # They are not forgotten either: each is looked at again the next day.
    officer.world.clock.advance(days=1)
    for _ in range(3):
        officer.sweep()
    assert looked == {each.id: 2 for each in failing}


def test_a_request_that_is_not_done_is_told_before_its_days_are_over(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, float]] = []
    monkeypatch.setattr(figures, "note", lambda name, value, *_, **__: told.append((name, value)))
    officer.ask("export")
    for days in (9, 1):
        officer.take()  # as when its consumer fails every time
        officer.world.clock.advance(days=days)
        assert officer.sweep()["requeued"] == 1
    officer.work_off()
    officer.sweep()
    assert [late for name, late in told if name == "LateSubjectRequests"] == [0, 1, 0]


def test_what_is_due_comes_by_its_day_over_all_shards(officer: Officer) -> None:
    records = [Record("parceiro", CPF, "lead", str(number)) for number in range(3 * SHARDS)]
    days = [f"2021-01-{1 + (7 * number) % 28:02d}" for number in range(len(records))]
    Table().put_many([(retained_key(each), retained_item(each, day)) for each, day in zip(records, days, strict=True)])
    due = [each.look_on.isoformat() for each in RetentionStore(Table()).list_due(date(2021, 1, 20))]
    assert due == sorted(day for day in days if day <= "2021-01-20")
    assert len({item["open_pk"] for item in rows_of("lead") if item["partner_id"] == "parceiro"}) > SHARDS // 2
    for each in records:
        key = retained_key(each)
        open_client("dynamodb").delete_item(TableName=Table().name, Key={"PK": {"S": key.pk}, "SK": {"S": key.sk}})


def test_what_a_run_leaves_is_worked_by_shard_until_the_next(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = [Record("parceiro", CPF, "lead", str(90_000 + number)) for number in range(4 * SHARDS)]
    monkeypatch.setattr(sweep, "MAX_RECORDS", 3)

    def left() -> int:
        return sum(row["partner_id"] == "parceiro" for row in rows_of("lead"))

    Table().put_many([(retained_key(each), retained_item(each, "2020-01-01")) for each in gone])
    assert officer.sweep()["looked"] == 3
    assert left() > 4 * SHARDS - 4
    assert officer.work_off() > SHARDS
    assert left() == 0
    Table().put_many([(retained_key(each), retained_item(each, "2020-01-01")) for each in gone])
    officer.sweep()
    officer.world.clock.advance(hours=1)
    before = left()
    assert officer.work_off() == SHARDS
    assert left() == before > 0, "the next run is there by then"
    while officer.sweep()["looked"]:
        officer.take()


def test_an_erasure_that_is_asked_for_while_the_sweep_looks_is_not_forgotten(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The simulation is in use: the sweep would look in a month, the request says tomorrow."""
    officer.world.clock.moment = datetime(2026, 12, 20, 12, tzinfo=UTC)
    known = SimulationData.look

    def look(data: SimulationData, record: Record) -> Standing | None:
        standing = known(data, record)
        if record.kind == "simulation" and not asked:
            asked.append(officer.ask("erasure"))
            officer.work_off()
        return standing

    asked: list[str] = []
    monkeypatch.setattr(SimulationData, "look", look)
    officer.sweep()
    assert officer.fates(asked[0])["simulation"] == {"in_use": 1}
    [row] = rows_of("simulation")
    assert (row["wanted"], row["look_on"]) == ("True", "2026-12-21")
    officer.finish_simulations()
    officer.world.clock.advance(days=1)
    assert officer.sweep()["ended"] == 1


def test_a_lead_that_is_there_again_while_the_sweep_ends_the_last_one_stays_known(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer.world.clock.moment = LATER
    owner = officer.world.owner
    known = SimulationData.end

    def end(data: SimulationData, record: Record) -> bool:
        done = known(data, record)
        if record.kind == "lead":
            lead = {"cpf_cnpj": CPF, "name": "Ana", "birthdate": "1990-05-17", "monthly_income": 650000}
            made = call_function("simulations", "create_lead", shop=owner, store_id=owner.store_id, body={"lead": lead})
            assert made.status in (200, 201), made.text
        return done

    monkeypatch.setattr(SimulationData, "end", end)
    officer.sweep()
    [row] = rows_of("lead")
    assert row["look_on"] == "2028-12-03"


def test_a_change_of_a_record_does_not_put_off_the_day_it_is_looked_at(officer: Officer) -> None:
    before, owner = rows_of("lead"), officer.world.owner
    officer.world.clock.advance(days=20)
    changed = call_function(
        "simulations",
        "update_lead",
        shop=owner,
        store_id=owner.store_id,
        path={"cpf_cnpj": CPF},
        body={"lead": {"monthly_income": 700000}},
    )
    assert changed.status == 200, changed.text
    assert rows_of("lead") == before


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("wanted", [True, False])
def test_rows_are_written_only_as_they_were_read(wanted: bool) -> None:
    store, record = RetentionStore(Table()), Record("parceiro", CPF, "lead", "1")
    item = {**retained_item(record, "2021-01-01"), **({"wanted": True} if wanted else {})}
    Table().put_many([(retained_key(record), item)])
    [read] = [each for each in store.list_due(date(2021, 1, 1)) if each.record == record]
    assert read == Retained(record, date(2021, 1, 1), wanted)
    assert store.postpone(read, date(2021, 1, 2))
    assert not store.postpone(read, date(2021, 1, 3))
    assert not store.release(read)
    moved = Retained(record, date(2021, 1, 2), wanted)
    other = Retained(record, date(2021, 1, 2), not wanted)
    assert not store.release(other)
    assert store.release(moved)
    assert Table().get(retained_key(record)) is None


def test_a_simulation_whose_erasure_died_is_nobodys_to_read_and_goes(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    officer.finish_simulations()
    [row] = rows_of("simulation")
    record = Record(row["partner_id"], row["document"], "simulation", row["record_id"])
    part, delete_many = open_personal_data(), Table.delete_many

    def die_behind(table: Table, found: Any) -> None:
        delete_many(table, found)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(Table, "delete_many", die_behind)
        with pytest.raises(Killed):
            part.end(record)
    assert part.export(record) == ERASING
    request_id = officer.ask("export")
    officer.work_off()
    told = officer.read(request_id)
    assert officer.fates(request_id)["simulation"] == {"in_use": 1}
    [kept] = told["kept"]
    assert (kept["kind"], kept["id"], kept["until"]) == ("simulation", record.id, None)
    assert "Eliminação em andamento" in kept["basis"]
    name = f"exports/{record.partner_id}/{request_id}/000001.json"
    exported = json.loads(open_client("s3").get_object(Bucket=DOCUMENTS, Key=name)["Body"].read())["records"]
    by_kind = {each["kind"]: (each["erasing"], bool(each["data"])) for each in exported}
    assert (by_kind["simulation"], by_kind["lead"]) == ((True, False), (False, True))
    officer.world.clock.moment = LATER
    officer.sweep()
    assert not any(key[0].startswith("SIM#") for key in all_rows())
    assert rows_of("simulation") == []


def test_an_erasure_of_a_process_that_meets_a_writer_takes_nothing(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer.settle()
    officer.world.clock.moment = datetime(2038, 1, 1, 12, tzinfo=UTC)
    [row] = rows_of("process")
    record = Record(row["partner_id"], row["document"], "process", row["record_id"])
    part, find = open_processes(), EndingStore.find_registration
    contracts = f"contracts/{record.partner_id}/"

    def write_first(store: EndingStore, place: str, cpf: str) -> str | None:
        Table().write(Update(origination_keys.process(record.id), add={"version": 1}))
        return find(store, place, cpf)

    before = all_rows()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(EndingStore, "find_registration", write_first)
        assert not part.end(record)
    changed = {key for key, row in all_rows().items() if row != before.get(key)}
    assert changed == {(origination_keys.process(record.id).pk, "PROCESS")}
    assert len(all_rows()) == len(before)
    assert not any(officer.tagged(CONTRACTS, contracts))
    assert part.end(record)
    assert (part.look(record), part.export(record)) == (None, None)
    assert all(officer.tagged(CONTRACTS, contracts))


def test_a_process_whose_erasure_died_names_nobody_and_goes_on(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    officer.settle()
    officer.world.clock.moment = datetime(2038, 1, 1, 12, tzinfo=UTC)
    [row] = rows_of("process")
    record = Record(row["partner_id"], row["document"], "process", row["record_id"])
    part, under = open_processes(), ("PROC#", "CREDIT#", "BORROWER#", "RELATIONSHIP#")
    with monkeypatch.context() as dying:
        dying.setattr(EndingStore, "forget_rows", die)
        with pytest.raises(Killed):
            part.end(record)
    assert not [pk for pk, _ in officer.rows_naming(CPF) if pk.startswith(under)]
    assert part.export(record) == ERASING
    assert "SIGNATURE" in {sk for _, sk in all_rows()}
    officer.sweep()
    assert "SIGNATURE" not in {sk for _, sk in all_rows()}
    assert all(officer.tagged(CONTRACTS, f"contracts/{record.partner_id}/"))
    assert rows_of("process") == []


def test_what_lapses_by_itself_says_when(officer: Officer) -> None:
    lapsing, bare = set(), set()
    for (pk, _), row in all_rows().items():
        entity = row.get("entity", {}).get("S")
        if "expires" in row:
            continue
        if entity is None:
            bare.add(pk.partition("#")[0])
        elif entity in LAPSING:
            lapsing.add(entity)
    # Who has access to the portal lapses a year after that has ended.
    assert lapsing == {"portal_person"}
    assert bare == {"SEQUENCE", "TOTALS"}


@pytest.mark.usefixtures("officer")
def test_nothing_that_a_hold_keeps_lapses_by_itself() -> None:
    of_records = frozenset[str]().union(*ENDED_WITH.values())
    lapsing = {row.get("entity", {}).get("S") for row in all_rows().values() if "expires" in row}
    # A message of a bureau that belongs to no listing is nobody's record.
    assert lapsing & of_records == {"bureau_event"}
