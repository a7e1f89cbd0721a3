"""The failures every bureau shares, as members of the error tree. ``code`` is always a ``BureauReason``.

Details name places and codes only: a bureau's own text may repeat personal data, so none of it is carried over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RawAnswer, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.reasons import BureauReason
from lastro.vendors.kit.tables import Row, row_of

Meaning = TypeVar("Meaning")
Failure = BureauUnavailable | InquiryUnknown | RefusedByBureau


def forbidden_host() -> RefusedByBureau:
    """The address does not belong to the integration's environment."""
    return RefusedByBureau("the bureau's address is not of this environment", code=BureauReason.FORBIDDEN_HOST)


def unsupported(operation: str) -> RefusedByBureau:
    """The provider has no such operation."""
    return RefusedByBureau(f"the provider has no {operation}", code=BureauReason.UNSUPPORTED)


def unreadable(place: str, expected: str) -> RefusedByBureau:
    """The bureau answered something that its own format does not hold."""
    return RefusedByBureau(f"bureau answer: {place} should be {expected}", code=BureauReason.UNREADABLE)


def rejected_credentials(raw: RawAnswer | None = None) -> RefusedByBureau:
    return RefusedByBureau("the bureau refused the credential", code=BureauReason.INVALID_CREDENTIALS, raw=raw)


def unclear(raw: RawAnswer, *, acts: bool) -> InquiryUnknown | BureauUnavailable:
    """An answer that the bureau's contract does not hold: a key in use, a gateway's page, a status without a word.

    It says nothing of a paid question, which may have been answered and charged; any other is asked again.
    """
    detail = f"the bureau answered status {raw.http_status} without a word of its contract"
    if acts:
        return InquiryUnknown(detail, code=BureauReason.UNCLEAR, raw=raw)
    return BureauUnavailable(detail, raw=raw)


def failure_of(
    rows: Iterable[Row[BureauReason]],
    raw: RawAnswer,
    *,
    acts: bool,
    code: str | None = None,
    text: str = "",
    pause: int = 0,
) -> Failure:
    """What an answer stands for by the table of its bureau; ``acts``: to a paid question.

    ``pause`` is how many seconds a bureau that slows down is left alone.
    """
    row = row_of(rows, raw.http_status, code=code, text=text)
    if row is None:
        return unclear(raw, acts=acts)
    # A code is repeated where it is the table's own.
    told = f"status {raw.http_status}" + (f" with {code}" if row.codes else "")
    return failure_of_reason(row.meaning, f"the bureau answered {told}", raw, pause=pause)


def failure_of_reason(reason: BureauReason, detail: str, raw: RawAnswer | None = None, *, pause: int = 0) -> Failure:
    """What a documented word says that stands for ``reason``."""
    match reason:
        case BureauReason.REVOKED:
            return RevokedToken(detail, raw=raw)
        case BureauReason.BUSY:
            return SlowDown(detail, retry_after=pause, raw=raw)
        case BureauReason.UNAVAILABLE | BureauReason.PROCESSING:
            return BureauUnavailable(detail, code=reason, raw=raw)
        case _:
            return RefusedByBureau(detail, code=reason, raw=raw)


def understood(raw: RawAnswer, read: Callable[[], Meaning]) -> Meaning:
    """What ``read`` makes of the answer; a failure it raises carries ``raw`` along."""
    try:
        return read()
    except (RefusedByBureau, BureauUnavailable, InquiryUnknown) as error:
        error.raw = error.raw or raw
        raise
