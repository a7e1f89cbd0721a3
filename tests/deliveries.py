"""Messages handed to a consumer as its queue would, without a queue; and what use cases log meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from lastro.kernel.queues.delivery import Again, Consume, MessageT, Retries, gather_deliveries, work_all


async def deliver(
    consume: Consume[MessageT], retries: Retries, *messages: MessageT, attempt: int = 1
) -> dict[str, int]:
    """Work messages together; the numbers of those to be delivered again, with the seconds to wait."""
    received = [(str(number), message, attempt) for number, message in enumerate(messages)]
    outcomes = await work_all(consume, gather_deliveries(received, retries), retries)
    return {name: outcome.seconds or 0 for name, outcome in outcomes.items() if isinstance(outcome, Again)}


class _Notes(logging.Handler):
    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        self._told.append(record.getMessage())


@contextmanager
def noting(told: list[str]) -> Iterator[None]:
    """Keep what use cases tell operators meanwhile."""
    logger = logging.getLogger("lastro")
    notes = _Notes(told)
    logger.addHandler(notes)
    try:
        yield
    finally:
        logger.removeHandler(notes)
