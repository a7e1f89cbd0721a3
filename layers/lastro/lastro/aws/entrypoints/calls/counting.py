"""Counting calls at the door: a partner's by the partner, those that need no credential by their source.

What a process tells the others is written while the function works, so that no call waits for it; a table that does
not take it refuses nobody. Considered beside others in docs/decisions/0014-limits.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from lastro.aws.entrypoints.errors import too_many_calls
from lastro.aws.entrypoints.requests import read_limits, read_source
from lastro.aws.log import logger
from lastro.aws.settings import find_setting
from lastro.kernel import calendar
from lastro.kernel.callers.limits import WINDOW, Meter, Quota, Turn, a_second
from lastro.kernel.callers.sources import name_source
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

REQUESTS_A_SECOND = "100"
"""A partner's, where a deployment says nothing."""
SOURCE_REQUESTS_A_SECOND = "50"
"""A source's without a credential, where a deployment says nothing."""


@dataclass(frozen=True)
class CountedCall:
    """A call that counted, or was refused. ``telling`` is the write that goes on beside it."""

    quota: Quota
    turn: Turn
    telling: Future[None] | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What its answer says of the quota."""
        return self.turn.headers(self.quota)

    def check(self) -> None:
        """Raises ``TooManyRequests`` for a call over its quota."""
        if not self.turn.admitted:
            raise too_many_calls(self.turn.seconds)

    def settle(self) -> None:
        """Wait for what is being told: a process may be frozen once it has answered."""
        if self.telling is not None:
            self.telling.result()


def count_call(event: Mapping[str, Any], *, public: bool) -> CountedCall:
    """Count a call of the partner that the authorizer knew; a ``public`` one of its source."""
    if public:
        caller = f"source#{name_source(read_source(event).address)}"
        quota = a_second("source", int(find_setting("LASTRO_SOURCE_REQUESTS_A_SECOND", SOURCE_REQUESTS_A_SECOND)))
    else:
        caller = str(event["requestContext"]["authorizer"].get("partner_id"))
        own = read_limits(event).requests_a_second
        quota = a_second("partner", own or int(find_setting("LASTRO_REQUESTS_A_SECOND", REQUESTS_A_SECOND)))
    turn = open_meter().take(caller, quota, calendar.CLOCK.now().timestamp())
    return CountedCall(quota, turn, _teller().submit(_tell, caller, turn) if turn.telling else None)


@cache
def open_meter() -> Meter:
    """The calls of this process."""
    return Meter()


@cache
def _teller() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="calls")


def _tell(caller: str, turn: Turn) -> None:
    # Imported when it is first needed: most starts never tell, and some functions know nothing of AWS.
    from lastro.aws.clients import AWS_FAULTS
    from lastro.aws.dynamodb import keys
    from lastro.aws.dynamodb.table import Table, Update
    from lastro.kernel.errors import Retryable

    counted = Update(
        keys.call_count(f"calls#{caller}", str(turn.window)),
        assign={"expires": (turn.window + 2) * WINDOW},
        add={"calls": turn.telling},
    )
    try:
        total = int(Table().write(counted)["calls"])
    except (*AWS_FAULTS, Retryable) as error:
        logger.warning("calls not counted", fault=type(error).__name__)
        return
    open_meter().hear(caller, turn, total)
