"""Asking for a code. Nobody is looked up: who is at the address, if anybody, changes neither work nor answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.customers.portal.errors import TOO_MANY_CODES
from lastro.customers.portal.logins.messages import CodeAsked
from lastro.customers.portal.logins.model import CODES_A_DAY, Channel, Login
from lastro.customers.portal.logins.requests import AskCode
from lastro.customers.portal.logins.views import LoginAnswer, show_login
from lastro.customers.portal.store import digest_address
from lastro.kernel.calendar import Clock, local_date, start_of_day
from lastro.kernel.errors import TooManyRequests
from lastro.kernel.queues.queue import MessageQueue

if TYPE_CHECKING:
    from lastro.customers.portal.logins.store import LoginStore


@dataclass(frozen=True, slots=True)
class Asking:
    """Takes who wants to log in; ``new_id`` gives random UUIDs."""

    logins: LoginStore
    queue: MessageQueue
    clock: Clock
    new_id: Callable[[], UUID]

    def ask(self, request: AskCode) -> LoginAnswer:
        """A login that waits for its code; the one before at the same address ends.

        Raises ``TooManyRequests`` when the address has had its codes of the day, and ``Retryable`` when the queue does
        not take the message: the login is kept then and no code of it will come, so that it is asked for again.
        """
        asked, now = request.portal_login, self.clock.now()
        address = asked.email or asked.mobile or ""
        channel = Channel.EMAIL if asked.email else Channel.SMS
        login = Login(str(self.new_id()), asked.partner_id, channel, digest_address(address), now)
        answer = show_login(login)
        if not self.logins.ask(login):
            raise TooManyRequests(
                TOO_MANY_CODES.say(most=CODES_A_DAY), retry_after=_until_tomorrow(now), code=TOO_MANY_CODES.code
            )
        self.queue.send([CodeAsked(partner_id=login.partner_id, login_id=login.id)])
        return answer


def _until_tomorrow(now: datetime) -> int:
    """Seconds to the next day in São Paulo."""
    tomorrow = start_of_day(local_date(now) + timedelta(days=1))
    return max(1, int((tomorrow - now).total_seconds()) + 1)
