"""Joins the refreshing of tokens to its adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.bureaus.wiring import open_bureaus, open_keeper, open_setup_store, open_token_store, wait_for
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.bureaus.tokens.refreshing import TokenRefresh


@cache
def open_refresh() -> TokenRefresh:
    from lastro.bureaus.tokens.refreshing import TokenRefresh

    return TokenRefresh(open_token_store(), open_setup_store(), open_bureaus(), open_keeper(), CLOCK, wait_for)
