"""The queues of proposals, one for each bank: what waits for a slow bank holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lastro.financing.bank_work.messages import ProposalQueued
from lastro.financing.proposals.model import Proposal
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue


class ProposalDispatch:
    """Sends messages about attempts to the queues of their banks."""

    def __init__(self, queue_of: Callable[[str], MessageQueue]) -> None:
        self._queue_of = queue_of

    def send(self, proposal: Proposal, messages: Sequence[ProposalQueued]) -> None:
        """Send messages about attempts of a proposal. Raises ``Retryable`` when a queue did not take its own; the
        others did.
        """
        of_bank: dict[str, list[ProposalQueued]] = {}
        for message in messages:
            of_bank.setdefault(proposal.attempts[message.position].bank, []).append(message)
        failure: Retryable | None = None
        for bank, own in of_bank.items():
            try:
                self._queue_of(bank).send(own)
            except Retryable as error:
                failure = error
        if failure is not None:
            raise failure
