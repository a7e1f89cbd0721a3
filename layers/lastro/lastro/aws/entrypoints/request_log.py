"""What the last line of a call says of it for the partner's request log, and how lines of the log come back to be kept.

The line is written anyway and costs the answer nothing; CloudWatch Logs hands those marked ``RECORD`` to
``record_requests`` in batches (docs/decisions/0014-limits.md). Neither paths nor bodies are told: they hold documents.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from lastro.aws.entrypoints.requests import read_headers
from lastro.aws.log import logger
from lastro.kernel.attempt import digest_key, mask_key
from lastro.kernel.calendar import CLOCK, format_moment

RECORD = "partner_request"
"""The word that marks a line for the request log; the template's filter looks for it."""


def tell_request(event: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """Fields for the line of a call that a partner made; none for one without a credential."""
    known = (event.get("requestContext") or {}).get("authorizer") or {}
    partner_id = str(known.get("partner_id") or "")
    if not partner_id:
        return {}
    headers = read_headers(event)
    store = headers.get("store-id", "").strip()
    key = headers.get("idempotency-key", "").strip()
    told = {
        "record": RECORD,
        "at": format_moment(CLOCK.now()),
        "partner_id": partner_id,
        "principal": str(known.get("principal", "")),
        "method": str(event.get("httpMethod")),
        "resource": str(event.get("resource")),
        "store_id": int(store) if store.isascii() and store.isdigit() and len(store) <= 15 else None,
    }
    if key:
        told |= {"key": mask_key(key), "key_digest": digest_key(partner_id, key)}
    if answer["statusCode"] >= 400 and answer["body"]:
        told["code"] = json.loads(answer["body"]).get("code")
    return told


def log_lines(keep: Callable[[list[dict[str, Any]]], int]) -> Callable[[Mapping[str, Any], Any], None]:
    """Turn ``keep(lines)`` into a handler of a log subscription; it says how many lines it kept.

    What it raises lets CloudWatch Logs hand the same lines over again.
    """

    def handle(event: Mapping[str, Any], context: Any) -> None:
        payload = json.loads(gzip.decompress(b64decode(event["awslogs"]["data"])))
        lines = [line for each in payload.get("logEvents", ()) if (line := _read(each["message"]))]
        kept = keep(lines) if payload.get("messageType") == "DATA_MESSAGE" else 0
        logger.info("lines kept", operation=getattr(context, "function_name", ""), lines=kept)

    return handle


def _read(message: str) -> dict[str, Any] | None:
    """A line of ours, ``None`` for what else holds the word."""
    try:
        line = json.loads(message)
    except ValueError:
        return None
    return line if isinstance(line, dict) and line.get("record") == RECORD else None
