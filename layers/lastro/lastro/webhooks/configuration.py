"""A partner's own settings: its callback and its signing secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lastro.calendar import Clock, format_moment
from lastro.caller import Caller
from lastro.errors import NotFound
from lastro.webhooks.book import CallbackBook
from lastro.webhooks.callbacks import (
    AuthenticationModel,
    Callback,
    callback_secret,
    secret_name,
    signing_name,
)
from lastro.webhooks.model import AddressRule
from lastro.webhooks.ports import Resolver, Vault
from lastro.webhooks.requests import PutCallback
from lastro.webhooks.signatures import SECRET_BYTES, spell_secret
from lastro.webhooks.views import CallbackView, SigningSecretView

OVERLAP = timedelta(hours=24)
"""How long notices carry a signature of the secret before as well."""
ROTATED_WITHIN_SECONDS = 5.0
"""By then every process signs with a new secret."""


@dataclass(frozen=True, slots=True)
class CallbackSettings:
    """Puts and shows a partner's callback."""

    book: CallbackBook
    vault: Vault
    resolver: Resolver
    rule: AddressRule
    clock: Clock

    def put(self, request: PutCallback, caller: Caller) -> CallbackView:
        """Keep where a partner's notices go; a repeat replaces it.

        The vault is written first, whole: whoever sends reads address, model and secret together. Raises
        ``AddressRefused`` (``BusinessRefusal``) for an address that must not be called.
        """
        address = self.rule.parse(request.url)
        if address.ip is None:
            self.rule.admit(self.resolver.resolve(address.host))
        base = address.shown
        query = address.target.partition("?")[2]
        moment = format_moment(self.clock.now())
        model = AuthenticationModel(request.authentication.type)
        secret = callback_secret(base, model, query, request.authentication.secret_fields())
        self.vault.store(secret_name(caller.partner_id), {**secret, "updated_at": moment})
        callback = Callback(caller.partner_id, base, model, bool(query), moment)
        self.book.put_callback(callback)
        return _view(callback)

    def show(self, caller: Caller) -> CallbackView:
        """The partner's callback without anything secret. Raises ``NotFound`` when none was put."""
        callback = self.book.find_callback(caller.partner_id)
        if callback is None:
            raise NotFound("No callback is configured.", code="callback_not_found")
        return _view(callback)


@dataclass(frozen=True, slots=True)
class SigningSecrets:
    """Hands out the secret that notices are signed with. ``randomness`` gives so many random bytes."""

    vault: Vault
    clock: Clock
    randomness: Callable[[int], bytes]

    def rotate(self, caller: Caller) -> SigningSecretView:
        """A new secret, answered this once. The one before signs beside it for 24 hours."""
        now = self.clock.now()
        name = signing_name(caller.partner_id)
        self.vault.forget(name)
        known = self.vault.read(name)
        secret = spell_secret(self.randomness(SECRET_BYTES))
        kept = {"current": secret}
        until = None
        if known:
            until = format_moment(now + OVERLAP)
            kept |= {"previous": known["current"], "previous_until": until}
        self.vault.store(name, kept)
        return SigningSecretView(secret=secret, previous_valid_until=until)

    def current(self, partner_id: str) -> list[str]:
        """The secrets to sign with now, newest first; a first one is made when there is none."""
        name = signing_name(partner_id)
        known = self.vault.read(name, seconds=ROTATED_WITHIN_SECONDS)
        if known is None:
            known = {"current": spell_secret(self.randomness(SECRET_BYTES))}
            self.vault.store(name, known)
        secrets = [known["current"]]
        if "previous" in known and datetime.fromisoformat(known["previous_until"]) > self.clock.now():
            secrets.append(known["previous"])
        return secrets


def _view(callback: Callback) -> CallbackView:
    return CallbackView(
        url=callback.base + ("?***" if callback.has_query else ""),
        authentication=callback.model,
        updated_at=callback.updated_at,
    )
