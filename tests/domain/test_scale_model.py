"""The model of scale: Little's law, the keys' own bounds, and prices that follow arrivals."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import scale
from bench.scale import Cost, Load
from lastro.access.calls.model import SHARDS
from lastro.aws.dynamodb import keys, retained, sequences
from lastro.kernel.queues.queue import BATCH
from lastro.retention import sweep
from lastro.simulations.conditions.messages import MOST_TOGETHER
from lastro.webhooks.receivers.model import AT_ONCE
from tests.template.source import ROOT, events_of

PAGE = (ROOT / "docs/scale.md").read_text(encoding="utf-8")

loads = st.builds(
    Load,
    simulations_per_second=st.floats(0.1, 5_000),
    conditions=st.integers(1, 500),
    banks=st.integers(1, 11),
    bank_seconds=st.floats(0.05, 10),
    calls=st.integers(1, 3),
)


def test_batches_at_once_are_arrivals_times_what_a_batch_takes() -> None:
    load = Load(10, conditions=60, banks=5, bank_seconds=0.3, calls=2, cost=Cost(own_seconds_of_batch=0.15))
    # Twelve conditions of each bank are a batch: 50 a second, of 0.75 s.
    assert scale.consumers(load) == pytest.approx(37.5)
    assert scale.consumers_of_bank(load) == pytest.approx(7.5)


@settings(max_examples=50)
@given(loads, st.floats(1.1, 50))
def test_everything_grows_with_arrivals_alone(load: Load, times: float) -> None:
    more = replace(load, simulations_per_second=load.simulations_per_second * times)
    for figure in (scale.consumers, scale.lambdas, scale.api_requests):
        assert figure(more) == pytest.approx(figure(load) * times)
    assert scale.dollars_a_month(more)["total"] == pytest.approx(scale.dollars_a_month(load)["total"] * times)


@settings(max_examples=50)
@given(loads)
def test_what_binds_first_is_full_at_its_rate(load: Load) -> None:
    for kinds in (("key",), ("adjustable",), ("setting",), ("throttle",)):
        rate, name = scale.most_before(load, kinds)
        at_it = scale.bounds(replace(load, simulations_per_second=rate))
        assert next(bound.share for bound in at_it if bound.name == name) == pytest.approx(1)
        assert all(bound.share <= 1 + 1e-9 for bound in at_it if bound.kind in kinds and "own" not in bound.name)


@pytest.mark.parametrize("bank_seconds", [0.3, 3.0])
def test_no_key_binds_up_to_a_thousand_a_second(bank_seconds: float) -> None:
    load = Load(1_000, bank_seconds=bank_seconds)
    assert max(bound.share for bound in scale.bounds(load) if bound.kind == "key") < 1
    rate, _ = scale.most_before(load, ("key",))
    assert rate > 1_000
    assert rate > scale.most_before(load, ("adjustable",))[0]


def test_waves_of_batches() -> None:
    load = Load(1, bank_seconds=3.0, cost=Cost(own_seconds_of_batch=0.0))
    # Each of five banks has twelve conditions of a simulation: a batch. Of thirty it has three.
    assert [scale.drain_seconds(load, count, slots=4) for count in (1, 4, 8)] == [6.0, 6.0, 12.0]
    assert scale.drain_seconds(replace(load, conditions=150), 4, slots=4) == 18.0


def test_the_model_knows_the_keys_as_they_are() -> None:
    assert scale.OPEN_SHARDS == keys.OPEN_SHARDS
    assert scale.SHARED == MOST_TOGETHER * BATCH
    assert scale.BLOCK == sequences.MOST_TIMES
    assert scale.CALL_LISTS == SHARDS
    assert scale.NOTICES_AT_ONCE == AT_ONCE
    assert (scale.RETAINED_SHARDS, scale.LOOKS_AT_ONCE) == (retained.SHARDS, sweep.AT_ONCE)
    limits = {(name, event["ScalingConfig"]["MaximumConcurrency"]) for name, _, event in events_of("SQS")}
    assert {each for each in limits if each[0] in ("ProcessCondition", "DeliverNotice")} == {
        ("ProcessCondition", scale.BANK_BATCHES),
        ("DeliverNotice", scale.NOTICE_BATCHES),
    }


def row(heading: str) -> list[str]:
    """The cells of the page's row that begins so."""
    [found] = [line for line in PAGE.splitlines() if line.startswith(f"| {heading} |")]
    return [cell.strip() for cell in found.strip("|").split("|")[1:]]


def figures(name: str, seconds: float = 0.3) -> list[str]:
    return [f"{scale.describe(Load(rate, bank_seconds=seconds))[name]:,.0f}" for rate in scale.RATES]


def two_digits(value: float) -> str:
    return f"{float(f'{value:.1e}'):,.0f}"


def test_the_page_tells_what_the_model_says() -> None:
    assert row("conditions a second") == figures("conditions_per_second")
    assert row("calls a second to **each bank**") == figures("calls_per_second_to_each_bank")
    assert row("batches of a bank at once, banks at 0.3 s a call") == figures("batches_at_once_for_each_bank")
    assert row("the same, banks at 3 s a call") == figures("batches_at_once_for_each_bank", 3.0)
    quick, slow = figures("lambda_concurrency"), figures("lambda_concurrency", 3.0)
    both = [f"{one} ({other})" for one, other in zip(quick, slow, strict=True)]
    assert row("Lambda concurrency, 0.3 s (3 s)") == both
    assert row("requests a second at API Gateway") == figures("api_requests_per_second")
    assert row("write units a second of the table") == figures("write_units_per_second")
    assert row("read units a second") == figures("read_units_per_second")
    dollars = [
        [two_digits(scale.dollars_a_month(Load(rate, bank_seconds=seconds))["total"]) for seconds in (0.3, 3.0)]
        for rate in scale.RATES
    ]
    assert row("dollars a month, day and night, 0.3 s (3 s)") == [f"{one} ({other})" for one, other in dollars]


def test_the_page_tells_in_which_order_what_binds() -> None:
    rated = scale.in_order(Load(1))
    slow = {bound.name: rate for rate, bound in scale.in_order(Load(1, bank_seconds=3.0))}
    table = PAGE.partition("## What binds")[2].partition("\n## ")[0]
    told = re.findall(r"^\| ([\d,.]+)(?: \(([\d,.]+) at 3 s\))? \|", table, re.MULTILINE)
    assert rated[len(told) - 1][1].kind == "key", "down to the first of our own keys"
    for (quick_told, slow_told), (rate, bound) in zip(told, rated, strict=False):
        assert float(quick_told.replace(",", "")) == pytest.approx(rate, rel=0.1), bound.name
        wanted = slow_told or quick_told
        assert float(wanted.replace(",", "")) == pytest.approx(slow[bound.name], rel=0.1), bound.name


def test_a_bank_that_fails_in_part_has_its_breaker_written_with_each_failure_and_once_closed() -> None:
    assert scale.breaker_writes(Load(10), failing=0.0) == pytest.approx(10)
    assert scale.breaker_writes(Load(10), failing=0.5) == pytest.approx(70)
    rate = scale.PARTITION_WRITES / scale.breaker_writes(Load(1), failing=0.1)
    assert f"{two_digits(rate)} simulations a second" in PAGE
