"""The queue message of a condition, or of two."""

from __future__ import annotations

from collections.abc import Iterable

from lastro.kernel.queues.queue import BATCH
from lastro.simulations.model import Condition, Simulation
from lastro.wire.messages import QueueMessage

MOST_TOGETHER = 2
"""Conditions of a message."""


class ConditionQueued(QueueMessage):
    """Work a condition, and ``beside`` it others of the same bank.

    ``repeated`` says that somebody may have asked the bank already: look before asking.
    ``store_id`` lets the credential's state be read with the condition; messages of before it have none.
    """

    simulation_id: str
    offset: int
    beside: tuple[int, ...] = ()
    bank: str
    repeated: bool = False
    store_id: int | None = None

    @property
    def offsets(self) -> tuple[int, ...]:
        return (self.offset, *self.beside)

    @property
    def subject(self) -> str:
        return f"{self.simulation_id}/{'+'.join(map(str, self.offsets))}"


def condition_messages(
    simulation: Simulation, conditions: Iterable[Condition], *, repeated: bool = False
) -> list[ConditionQueued]:
    """Messages for pending conditions, a bank's together: a slow bank then holds as few batches as possible.

    Where a bank has somewhat more conditions than a batch has messages, they share messages so that they are one batch:
    a second one would only wait for the first one's pre-analysis, and cost as much again.
    """
    of_bank: dict[str, list[int]] = {}
    for condition in conditions:
        of_bank.setdefault(condition.bank, []).append(condition.offset)
    return [
        ConditionQueued(
            partner_id=simulation.partner_id,
            simulation_id=simulation.id,
            offset=first,
            beside=tuple(beside),
            bank=bank,
            repeated=repeated,
            store_id=simulation.store_id,
        )
        for bank, offsets in sorted(of_bank.items())
        for first, *beside in _shared(sorted(offsets))
    ]


def _shared(offsets: list[int]) -> list[list[int]]:
    """Offsets by message."""
    messages = BATCH if BATCH < len(offsets) <= MOST_TOGETHER * BATCH else len(offsets)
    return [offsets[start::messages] for start in range(messages)]
