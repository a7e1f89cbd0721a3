"""The counters of simulations in flight in the table; ``counting.py`` tells how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.table import Update
from lastro.kernel.errors import Retryable
from lastro.simulations.flights.counting import KEPT_SECONDS, SHARDS, SLOT_SECONDS, live_slots, shard_of, slot_of

if TYPE_CHECKING:
    from lastro.aws.dynamodb.keys import Key
    from lastro.simulations.model import Simulation


class FlightCounts(FirstAnswers):
    """Counts simulations that begin and that are final. Base of the store that writes them."""

    def begin_flight(self, simulation: Simulation) -> Future[None]:
        """Count one that begins, beside what else is written of it."""
        return _side().submit(self._count, simulation, "begun")

    def end_flight(self, simulation: Simulation) -> None:
        """Count one that is final. Should that fail, it counts as in flight until its minutes are past."""
        with suppress(Retryable):
            self._count(simulation, "final")

    def _count(self, simulation: Simulation, what: str) -> None:
        slot = slot_of(simulation.created_at)
        expires = (slot + 1) * SLOT_SECONDS + KEPT_SECONDS
        counter = _counter(simulation.partner_id, slot, shard_of(simulation.id))
        self._table.write(Update(counter, assign={"expires": expires}, add={what: 1}))


def flight_keys(partner_id: str, now: datetime) -> list[Key]:
    """The counters that tell how many of a partner's simulations are in flight."""
    return [_counter(partner_id, slot, shard) for slot in live_slots(now) for shard in range(SHARDS)]


def count_flights(found: Mapping[Key, Mapping[str, Any]], counters: list[Key]) -> int:
    """How many that are, never less than none."""
    items = [found[key] for key in counters if key in found]
    return max(0, sum(int(item.get("begun", 0)) - int(item.get("final", 0)) for item in items))


def _counter(partner_id: str, slot: int, shard: int) -> Key:
    return keys.call_count(f"flights#{partner_id}#{shard}", str(slot))


@cache
def _side() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="flights")
