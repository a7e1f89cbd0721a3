"""The schedule entrypoint: an EventBridge event in, use cases called with the business date."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lastro.aws.entrypoints.garbage import collect_from_now
from lastro.aws.log import logger, tell_vendor_calls, timeout_used
from lastro.aws.metrics import publish
from lastro.kernel.calendar import CLOCK, local_date

UseCase = Callable[[date], dict[str, int]]


def scheduled(*runs: UseCase) -> Callable[[Mapping[str, Any], Any], dict[str, int]]:
    """Turn each ``run(business_date)`` into one handler. The date is the event's, else today in São Paulo.

    A run that fails stops none of the others; the handler then raises what failed, as an ``ExceptionGroup``, so that
    the failure is seen. Raises ``ValueError`` for a ``business_date`` that is not ``YYYY-MM-DD``, and for two that
    differ: a day is never guessed.
    """

    def handle(event: Mapping[str, Any], context: Any) -> dict[str, int]:
        started = time.perf_counter()
        business_date = _told_date(event) or local_date(CLOCK.now())
        counts: dict[str, int] = {}
        failures: list[Exception] = []
        for run in runs:
            try:
                counts |= run(business_date)
            except Exception as error:  # noqa: BLE001 - the boundary
                logger.exception("scheduled run failed")
                failures.append(error)
        function = getattr(context, "function_name", "schedule")
        tell_vendor_calls()
        publish(function)
        logger.info("schedule", operation=function, timeout_used=timeout_used(context, started), extra=counts)
        if failures:
            raise ExceptionGroup("scheduled runs failed", failures)
        return counts

    collect_from_now()
    return handle


def _told_date(event: Mapping[str, Any]) -> date | None:
    """The day that an event names, in its detail or itself; ``None``: it names none."""
    places = [place for place in (event.get("detail"), event) if isinstance(place, Mapping)]
    told = {each for place in places if (each := place.get("business_date")) is not None}
    if not told:
        return None
    if len(told) > 1:
        raise ValueError("an event names two business dates")
    text = str(told.pop())
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        # 20261128 and 2026-W48-6 are ISO dates, too, and nobody here writes one so.
        raise ValueError(f"business_date {text} is not YYYY-MM-DD")
    return found
