"""The queue message of one condition."""

from __future__ import annotations

from collections.abc import Iterable

from lastro.simulations.model import Condition, Simulation
from lastro.wire.messages import QueueMessage


class ConditionQueued(QueueMessage):
    """Work one condition. ``repeated`` says that somebody may have asked the bank already: look before asking.

    ``store_id`` lets the credential's state be read with the condition; messages of before it have none.
    """

    simulation_id: str
    offset: int
    bank: str
    repeated: bool = False
    store_id: int | None = None

    @property
    def subject(self) -> str:
        return f"{self.simulation_id}/{self.offset}"


def condition_messages(
    simulation: Simulation, conditions: Iterable[Condition], *, repeated: bool = False
) -> list[ConditionQueued]:
    """Messages for pending conditions, a bank's together: a slow bank then holds as few batches as possible."""
    ordered = sorted(conditions, key=lambda condition: (condition.bank, condition.offset))
    return [
        ConditionQueued(
            partner_id=simulation.partner_id,
            simulation_id=simulation.id,
            offset=condition.offset,
            bank=condition.bank,
            repeated=repeated,
            store_id=simulation.store_id,
        )
        for condition in ordered
    ]
