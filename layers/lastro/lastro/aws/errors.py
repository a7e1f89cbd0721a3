"""Error families as HTTP: one body that every client can read.

It joins the simulation hub's ``{"error": {"message", "status"}}`` (docs/sources.md, simulations hub), CaaS's
``{"code", "message", "errors": [{"field", "message"}]}`` (docs/sources.md, CaaS API) and the members of RFC 9457.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from lastro.kernel.errors import (
    AmbiguousRequest,
    BusinessRefusal,
    Conflict,
    DomainError,
    FieldError,
    Forbidden,
    InvalidInput,
    LastroError,
    MalformedRequest,
    NotFound,
    PayloadTooLarge,
    Retryable,
    TooManyRequests,
    Unauthorized,
    UnsupportedMediaType,
)

_STATUS: tuple[tuple[type[LastroError], HTTPStatus], ...] = (
    (MalformedRequest, HTTPStatus.BAD_REQUEST),
    (Unauthorized, HTTPStatus.UNAUTHORIZED),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (PayloadTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (UnsupportedMediaType, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS),
    (DomainError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Retryable, HTTPStatus.SERVICE_UNAVAILABLE),
)


BUSY = "service_busy"
FAULT = "internal_error"


def status_of(error: LastroError) -> HTTPStatus:
    """HTTP status of an error's family; anything not the caller's to mend is a 500."""
    return next((status for family, status in _STATUS if isinstance(error, family)), HTTPStatus.INTERNAL_SERVER_ERROR)


def title_of(status: int) -> str:
    """Name of a status in RFC 9110, whatever the interpreter: Python before 3.13 has older ones for two."""
    return {413: "Content Too Large", 422: "Unprocessable Content"}.get(status) or HTTPStatus(status).phrase


def describe(error: LastroError, instance: str, status: HTTPStatus | None = None) -> dict[str, Any]:
    """The error body; ``instance`` is the request id, ``status`` overrules the family's.

    What is not the caller's to mend is told by two codes, whatever it is called inside: ask again, or tell us.
    """
    status = status or status_of(error)
    code, detail = error.code, error.detail
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        detail = "The request could not be completed; try again."
        code = BUSY if status is HTTPStatus.SERVICE_UNAVAILABLE else FAULT
    fields: list[FieldError] = []
    if isinstance(error, InvalidInput | BusinessRefusal | AmbiguousRequest):
        fields = error.errors
    return {
        "error": {"message": detail, "status": status.value},
        "code": code,
        "message": detail,
        "type": f"urn:lastro:error:{code}",
        "title": title_of(status),
        "status": status.value,
        "detail": detail,
        "instance": f"urn:lastro:request:{instance}",
        "errors": [{"field": field.field, "rule": field.rule, "message": field.message} for field in fields],
    }


def render(error: LastroError, instance: str, status: HTTPStatus | None = None) -> str:
    return json.dumps(describe(error, instance, status), ensure_ascii=False)


_BUSY = frozenset(
    {"ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "SlowDown"}
    | {"InternalServerError", "ServiceUnavailable", "TransactionInProgressException"}
)


def fault_of(error: Exception) -> LastroError:
    """What an error nobody expected means to a caller: an AWS service that is busy or away may be asked again.

    Told by the error's shape: functions that never speak to AWS do not import its client.
    """
    response = getattr(error, "response", None)
    code = (response.get("Error") or {}).get("Code") if isinstance(response, dict) else None
    away = type(error).__module__ == "botocore.exceptions" and response is None
    if away or code in _BUSY:
        return Retryable("a service behind the API is busy", code=BUSY)
    return LastroError("unexpected fault", code=FAULT)
