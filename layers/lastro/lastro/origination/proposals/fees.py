"""The registration fees of one proposal's credits: which may carry one, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from lastro.kernel.dataclass import dataclass
from lastro.origination.processes.model import Credit
from lastro.origination.proposals.relationships import Relationship, is_fee_open, widen

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


@dataclass()
class RegistrationFees:
    """A person's relationships with the creditors of a proposal, each read once.

    What :meth:`relationships` returns is committed with the credits: of two proposals at once, the later reads again.
    """

    store: OriginationStore
    partner_id: str
    cpf: str
    _known: dict[str, tuple[Relationship, list[Credit]]] = field(default_factory=dict)
    _charged: set[str] = field(default_factory=set)

    def is_open(self, creditor: str) -> bool:
        """Whether the next credit of this creditor may carry the fee."""
        return creditor not in self._charged and is_fee_open(self._read(creditor)[1])

    def note(self, creditor: str, fee: int) -> None:
        """A credit of this creditor carries this fee in cents."""
        self._read(creditor)
        if fee:
            self._charged.add(creditor)

    def relationships(self, credits: Sequence[tuple[str, str]]) -> list[Relationship]:
        """The next versions, given creditor and customer service number of each new credit."""
        return [
            widen(known, kept, [csn for owner, csn in credits if owner == creditor])
            for creditor, (known, kept) in self._known.items()
        ]

    def _read(self, creditor: str) -> tuple[Relationship, list[Credit]]:
        if creditor not in self._known:
            known = self.store.find_relationship(self.partner_id, creditor, self.cpf)
            self._known[creditor] = (known, self.store.find_credits(known.csns))
        return self._known[creditor]
