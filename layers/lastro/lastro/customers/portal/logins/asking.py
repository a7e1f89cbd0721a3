"""Asking for a code. Nobody is looked up: who is at the address, if anybody, changes neither work nor answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.customers.portal.errors import CODES_AT_ONCE, TOO_MANY_CODES
from lastro.customers.portal.logins.messages import CodeAsked
from lastro.customers.portal.logins.model import Channel, Login
from lastro.customers.portal.logins.requests import AskCode
from lastro.customers.portal.logins.views import LoginAnswer, show_login
from lastro.customers.portal.store import digest_address
from lastro.kernel.calendar import Clock, local_date, start_of_day
from lastro.kernel.callers.caller import Source
from lastro.kernel.callers.sources import name_source
from lastro.kernel.commits import TRANSACTION_CONFLICT
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable, TooManyRequests
from lastro.kernel.queues.queue import MessageQueue

if TYPE_CHECKING:
    from lastro.customers.portal.logins.store import LoginStore


@dataclass(frozen=True)
class Asking:
    """Takes who wants to log in; ``new_id`` gives random UUIDs."""

    logins: LoginStore
    queue: MessageQueue
    clock: Clock
    new_id: Callable[[], UUID]

    def ask(self, request: AskCode, source: Source) -> LoginAnswer:
        """A login that waits for its code; the one before at the same address ends.

        Raises ``TooManyRequests`` when the address has had its codes of the day, so many were asked for from one source
        that others would use up the person's, or too many are asked for at once, and ``Retryable`` when the queue does
        not take the message: the login is kept then and no code of it will come, so that it is asked for again.
        """
        asked, now = request.portal_login, self.clock.now()
        address = asked.email or asked.mobile or ""
        channel = Channel.EMAIL if asked.email else Channel.SMS
        login = Login(
            str(self.new_id()), asked.partner_id, channel, digest_address(address), now, name_source(source.address)
        )
        answer = show_login(login)
        self._keep(login)
        self.queue.send([CodeAsked(partner_id=login.partner_id, login_id=login.id)])
        return answer

    def _keep(self, login: Login) -> None:
        # What is refused is read, not written: a flood of it would stand in the way of itself and of everybody else.
        login, limits = self.logins.look(login)
        limit = next((each.most for each in limits if each.is_reached), None)
        if limit is None:
            try:
                limit = self.logins.ask(login, limits)
            except Retryable as error:
                if error.code != TRANSACTION_CONFLICT:
                    raise
                raise TooManyRequests(CODES_AT_ONCE.say(), retry_after=1, code=CODES_AT_ONCE.code) from error
        if limit is not None:
            raise TooManyRequests(
                TOO_MANY_CODES.say(most=limit), retry_after=_until_tomorrow(login.asked_at), code=TOO_MANY_CODES.code
            )


def _until_tomorrow(now: datetime) -> int:
    """Seconds to the next day in São Paulo."""
    tomorrow = start_of_day(local_date(now) + timedelta(days=1))
    return max(1, int((tomorrow - now).total_seconds()) + 1)
