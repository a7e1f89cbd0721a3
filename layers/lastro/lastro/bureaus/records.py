"""What the table and the vault tell of inquiries, tokens and providers, beside the models themselves."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    # Every function imports this module, few need what its methods give.
    from datetime import datetime

    from lastro.bureaus.model import InquiryStatus
    from lastro.bureaus.orders.repeats import LastInquiry
    from lastro.bureaus.ports import BureauToken, Product, RestrictionCode
    from lastro.kernel.callers.caller import Panel


MAX_LINKS = 90
"""Links of an integration that go with it in one transaction."""


@dataclass(frozen=True)
class CodeList:
    """A provider's restriction codes and reports, as last pulled."""

    codes: tuple[RestrictionCode, ...]
    products: tuple[Product, ...]
    refreshed_at: datetime


@dataclass(frozen=True)
class Before:
    """What stood before an inquiry: an earlier answer to the same request, the newest inquiry of the same question."""

    first_answer: str | None
    last: LastInquiry | None


@dataclass(frozen=True)
class LogEntry:
    """An inquiry as the index of all inquiries holds it: enough for the report's filters and totals.

    ``stored``: an earlier answer was given once more.
    """

    id: str
    created_at: datetime
    integration_id: int
    report: str
    branch_id: int
    requester: str
    status: InquiryStatus
    stored: bool
    billed: bool
    cost: int
    store_id: int | None
    panel: Panel
    place: str
    """Where the entry lies in the index; the cursor of the entries after it."""


@dataclass(frozen=True)
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
    updated_at: datetime | None = None


@dataclass(frozen=True)
class HeldToken:
    """A token with the number of the login it came from: a later login has a higher one."""

    version: int
    token: BureauToken = field(repr=False)
