"""Whether a person may still be charged a creditor's registration fee. Pure.

The fee is lawful once, at the beginning of the relationship of a consumer with an institution (Súmula 566 STJ,
Resolução CMN 3.919/2010): whoever signed a contract with a creditor is never charged again, and of the proposals that
nobody signed yet only one may carry it. A proposal that was denied or expired gives it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lastro.kernel.dataclass import dataclass
from lastro.origination.errors import FEE_CHARGED
from lastro.origination.processes.model import Credit
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus

_ENDED = frozenset({CreditStatus.DENIED, CreditStatus.EXPIRED})


@dataclass(frozen=True)
class Relationship:
    """The credits of a person with a creditor at a partner; version 0 when none is kept yet.

    ``creditor`` is the root of a CNPJ, which all establishments of an institution share. It is what the partner's
    products say it is: one partner's word about a creditor decides nothing at another.
    """

    partner_id: str
    creditor: str
    cpf: str
    csns: tuple[str, ...] = ()
    version: int = 0


def is_fee_open(credits: Iterable[Credit]) -> bool:
    """Whether a further credit may carry the fee, given all others of the person with the creditor."""
    return not any(
        credit.status not in _ENDED and (credit.status not in BEFORE_CONTRACT or credit.terms.fee > 0)
        for credit in credits
    )


def charge_fee(asked: int | None, own: int, *, is_open: bool) -> int:
    """The fee of a credit in cents: what is asked for, else the product's own; none where it was charged before.

    Raises ``BusinessRefusal`` ``registration_fee_charged`` when one is asked for that may not be charged.
    """
    if is_open:
        return own if asked is None else asked
    if asked:
        raise FEE_CHARGED.at("cad_value")
    return 0


def widen(relationship: Relationship, credits: Iterable[Credit], more: Iterable[str]) -> Relationship:
    """The next version with further credits; those that ended are dropped."""
    alive = (credit.csn for credit in credits if credit.status not in _ENDED)
    return replace(relationship, csns=(*alive, *more), version=relationship.version + 1)
