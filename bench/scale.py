"""What so many simulations a second need: `python -m bench.scale`.

A model, not a measurement: arrivals, conditions and a bank's latency give concurrency by Little's law; what one
simulation asks of AWS (``bench.aws_requests`` counts it) gives requests, units and dollars; published quotas and the
partitions our keys write to tell what binds first. ``tests/domain/test_scale_model.py`` holds the model to its own
arithmetic, ``bench.scale_check`` to the local cloud at small sizes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from bench.measuring.figures import print_result
from bench.measuring.prices import PRICES

MONTH_SECONDS = 30 * 24 * 3600
RATES = (10, 100, 1_000)

# Published quotas (docs/sources.md, "AWS quotas"); the adjustable ones at their defaults.
PARTITION_WRITES = 1_000
PARTITION_READS = 3_000
TABLE_WRITES = 40_000
TABLE_READS = 40_000
LAMBDA_CONCURRENCY = 1_000
SOURCE_CONCURRENCY = 1_000
API_REQUESTS = 10_000
MESSAGES_IN_FLIGHT = 120_000

OPEN_SHARDS = 16
CALL_LISTS = 4
"""Lists of one partner and day in which requests are found (``access/calls/model.py``)."""
BANK_BATCHES = 4
"""Batches of a bank worked at once (``MaximumConcurrency`` of its event source in ``template.yaml``)."""
NOTICES_AT_ONCE = 10
"""Tries at one receiver at the same time (``webhooks/receivers/model.py``)."""
NOTICE_BATCHES = 60
"""Batches of notices worked at once (``MaximumConcurrency`` of their event source)."""
BATCH = 10
LOOKS = 3
"""How often a simulation's record is looked at until its end: after a month, a year later, and then (decision 0016)."""
LOOK_SECONDS = 0.035
"""What a look takes, assumed: five requests to AWS in a row, and of a core 0.005 s (0.0022 s with three here)."""
LOOKS_AT_ONCE = 8
"""Looks at records of one shard at the same time (``retention/sweep.py``)."""
RETAINED_SHARDS = 16
OWN_PARTITION = "one simulation's own partition"
SHARED = 20
"""Conditions of a bank in one simulation that are one batch at most (``simulations/conditions/messages.py``)."""
BLOCK = 32
"""Simulations whose numbers a busy process takes at a time (``aws/dynamodb/sequences.py``)."""


@dataclass(frozen=True)
class Cost:
    """What one simulation asks of AWS, by the names of ``bench.measuring.prices``, banks' waiting apart.

    Counted by ``bench.aws_requests`` for sixty originals without suggestions, its ``reads`` among them
    (``docs/performance.md``); its requests' rows in its partner's log (decision 0014) come beside.
    """

    write_units: float = 101.0
    log_units: float = 2.0
    """A request's row in the log and its place in one of the lists."""
    read_units: float = 104.0
    own_seconds_of_batch: float = 0.3
    """What a batch takes beside waiting for banks: 0.06 s of a core at the consumer's memory, and requests to AWS."""
    api_seconds: float = 0.05
    reads: int = 3
    """How often a partner reads until it is final."""


@dataclass(frozen=True)
class Load:
    """Arrivals and what each asks of banks."""

    simulations_per_second: float
    conditions: int = 60
    banks: int = 5
    bank_seconds: float = 0.3
    calls: int = 2
    largest_partner: float = 0.2
    """The largest partner's part of all simulations, who gets a notice of each."""
    receiver_seconds: float = 0.1
    """What a receiver takes to answer a notice."""
    consumer_gb: float = 0.375
    cost: Cost = field(default_factory=Cost)


@dataclass(frozen=True)
class Bound:
    """Something that takes so much a second (or at once) and how much of it is used."""

    name: str
    used: float
    most: float
    kind: str
    """``key``: a partition our keys write to; ``adjustable``: a quota of AWS that is raised on request; ``setting``:
    the most that a number of the template may be; ``throttle``: a number of ours, mostly there to spare whom we call.
    """

    @property
    def share(self) -> float:
        return self.used / self.most


def batches_of_bank(load: Load) -> int:
    """Batches that a bank's conditions of one simulation are."""
    conditions = math.ceil(load.conditions / load.banks)
    return 1 if conditions <= SHARED else math.ceil(conditions / BATCH)


def batches_per_second(load: Load) -> float:
    return load.simulations_per_second * load.banks * batches_of_bank(load)


def batch_seconds(load: Load) -> float:
    """A batch waits for its conditions side by side: one condition's calls in a row, and its own work."""
    return load.calls * load.bank_seconds + load.cost.own_seconds_of_batch


def consumers(load: Load) -> float:
    """Batches worked at once (Little's law)."""
    return batches_per_second(load) * batch_seconds(load)


def consumers_of_bank(load: Load) -> float:
    return consumers(load) / load.banks


def api_requests(load: Load) -> float:
    return load.simulations_per_second * (1 + load.cost.reads)


def write_units(load: Load) -> float:
    return load.simulations_per_second * load.cost.write_units + api_requests(load) * load.cost.log_units


def messages_in_flight(load: Load) -> float:
    """Messages of one bank that consumers have at the moment; what shares a batch shares messages."""
    conditions = math.ceil(load.conditions / load.banks)
    messages = min(conditions, BATCH) if conditions <= SHARED else conditions
    return load.simulations_per_second * messages * batch_seconds(load)


def breaker_writes(load: Load, failing: float) -> float:
    """Writes a second of the breaker of a bank that fails this part of its calls and stays closed: each failure, and in
    each batch the first answer after one.
    """
    each = load.conditions / load.banks / batches_of_bank(load)
    return batches_per_second(load) / load.banks * (each * failing + 1)


def tries_at_receiver(load: Load) -> float:
    """Notices that the largest partner's one receiver has at once: with each, two requests to the table in a row."""
    return load.largest_partner * load.simulations_per_second * (load.receiver_seconds + 0.02)


def notice_batches(load: Load) -> float:
    """Batches of notices at once, full as they are when there are many: beside the receiver, six requests in a row."""
    return load.simulations_per_second / BATCH * (load.receiver_seconds + 0.1)


def looks_a_second() -> float:
    """Looks at records of people that all shards take, each with a core of its own."""
    return RETAINED_SHARDS * min(LOOKS_AT_ONCE / LOOK_SECONDS, 1 / 0.005)


def lambdas(load: Load) -> float:
    """All functions that run at once."""
    return consumers(load) + api_requests(load) * load.cost.api_seconds


def bounds(load: Load, *, source_concurrency: int = SOURCE_CONCURRENCY) -> list[Bound]:
    """Everything that may bind, the tightest first."""
    rate = load.simulations_per_second
    found = [
        Bound("a bank's MaximumConcurrency: batches at once", consumers_of_bank(load), BANK_BATCHES, "throttle"),
        Bound("a receiver's places: tries at once", tries_at_receiver(load), NOTICES_AT_ONCE, "throttle"),
        Bound("notices' MaximumConcurrency: batches at once", notice_batches(load), NOTICE_BATCHES, "throttle"),
        Bound("a bank's event source: batches at once", consumers_of_bank(load), source_concurrency, "setting"),
        Bound("Lambda: concurrent executions", lambdas(load), LAMBDA_CONCURRENCY, "adjustable"),
        Bound("records over their term: looks a second, day and night", LOOKS * rate, looks_a_second(), "throttle"),
        Bound("API Gateway: requests a second", api_requests(load), API_REQUESTS, "adjustable"),
        Bound("SQS: messages of a bank in flight", messages_in_flight(load), MESSAGES_IN_FLIGHT, "adjustable"),
        Bound("DynamoDB: write units of the table", write_units(load), TABLE_WRITES, "adjustable"),
        Bound("DynamoDB: read units of the table", rate * load.cost.read_units, TABLE_READS, "adjustable"),
        # Written when a simulation is created, when it closes and, at most, when a sweep moves it on.
        Bound("index: unfinished simulations (16 partitions)", 3 * rate, OPEN_SHARDS * PARTITION_WRITES, "key"),
        Bound("index: notices owed (16 partitions)", 3 * rate, OPEN_SHARDS * PARTITION_WRITES, "key"),
        Bound("index: notices of the largest partner", load.largest_partner * rate, PARTITION_WRITES, "key"),
        # A try takes a place in its receiver's row, and leaves it.
        Bound("receiver of the largest partner", 2 * load.largest_partner * rate, PARTITION_WRITES, "key"),
        Bound("index: simulations of the largest store", load.largest_partner * rate, PARTITION_WRITES, "key"),
        Bound(
            "index: requests of the largest partner (4 lists)",
            load.largest_partner * api_requests(load),
            CALL_LISTS * PARTITION_WRITES,
            "key",
        ),
        Bound("sequence of simulations", rate / BLOCK, PARTITION_WRITES, "key"),
        # Header, what was asked and every condition of a simulation are one partition, for its seconds.
        Bound(OWN_PARTITION, _writes_of_one(load), PARTITION_WRITES, "key"),
        Bound("circuit breaker of a bank: reads", batches_per_second(load) / load.banks, PARTITION_READS, "key"),
    ]
    return sorted(found, key=lambda bound: -bound.share)


def _writes_of_one(load: Load) -> float:
    return load.cost.write_units / batch_seconds(load)


def most_before(load: Load, kinds: tuple[str, ...]) -> tuple[float, str]:
    """The rate of simulations at which the first bound of these kinds binds, and which it is."""
    return next((rate, bound.name) for rate, bound in in_order(load) if bound.kind in kinds)


def in_order(load: Load) -> list[tuple[float, Bound]]:
    """The rates of simulations at which bounds bind, the lowest first; one simulation's own partition has none."""
    one = replace(load, simulations_per_second=1.0)
    return [(1 / bound.share, bound) for bound in bounds(one) if bound.name != OWN_PARTITION]


def drain_seconds(load: Load, simulations: int, slots: int) -> float:
    """Until so many simulations that are posted at once are final, with ``slots`` batches of a bank worked at a time:
    each bank has a queue of its own, and what is posted one after the other shares no batch.
    """
    return math.ceil(simulations * batches_of_bank(load) / slots) * batch_seconds(load)


def dollars_a_month(load: Load, region: str = "us-east-1") -> dict[str, float]:
    """List prices of a month at this rate day and night."""
    rate, cost = load.simulations_per_second, load.cost
    batches = batches_per_second(load)
    amounts = {
        "dynamodb_write_unit": write_units(load),
        "dynamodb_read_unit": rate * cost.read_units,
        "sqs_request": 3 * batches,
        "lambda_request": batches + 2 * api_requests(load),
        "lambda_gb_second": consumers(load) * load.consumer_gb + api_requests(load) * cost.api_seconds * 0.5,
        "api_gateway_rest_request": api_requests(load),
    }
    found = {name: PRICES[region][name].of(each * MONTH_SECONDS) for name, each in amounts.items()}
    return {**found, "total": sum(found.values())}


def describe(load: Load) -> dict[str, Any]:
    """One size, as printed."""
    by_key, key = most_before(load, ("key",))
    return {
        "simulations_per_second": load.simulations_per_second,
        "conditions_per_second": load.simulations_per_second * load.conditions,
        "calls_per_second_to_each_bank": load.simulations_per_second * load.conditions * load.calls / load.banks,
        "batches_at_once": math.ceil(consumers(load)),
        "batches_at_once_for_each_bank": math.ceil(consumers_of_bank(load)),
        "lambda_concurrency": math.ceil(lambdas(load)),
        "api_requests_per_second": math.ceil(api_requests(load)),
        "write_units_per_second": math.ceil(write_units(load)),
        "read_units_per_second": math.ceil(load.simulations_per_second * load.cost.read_units),
        "dollars_a_month": {name: round(value) for name, value in dollars_a_month(load).items()},
        "tightest": [
            {"what": each.name, "kind": each.kind, "used": round(each.used), "most": each.most, "share": each.share}
            for each in bounds(load)[:4]
        ],
        "keys_bind_at": {"simulations_per_second": round(by_key), "what": key},
    }


def binds(load: Load) -> list[dict[str, Any]]:
    """What binds at which rate, as printed."""
    return [
        {"simulations_per_second": round(rate, 1), "what": each.name, "kind": each.kind}
        for rate, each in in_order(load)
    ]


def main() -> None:
    latencies = (0.3, 3.0)
    sizes = [describe(Load(rate, bank_seconds=seconds)) for seconds in latencies for rate in RATES]
    order = {f"banks at {seconds} s a call": binds(Load(1.0, bank_seconds=seconds)) for seconds in latencies}
    one_bank = replace(Load(1.0), banks=1)
    order["one bank is asked everything"] = binds(one_bank)
    failing = PARTITION_WRITES / breaker_writes(Load(1.0), 0.1)
    print_result(
        {
            "benchmark": "scale",
            "kind": "a model",
            "sizes": sizes,
            "binds": order,
            "a_bank_that_fails_one_call_in_ten_binds_at": round(failing),
        }
    )


if __name__ == "__main__":
    main()
