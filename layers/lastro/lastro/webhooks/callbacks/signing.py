"""A partner's signing secrets: exchanged one at a time, and what was shown signs for its whole time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment, read_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.webhooks.callbacks.model import Rotation, signing_name
from lastro.webhooks.callbacks.signatures import SECRET_BYTES, spell_secret
from lastro.webhooks.errors import ROTATION_BUSY, ROTATION_TOO_SOON
from lastro.webhooks.requests import RotateSigningSecret
from lastro.webhooks.views import SigningSecretView

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets
    from lastro.webhooks.store import WebhookStore

OVERLAP = timedelta(hours=24)
"""How long notices carry a signature of a secret after it was replaced; as long a repeat shows the same secret."""

MAX_OVERLAPPING = 2
"""Replaced secrets that may sign at the same time; another exchange waits for the oldest."""

ROTATED_WITHIN_SECONDS = 5.0
"""By then every process signs with a new secret."""

LEASE = timedelta(seconds=60)
"""How long an exchange has the secrets to itself: longer than the function that makes it may live."""


@dataclass(frozen=True)
class SigningSecret:
    """One secret. ``name`` is a digest of the ``Idempotency-Key`` it was shown under, empty without one.

    The newest is not replaced.
    """

    secret: str
    made_at: datetime
    name: str = ""
    replaced_at: datetime | None = None

    def signs(self, now: datetime) -> bool:
        """Whether notices carry its signature."""
        return self.replaced_at is None or self.ends_at > now

    @property
    def ends_at(self) -> datetime:
        """When a replaced secret stops signing."""
        return (self.replaced_at or self.made_at) + OVERLAP

    def was_shown(self, name: str, now: datetime) -> bool:
        """Whether a repeat of the request it was made by is to be answered with it."""
        return bool(name) and self.name == name and self.made_at + OVERLAP > now


def exchange(known: Sequence[SigningSecret], fresh: SigningSecret) -> tuple[SigningSecret, ...]:
    """The secrets once ``fresh``, newest first, is one of them; those that sign no more are left out.

    Raises ``Conflict`` while as many replaced ones sign as may: none is cut short.
    """
    now = fresh.made_at
    signing = [each for each in known if each.signs(now)]
    if len(signing) > MAX_OVERLAPPING:
        free_at = format_moment(min(each.ends_at for each in signing if each.replaced_at))
        raise ROTATION_TOO_SOON(most=MAX_OVERLAPPING, free_at=free_at)
    replaced = [
        each if each.replaced_at else SigningSecret(each.secret, each.made_at, each.name, fresh.made_at)
        for each in signing
    ]
    return (fresh, *replaced)


@dataclass(frozen=True)
class SigningSecrets:
    """Hands out the secrets that notices are signed with. ``randomness`` gives so many random bytes."""

    store: WebhookStore
    vault: Secrets
    clock: Clock
    randomness: Callable[[int], bytes]

    def rotate(self, request: RotateSigningSecret, caller: Caller) -> SigningSecretView:
        """A new secret; those replaced within a day sign beside it. The same key again shows the same secret.

        One exchange at a time, so that nothing shown is lost: raises ``Conflict`` (``rotation_busy``) while another
        goes on, and ``rotation_too_soon`` while as many replaced secrets sign as may.
        """
        now = self.clock.now()
        name = _digest(request.idempotency_key)
        before = self.store.find_rotation(caller.partner_id)
        claimed = Rotation(before.version + 1 if before else 1, now + LEASE)
        if (before and before.lease_until and before.lease_until > now) or not self.store.put_rotation(
            caller.partner_id, claimed, before
        ):
            raise ROTATION_BUSY()
        try:
            return self._rotate(caller.partner_id, name, now)
        finally:
            self.store.put_rotation(caller.partner_id, Rotation(claimed.version + 1), claimed)

    def _rotate(self, partner_id: str, name: str, now: datetime) -> SigningSecretView:
        place = signing_name(partner_id)
        fresh = SigningSecret(self._make(), now, name)
        self.vault.forget(place)
        known = _read(self.vault.read(place))
        if not known:
            if self.vault.create(place, _spelt([fresh])):
                return _view([fresh], 0)
            # A notice was signed meanwhile, with a secret of its own.
            self.vault.forget(place)
            known = _read(self.vault.read(place))
        for position, each in enumerate(known):
            if each.was_shown(name, now):
                return _view(known, position)
        secrets = exchange(known, fresh)
        self.vault.store(place, _spelt(secrets))
        return _view(secrets, 0)

    def current(self, partner_id: str) -> list[str]:
        """The secrets to sign with now, newest first; a first one is made when there is none."""
        now = self.clock.now()
        place = signing_name(partner_id)
        known = _read(self.vault.read(place, seconds=ROTATED_WITHIN_SECONDS))
        if not known:
            first = SigningSecret(self._make(), now)
            if self.vault.create(place, _spelt([first])):
                return [first.secret]
            known = _read(self.vault.read(place, seconds=0.0))
        return [each.secret for each in known if each.signs(now)]

    def _make(self) -> str:
        return spell_secret(self.randomness(SECRET_BYTES))


def _digest(key: str | None) -> str:
    return hashlib.sha256(key.encode()).hexdigest() if key else ""


def _spelt(secrets: Sequence[SigningSecret]) -> dict[str, str]:
    return {"secrets": json.dumps([asdict(each) for each in secrets], default=format_moment)}


def _read(fields: dict[str, str] | None) -> list[SigningSecret]:
    return [
        SigningSecret(each["secret"], read_moment(each["made_at"]), each["name"], read_moment(each["replaced_at"]))
        for each in (json.loads(fields["secrets"]) if fields else [])
    ]


def _view(secrets: Sequence[SigningSecret], position: int) -> SigningSecretView:
    """A secret as it is shown, with the end of the one that it replaced."""
    before = secrets[position + 1] if position + 1 < len(secrets) else None
    return SigningSecretView(
        secret=secrets[position].secret, previous_valid_until=format_moment(before.ends_at) if before else None
    )
