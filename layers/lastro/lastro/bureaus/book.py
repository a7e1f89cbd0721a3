"""What the bureau use cases ask of the outside: books of set-ups, inquiries and tokens, vaults, an archive, a queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    # Every function imports this module, few need what its methods give.
    from lastro.bureaus.model import Branch, Inquiry, Integration, Leftover, Settings, Setup
    from lastro.bureaus.orders.repeats import LastInquiry
    from lastro.bureaus.ports import Bureau, BureauToken, Product, RestrictionCode
    from lastro.bureaus.providers.environment import Environment
    from lastro.kernel.attempt import Answered, Attempt
    from lastro.kernel.documents import Document


MAX_LINKS = 90
"""Links of an integration that go with it in one transaction."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A provider's restriction codes and reports, as last pulled; ``refreshed_at`` is UTC, ISO 8601."""

    codes: tuple[RestrictionCode, ...]
    products: tuple[Product, ...]
    refreshed_at: str


class AttemptBook(Protocol):
    """First answers to requests with an ``Idempotency-Key``, and access requests."""

    def find_answer(self, attempt: Attempt | None, now: datetime) -> str | None:
        """Raises ``Conflict`` when the attempt's key came with another request."""
        ...

    def keep_answer(self, answered: Answered | None) -> bool:
        """Keep an answer; false when a request with the same key was first."""
        ...

    def put_access(
        self,
        partner_id: str,
        document: Document,
        request_id: str,
        requested_by: str,
        now: datetime,
        answered: Answered | None,
    ) -> bool:
        """Keep that an access request was answered; false when a request with the same key was first."""
        ...


class SetupBook(Protocol):
    """Branches, integrations and settings of every partner; reads that decide are consistent."""

    def find_setup(self, partner_id: str) -> Setup:
        """Everything a partner has configured, one query."""
        ...

    def find_answer(self, attempt: Attempt | None, now: datetime) -> str | None:
        """Raises ``Conflict`` when the attempt's key came with another request."""
        ...

    def reserve_id(self, kind: str) -> int: ...

    def put_settings(self, partner_id: str, settings: Settings) -> bool:
        """Put settings in the place of the version before them; false when that is no longer there."""
        ...

    def add_branch(self, partner_id: str, branch: Branch, answered: Answered | None) -> bool:
        """Keep a new branch with its idempotency record; false when another has the CNPJ, or the key, by now."""
        ...

    def replace_branch(self, partner_id: str, branch: Branch) -> bool:
        """Put a branch in the place of the version before it; false when that is no longer there."""
        ...

    def remove_branch(self, partner_id: str, branch: Branch) -> bool:
        """False when the branch is no longer of this version."""
        ...

    def link(self, partner_id: str, branch: Branch, integration: Integration, moment: str) -> bool:
        """Let a branch without an integration have this one; false when it has one by now or either is gone."""
        ...

    def unlink(self, partner_id: str, branch: Branch, integration_id: int, moment: str) -> bool:
        """False when the branch is no longer linked to this integration."""
        ...

    def add_integration(self, partner_id: str, integration: Integration, answered: Answered | None) -> bool:
        """Keep a new integration, link its branch to it and take away the note of its secrets, all or nothing.

        False when the branch has an integration by now, is gone, or a request with the same key was first.
        """
        ...

    def replace_integration(self, partner_id: str, integration: Integration) -> bool:
        """Put an integration in the place of the version before it; false when that is no longer there."""
        ...

    def remove_integration(
        self, partner_id: str, integration: Integration, linked: Sequence[Branch], leftover: Leftover, moment: str
    ) -> bool:
        """Remove an integration and every link to it, noting its secrets; false when something changed meanwhile.

        At most ``MAX_LINKS`` of ``linked``: a transaction holds no more.
        """
        ...

    def note_leftover(self, partner_id: str, leftover: Leftover) -> None:
        """Say which secrets will be in the vault without an integration; ``add_integration`` takes the note away."""
        ...

    def drop_leftover(self, partner_id: str, integration_id: int) -> None:
        """Take the note away: the secrets are gone."""
        ...

    def find_codes(self, integration_ids: Sequence[int]) -> Mapping[int, CodeList]: ...

    def put_codes(self, integration_id: int, codes: CodeList) -> None: ...


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before an inquiry: an earlier answer to the same attempt, the newest inquiry of the same question."""

    first_answer: str | None
    last: LastInquiry | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An inquiry as the index of all inquiries holds it: enough for the report's filters and totals."""

    id: str
    created_at: str
    integration_id: int
    report: str
    branch_id: int
    requester: str
    status: str
    billed: bool
    cost: int
    store_id: int | None
    place: str
    """Where the entry lies in the index; the cursor of the entries after it."""


class InquiryBook(Protocol):
    """Inquiries of every partner."""

    def look_before(self, draft: Inquiry, attempt: Attempt | None, now: datetime) -> Before:
        """What stands before a drafted inquiry: one round trip.

        Raises ``Conflict`` when the attempt's key came with another request.
        """
        ...

    def add(self, inquiry: Inquiry, last: LastInquiry | None, answered: Answered | None) -> bool:
        """Keep a new inquiry with everything that leads to it; false when another came in between."""
        ...

    def find(self, inquiry_id: str) -> Inquiry | None: ...

    def find_many(self, inquiry_ids: Sequence[str]) -> list[Inquiry]:
        """Those that exist, in the order asked for."""
        ...

    def change(self, before: Inquiry, after: Inquiry, packed: bytes | None = None) -> bool:
        """Put ``after`` in the place of ``before``, with its packed report; false when ``before`` is no longer there.

        Raises ``Retryable`` when another transaction stood in the way.
        """
        ...

    def find_reports(self, inquiry_ids: Sequence[str]) -> Mapping[str, bytes]:
        """The packed reports that are kept, by inquiry: one round trip."""
        ...

    def list_open(self, before: str) -> Iterator[str]:
        """Ids of inquiries with something still to be done, created at or before an ISO moment, oldest first."""
        ...

    def list_log(self, partner_id: str, *, since: str, until: str, after: str = "") -> Iterator[LogEntry]:
        """A partner's inquiries between two ISO moments, newest first; ``after`` is the place of an earlier entry."""
        ...

    def list_of_document(self, partner_id: str, document: Document, *, since: str, limit: int) -> list[str]:
        """Ids of a document's inquiries, newest first: each since an ISO moment, older ones up to ``limit`` in all."""
        ...

    def list_of_subject(
        self, partner_id: str, kind: str, subject_id: str, *, after: str, limit: int
    ) -> list[tuple[str, str]]:
        """(place, id) of a subject's inquiries, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """What the table knows of a credential's token: never the token. Moments in milliseconds, 0 for never.

    ``lease_until`` while somebody logs in; ``failed_at`` and ``failure`` of the last login when it failed.
    """

    credential: str
    partner_id: str
    integration_id: int
    version: int = 0
    expires_at: int = 0
    refresh_at: int = 0
    lease_until: int = 0
    failed_at: int = 0
    failure: str = ""
    updated_at: str | None = None


@dataclass(frozen=True, slots=True)
class HeldToken:
    """A token with the number of the login it came from: a later login has a higher one."""

    version: int
    token: BureauToken = field(repr=False)


class TokenBook(Protocol):
    """Records of tokens: who may log in, and until when what they got is good."""

    def find(self, credential: str) -> TokenRecord | None: ...

    def find_many(self, credentials: Sequence[str]) -> Mapping[str, TokenRecord]: ...

    def claim(self, claimed: TokenRecord, seen: TokenRecord | None) -> bool:
        """Take the right to log in, if the record is still as ``seen``: its expiry, its login and its lease."""
        ...

    def put_renewed(self, claimed: TokenRecord, renewed: TokenRecord) -> bool:
        """Store what a login gave, if the claim still stands."""
        ...

    def put_failed(self, claimed: TokenRecord, failed: TokenRecord) -> bool:
        """Give a claim back after a login that failed, if the claim still stands."""
        ...

    def list_due(self, before: datetime) -> Iterator[TokenRecord]:
        """Records to be refreshed by a moment, the most urgent first."""
        ...

    def retire(self, record: TokenRecord) -> None:
        """Refresh this one no more until somebody uses it again."""
        ...


class TokenVault(Protocol):
    """Where token values are, read afresh each time."""

    def read(self, credential: str) -> HeldToken | None: ...

    def store(self, credential: str, held: HeldToken) -> None: ...


class SecretVault(Protocol):
    """Where the secrets of integrations go in. Only :class:`Bureaus` reads them back."""

    def store(self, integration_id: int, environment: Environment, name: str, value: str) -> None: ...

    def remove(self, integration_id: int, names: Sequence[str]) -> None:
        """Of both environments."""
        ...


class Bureaus(Protocol):
    """The way from an integration to its bureau."""

    def open(self, integration: Integration) -> Bureau:
        """The bureau with the integration's current secrets. Raises ``RefusedByBureau`` when one is absent."""
        ...

    def open_with(self, integration: Integration, replaced: Mapping[str, str]) -> Bureau:
        """The same with some secrets that are not stored yet."""
        ...

    def forget(self, integration: Integration) -> None:
        """Read its secrets afresh next time: the bureau refused them."""
        ...


class Archive(Protocol):
    """Raw answers and files, private and encrypted."""

    def put(self, name: str, content: bytes, media_type: str) -> str:
        """The version that is kept now. Raises ``Retryable``."""
        ...

    def link(self, name: str, *, seconds: int = 900, save_as: str = "", media_type: str = "") -> str:
        """An address that gives the file to whoever has it, for so many seconds."""
        ...


class MessageQueue(Protocol):
    """Where inquiries wait for the consumer."""

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        """Raises ``Retryable``."""
        ...
