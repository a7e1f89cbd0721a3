"""The authorizer entrypoint: a REQUEST authorizer event in, an IAM policy out.

The policy opens the whole stage, so that API Gateway may reuse it for every call of the same credential while it is
cached: paths have more than one spelling, so they are no boundary. The scopes of the credential travel in the context,
and the HTTP entrypoint holds them against what each endpoint declares; who runs out in the meantime it refuses too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from lastro.aws.entrypoints.calls.admission import EVERY_SCOPE
from lastro.aws.entrypoints.errors import CREDENTIAL_REQUIRED
from lastro.aws.entrypoints.garbage import collect_from_now
from lastro.aws.log import logger, timeout_used
from lastro.kernel.callers.caller import Admission, Boundary, Role, StatusSpelling
from lastro.kernel.errors import Unauthorized

_SCHEME = "bearer"


def authorizer(identify: Callable[[str], Admission]) -> Callable[[Mapping[str, Any], Any], dict[str, Any]]:
    """Turn ``identify(credential)`` into a Lambda authorizer for ``Authorization: Bearer <credential>``."""

    def handle(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        started = time.perf_counter()
        try:
            admission = identify(_read_credential(event))
        except Unauthorized as error:
            logger.info("authorization refused", operation=getattr(context, "function_name", ""), code=error.code)
            # API Gateway answers 401 for exactly this text and 500 for any other.
            raise Exception("Unauthorized") from error
        caller = admission.caller
        logger.info(
            "authorized",
            operation=getattr(context, "function_name", ""),
            partner_id=caller.partner_id,
            principal=caller.principal,
            timeout_used=timeout_used(context, started),
        )
        known: dict[str, str | int] = {
            "partner_id": caller.partner_id,
            "store_ids": ",".join(map(str, caller.store_ids)),
            "principal": caller.principal,
            "scopes": EVERY_SCOPE if admission.scopes is None else " ".join(admission.scopes),
        }
        if caller.status_spelling is not StatusSpelling.PAGES:
            known["status_spelling"] = caller.status_spelling.value
        known |= {name: value for name, value in asdict(caller.limits).items() if value is not None}
        if caller.bound:
            known["bound"] = Boundary.STORES.value
        if caller.panel is not None:
            known["panel"] = caller.panel.value
        if caller.role is not Role.MEMBER:
            known["role"] = caller.role.value
        if caller.job is not None:
            known |= {"job": caller.job.value, "acts_as": caller.acts_as}
        if caller.person:
            known |= {"person": caller.person, "login": caller.login}
        if admission.until is not None:
            known["until"] = admission.until
        return {
            "principalId": caller.partner_id,
            "policyDocument": {"Version": "2012-10-17", "Statement": [_whole_stage(event["methodArn"])]},
            "context": known,
        }

    collect_from_now()
    return handle


def _read_credential(event: Mapping[str, Any]) -> str:
    headers = event.get("headers") or {}
    sent = next((value for name, value in headers.items() if name.lower() == "authorization"), "") or ""
    scheme, _, credential = sent.strip().partition(" ")
    if scheme.lower() != _SCHEME or not credential.strip():
        raise CREDENTIAL_REQUIRED()
    return credential.strip()


def _whole_stage(method_arn: str) -> dict[str, Any]:
    api, stage, *_ = method_arn.split("/")
    return {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": [f"{api}/{stage}/*"]}
