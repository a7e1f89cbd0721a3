"""Errors of the calls about webhooks, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.errors import LastroError
from lastro.webhooks import errors as webhooks
from lastro.webhooks.callbacks.addresses import AddressRefused

WEBHOOKS: Mapping[str, tuple[LastroError, ...]] = {
    "put_callback": tuple(AddressRefused(fault) for fault in webhooks.AddressFault),
    "get_callback": (webhooks.CALLBACK_NOT_FOUND(),),
    "delete_callback": (webhooks.CALLBACK_NOT_FOUND(), webhooks.CALLBACK_CHANGED()),
    "rotate_signing_secret": (
        webhooks.ROTATION_BUSY(),
        webhooks.ROTATION_TOO_SOON(most=2, free_at="2026-11-04T12:00:00.000Z"),
    ),
    "resend_delivery": (webhooks.DELIVERY_NOT_FOUND(), webhooks.DELIVERY_BUSY()),
}
