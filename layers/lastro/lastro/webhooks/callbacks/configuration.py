"""A partner's callback: put, shown and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.webhooks.callbacks.addresses import AddressRule
from lastro.webhooks.callbacks.model import AuthenticationModel, Callback, callback_secret, secret_name
from lastro.webhooks.deliveries.resolver import Resolve
from lastro.webhooks.errors import CALLBACK_CHANGED, CALLBACK_NOT_FOUND
from lastro.webhooks.receivers.model import name_callback
from lastro.webhooks.requests import PutCallback
from lastro.webhooks.views import CallbackView

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets
    from lastro.webhooks.receivers.store import ReceiverStore
    from lastro.webhooks.store import WebhookStore


@dataclass(frozen=True)
class CallbackReading:
    """Shows a partner's callback; opens no vault."""

    store: WebhookStore
    receivers: ReceiverStore

    def show(self, caller: Caller) -> CallbackView:
        """The partner's callback without anything secret. Raises ``NotFound`` when none was put."""
        callback = self.store.find_callback(caller.partner_id)
        if callback is None:
            raise CALLBACK_NOT_FOUND()
        receiver = self.receivers.find(caller.partner_id, name_callback(callback))
        return _view(callback).model_copy(
            update={
                "failing_since": format_moment(receiver.failing_since) if receiver.failing_since else None,
                "paused_until": format_moment(receiver.paused_until) if receiver.paused_until else None,
            }
        )


@dataclass(frozen=True)
class CallbackSettings:
    """Puts and deletes a partner's callback."""

    store: WebhookStore
    vault: Secrets
    resolve: Resolve
    rule: AddressRule
    clock: Clock

    def put(self, request: PutCallback, caller: Caller) -> CallbackView:
        """Keep where a partner's notices go; a repeat replaces it, and switches on what was switched off.

        The vault is written first, whole: whoever sends reads address, model and secret together, in the version that
        the table names. So the table's one write decides between two at once: what it shows is what is called. Raises
        ``AddressRefused`` (``BusinessRefusal``) for an address that must not be called.
        """
        address = self.rule.parse(request.url)
        if address.ip is None:
            self.rule.admit(self.resolve(address.host))
        base = address.shown
        query = address.target.partition("?")[2]
        now = self.clock.now()
        model = AuthenticationModel(request.authentication.type)
        secret = callback_secret(base, model, query, request.authentication.secret_fields())
        version = self.vault.store(secret_name(caller.partner_id), {**secret, "updated_at": format_moment(now)})
        callback = Callback(caller.partner_id, base, model, bool(query), now, secret_version=version)
        self.store.put_callback(callback)
        return _view(callback)

    def delete(self, caller: Caller) -> None:
        """Forget where a partner's notices go, and wipe what they authenticated with.

        Raises ``NotFound`` when none was put and ``Conflict`` when another was put at the same moment.
        """
        callback = self.store.find_callback(caller.partner_id)
        if callback is None:
            raise CALLBACK_NOT_FOUND()
        if not self.store.remove_callback(callback):
            raise CALLBACK_CHANGED()
        # Emptied, not removed: a vault keeps the name of a removed secret for days, and a new callback needs it. One
        # that is put meanwhile has a version of its own.
        self.vault.store(secret_name(caller.partner_id), {})


def _view(callback: Callback) -> CallbackView:
    return CallbackView(
        url=callback.base + ("?***" if callback.has_query else ""),
        authentication=callback.model,
        updated_at=format_moment(callback.updated_at),
        active=callback.active,
        disabled_at=format_moment(callback.disabled_at),
        disabled_reason=callback.disabled_reason,
    )
