"""The entrypoint of a log subscription: a batch of lines in, those marked for the request log to whoever keeps them."""

from __future__ import annotations

import gzip
import json
import time
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from lastro.aws.entrypoints.calls.request_log import RECORD
from lastro.aws.entrypoints.garbage import collect_from_now
from lastro.aws.log import logger, timeout_used


def subscription(keep: Callable[[list[dict[str, Any]]], int]) -> Callable[[Mapping[str, Any], Any], None]:
    """Turn ``keep(lines)`` into a handler of a log subscription; it says how many lines it kept.

    What it raises lets CloudWatch Logs hand the same lines over again.
    """

    def handle(event: Mapping[str, Any], context: Any) -> None:
        started = time.perf_counter()
        payload = json.loads(gzip.decompress(b64decode(event["awslogs"]["data"])))
        lines = [line for each in payload.get("logEvents", ()) if (line := _read(each["message"]))]
        kept = keep(lines) if payload.get("messageType") == "DATA_MESSAGE" else 0
        logger.info(
            "lines kept",
            operation=getattr(context, "function_name", ""),
            lines=kept,
            timeout_used=timeout_used(context, started),
        )

    collect_from_now()
    return handle


def _read(message: str) -> dict[str, Any] | None:
    """A line of ours, ``None`` for what else holds the word."""
    try:
        line = json.loads(message)
    except ValueError:
        return None
    return line if isinstance(line, dict) and line.get("record") == RECORD else None
