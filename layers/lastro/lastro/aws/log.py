"""One structured logger per process. Callers log identifiers and counts, never documents, tokens or request paths."""

from __future__ import annotations

import time
from typing import Any

from aws_lambda_powertools import Logger

logger = Logger(service="lastro", log_uncaught_exceptions=False)


def timeout_used(context: Any, started: float) -> float | None:
    """Percent of a function's time-out gone since ``started`` (``perf_counter``); ``None`` where there is no time-out.

    The last line of each invocation carries it: a metric filter of ``infrastructure/alarms.yaml`` reads it.
    """
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    if remaining is None:
        return None
    elapsed, left = (time.perf_counter() - started) * 1000, max(0, int(remaining()))
    return round(100 * elapsed / (elapsed + left), 1)
