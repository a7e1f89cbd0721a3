"""Joins the use cases of webhooks to their adapters, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import find_setting, read_setting
from lastro.kernel.calendar import CLOCK
from lastro.webhooks.store import WebhookStore

if TYPE_CHECKING:
    from lastro.aws.queue import Queue
    from lastro.aws.secrets import Secrets
    from lastro.webhooks.callbacks.addresses import AddressRule
    from lastro.webhooks.callbacks.configuration import CallbackReading, CallbackSettings
    from lastro.webhooks.callbacks.signing import SigningSecrets
    from lastro.webhooks.deliveries.delivering import Delivering
    from lastro.webhooks.deliveries.reading import DeliveryReading, Resending
    from lastro.webhooks.deliveries.sweep import DeliverySweep
    from lastro.webhooks.receivers.store import ReceiverStore
    from lastro.webhooks.service import Notices


@cache
def _store() -> WebhookStore:
    return WebhookStore(Table())


@cache
def _receivers() -> ReceiverStore:
    from lastro.webhooks.receivers.store import ReceiverStore

    return ReceiverStore(Table())


@cache
def open_queue() -> Queue:
    """The queue of deliveries."""
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_DELIVERIES_QUEUE_URL"))


@cache
def _vault() -> Secrets:
    from lastro.aws.secrets import Secrets

    return Secrets(read_setting("LASTRO_SECRETS_PREFIX"))


def address_rule() -> AddressRule:
    """Loopback may be called only where the template says that the stack runs on a developer's machine."""
    from lastro.webhooks.callbacks.addresses import AddressRule

    return AddressRule(loopback=find_setting("LASTRO_LOOPBACK_CALLBACKS") == "allowed")


@cache
def open_callback() -> CallbackReading:
    """What a partner may see of its callback."""
    from lastro.webhooks.callbacks.configuration import CallbackReading

    return CallbackReading(_store(), _receivers())


@cache
def open_settings() -> CallbackSettings:
    """Changes of a partner's callback."""
    from lastro.webhooks.callbacks.configuration import CallbackSettings
    from lastro.webhooks.deliveries.resolver import resolve_host

    return CallbackSettings(_store(), _vault(), resolve_host, address_rule(), CLOCK)


@cache
def open_signing() -> SigningSecrets:
    """A partner's signing secret."""
    from secrets import token_bytes

    from lastro.webhooks.callbacks.signing import SigningSecrets

    return SigningSecrets(_store(), _vault(), CLOCK, token_bytes)


@cache
def open_notices() -> Notices:
    """Telling partners something."""
    from lastro.webhooks.service import Notices

    return Notices(_store(), _store(), open_queue())


@cache
def open_delivering() -> Delivering:
    """The queue consumer with its one HTTP client."""
    from lastro.webhooks.deliveries.delivering import Delivering
    from lastro.webhooks.deliveries.resolver import resolve_host
    from lastro.webhooks.deliveries.sender import NoticeSender
    from lastro.webhooks.receivers.turns import Turns

    sender = NoticeSender(resolve_host, address_rule())
    turns = Turns(_receivers(), CLOCK)
    return Delivering(_store(), _store(), turns, _vault(), open_signing(), sender, open_queue(), CLOCK)


@cache
def open_reading() -> DeliveryReading:
    """A partner's deliveries."""
    from lastro.webhooks.deliveries.reading import DeliveryReading

    return DeliveryReading(_store())


@cache
def open_resending() -> Resending:
    """Sending a delivery again."""
    from lastro.webhooks.deliveries.reading import Resending

    return Resending(_store(), open_queue(), CLOCK)


@cache
def open_sweep() -> DeliverySweep:
    """The sweep of owed tries."""
    from lastro.webhooks.deliveries.sweep import DeliverySweep

    return DeliverySweep(_store(), open_queue(), CLOCK)
