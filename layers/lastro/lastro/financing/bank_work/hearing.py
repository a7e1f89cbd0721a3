"""What banks tell of proposals on their own. The secret of the address is the credential, and names one attempt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from lastro.financing.bank_work.messages import ProposalQueued, ToldWord
from lastro.financing.errors import EVENT_SOURCE_NOT_FOUND, UNREADABLE_EVENT
from lastro.financing.ports import Word
from lastro.financing.proposals.model import attempt_key
from lastro.financing.proposals.requests import ReceiveBankWord
from lastro.financing.records.views import BankWordView
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Permanent

if TYPE_CHECKING:
    from lastro.financing.bank_work.dispatch import ProposalDispatch
    from lastro.financing.records.store import ProposalStore

ReadTold = Callable[[str, Any], Word]
"""What a bank's code and a body say of a proposal. Raises ``Permanent`` for what cannot be read."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BankWords:
    """Takes what banks tell."""

    store: ProposalStore
    dispatch: ProposalDispatch
    read: ReadTold

    def receive(self, request: ReceiveBankWord) -> BankWordView:
        """Keep what a bank tells, before or after its own answer; the same again changes nothing.

        Raises ``NotFound`` for a secret there is not, ``BusinessRefusal`` for what cannot be read or is about another
        proposal (where it stands, the bank is asked all the same), and ``Retryable`` when it cannot be kept now.
        """
        partner_id, number, position = _place_of(request.secret)
        proposal = self.store.find(partner_id, number)
        attempt = proposal.find_attempt(position) if proposal else None
        given = request.secret.rpartition(".")[2].encode()
        known = attempt.secret.encode() if attempt else b""
        if proposal is None or attempt is None or attempt.bank != request.bank or not compare_digest(given, known):
            raise EVENT_SOURCE_NOT_FOUND()
        body = {**(request.model_extra or {}), **({} if request.data is None else {"data": request.data})}
        try:
            word = self.read(request.bank, body)
        except Permanent as error:
            _log.warning("word of a bank not understood", extra={"bank": request.bank, "proposal_id": proposal.id})
            raise UNREADABLE_EVENT() from error
        if word.key != attempt_key(proposal, attempt):
            raise UNREADABLE_EVENT()

        # Kept by the queue: who is not known yet reaches no row that could be written.
        message = ProposalQueued(
            partner_id=partner_id, proposal_id=proposal.id, position=position, told=ToldWord.of(word)
        )
        if word not in attempt.words:
            self.dispatch.send(proposal, [message])
        return BankWordView()


def _place_of(secret: str) -> tuple[str, int, int]:
    parts = secret.split(".")
    if len(parts) != 4 or not all(each.isascii() and each.isdigit() and len(each) < 13 for each in parts[1:3]):
        raise EVENT_SOURCE_NOT_FOUND()
    return parts[0], int(parts[1]), int(parts[2])
