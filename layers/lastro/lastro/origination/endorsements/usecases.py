"""Endorsing a disbursed CCB, and reading its chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.origination.endorsements.model import (
    Holder,
    chain_of,
    endorse_credit,
    endorsement_fields,
    row_name,
)
from lastro.origination.endorsements.requests import CreateEndorsement, ListEndorsements
from lastro.origination.endorsements.views import (
    EndorsementAnswer,
    EndorsementList,
    show_chain,
    show_endorsement,
)
from lastro.origination.processes.changes import ABSENT, Change, Row, RowPut, StoredCredit
from lastro.origination.processes.changing import change_once
from lastro.origination.processes.model import Credit, StepName, amend_credit
from lastro.origination.processes.reading import own_credit
from lastro.origination.processes.steps import StepDispatch, owe, owe_notice

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


@dataclass(frozen=True)
class Endorsements:
    """Endorses credits; ``issuer_of`` names the institution that issued a credit's CCB."""

    store: OriginationStore
    issuer_of: Callable[[Credit], Holder]
    dispatch: StepDispatch
    clock: Clock

    def list(self, request: ListEndorsements, caller: Caller) -> EndorsementList:
        """The chain, oldest first. Raises ``NotFound`` ``unknown_proposal``."""
        return show_chain(chain_of(own_credit(self.store, request.customer_service_number, caller).rows))

    def endorse(self, request: CreateEndorsement, caller: Caller) -> str:
        """Add the next link, and have the copy of the CCB with its endorsement page drawn anew.

        Raises ``NotFound`` ``unknown_proposal``, ``Conflict`` ``wrong_state`` and ``changed_meanwhile`` (two at once:
        one wins), ``BusinessRefusal`` ``same_holder`` and ``chain_too_long``.
        """
        now = self.clock.now()
        canonical = request.model_dump_json(exclude={"idempotency_key"})
        keyed = KeyedRequest.of(f"endorsements#{caller.holder}", request.idempotency_key, canonical)
        csn = request.customer_service_number
        return change_once(
            self.store, csn, caller, keyed, now, lambda stored: self._endorse(request, caller, stored, keyed, now)
        )

    def _endorse(
        self,
        request: CreateEndorsement,
        caller: Caller,
        stored: StoredCredit,
        keyed: KeyedRequest | None,
        now: datetime,
    ) -> str | None:
        link = endorse_credit(
            stored.credit,
            self.issuer_of(stored.credit),
            chain_of(stored.rows),
            Holder(request.endorsee_name, Cnpj(request.endorsee_cnpj)),
            value=request.value,
            recourse=request.recourse,
            who=caller.principal,
            now=now,
        )
        credit, entry = amend_credit(stored.credit, "endorsed", now, caller.principal, link.endorsee.name)
        row = RowPut(credit.owner, Row(row_name(link.position), endorsement_fields(link)), ABSENT)
        steps = [
            owe(credit, StepName.SEAL_CONTRACT, now),
            owe_notice(credit, now),
        ]
        answer = EndorsementAnswer(data=show_endorsement(link)).model_dump_json(by_alias=True)
        answered = Answered.to(keyed, answer, now)
        if not self.store.commit(Change(credits=[(credit, entry)], rows=[row], steps=steps, answered=answered)):
            return None
        self.dispatch.send(steps)
        return answer
