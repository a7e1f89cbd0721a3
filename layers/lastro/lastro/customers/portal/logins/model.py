"""A login to the portal by a code: what is kept of it, and when a code opens. Pure.

A login is asked for at an address of a partner, whether somebody is there or not: what is kept, what is read and what
is counted are the same. Source: docs/sources.md, customers' portal.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest, digest
from secrets import randbelow

from lastro.kernel.dataclass import dataclass

LIFETIME = timedelta(minutes=10)
TRIES = 5
CODES_A_DAY = 20
"""Of one address, counted as they are asked for, and of one person, counted as they are sent."""
CODES_FROM_A_SOURCE = 8
"""Of those of an address, by whoever asks from one place: nobody else uses up a person's codes of the day."""
CODES_ELSEWHERE = CODES_A_DAY - CODES_FROM_A_SOURCE
"""Of those of an address and of a person, from all places together where no code of the address was told rightly:
however many there are, one where it was told has codes left.
"""
KNOWN = timedelta(days=90)
"""How long a place stays one where a code of an address was told rightly."""
_DIGITS = 6


class Channel(StrEnum):
    """How a code is sent."""

    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True)
class Limit:
    """Of the codes of a day: under what name they are counted, how many there may be, and how many there were."""

    whose: str
    most: int
    had: int

    @property
    def is_reached(self) -> bool:
        return self.had >= self.most


@dataclass(frozen=True)
class Login:
    """What was asked for: ``address`` is a digest, and so is ``source``, from where it was asked for; whether a code of
    that address was told rightly there is ``known``. It knows nobody; whoever is there the sending finds out.
    """

    id: str
    partner_id: str
    channel: Channel
    address: str
    asked_at: datetime
    source: str = ""
    known: bool = False

    @property
    def expires_at(self) -> datetime:
        return self.asked_at + LIFETIME

    def is_over(self, now: datetime) -> bool:
        return now >= self.expires_at


@dataclass(frozen=True)
class StandingCode:
    """The one code that may stand at an address: of its last login, for ``person_id``, as a keyed digest.

    None was sent where ``digest`` is ``None``: nobody is there, or it is not sent yet.
    """

    login_id: str
    tries: int = 0
    digest: str | None = None
    person_id: str | None = None
    counted: bool = False


def draw_code() -> str:
    """Six digits that nobody can foretell."""
    return f"{randbelow(10**_DIGITS):0{_DIGITS}d}"


def digest_code(key: bytes, login_id: str, code: str) -> str:
    """A code as it is kept: of no use without the key, and of no other login."""
    return digest(key, f"{login_id}.{code}".encode(), "sha256").hex()


def matches(standing: StandingCode, sent: str) -> bool:
    """Whether what was sent is the standing code, both as digests, in the same time either way."""
    return compare_digest(standing.digest or "", sent) and standing.person_id is not None


def digest_proof(proof: str) -> str:
    """A proof (256 random bits) as it is kept."""
    return sha256(proof.encode()).hexdigest()
