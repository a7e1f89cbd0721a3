"""One structured logger per process. Callers log identifiers and counts, never documents, tokens or request paths."""

from __future__ import annotations

import logging
import time
from typing import Any

from aws_lambda_powertools import Logger

from lastro.kernel.observing.tracing import current_request

logger = Logger(service="lastro", log_uncaught_exceptions=False)


class _Tracing(logging.Filter):
    """Every line says for which request it was written, where one is known."""

    def filter(self, record: logging.LogRecord) -> bool:
        request_id = current_request()
        if request_id and "request_id" not in record.__dict__:
            record.request_id = request_id
        return True


logger.registered_handler.addFilter(_Tracing())


def timeout_used(context: Any, started: float) -> float | None:
    """Percent of a function's time-out gone since ``started`` (``perf_counter``); ``None`` where there is no time-out.

    The last line of each invocation carries it: a metric filter of ``infrastructure/alarms.yaml`` reads it.
    """
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    if remaining is None:
        return None
    elapsed, left = (time.perf_counter() - started) * 1000, max(0, int(remaining()))
    return round(100 * elapsed / (elapsed + left), 1)
