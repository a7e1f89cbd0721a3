"""The queues of conditions, one for each bank: what waits for a slow bank holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache

from lastro.kernel.queues.queue import BATCH, MessageQueue
from lastro.simulations.conditions.messages import ConditionQueued

_AT_ONCE = 8


class ConditionDispatch:
    """Sends conditions to the queues of their banks."""

    def __init__(self, queue_of: Callable[[str], MessageQueue]) -> None:
        self._queue_of = queue_of

    def send(self, messages: Sequence[ConditionQueued]) -> None:
        """Send messages, a request's worth side by side. Raises ``Retryable`` when a queue did not take its own; the
        others did.
        """
        of_bank: dict[str, list[ConditionQueued]] = {}
        for message in messages:
            of_bank.setdefault(message.bank, []).append(message)
        parcels = [
            (self._queue_of(bank), own[start : start + BATCH])
            for bank, own in of_bank.items()
            for start in range(0, len(own), BATCH)
        ]
        if len(parcels) == 1:
            [(queue, own)] = parcels
            queue.send(own)
            return
        sent = [_senders().submit(queue.send, own) for queue, own in parcels]
        wait(sent)
        for each in sent:
            each.result()

    def is_behind(self, bank: str) -> bool:
        """Whether messages wait for a bank that nobody has taken. Raises ``Retryable`` when its queue does not say."""
        return self._queue_of(bank).count_waiting() > 0


@cache
def _senders() -> ThreadPoolExecutor:
    # Kept: to start a thread for each request takes as long as to build one.
    return ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="dispatch")
