"""What ends in the table reaches the files for analysis: the line that is promised, once or twice, and nothing else."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys import simulations as keys
from lastro.aws.dynamodb.table import Table
from lastro.simulations.store import SimulationStore
from tests.functions.emulation.process import TABLE
from tests.functions.emulation.table_pipe import Record, TablePipe
from tests.functions.simulations.pipeline import NO_ADVICE, Pipeline, sample_purchase

LINE = {
    "simulation", "offset", "bank", "installments", "down_payment", "created_at", "ended_at", "success", "available",
    "reason", "suggestion_reason", "minimum", "suggested", "financed_amount", "interest_monthly", "cet_annually",
}  # fmt: skip
TERMS = (12, 24, 36)


@pytest.fixture(scope="module")
def pipe(shared_pipeline: Pipeline) -> TablePipe:
    return TablePipe(TABLE)


@pytest.fixture
def ended(pipeline: Pipeline, pipe: TablePipe) -> tuple[dict[str, Any], list[Record]]:
    """A simulation of three terms of which the bank refuses one, and what the stream holds of it."""
    pipeline.banks.script(
        "341", {"when": {"installments": 36}, "outcome": "refused", **NO_ADVICE}, {**NO_ADVICE, "outcome": "approved"}
    )
    asked = [{"installments": term, "down_payment": 3_000_000} for term in TERMS]
    simulation = pipeline.finish(pipeline.open_shop(), sample_purchase(bank_febraban_codes=["341"], conditions=asked))
    own = keys.simulation(simulation["uuid"]).pk
    pipe.refuses = lambda line: False
    pipe.tries = 0
    return simulation, [each for each in pipe.read() if each["dynamodb"]["Keys"]["PK"]["S"] == own]


def lines_of(pipe: TablePipe, simulation: dict[str, Any]) -> list[dict[str, str]]:
    own = keys.simulation(simulation["uuid"]).pk
    return [line for line in pipe.lines() if line["simulation"] == own]


Ended = tuple[dict[str, Any], list[Record]]


def test_each_condition_that_ended_is_a_line_of_what_the_partner_was_answered(pipe: TablePipe, ended: Ended) -> None:
    simulation, records = ended
    # The header, what was asked, progress and pre-approvals are in the stream, too.
    assert len(records) > len(TERMS)
    pipe.carry(records)
    lines = {int(line["installments"]): line for line in lines_of(pipe, simulation)}
    assert sorted(lines) == list(TERMS)
    for condition in simulation["conditions"]:
        line = lines[condition["installments"]]
        assert set(line) == LINE
        assert (line["bank"], int(line["down_payment"])) == ("341", condition["down_payment"])
        assert line["success"] == str(condition["success"]).lower()
        assert line["available"] == str(condition["available"]).lower()
        assert line["created_at"] <= line["ended_at"]
        if condition["available"]:
            # Out of the map within the image.
            assert int(line["financed_amount"]) == condition["financed_amount"]
            assert (float(line["interest_monthly"]), float(line["cet_annually"])) == pytest.approx(
                (float(condition["interest_monthly"]), float(condition["cet_annually"])), abs=0.01
            )
        else:
            assert (line["financed_amount"], line["cet_annually"]) == ("", "")
            assert line["reason"]


def test_a_record_that_comes_twice_is_told_from_another_by_simulation_and_offset(pipe: TablePipe, ended: Ended) -> None:
    simulation, records = ended
    pipe.carry(records)
    pipe.carry(records[::-1])
    found = Counter(line["offset"] for line in lines_of(pipe, simulation))
    assert found == dict.fromkeys(("0", "3", "6"), 2)


def test_what_is_erased_or_runs_out_writes_no_line(pipe: TablePipe, ended: Ended) -> None:
    simulation, before = ended
    SimulationStore(Table(TABLE)).erase(simulation["uuid"])
    own = keys.simulation(simulation["uuid"]).pk
    gone = [each for each in pipe.read() if each["dynamodb"]["Keys"]["PK"]["S"] == own][len(before) :]
    assert {each["eventName"] for each in gone} == {"REMOVE"}
    assert len(gone) >= len(TERMS)
    by_time_to_live = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
    pipe.carry([*gone, *({**each, "userIdentity": by_time_to_live} for each in gone)])
    assert (lines_of(pipe, simulation), pipe.tries) == ([], 0)


def test_conditions_that_had_not_ended_in_rows_of_before_write_no_line(pipe: TablePipe, ended: Ended) -> None:
    simulation, records = ended
    pending = [
        {**each, "dynamodb": {**each["dynamodb"], "NewImage": {**image, "ended_at": {"NULL": True}}}}
        for each in records
        if (image := each["dynamodb"].get("NewImage", {})).get("entity") == {"S": "condition"}
    ]
    assert len(pending) == len(TERMS)
    pipe.carry(pending)
    assert lines_of(pipe, simulation) == []


def test_one_line_that_is_refused_takes_no_other_with_it_and_is_told_by_its_place(
    pipe: TablePipe, ended: Ended
) -> None:
    simulation, records = ended
    pipe.refuses = lambda line: line["offset"] == "3"
    pipe.carry(records)
    assert {line["offset"] for line in lines_of(pipe, simulation)} == {"0", "6"}
    [told] = pipe.lost()
    # A position in the stream, from which the record can be read for a day, and nothing of it.
    [refused] = [each for each in records if each["dynamodb"].get("NewImage", {}).get("offset") == {"N": "3"}]
    assert refused["dynamodb"]["SequenceNumber"] in told
    assert simulation["uuid"] not in told


def test_nothing_of_a_person_is_in_a_line(pipeline: Pipeline, pipe: TablePipe, ended: Ended) -> None:
    simulation, records = ended
    pipe.carry(records)
    header = open_client("dynamodb").get_item(
        TableName=TABLE, Key={"PK": {"S": keys.simulation(simulation["uuid"]).pk}, "SK": {"S": keys.simulation("").sk}}
    )["Item"]
    lead = header["lead"]["M"]
    moments = ("created_at", "updated_at")
    secrets = [
        str(value["S"]) for name, value in lead.items() if len(str(value.get("S", ""))) > 4 and name not in moments
    ]
    assert len(secrets) > 3
    for line in lines_of(pipe, simulation):
        assert not [secret for secret in secrets if secret in line.values()]
