"""The step ``disburse``: the money of a signed contract goes out exactly once, and is watched for a day.

That a payout is about to be sent is stored before it is, under a key derived from the contract; whoever comes again
looks it up by that key. Only when the payer does not know it after the settling time is it sent again, under the same
key. A crash between any two lines leaves the step in place, so that it is done again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, start_of_day
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.origination.disbursements.fate import Act, Fate, displaced_payout, fate_of, next_act
from lastro.origination.disbursements.model import (
    ROW,
    WATCH_AFTER,
    Payout,
    PayoutStatus,
    account_of,
    advance_payout,
    displaced_row,
    payout_fields,
    request_payout,
    send_payout,
    to_payout,
)
from lastro.origination.disbursements.outcome import move_for, paid_twice, take_over
from lastro.origination.disbursements.ports import Payer, PayoutAnswer, PayoutRequest
from lastro.origination.processes.changes import ABSENT, Change, Row, RowPut, StoredCredit
from lastro.origination.processes.model import Credit, Step, StepName
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.processes.steps import StepDispatch, StepQueued, owe, owe_notice

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

SETTLE_AFTER = timedelta(seconds=10)
"""How long a payout under way is left alone before it is looked at again."""
_OPEN = frozenset({CreditStatus.CONTRACTED, CreditStatus.PENDING, CreditStatus.DISBURSED})
RETRIES = Retries((1, 2, 3, 4, 5), attempts=6)
"""Then the step is put off, to be swept."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DisbursementWorker:
    """Works ``disburse`` steps."""

    store: OriginationStore
    payer: Payer
    dispatch: StepDispatch
    clock: Clock

    async def process(self, delivery: Delivery[StepQueued]) -> Done | Again:
        """One step further. Raises ``Retryable`` and ``Unknown`` while the payer does not answer."""
        stored = await asyncio.to_thread(self.store.find_credit, delivery.message.id)
        step = stored.step(delivery.message.step_id) if stored else None
        if stored is None or step is None:
            return Done()
        row = stored.rows.get(ROW)
        if stored.credit.status not in _OPEN or (row is None and stored.credit.status is not CreditStatus.CONTRACTED):
            await self._commit(Change(done=[step]))
            return Done()
        release = start_of_day(stored.credit.terms.release_date)
        if row is None and self.clock.now() < release:
            # No money leaves early, whoever delivered this step.
            await self._commit(Change(postponed=[replace(step, due_at=release)]))
            return Done()
        if row is None:
            asked = _first_payout(stored.credit, self.clock.now())
            # Whoever began it carries on with what was stored, so that a stranger's beginning is never overwritten.
            await self._commit(Change(rows=[RowPut(stored.credit.owner, Row(ROW, payout_fields(asked)), ABSENT)]))
            return await self.process(delivery)
        current = to_payout(row)
        number = int(step.payload.get("number", current.number))
        try:
            if number == current.number:
                return await self._carry_on(stored, step, current)
            return await self._look_back(stored, step, number, current)
        except (Retryable, Unknown) as error:
            if not delivery.is_last:
                raise
            _log.warning("payout not settled", extra={"csn": stored.credit.csn, "code": error.code})
            await self._postpone(step, SETTLE_AFTER)
            return Done()

    async def _carry_on(self, stored: StoredCredit, step: Step, payout: Payout) -> Done | Again:
        """One step further with the payout that counts."""
        found = await self.payer.find(payout.key) if payout.sends else None
        match next_act(payout, found, self.clock.now()):
            case Act.SEND:
                return await self._send(stored, step, payout)
            case Act.SETTLE if found is not None:
                return await self._settle(stored, step, payout, found)
            case Act.REPORT:
                raise Retryable("the payer does not know what it took", code="payout_forgotten")
            case Act.STAND if payout.status is not PayoutStatus.SENT:
                await self._watch_on(step)
            case _:
                await self._postpone(step, SETTLE_AFTER)
        return Done()

    async def _send(self, stored: StoredCredit, step: Step, payout: Payout) -> Done | Again:
        credit = stored.credit
        if late := await self._find_earlier(stored, payout):
            return await self._take_over(stored, step, payout, payout, late)
        about_to = send_payout(payout, self.clock.now())
        if not await self._commit(Change(rows=[_row(stored, about_to, _where(stored))])):
            return Again(1)
        request = PayoutRequest(
            payout.key, credit.csn, payout.value, parse_document(credit.cpf), credit.name, payout.account
        )
        sent = {"number": payout.number, "status": payout.status.value, "sends": about_to.sends}
        try:
            answer = await self.payer.send(request)
        except Retryable:
            # It never left: nothing has to settle before it is sent.
            await self._commit(Change(rows=[_row(stored, payout, sent)]))
            raise
        except Permanent as error:
            answer = PayoutAnswer(PayoutStatus.REFUSED, reason=error.code)
        except Unknown:
            found = await self.payer.find(payout.key)
            if found is None:
                raise
            answer = found
        return await self._settle(stored, step, about_to, answer, where=sent)

    async def _settle(
        self,
        stored: StoredCredit,
        step: Step,
        payout: Payout,
        answer: PayoutAnswer,
        *,
        where: Mapping[str, object] | None = None,
    ) -> Done | Again:
        """Store what the payer said, with what follows for the credit, in one transaction."""
        now = self.clock.now()
        if payout.status is PayoutStatus.CONFIRMED and answer.status is not PayoutStatus.RETURNED:
            await self._watch_on(step)
            return Done()
        after = advance_payout(payout, answer.status, now, reference=answer.reference, reason=answer.reason)
        if answer.status is PayoutStatus.REFUSED and (late := await self._find_earlier(stored, payout)):
            return await self._take_over(stored, step, payout, after, late, where=where)
        row = _row(stored, after, where or _where(stored))
        moved = move_for(stored.credit, answer, now)
        if answer.status is PayoutStatus.SENT:
            later = replace(step, due_at=now + SETTLE_AFTER, payload={**step.payload, "number": payout.number})
            notices = [owe_notice(stored.credit, now)] if moved else []
            credits = [moved] if moved else []
            done = await self._commit(Change(credits=credits, rows=[row], steps=notices, postponed=[later]))
        else:
            notices = [owe_notice(stored.credit, now)]
            steps = [*notices, *_watches(stored.credit, after, now)]
            credits = [moved] if moved else []
            done = await self._commit(Change(credits=credits, rows=[row], steps=steps, done=[step]))
        if not done:
            return Again(1)
        if payout.status is PayoutStatus.REFUSED:
            _log.warning("a refused payout went through", extra={"csn": payout.csn, "number": payout.number})
        if answer.status is PayoutStatus.CONFIRMED and (others := paid_twice(stored, after)):
            _log.warning("paid twice", extra={"csn": payout.csn, "numbers": [*others, payout.number]})
        await asyncio.to_thread(self.dispatch.send, notices)
        return Done()

    # payouts that another displaced -----------------------------------------------------------------------------

    async def _find_earlier(self, stored: StoredCredit, payout: Payout) -> tuple[Payout, PayoutAnswer] | None:
        """An earlier payout of the credit whose money went out after all.

        Raises ``Retryable`` while the payer does not say what became of one.
        """
        for number in range(1, payout.number):
            earlier = displaced_payout(stored, number, payout)
            found = await self.payer.find(earlier.key)
            match fate_of(earlier, found, self.clock.now()):
                case Fate.OPEN:
                    raise Retryable(f"the fate of payout {number} is not known", code="payout_unsettled")
                case Fate.TAKEN:
                    return earlier, found or PayoutAnswer(earlier.status, earlier.reference, earlier.reason)
        return None

    async def _take_over(
        self,
        stored: StoredCredit,
        step: Step,
        current: Payout,
        displaced: Payout,
        late: tuple[Payout, PayoutAnswer],
        *,
        where: Mapping[str, object] | None = None,
    ) -> Done | Again:
        """An earlier payout went through: it counts again, and the one that was to replace it does not."""
        change, after = take_over(stored, displaced, late, self.clock.now(), where or _where(stored))
        watches = [*_watches(stored.credit, after, self.clock.now())]
        if current.sends:
            watches += _watches(stored.credit, current, self.clock.now())
        if not await self._commit(replace(change, steps=[*change.steps, *watches], done=[step])):
            return Again(1)
        _log.warning("a refused payout went through", extra={"csn": after.csn, "number": after.number})
        await asyncio.to_thread(self.dispatch.send, change.steps)
        return Done()

    async def _look_back(self, stored: StoredCredit, step: Step, number: int, current: Payout) -> Done | Again:
        """Watch a payout that does not count any more: its money may go out late."""
        payout = displaced_payout(stored, number, current)
        found = await self.payer.find(payout.key)
        if found is None or found.status in (PayoutStatus.REFUSED, payout.status):
            await self._watch_on(step)
            return Done()
        if found.status is PayoutStatus.SENT:
            await self._postpone(step, SETTLE_AFTER)
            return Done()
        unsent = current.status is PayoutStatus.REQUESTED and not current.sends
        if number < current.number and (unsent or current.status is PayoutStatus.REFUSED):
            return await self._take_over(stored, step, current, current, (payout, found))
        after = replace(payout, status=found.status, reference=found.reference, reason=found.reason)
        row = RowPut(stored.credit.owner, Row(displaced_row(number), payout_fields(after)))
        if not await self._commit(Change(rows=[row], done=[step])):
            return Again(1)
        if found.status is PayoutStatus.CONFIRMED:
            _log.warning("paid twice", extra={"csn": payout.csn, "numbers": sorted((number, current.number))})
        return Done()

    # later ------------------------------------------------------------------------------------------------------

    async def _watch_on(self, step: Step) -> None:
        """Look again later, or stop after a day."""
        looked = int(step.payload.get("watch", 0)) + 1
        if looked >= len(WATCH_AFTER):
            await self._commit(Change(done=[step]))
            return
        due = self.clock.now() + WATCH_AFTER[looked]
        later = replace(step, due_at=due, payload={**step.payload, "watch": looked})
        await self._commit(Change(postponed=[later]))

    async def _postpone(self, step: Step, wait: timedelta) -> None:
        later = replace(step, due_at=self.clock.now() + wait)
        await self._commit(Change(postponed=[later]))

    async def _commit(self, change: Change) -> bool:
        return await asyncio.to_thread(self.store.commit, change)


def _first_payout(credit: Credit, now: datetime) -> Payout:
    return request_payout(credit.csn, 1, credit.terms.net, account_of(credit.borrower), now)


def _watches(credit: Credit, payout: Payout, now: datetime) -> list[Step]:
    """The step that looks at a payout again; none for one that came back."""
    if payout.status is PayoutStatus.RETURNED:
        return []
    watch = owe(credit, StepName.DISBURSE, now, {"number": payout.number, "watch": 0})
    return [replace(watch, due_at=now + WATCH_AFTER[0])]


def _where(stored: StoredCredit) -> dict[str, object]:
    """Condition: the row of the payout that counts is the one that was read."""
    row = stored.rows[ROW]
    return {name: row.get(name, ABSENT) for name in ("number", "status", "sends")}


def _row(stored: StoredCredit, payout: Payout, where: Mapping[str, object]) -> RowPut:
    return RowPut(stored.credit.owner, Row(ROW, payout_fields(payout)), where)
