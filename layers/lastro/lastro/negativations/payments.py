"""What a boleto goes through, for whoever made a listing of it: kept with the boleto and followed until it is done.

A change that a listing must hear of is written in one transaction with the boleto (``BoletoStore.change``), followed at
once, and swept by ``sync_negativations`` when the process died in between: no payment is forgotten. Following the same
change twice must do nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable

from lastro.kernel.dataclass import dataclass
from lastro.negativations.boletos.model import Boleto, Event, Payment


@dataclass(frozen=True)
class BoletoChange:
    """``boleto`` is as it is now, ``version`` the one that the event made, ``payment`` what was paid, if anything."""

    event: Event
    boleto: Boleto
    version: int
    payment: Payment | None = None


FollowChanges = Callable[[BoletoChange], None]
"""What listings do about a change: queue the removal, open a task, cancel what is still to be sent. Idempotent; raises
``Retryable`` when it could not be done now, and the sweep comes again.
"""
