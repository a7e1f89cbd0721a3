"""Registering a person: the process that everything later builds on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.origination.errors import ALREADY_REGISTERED, BIRTHDAY_TO_COME, REGISTRATION_BUSY
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.changes import Change, Registration
from lastro.origination.processes.model import Process, Step, StepName, begin_process
from lastro.origination.processes.places import place_of
from lastro.origination.processes.statuses import ProcessStatus
from lastro.origination.processes.steps import StepDispatch, owe
from lastro.origination.processes.views import show_header
from lastro.origination.signups.requests import SimpleSignup

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


@dataclass(frozen=True)
class Signups:
    """Registers people over the store, the limits, the queues, the clock and a source of ids."""

    store: OriginationStore
    limits: CallLimits
    dispatch: StepDispatch
    clock: Clock
    new_id: Callable[[], str]

    def sign_up(self, request: SimpleSignup, caller: Caller) -> str:
        """Register a person and queue the analysis; answers the header of the new process.

        Raises ``InvalidInput`` for a birthday or a signup to come, ``TooManyRequests`` ``client_blocked`` and
        ``Conflict``: ``already_registered`` while a process of this CPF at the same store was not denied,
        ``idempotency_key_reused``.
        """
        now = self.clock.now()
        place = place_of(caller.partner_id, caller.optional_store)
        self.limits.count_signup(place, request.cpf, now)
        if request.birthday > local_date(now):
            raise InvalidInput([BIRTHDAY_TO_COME.at("birthday")])
        if request.log_data:
            request.log_data.check_happened(now)
        keyed = KeyedRequest.of(
            f"signups#{caller.holder}", request.idempotency_key, request.model_dump_json(by_alias=False)
        )
        return until_committed(lambda: self._try(request, caller, keyed, now), REGISTRATION_BUSY)

    def _try(self, request: SimpleSignup, caller: Caller, keyed: KeyedRequest | None, now: datetime) -> str | None:
        first = self.store.find_answer(keyed, now)
        if first is not None:
            return first
        process = self._build(request, caller, now)
        replaces = self._denied_holder(process.place, request.cpf)
        answer = show_header(process, caller.status_spelling).model_dump_json()
        steps: list[Step] = [owe(process, StepName.ANALYZE, now)]
        change = Change(
            processes=[(process, begin_process(process, caller.principal or caller.partner_id))],
            steps=steps,
            registration=Registration(process.place, request.cpf, process.id, replaces),
            answered=Answered.to(keyed, answer, now),
        )
        if not self.store.commit(change):
            return None
        self.dispatch.send(steps)
        return answer

    def _denied_holder(self, place: str, cpf: str) -> str | None:
        """The denied process that holds a CPF. Raises ``Conflict`` when one that was not denied holds it."""
        holder = self.store.find_registration(place, cpf)
        if holder is None:
            return None
        stored = self.store.find_process(holder)
        if stored is None or stored.process.status is not ProcessStatus.SIGNUP_DENIED:
            raise ALREADY_REGISTERED(process=holder)
        return holder

    def _build(self, request: SimpleSignup, caller: Caller, now: datetime) -> Process:
        return Process(
            id=self.new_id(),
            partner_id=caller.partner_id,
            cpf=request.cpf,
            name=request.name,
            status=ProcessStatus.SIGNUP_ANALYSIS,
            version=1,
            created_at=now,
            updated_at=now,
            signup=request.kept(),
            status_spelling=caller.status_spelling,
            store_id=caller.optional_store,
        )
