"""What the live page shows is what functions told."""

from __future__ import annotations

import json

import pytest

from lastro.aws.metrics import publish
from lastro.kernel.observing import figures
from lastro.kernel.observing.figures import Unit, note
from sandbox.figures.board import KEPT_SECONDS, SLOT_SECONDS, Board, percentile, read_line

NOW = 1_793_707_200.0


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    publish("lastro-any")
    return capsys.readouterr().out.splitlines()


@pytest.fixture(autouse=True)
def _nothing_noted() -> None:
    figures.take()


def test_counts_are_added_and_times_ranked(capsys: pytest.CaptureFixture[str]) -> None:
    board = Board()
    for age, took in ((25, 100.0), (3, 300.0)):
        note("ConditionsEnded", 2, bank="341", outcome="available")
        note("BankLatency", took, Unit.MILLISECONDS, bank="341")
        for line in told(capsys):
            board.add(read_line(line, NOW - age))
    latency, ended = board.show(NOW)
    assert (ended["name"], ended["dimensions"]) == ("ConditionsEnded", {"bank": "341", "outcome": "available"})
    assert (ended["total"], len(ended["bars"])) == (4, KEPT_SECONDS // SLOT_SECONDS)
    assert ended["bars"][-3:] == [2, 0, 2] or ended["bars"][-4:] == [2, 0, 2, 0]
    assert sum(ended["bars"]) == 4
    assert (latency["total"], latency["most"]) == (100.0, 300.0)


def test_what_is_old_is_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    board = Board()
    note("ConditionsEnded", 1)
    [line] = told(capsys)
    board.add(read_line(line, NOW))
    assert len(board.show(NOW + KEPT_SECONDS)) == 1
    assert board.show(NOW + KEPT_SECONDS + 1) == []


@pytest.mark.parametrize("line", ["", "START RequestId", "[1]", '{"message":"request"}', json.dumps({"_aws": {}})])
def test_other_lines_are_no_figures(line: str) -> None:
    assert read_line(line, NOW) == []


def test_figures_of_others_are_not_shown() -> None:
    line = {"_aws": {"CloudWatchMetrics": [{"Namespace": "Other", "Dimensions": [[]], "Metrics": []}]}}
    assert read_line(json.dumps(line), NOW) == []


@pytest.mark.parametrize(("percent", "value"), [(50, 50.0), (99, 99.0), (1, 1.0), (100, 100.0)])
def test_a_percentile_is_a_value_that_was_told(percent: int, value: float) -> None:
    assert percentile([float(each) for each in range(1, 101)], percent) == value
