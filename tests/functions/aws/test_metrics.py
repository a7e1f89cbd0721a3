"""Figures noted anywhere in a call leave it as lines of CloudWatch's embedded metric format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastro.aws.metrics import publish
from lastro.kernel.observing import figures
from lastro.kernel.observing.figures import Unit, note


@pytest.fixture(autouse=True)
def _nothing_noted() -> Iterator[None]:
    figures.take()
    yield
    figures.take()


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_nothing_noted_is_nothing_told(capsys: pytest.CaptureFixture[str]) -> None:
    publish("lastro-any")
    assert told(capsys) == []


def test_each_set_of_dimensions_is_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    note("ConditionsEnded", 1, bank="341", outcome="available")
    note("BankLatency", 312.5, Unit.MILLISECONDS, bank="341")
    note("ConditionsEnded", 1, outcome="available", bank="341")
    publish("lastro-process_condition")
    ended, latency = told(capsys)
    assert (ended["ConditionsEnded"], ended["bank"], ended["outcome"]) == ([1.0, 1.0], "341", "available")
    assert ended["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["function", "bank", "outcome"]]
    assert (latency["BankLatency"], latency["function"]) == ([312.5], "lastro-process_condition")
    assert latency["_aws"]["CloudWatchMetrics"][0]["Metrics"] == [{"Name": "BankLatency", "Unit": "Milliseconds"}]
    publish("lastro-process_condition")
    assert told(capsys) == [], "a figure is told once"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 10**6), st.sampled_from("xy")), max_size=250))
def test_every_value_is_told_once(capsys: pytest.CaptureFixture[str], noted: list[tuple[str, int, str]]) -> None:
    for name, value, bank in noted:
        note(name, value, bank=bank)
    publish("lastro-any")
    lines = told(capsys)
    found = [(name, value, line["bank"]) for line in lines for name in "ab" for value in line.get(name, ())]
    assert sorted(found) == sorted(noted)
