"""The errors each operation can give, in the one shape of all of them, with a real example of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lastro.aws.entrypoints.errors import BODY_NOT_JSON, BODY_TOO_LARGE, UNSUPPORTED_CHARSET, describe, too_many_calls
from lastro.aws.entrypoints.requests import read_caller, read_request
from lastro.kernel.callers.caller import Caller
from lastro.kernel.errors import (
    KEY_REUSED,
    NO_SUCH_STORE,
    TOKEN_EXPIRED,
    AmbiguousRequest,
    Forbidden,
    InvalidInput,
    LastroError,
    Retryable,
)
from lastro.wire.requests import Request
from openapi.error_shape import REQUEST_ID
from openapi.examples.samples import wrong_event
from openapi.handlers import Operation, Undocumented
from openapi.refusals import REFUSALS


class Failures:
    """Bodies of errors by operation, status and code."""

    def __init__(self, template: Mapping[str, Any]) -> None:
        self._gateway = template["Mappings"]["GatewayAnswers"]

    def of(self, operation: Operation) -> dict[int, dict[str, dict[str, Any]]]:
        """``{status: {code: body}}`` in order of status. The authorizer's two are the template's own texts."""
        found: list[dict[str, Any]] = [self._of_gateway("Throttled")]
        name = operation.route.operation
        errors = [*REFUSALS.get(name, ()), too_many_calls(7)]
        if not operation.route.public:
            found += [self._of_gateway("Unauthorized"), self._of_gateway("Forbidden")]
            errors.append(TOKEN_EXPIRED())
        if operation.needs_caller:
            errors += [_foreign_store(), NO_SUCH_STORE()]
        if operation.request:
            errors.append(_ambiguous_request(operation))
        if operation.reads_body:
            errors.append(BODY_NOT_JSON())
            errors.append(BODY_TOO_LARGE(most=operation.body_limit))
            errors.append(UNSUPPORTED_CHARSET(charset="iso-8859-1"))
        if operation.is_idempotent:
            errors.append(KEY_REUSED())
        if operation.request or operation.needs_caller:
            errors.append(_invalid_input(operation))
        if operation.route.stateful:
            errors.append(Retryable("busy"))
        errors.append(LastroError("fault", code="internal_error"))
        for error in errors:
            invalid = operation.entrypoint.invalid if isinstance(error, InvalidInput) else None
            found.append(describe(error, REQUEST_ID, invalid))
        by_status: dict[int, dict[str, dict[str, Any]]] = {}
        for body in sorted(found, key=lambda body: int(body["status"])):
            same_status = by_status.setdefault(body["status"], {})
            code = body["type"].rpartition(":")[2]
            same_status[f"{code}_{len(same_status) + 1}" if code in same_status else code] = body
        return by_status

    def _of_gateway(self, name: str) -> dict[str, Any]:
        text = self._gateway[name]["Body"]
        body: dict[str, Any] = json.loads(text.replace("$context.requestId", REQUEST_ID))
        return body


def _foreign_store() -> Forbidden:
    try:
        Caller("", store_ids=(1,)).own_store(2)
    except Forbidden as error:
        return error
    raise Undocumented("a foreign store is not refused")


def _ambiguous_request(operation: Operation) -> AmbiguousRequest:
    """What the entrypoint itself says to a key that stands twice, or to a path that is no UTF-8."""
    reading = {"httpMethod": "GET", "pathParameters": {"id": "%E3"}}
    writing = {"httpMethod": "POST", "body": '{"value": 1, "value": 500}'}
    try:
        read_request(Request, writing if operation.reads_body else reading)
    except AmbiguousRequest as error:
        return error
    raise Undocumented("what can be read in two ways is not refused")


def _invalid_input(operation: Operation) -> InvalidInput:
    """What the entrypoint itself says to a wrong request."""
    try:
        if operation.request:
            read_request(operation.request, wrong_event(operation))
        else:
            read_caller({"headers": {"Store-Id": "centro"}})
    except InvalidInput as error:
        return error
    raise Undocumented(f"{operation.route.operation}: the wrong request is not refused")
