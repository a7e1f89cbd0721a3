"""The drill of a restore: a new table with the indexes and items of the old, protected alike, and a true comparison."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import simulations as simulation_keys
from lastro.aws.dynamodb.restoring import compare
from lastro.aws.dynamodb.table import Delete, Put, Table
from lastro.operator.restore import main
from tests.functions.emulation.process import TABLE
from tests.functions.emulation.whole_clients import open_whole_client

DRILL = "lastro-drill"


@pytest.fixture
def kept(table: Table) -> Table:
    """A table of 250 items of two kinds, recoverable."""
    items = [
        (
            simulation_keys.condition("s", n),
            {"entity": "condition", "offset": n, "ended": {1, 2}, "pricing": {"rows": [[n, 3]]}},
        )
        for n in range(249)
    ]
    header = {"entity": "simulation", "lead": {"name": "Ana"}, **simulation_keys.open_index("2026-03-02", "s")}
    table.put_many([*items, (simulation_keys.simulation("s"), header)])
    open_client("dynamodb").update_continuous_backups(
        TableName=TABLE, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    return table


def drill(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["--to", DRILL, *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_a_restored_table_holds_what_the_table_holds(kept: Table, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = drill(capsys)
    assert code == 0
    assert found["same"] == {"condition": 249, "simulation": 1}
    assert (found["different"], found["missing"], found["extra"]) == ({}, {}, 0)
    restored = Table(DRILL)
    [row] = restored.query_merged(keys.open_partitions(simulation_keys.OPEN_SIMULATIONS), index=keys.OPEN)
    assert row["PK"] == "SIM#s"


def test_a_restored_table_is_protected_as_the_template_protects_it(
    kept: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    drill(capsys)
    client = open_whole_client("dynamodb")
    lapse = client.describe_time_to_live(TableName=DRILL)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=DRILL)["ContinuousBackupsDescription"]
    assert (lapse["TimeToLiveStatus"], lapse["AttributeName"]) == ("ENABLED", "expires")
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    assert client.describe_table(TableName=DRILL)["Table"]["DeletionProtectionEnabled"] is True


def test_every_difference_is_counted_by_its_kind(kept: Table, capsys: pytest.CaptureFixture[str]) -> None:
    drill(capsys)
    restored = Table(DRILL)
    kept.write(Put(simulation_keys.condition("s", 7), {"entity": "condition", "offset": 8}))
    kept.write(Put(Key("NEW", "1"), {"entity": "lead"}))
    restored.write(Put(Key("OTHER", "1"), {"entity": "lead"}))
    restored.write(Delete(simulation_keys.simulation("s")))
    found = compare(TABLE, DRILL)
    assert (found.same["condition"], found.different) == (248, {"condition": 1})
    assert (found.missing, found.extra) == ({"lead": 1, "simulation": 1}, 1)


def test_a_table_that_is_there_is_never_written_over(kept: Table, capsys: pytest.CaptureFixture[str]) -> None:
    drill(capsys)
    assert main(["--to", DRILL]) == 1
    assert "aws: " in capsys.readouterr().err


def test_a_moment_says_its_offset(kept: Table) -> None:
    with pytest.raises(SystemExit):
        main(["--to", DRILL, "--at", "2026-03-02T12:00:00"])
