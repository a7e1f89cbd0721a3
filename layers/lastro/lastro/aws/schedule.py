"""The schedule entrypoint: an EventBridge event in, one use case called with the business date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lastro.aws.log import logger
from lastro.calendar import SystemClock, local_date

UseCase = Callable[[date], dict[str, int]]


def scheduled(run: UseCase) -> Callable[[Mapping[str, Any], Any], dict[str, int]]:
    """Turn ``run(business_date)`` into a handler. The date is the event's ``business_date``, else today in São Paulo.

    Raises ``ValueError`` for a date that is not ``YYYY-MM-DD``: a scheduled run with a wrong date must be seen to fail.
    """

    def handle(event: Mapping[str, Any], context: Any) -> dict[str, int]:
        wanted = (event.get("detail") or {}).get("business_date") or event.get("business_date")
        business_date = date.fromisoformat(wanted) if wanted else local_date(SystemClock().now())
        counts = run(business_date)
        logger.info("schedule", extra={"operation": getattr(context, "function_name", ""), **counts})
        return counts

    return handle
