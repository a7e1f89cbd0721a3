"""The error tree. One table (``aws/errors.py``) maps families to HTTP, another (``delivery.py``) to queues.

LastroError                 carries a stable ``code`` and a ``detail`` a person can act on
├── DomainError             the caller may act
│   ├── MalformedRequest    400: the request cannot be read, or (AmbiguousRequest) can be read in two ways
│   ├── Unauthorized        401: no credential, or one we do not know
│   ├── Forbidden           403: known caller, not theirs to touch
│   ├── NotFound            404: absent, or another partner's
│   ├── Conflict            409: contradicts what is already stored
│   ├── PayloadTooLarge     413: body over the published limit
│   ├── UnsupportedMediaType  415: a body in a form that is not read
│   ├── InvalidInput        422: every wrong field and its rule, at once (400 where a vendor answers so)
│   ├── BusinessRefusal     422: well-formed, but the rules of the product or the law say no
│   └── TooManyRequests     429: over a published limit; says when to come back
├── Retryable               the outside world may change its mind: ask again later
├── Permanent               will never succeed: end it now
└── Unknown                 may have taken effect: look it up before asking again
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: a dotted path (``simulation.conditions.0.installments``), the rule's stable name, a text."""

    field: str
    rule: str
    message: str


class LastroError(Exception):
    """Base of every error raised on purpose. Decide on the class and ``code``, never on the text."""

    default_code = "error"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.default_code


class DomainError(LastroError):
    """The caller may act on it."""

    default_code = "domain_error"


class MalformedRequest(DomainError):
    default_code = "malformed_request"


class AmbiguousRequest(MalformedRequest):
    """One field that can be read in two ways."""

    default_code = "ambiguous_request"

    def __init__(self, error: FieldError) -> None:
        super().__init__(f"{error.field}: {error.message}")
        self.errors = [error]


class Unauthorized(DomainError):
    """``challenge`` is the scheme that is asked for, as ``WWW-Authenticate`` tells it (RFC 9110 section 11.6.1)."""

    default_code = "unauthorized"

    def __init__(self, detail: str, *, code: str | None = None, challenge: str = "Bearer") -> None:
        super().__init__(detail, code=code)
        self.challenge = challenge


class Forbidden(DomainError):
    default_code = "forbidden"


class NotFound(DomainError):
    default_code = "not_found"


class Conflict(DomainError):
    default_code = "conflict"


class PayloadTooLarge(DomainError):
    default_code = "payload_too_large"


class UnsupportedMediaType(DomainError):
    default_code = "unsupported_media_type"


class BusinessRefusal(DomainError):
    """``errors`` names the fields the rule is about, where it is about fields."""

    default_code = "business_refusal"

    def __init__(self, detail: str, *, code: str | None = None, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail, code=code)
        self.errors = list(errors)


class TooManyRequests(DomainError):
    """Over a published limit; ``retry_after`` in seconds."""

    default_code = "too_many_requests"

    def __init__(self, detail: str, *, retry_after: int, code: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.retry_after = retry_after


class InvalidInput(DomainError):
    """Every wrong field of a request at once."""

    default_code = "invalid_input"

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = errors


class Retryable(LastroError):
    """The outside world may change its mind; ask again later."""

    default_code = "retryable"


class Permanent(LastroError):
    """Will never succeed as asked."""

    default_code = "permanent"


class Unknown(LastroError):
    """The act may have taken effect; look it up by its idempotency key before asking again."""

    default_code = "unknown"
