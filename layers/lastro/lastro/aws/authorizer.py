"""The authorizer entrypoint: a REQUEST authorizer event in, an IAM policy out.

The policy allows the whole stage, not the one method asked for, so that API Gateway may reuse it for every call of the
same key while it is cached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lastro.aws.log import logger
from lastro.caller import Caller
from lastro.errors import Unauthorized

_SCHEME = "bearer"


def authorizer(identify: Callable[[str], Caller]) -> Callable[[Mapping[str, Any], Any], dict[str, Any]]:
    """Turn ``identify(credential)`` into a Lambda authorizer for ``Authorization: Bearer <credential>``."""

    def handle(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        try:
            caller = identify(_read_credential(event))
        except Unauthorized as error:
            logger.info("authorization refused", operation=getattr(context, "function_name", ""), code=error.code)
            # API Gateway answers 401 for exactly this text and 500 for any other.
            raise Exception("Unauthorized") from error
        logger.info("authorized", operation=getattr(context, "function_name", ""), partner_id=caller.partner_id)
        return {
            "principalId": caller.partner_id,
            "policyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": _whole_stage(event["methodArn"])}
                ],
            },
            "context": {"partner_id": caller.partner_id, "store_ids": ",".join(map(str, caller.store_ids))},
        }

    return handle


def _read_credential(event: Mapping[str, Any]) -> str:
    headers = event.get("headers") or {}
    sent = next((value for name, value in headers.items() if name.lower() == "authorization"), "") or ""
    scheme, _, credential = sent.strip().partition(" ")
    if scheme.lower() != _SCHEME or not credential.strip():
        raise Unauthorized("Send Authorization: Bearer <API key>.")
    return credential.strip()


def _whole_stage(method_arn: str) -> str:
    """``arn:…:api/stage/GET/path`` as ``arn:…:api/stage/*``."""
    api, stage, *_ = method_arn.split("/")
    return f"{api}/{stage}/*"
