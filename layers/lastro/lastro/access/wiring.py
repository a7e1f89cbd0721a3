"""Joins access to the table and the vault, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.access.store import AccessStore
from lastro.aws.dynamodb.table import Table

if TYPE_CHECKING:
    from lastro.access.calls.reading import RequestLog
    from lastro.access.calls.recording import Recorder
    from lastro.access.clients.login import ClientLogin
    from lastro.access.clients.replacing import ClientSecrets
    from lastro.access.credentials.creating import Credentials
    from lastro.access.credentials.replacing import ApiKeys
    from lastro.access.identity import Identity
    from lastro.access.pools.model import Pool
    from lastro.access.principals import Principals
    from lastro.access.service import Access, BankCredentials
    from lastro.access.staff.login import StaffLogin
    from lastro.access.staff.registration import Staff
    from lastro.access.stores.opening import Stores
    from lastro.access.users import Users
    from lastro.access.views import JsonWebKeySet
    from lastro.aws.pools.staff_pool import StaffPool
    from lastro.aws.signatures import SigningKey


@cache
def open_identity() -> Identity:
    """The authorizer's one question."""
    from lastro.access.clients.store import ClientStore
    from lastro.access.identity import Identity
    from lastro.access.staff.store import StaffStore
    from lastro.kernel.calendar import CLOCK

    table = Table()
    return Identity(AccessStore(table), ClientStore(table), _token_keys(), CLOCK, _pools(), StaffStore(table))


@cache
def _pools() -> tuple[Pool, ...]:
    """The user pools whose tokens are accepted; their keys are read with the first token."""
    from lastro.access.pools.model import Pool, Users
    from lastro.access.pools.signatures import read_key_set
    from lastro.aws.pools.published_keys import KeySet, issuer_of_pool, key_set_of
    from lastro.aws.settings import read_setting

    named = (
        (Users.PEOPLE, read_setting("LASTRO_PORTAL_POOL"), read_setting("LASTRO_PORTAL_CLIENT")),
        (Users.STAFF, read_setting("LASTRO_STAFF_POOL"), read_setting("LASTRO_STAFF_CLIENT")),
    )
    return tuple(
        Pool(users, issuer_of_pool(pool), client, KeySet(key_set_of(pool), read_key_set).find)
        for users, pool, client in named
    )


@cache
def open_staff_login() -> StaffLogin:
    """Logging in to the panel."""
    from lastro.access.staff.login import StaffLogin
    from lastro.access.staff.store import StaffStore
    from lastro.kernel.calendar import CLOCK

    return StaffLogin(StaffStore(Table()), _staff_pool(), CLOCK)


def open_staff() -> Staff:
    """What the operator does about people of the panel."""
    from secrets import token_bytes
    from uuid import uuid4

    from lastro.access.staff.registration import Staff
    from lastro.access.staff.store import StaffStore
    from lastro.kernel.calendar import CLOCK

    table = Table()
    return Staff(StaffStore(table), AccessStore(table), _staff_pool(), CLOCK, uuid4, token_bytes)


def _staff_pool() -> StaffPool:
    from lastro.aws.pools.staff_pool import StaffPool
    from lastro.aws.settings import read_setting

    return StaffPool(read_setting("LASTRO_STAFF_POOL"), read_setting("LASTRO_STAFF_CLIENT"))


@cache
def open_client_login() -> ClientLogin:
    """Tokens for clients."""
    from lastro.access.clients.login import ClientLogin
    from lastro.access.clients.store import ClientStore
    from lastro.kernel.calendar import CLOCK

    return ClientLogin(ClientStore(Table()), _token_keys()[0], CLOCK)


def read_key_set() -> JsonWebKeySet:
    """What tokens are verified with, published."""
    from lastro.access.clients.jwks import key_set

    return key_set({key.key_id: key.public_key() for key in _token_keys()})


@cache
def _token_keys() -> tuple[SigningKey, ...]:
    """The keys of tokens: the first one signs, each of them verifies and is published."""
    from lastro.aws.settings import read_setting
    from lastro.aws.signatures import SigningKey

    return tuple(map(SigningKey, read_setting("LASTRO_TOKEN_KEYS").split(",")))


@cache
def open_access() -> Access:
    """What a partner sees of itself."""
    from lastro.access.service import Access

    return Access(AccessStore(Table()))


@cache
def open_users() -> Users:
    """Who works for a partner."""
    from lastro.access.staff.store import StaffStore
    from lastro.access.users import Users

    table = Table()
    return Users(AccessStore(table), StaffStore(table))


@cache
def open_principals() -> Principals:
    """What those whom acts are kept under may do today."""
    from lastro.access.clients.store import ClientStore
    from lastro.access.principals import Principals
    from lastro.access.staff.store import StaffStore
    from lastro.kernel.calendar import CLOCK

    table = Table()
    return Principals(AccessStore(table), ClientStore(table), StaffStore(table), CLOCK)


@cache
def open_stores() -> Stores:
    """What a partner does with its own stores."""
    from lastro.access.stores.opening import Stores
    from lastro.access.stores.store import StoreRegister
    from lastro.kernel.calendar import CLOCK

    table = Table()
    return Stores(AccessStore(table), StoreRegister(table), CLOCK)


@cache
def open_bank_credentials() -> BankCredentials:
    """Handing in bank credentials."""
    from lastro.access.service import BankCredentials
    from lastro.aws.secrets import Secrets
    from lastro.aws.settings import read_setting
    from lastro.kernel.calendar import CLOCK

    return BankCredentials(AccessStore(Table()), Secrets(read_setting("LASTRO_SECRETS_PREFIX")), CLOCK)


@cache
def open_api_keys() -> ApiKeys:
    """A partner's own keys."""
    from secrets import token_bytes
    from uuid import uuid4

    from lastro.access.credentials.replacing import ApiKeys
    from lastro.kernel.calendar import CLOCK

    return ApiKeys(AccessStore(Table()), CLOCK, uuid4, token_bytes)


@cache
def open_credentials() -> Credentials:
    """Making keys and clients of a partner's own."""
    from secrets import token_bytes
    from uuid import uuid4

    from lastro.access.clients.store import ClientStore
    from lastro.access.credentials.creating import Credentials
    from lastro.kernel.calendar import CLOCK

    table = Table()
    return Credentials(AccessStore(table), ClientStore(table), CLOCK, uuid4, token_bytes)


@cache
def open_client_secrets() -> ClientSecrets:
    """The secrets of a partner's own clients."""
    from secrets import token_bytes

    from lastro.access.clients.replacing import ClientSecrets
    from lastro.access.clients.store import ClientStore
    from lastro.kernel.calendar import CLOCK

    return ClientSecrets(ClientStore(Table()), CLOCK, token_bytes)


@cache
def open_request_log() -> RequestLog:
    """A partner's own requests."""
    from lastro.access.calls.reading import RequestLog
    from lastro.access.calls.store import CallStore
    from lastro.kernel.calendar import CLOCK

    return RequestLog(CallStore(Table()), CLOCK)


@cache
def open_recorder() -> Recorder:
    """Keeps what the log tells of requests."""
    from lastro.access.calls.recording import Recorder
    from lastro.access.calls.store import CallStore

    return Recorder(CallStore(Table()))
