"""People who work with the panel: whose they are, what they see and what they are called. Pure."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from lastro.kernel.callers.caller import Binding, Panel
from lastro.kernel.callers.jobs import Job
from lastro.kernel.dataclass import dataclass

PASSWORD_BYTES = 15
"""Random bytes of a first password."""

_PANELS = {Job.BROKER: Panel.BROKER, Job.AGENCY: Panel.AGENCY}
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
MOST_EMAIL = 254
MOST_WRONG = 4
"""Passwords that one source may tell wrong of one address until it was quiet: the pool shuts out whoever has five
(docs/sources.md), and an outsider is to shut out nobody."""
QUIET = 960
"""Seconds without another try after which they are forgotten. The pool forgets after fifteen minutes, which begin with
the last wrong password, however long it took until it was told it: windows of the clock would let through the last of
one and the first of the next, and a try now and then for ever.
"""
MOST_WRONG_TOGETHER = 8
"""Of all sources together from which the address was never logged in, and of all those from which it was: each further
wrong password makes the pool shut the person out for twice as long, after the eighth for eight seconds. Where it was
logged in before it gets in, whatever is tried elsewhere.
"""
KNOWN = 90 * 86_400
"""Seconds for which a source is one from which an address was logged in."""


@dataclass(frozen=True)
class Try:
    """A password that is about to be told to the pool: the names under which it was counted, or, where one of them has
    had its tries, the seconds until it has others.
    """

    counted: tuple[str, ...] = ()
    wait: int = 0


@dataclass(frozen=True)
class StaffMember:
    """A person of a partner. ``store_ids``: the only stores there are for it, ``None`` for all of the partner's.

    ``number`` is what the public client knows the person by.
    """

    id: str
    number: int
    partner_id: str
    name: str
    email: str
    job: Job
    created_at: datetime
    store_ids: tuple[int, ...] | None = None
    disabled_at: datetime | None = None

    @property
    def binding(self) -> Binding:
        """What its calls are bound to; brokers and agencies see their own panel alone."""
        return Binding(self.store_ids, _PANELS.get(self.job))

    def sees_any(self, store_ids: Collection[int]) -> bool:
        """Whether one of these stores is among those it sees."""
        return self.store_ids is None or any(store_id in store_ids for store_id in self.store_ids)


def read_email(text: str) -> str:
    """An address as logins know it: in small letters. Raises ``ValueError`` for what is none."""
    email = text.strip().lower()
    if len(email) > MOST_EMAIL or not _EMAIL.fullmatch(email):
        raise ValueError("this is no e-mail address")
    return email


def digest_email(email: str) -> str:
    """What a login is found under."""
    return sha256(email.encode()).hexdigest()


def spell_password(random: bytes) -> str:
    """A first password out of random bytes: letters of both cases, a digit and a sign, whatever the bytes are."""
    return f"Aa1-{urlsafe_b64encode(random).decode().rstrip('=')}"
