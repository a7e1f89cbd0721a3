"""The queue message of one attempt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Self

from pydantic import BaseModel

from lastro.financing.attempts.states import State
from lastro.financing.bank_work.due import has_work
from lastro.financing.ports import CounterOffer, DocumentKind, RefusalReason, Word
from lastro.financing.proposals.model import Proposal
from lastro.wire.messages import QueueMessage


class ToldCounter(BaseModel):
    """A counter-offer on its way to be kept."""

    number: int
    down_payment: int
    financed_amount: int
    installments: int
    installment_value: int


class ToldWord(BaseModel):
    """What a bank told on its own, on its way to be kept: numbers of the bank's and no person's data."""

    key: str
    number: str
    sequence: int
    state: State
    reason: RefusalReason | None = None
    pending: tuple[DocumentKind, ...] = ()
    counter: ToldCounter | None = None
    contract: str | None = None
    lien: str | None = None

    @classmethod
    def of(cls, word: Word) -> Self:
        counter = word.counter
        told = (
            ToldCounter(**{each.name: getattr(counter, each.name) for each in fields(CounterOffer)})
            if counter
            else None
        )
        plain = {each.name: getattr(word, each.name) for each in fields(Word) if each.name != "counter"}
        return cls(**plain, counter=told)

    def word(self) -> Word:
        plain = {each.name: getattr(self, each.name) for each in fields(Word) if each.name != "counter"}
        return Word(**plain, counter=CounterOffer(**self.counter.model_dump()) if self.counter else None)


class ProposalQueued(QueueMessage):
    """Do what is owed for an attempt at its bank: send it, drop it, hand documents in, or ask where it stands.

    With ``told`` nothing is asked: the bank said it on its own, and it is kept.
    """

    proposal_id: int
    position: int
    told: ToldWord | None = None

    @property
    def subject(self) -> str:
        about = f"{self.partner_id}/{self.proposal_id}/{self.position}"
        return f"{about}/{self.told.model_dump_json()}" if self.told else about


def owed(proposal: Proposal) -> Iterator[ProposalQueued]:
    """A message for each attempt that something is to be done for."""
    for attempt in proposal.attempts:
        if has_work(proposal, attempt):
            yield ProposalQueued(partner_id=proposal.partner_id, proposal_id=proposal.id, position=attempt.position)
