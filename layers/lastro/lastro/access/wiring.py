"""Joins access to the table and the vault, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.access.store import AccessStore
from lastro.aws.dynamodb.table import Table

if TYPE_CHECKING:
    from lastro.access.clients.login import ClientLogin
    from lastro.access.identity import Identity
    from lastro.access.service import Access, BankCredentials
    from lastro.access.views import JsonWebKeySet
    from lastro.aws.signatures import SigningKey


@cache
def open_identity() -> Identity:
    """The authorizer's one question."""
    from lastro.access.clients.store import ClientStore
    from lastro.access.identity import Identity
    from lastro.kernel.calendar import CLOCK

    table = Table()
    return Identity(AccessStore(table), ClientStore(table), _signing_key(), CLOCK)


@cache
def open_client_login() -> ClientLogin:
    """Tokens for clients."""
    from lastro.access.clients.login import ClientLogin
    from lastro.access.clients.store import ClientStore
    from lastro.kernel.calendar import CLOCK

    return ClientLogin(ClientStore(Table()), _signing_key(), CLOCK)


def read_key_set() -> JsonWebKeySet:
    """What tokens are verified with, published."""
    from lastro.access.clients.jwks import key_set

    key = _signing_key()
    return key_set(key.public_key(), key.key_id)


@cache
def _signing_key() -> SigningKey:
    from lastro.aws.settings import read_setting
    from lastro.aws.signatures import SigningKey

    return SigningKey(read_setting("LASTRO_TOKEN_KEY"))


@cache
def open_access() -> Access:
    """What a partner sees of itself."""
    from lastro.access.service import Access

    return Access(AccessStore(Table()))


@cache
def open_bank_credentials() -> BankCredentials:
    """Handing in bank credentials."""
    from lastro.access.service import BankCredentials
    from lastro.aws.secrets import Secrets
    from lastro.aws.settings import read_setting
    from lastro.kernel.calendar import CLOCK

    return BankCredentials(AccessStore(Table()), Secrets(read_setting("LASTRO_SECRETS_PREFIX")), CLOCK)
