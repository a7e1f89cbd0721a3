"""The error tree. One table (``aws/entrypoints/errors.py``) maps families to HTTP, another
(``queues/delivery.py``) to queues.

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
from typing import Generic, TypeVar

from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
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
    """The request cannot be read."""

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
    """Who is known may not do this."""

    default_code = "forbidden"


class NotFound(DomainError):
    """There is no such thing, or it is somebody else's: the two are told alike."""

    default_code = "not_found"


class Conflict(DomainError):
    """Contradicts what is stored, or what somebody else is doing."""

    default_code = "conflict"


class PayloadTooLarge(DomainError):
    """The body has more bytes than the call takes."""

    default_code = "payload_too_large"


class UnsupportedMediaType(DomainError):
    """The body is of a type that the call does not read."""

    default_code = "unsupported_media_type"


class BusinessRefusal(DomainError):
    """``errors`` names the fields the rule is about, where it is about fields."""

    default_code = "business_refusal"

    def __init__(self, detail: str, *, code: str | None = None, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail, code=code)
        self.errors = list(errors)


class TooManyRequests(DomainError):
    """Over a published limit; ``retry_after`` in seconds, ``limit`` its name and how many it allows, where it is one of
    things at once and not of requests in a time.
    """

    default_code = "too_many_requests"

    def __init__(
        self, detail: str, *, retry_after: int, code: str | None = None, limit: tuple[str, int] | None = None
    ) -> None:
        super().__init__(detail, code=code)
        self.retry_after = retry_after
        self.limit = limit


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


# What contexts say ---------------------------------------------------------------------------------------------------

Family = TypeVar("Family", bound=DomainError)


class Refusal(Generic[Family]):
    """A refusal that a context knows under one code, with its text in Portuguese: ``raise LEAD_BUSY()``.

    What stands in braces in the text is filled in: ``raise TOO_MANY_STORES(most=5)``. Families that tell more than a
    text are made by hand, of ``code`` and ``say``. Plain classes: a context makes dozens of them on import.
    """

    __slots__ = ("code", "family", "text")

    def __init__(self, family: type[Family], code: str, text: str) -> None:
        self.family = family
        self.code = code
        self.text = text

    def __call__(self, **values: object) -> Family:
        return self.family(self.say(**values), code=self.code)

    def at(self, field: str, **values: object) -> BusinessRefusal:
        """The refusal of a business rule with the one field that it is about."""
        text = self.say(**values)
        return BusinessRefusal(text, code=self.code, errors=[FieldError(field, self.code, text)])

    def say(self, **values: object) -> str:
        """The text. Raises ``KeyError`` for a value that it lacks."""
        return self.text.format_map(values)


class FieldRule:
    """A rule that a field breaks, with its sentence in Portuguese: ``ABOVE_ASSET_VALUE.at("down_payment")``."""

    __slots__ = ("rule", "text")

    def __init__(self, rule: str, text: str) -> None:
        self.rule = rule
        self.text = text

    def at(self, field: str, **values: object) -> FieldError:
        return FieldError(field, self.rule, self.text.format_map(values))


NO_SUCH_FILE = Refusal(NotFound, "not_found", "Este arquivo não existe.")
NO_SUCH_STORE = Refusal(NotFound, "not_found", "Esta loja não existe.")
STORE_INACTIVE = Refusal(
    Conflict, "store_inactive", "Esta loja está desativada: não recebe novas simulações e propostas."
)
FOREIGN_STORE = Refusal(Forbidden, "forbidden", "Esta loja não pertence a quem chama.")
IN_PROGRESS = Refusal(
    Conflict, "in_progress", "Uma requisição com a mesma Idempotency-Key está sendo atendida; repita-a."
)
KEY_REUSED = Refusal(Conflict, "idempotency_key_reused", "Esta Idempotency-Key já foi usada com outra requisição.")
TOKEN_EXPIRED = Refusal(Unauthorized, "token_expired", "O token expirou; faça login de novo.")
STORE_REQUIRED = FieldRule("required", "Envie o cabeçalho Store-Id: este parceiro não tem exatamente uma loja.")
