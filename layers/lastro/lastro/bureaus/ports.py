"""What the context asks of the outside: a bureau that logs in, answers an inquiry and may be asked what it did.

The result's types are in ``report.py``, the reasons of failures in ``reasons.py``, the facts of each provider (what it
can do, what it needs) in ``catalogue.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from lastro.bureaus.providers.catalogue import Person
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document
from lastro.kernel.errors import Permanent, Retryable, Unknown

if TYPE_CHECKING:
    from lastro.bureaus.reports.report import InquiryReport

__all__ = [
    "Attachment",
    "Bureau",
    "BureauToken",
    "BureauUnavailable",
    "CodeKind",
    "Environment",
    "InquiryRequest",
    "InquiryUnknown",
    "Product",
    "RawAnswer",
    "RefusedByBureau",
    "RestrictionCode",
    "RevokedToken",
    "SlowDown",
]


@dataclass(frozen=True)
class BureauToken:
    """An access token and the aware moment it expires, never more than an hour after the login."""

    value: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class InquiryRequest:
    """One paid query. ``key`` names the act; ``report`` and ``features`` are the provider's own names.

    ``parameters`` are report parameters by name (Serasa). ``federal_unit``, ``zip_code`` and ``phone_number`` go to
    providers that ask for them. ``requester`` is an opaque id of who asked, never a name.
    """

    key: str
    document: Document
    report: str
    features: tuple[str, ...] = ()
    requester: str | None = None
    federal_unit: str | None = None
    zip_code: str | None = field(default=None, repr=False)
    phone_number: str | None = field(default=None, repr=False)
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Attachment:
    """A file made for a person's eyes: ``application/pdf`` or ``text/html``."""

    content_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class RawAnswer:
    """What the bureau answered, byte for byte, and the file inside it when there is one."""

    content_type: str
    body: bytes = field(repr=False)
    http_status: int = 200
    attachment: Attachment | None = None


class CodeKind(StrEnum):
    """What a restriction code is for."""

    INCLUSION = "inclusion"
    REMOVAL = "removal"


@dataclass(frozen=True)
class RestrictionCode:
    """A code of the provider's list; ``person`` is ``None`` when it serves both."""

    code: str
    description: str
    kind: CodeKind
    person: Person | None = None


@dataclass(frozen=True)
class Product:
    """A report on offer: its code, its name, who it is about (``None``: anyone) and its optional add-ons."""

    code: str
    name: str
    person: Person | None = None
    features: tuple[str, ...] = ()


class RefusedByBureau(Permanent):
    """The bureau will not answer this as asked, or answered what cannot be read; ``raw`` keeps its answer."""

    def __init__(self, detail: str, *, code: BureauReason, raw: RawAnswer | None = None) -> None:
        super().__init__(detail, code=code)
        self.raw = raw


class BureauUnavailable(Retryable):
    """The bureau cannot be reached or cannot work now; nothing was done. ``raw`` keeps its answer, if any."""

    def __init__(
        self, detail: str, *, code: BureauReason = BureauReason.UNAVAILABLE, raw: RawAnswer | None = None
    ) -> None:
        super().__init__(detail, code=code)
        self.raw = raw


class RevokedToken(BureauUnavailable):
    """The token is no longer good. Log in once and ask again; a second time in a row the credential is to blame."""

    def __init__(self, detail: str, *, raw: RawAnswer | None = None) -> None:
        super().__init__(detail, code=BureauReason.REVOKED, raw=raw)


class SlowDown(BureauUnavailable):
    """Too many calls at once: no failure of the bureau. Ask again after ``retry_after`` seconds."""

    def __init__(self, detail: str, *, retry_after: int, raw: RawAnswer | None = None) -> None:
        super().__init__(detail, code=BureauReason.BUSY, raw=raw)
        self.retry_after = retry_after


class InquiryUnknown(Unknown):
    """The inquiry may have been made, and charged.

    Where the provider can be asked (``facts.finds_inquiries``), ``find_inquiry`` tells; elsewhere a person has to
    decide on a repeat: it must never happen silently.
    """

    def __init__(self, detail: str, *, code: BureauReason = BureauReason.TIMEOUT, raw: RawAnswer | None = None) -> None:
        super().__init__(detail, code=code)
        self.raw = raw


class Bureau(Protocol):
    """One provider, reached with one integration's credentials in one environment.

    Every method may raise ``BureauUnavailable`` (or its ``RevokedToken`` and ``SlowDown``), ``RefusedByBureau`` and,
    where it acts, ``InquiryUnknown``; their ``code`` is a ``BureauReason``. An operation the provider does not have
    raises ``RefusedByBureau`` (``unsupported_by_bureau``); ``catalogue.BUREAUS`` tells beforehand. ``token`` is
    ``None`` for providers without tokens (``facts.uses_tokens``).
    """

    provider: str
    environment: Environment

    async def login(self) -> BureauToken:
        """Buy a token with the integration's credentials."""
        ...

    async def inquire(self, request: InquiryRequest, token: BureauToken | None) -> tuple[RawAnswer, InquiryReport]:
        """Make the inquiry, which the provider charges: never repeated in here."""
        ...

    async def find_inquiry(
        self, request: InquiryRequest, token: BureauToken | None
    ) -> tuple[RawAnswer, InquiryReport] | None:
        """Look up by ``request.key`` what an earlier ``inquire`` led to; ``None`` when the provider never saw it.

        Raises ``BureauUnavailable`` (``bureau_inquiry_pending``) while the provider still works on it.
        """
        ...

    async def list_reports(self, token: BureauToken | None) -> tuple[Product, ...]:
        """The reports the provider offers this integration."""
        ...

    async def list_codes(self, token: BureauToken | None) -> tuple[RestrictionCode, ...]:
        """The provider's restriction codes."""
        ...

    async def check_credential(self, name: str) -> None:
        """Try one secret of the integration by its field's name, free of charge.

        Returns when the provider accepts it; raises ``RefusedByBureau`` (``invalid_bureau_credentials``) when not.
        """
        ...
