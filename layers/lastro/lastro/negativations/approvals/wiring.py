"""Joins the settings of negative listings to their store, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.negativations.wiring import open_settings_store

if TYPE_CHECKING:
    from lastro.negativations.approvals.settings import ListingSettings


@cache
def open_listing_settings() -> ListingSettings:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.approvals.settings import ListingSettings

    return ListingSettings(open_settings_store(), open_partner_branches())
