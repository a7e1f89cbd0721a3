"""The step ``disburse``: the money of a signed contract goes out exactly once, and is watched for a day.

The payout's row is written before the payer is asked, under a key derived from the contract; whoever comes again
looks the payout up by that key before sending. A crash between any two lines leaves the step in place, so that it is
done again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lastro.calendar import Clock, format_moment
from lastro.documents import parse_document
from lastro.errors import Permanent, Retryable, Unknown
from lastro.origination.book import ABSENT, Change, OriginationBook, Row, RowPut, StoredCredit
from lastro.origination.disbursements.model import (
    ROW,
    WATCH_AFTER,
    Payout,
    PayoutStatus,
    account_of,
    advance_payout,
    payout_fields,
    request_payout,
    to_payout,
)
from lastro.origination.disbursements.ports import Payer, PayoutAnswer, PayoutRequest
from lastro.origination.model import Credit, Step, StepName, move_credit
from lastro.origination.statuses import CreditEvent, CreditStatus
from lastro.origination.steps import StepDispatch, Task, owe, owe_notice

WHO = "disbursement"
SETTLE_AFTER = timedelta(seconds=10)
"""How long a payout under way is left alone before it is looked at again."""
_MAX_ATTEMPTS = 6
_DELAYS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Disbursement:
    """Works batches of ``disburse`` steps."""

    book: OriginationBook
    payer: Payer
    dispatch: StepDispatch
    clock: Clock
    report: Callable[[str, Mapping[str, object]], None]

    async def process(self, tasks: Sequence[Task]) -> dict[str, int]:
        """Work every task; returns those to be delivered again with the seconds to wait."""
        outcomes = await asyncio.gather(*(self._work(task) for task in tasks), return_exceptions=True)
        again: dict[str, int] = {}
        for task, outcome in zip(tasks, outcomes, strict=True):
            match outcome:
                case int():
                    again[task.id] = outcome
                case Exception():
                    self.report("disbursement crashed", {"csn": task.message.id, "fault": type(outcome).__name__})
                    again[task.id] = _delay(task.attempt)
                case BaseException():
                    raise outcome
        return again

    async def _work(self, task: Task) -> int | None:
        stored = await asyncio.to_thread(self.book.find_credit, task.message.id)
        step = stored.step(task.message.step_id) if stored else None
        if stored is None or step is None:
            return None
        if stored.credit.status not in (CreditStatus.CONTRACTED, CreditStatus.DISBURSED):
            await self._commit(Change(done=[step]))
            return None
        row = stored.rows.get(ROW)
        payout = to_payout(row) if row else None
        if payout is None:
            payout = request_payout(
                stored.credit.csn,
                int(step.payload.get("number", 1)),
                stored.credit.terms.net,
                account_of(stored.credit.borrower),
                self.clock.now(),
            )
            if not await self._commit(Change(rows=[_row(stored.credit, payout, ABSENT)])):
                return 1
            known = False
        else:
            known = True
        try:
            answer = await self._ask(stored.credit, payout, known=known)
        except (Retryable, Unknown) as error:
            if task.attempt < _MAX_ATTEMPTS:
                return _delay(task.attempt)
            self.report("payout not settled", {"csn": stored.credit.csn, "code": error.code})
            await self._postpone(step, SETTLE_AFTER)
            return None
        except Permanent as error:
            answer = PayoutAnswer(PayoutStatus.REFUSED, reason=error.code)
        return await self._settle(stored, step, payout, answer)

    async def _ask(self, credit: Credit, payout: Payout, *, known: bool) -> PayoutAnswer:
        if known and (found := await self.payer.find(payout.key)):
            return found
        if payout.status is PayoutStatus.CONFIRMED:
            return PayoutAnswer(PayoutStatus.CONFIRMED)
        if payout.status is not PayoutStatus.REQUESTED:
            raise Retryable("the payer does not know what it took", code="payout_forgotten")
        request = PayoutRequest(
            payout.key, credit.csn, payout.value, parse_document(credit.cpf), credit.name, payout.account
        )
        try:
            return await self.payer.send(request)
        except Unknown:
            if found := await self.payer.find(payout.key):
                return found
            raise

    async def _settle(self, stored: StoredCredit, step: Step, payout: Payout, answer: PayoutAnswer) -> int | None:
        """Store what the payer said, with what follows for the credit, in one transaction."""
        now = self.clock.now()
        if payout.status is PayoutStatus.CONFIRMED and answer.status is not PayoutStatus.RETURNED:
            await self._watch_on(step, now)
            return None
        after = advance_payout(payout, answer.status, now, reference=answer.reference, reason=answer.reason)
        row = _row(stored.credit, after, {"number": payout.number, "status": payout.status.value})
        if answer.status is PayoutStatus.SENT:
            later = replace(step, due_at=format_moment(now + SETTLE_AFTER))
            return None if await self._commit(Change(rows=[row], postponed=[later])) else 1
        event, why = {
            PayoutStatus.CONFIRMED: (CreditEvent.DISBURSED, ""),
            PayoutStatus.REFUSED: (CreditEvent.PAYOUT_REFUSED, answer.reason or "refused"),
            PayoutStatus.RETURNED: (CreditEvent.PAYOUT_RETURNED, answer.reason or "returned"),
        }[answer.status]
        moved = move_credit(stored.credit, event, now, WHO, why, reasons=(why,) if why else ())
        notice = owe_notice(stored.credit.process_id, now)
        steps = [notice]
        if event is CreditEvent.DISBURSED:
            watch = owe(stored.credit.owner, StepName.DISBURSE, now, {"watch": 0})
            steps.append(replace(watch, due_at=format_moment(now + WATCH_AFTER[0])))
        if not await self._commit(Change(credits=[moved], rows=[row], steps=steps, done=[step])):
            return 1
        await asyncio.to_thread(self.dispatch.send, [notice])
        return None

    async def _watch_on(self, step: Step, now: datetime) -> None:
        """Look again later, or stop after a day."""
        looked = int(step.payload.get("watch", 0)) + 1
        if looked >= len(WATCH_AFTER):
            await self._commit(Change(done=[step]))
            return
        later = replace(step, due_at=format_moment(now + WATCH_AFTER[looked]), payload={"watch": looked})
        await self._commit(Change(postponed=[later]))

    async def _postpone(self, step: Step, wait: timedelta) -> None:
        later = replace(step, due_at=format_moment(self.clock.now() + wait))
        await self._commit(Change(postponed=[later]))

    async def _commit(self, change: Change) -> bool:
        return await asyncio.to_thread(self.book.commit, change)


def _row(credit: Credit, payout: Payout, where: str | Mapping[str, object]) -> RowPut:
    return RowPut(credit.owner, Row(ROW, payout_fields(payout)), where)


def _delay(attempt: int) -> int:
    return _DELAYS[min(attempt, len(_DELAYS)) - 1]
