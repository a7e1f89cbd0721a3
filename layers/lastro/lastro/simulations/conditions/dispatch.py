"""The queues of conditions, one for each bank: what waits for a slow bank holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from lastro.kernel.queues.queue import MessageQueue
from lastro.simulations.conditions.messages import ConditionQueued

_AT_ONCE = 8


class ConditionDispatch:
    """Sends conditions to the queues of their banks."""

    def __init__(self, queue_of: Callable[[str], MessageQueue]) -> None:
        self._queue_of = queue_of

    def send(self, messages: Sequence[ConditionQueued]) -> None:
        """Send messages, banks side by side. Raises ``Retryable`` when a queue did not take its own; the others did."""
        of_bank: dict[str, list[ConditionQueued]] = {}
        for message in messages:
            of_bank.setdefault(message.bank, []).append(message)
        if len(of_bank) <= 1:
            for bank, own in of_bank.items():
                self._queue_of(bank).send(own)
            return
        with ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(of_bank))) as pool:
            sent = [pool.submit(self._queue_of(bank).send, own) for bank, own in of_bank.items()]
        for each in sent:
            each.result()

    def is_behind(self, bank: str) -> bool:
        """Whether messages wait for a bank that nobody has taken. Raises ``Retryable`` when its queue does not say."""
        return self._queue_of(bank).count_waiting() > 0
