"""Errors of the calls about access: stores, keys and sessions, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.access import errors as access
from lastro.kernel.errors import LastroError, TooManyRequests, Unauthorized

ACCESS: Mapping[str, tuple[LastroError, ...]] = {
    "list_integrated_banks": (access.STORE_GONE(),),
    "create_store": (access.NO_MORE_STORES(most=500), access.STORE_BUSY()),
    "activate_store": (access.STORE_GONE(), access.READ_ONLY()),
    "deactivate_store": (access.STORE_GONE(), access.READ_ONLY()),
    "link_store_banks": (access.STORE_GONE(), access.READ_ONLY(), access.STORE_BUSY()),
    "list_sellers": (access.PARTNER_GONE(), access.STORE_GONE()),
    "put_bank_credentials": (access.UNKNOWN_BANK(), access.STORE_GONE()),
    "get_current_user": (access.PARTNER_GONE(),),
    "create_api_key": (access.TOO_MANY_KEYS(most=100),),
    "create_client": (access.TOO_MANY_CLIENTS(most=100),),
    "revoke_client": (access.CLIENT_NOT_FOUND(),),
    "replace_api_key": (
        access.KEY_NOT_FOUND(),
        access.KEY_ENDED(),
        access.KEY_REPLACED(successor="7f3e9a52-6f0b-4c35-9d3a-0f7c2f8f5a11"),
        access.KEY_BUSY(),
    ),
    "revoke_api_key": (access.KEY_NOT_FOUND(), access.KEY_IN_USE()),
    "replace_client_secret": (
        access.CLIENT_NOT_FOUND(),
        access.CLIENT_ENDED(),
        access.SECRET_OVERLAPS(until="2026-11-04T12:00:00.000Z"),
        access.CLIENT_BUSY(),
    ),
    "end_client_secret": (
        access.CLIENT_NOT_FOUND(),
        access.CLIENT_ENDED(),
        access.SECRET_ALONE(),
        access.CLIENT_BUSY(),
    ),
    "create_token": (
        Unauthorized(access.INVALID_CLIENT.say(), code=access.INVALID_CLIENT.code),
        access.SCOPE_NOT_GRANTED(scopes="api-bu-caas"),
        TooManyRequests(access.TOO_MANY_FAILED_LOGINS.say(), retry_after=40, code=access.TOO_MANY_FAILED_LOGINS.code),
    ),
}
