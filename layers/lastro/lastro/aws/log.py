"""One structured logger per process. Callers log identifiers and counts, never documents, tokens or request paths."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import Any

from aws_lambda_powertools import Logger

from lastro.kernel.observing.tracing import current_request, tracing
from lastro.kernel.observing.vendor_calls import take_vendor_calls

logger = Logger(service="lastro", log_uncaught_exceptions=False)


class _Tracing(logging.Filter):
    """Every line says for which request it was written, where one is known."""

    def filter(self, record: logging.LogRecord) -> bool:
        request_id = current_request()
        if request_id and "request_id" not in record.__dict__:
            record.request_id = request_id
        return True


logger.registered_handler.addFilter(_Tracing())


def tell_vendor_calls() -> None:
    """How often each request's vendors were called, what came of it, and how long the longest call took."""
    for (request_id, vendor), calls in take_vendor_calls().items():
        told: dict[str, Any] = {
            "vendor": vendor,
            "statuses": Counter(str(call.status or "none") for call in calls),
            "longest_ms": max(call.took for call in calls),
        }
        # Under its own request or none, whoever's call tells it.
        with tracing(request_id):
            logger.info("vendor called", extra=told)


def timeout_used(context: Any, started: float) -> float | None:
    """Percent of a function's time-out gone since ``started`` (``perf_counter``); ``None`` where there is no time-out.

    The last line of each invocation carries it: a metric filter of ``infrastructure/alarms.yaml`` reads it.
    """
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    if remaining is None:
        return None
    elapsed, left = (time.perf_counter() - started) * 1000, max(0, int(remaining()))
    return round(100 * elapsed / (elapsed + left), 1)
