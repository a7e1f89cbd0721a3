"""What the last line of a call says of it for the partner's request log.

The line is written anyway and costs the answer nothing; CloudWatch Logs hands those marked ``RECORD`` to
``record_requests`` in batches (docs/decisions/0014-limits.md). Neither paths nor bodies are told: they hold documents.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lastro.aws.entrypoints.requests import read_headers
from lastro.kernel.calendar import CLOCK, format_moment
from lastro.kernel.keyed_request import digest_key, mask_key

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
