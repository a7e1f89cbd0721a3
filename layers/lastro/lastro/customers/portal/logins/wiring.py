"""Joins logins to their stores, carriers and pool, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import read_setting
from lastro.customers.portal.logins.store import LoginStore
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.aws.pools.user_pool import UserPool
    from lastro.aws.secrets import Secrets
    from lastro.customers.portal.logins.asking import Asking
    from lastro.customers.portal.logins.confirming import Confirming, Leaving, Proofs
    from lastro.customers.portal.logins.ports import Notifier
    from lastro.customers.portal.logins.sending import Sending
    from lastro.customers.portal.logins.sessions import PageSessions
    from lastro.customers.portal.people.ending import Ending
    from lastro.customers.portal.store import PortalStore

_KEY = "portal/codes"


@cache
def open_asking() -> Asking:
    from uuid import uuid4

    from lastro.aws.queue import Queue
    from lastro.customers.portal.logins.asking import Asking

    return Asking(LoginStore(Table()), Queue(read_setting("LASTRO_CODES_QUEUE_URL")), CLOCK, uuid4)


@cache
def open_sending() -> Sending:
    from lastro.aws.notifiers import SesMail, SnsText
    from lastro.customers.portal.logins.model import Channel, draw_code
    from lastro.customers.portal.logins.sending import Sending

    notifiers: dict[Channel, Notifier] = {
        Channel.EMAIL: SesMail(read_setting("LASTRO_PORTAL_SENDER")),
        Channel.SMS: SnsText(),
    }
    return Sending(LoginStore(Table()), _people(), notifiers, _make_key, CLOCK, draw_code)


@cache
def open_confirming() -> Confirming:
    from secrets import token_urlsafe

    from lastro.customers.portal.logins.confirming import Confirming

    return Confirming(LoginStore(Table()), _people(), open_pool(), _read_key, CLOCK, token_urlsafe)


@cache
def open_sessions() -> PageSessions:
    from lastro.customers.portal.logins.sessions import PageSessions

    return PageSessions(open_confirming())


@cache
def open_ending() -> Ending:
    from lastro.customers.portal.people.ending import Ending

    return Ending(_people(), open_pool(), CLOCK)


@cache
def open_leaving() -> Leaving:
    from lastro.customers.portal.logins.confirming import Leaving

    return Leaving(_people(), CLOCK)


@cache
def open_proofs() -> Proofs:
    from lastro.customers.portal.logins.confirming import Proofs

    return Proofs(LoginStore(Table()))


@cache
def open_pool() -> UserPool:
    """The user pool of the portal's people."""
    from lastro.aws.pools.user_pool import UserPool

    return UserPool(read_setting("LASTRO_PORTAL_POOL"), read_setting("LASTRO_PORTAL_CLIENT"))


@cache
def _people() -> PortalStore:
    from lastro.customers.portal.store import PortalStore

    return PortalStore(Table())


@cache
def _vault() -> Secrets:
    from lastro.aws.secrets import Secrets

    return Secrets(read_setting("LASTRO_SECRETS_PREFIX"))


def _read_key() -> bytes:
    """The key of digests. Before the first code was sent there is none, and nothing that it could match."""
    found = _vault().read(_KEY)
    return bytes.fromhex(found["key"]) if found else b""


@cache
def _make_key() -> bytes:
    """The same, made with the first code that is sent."""
    from secrets import token_hex

    if _vault().read(_KEY) is None:
        _vault().create(_KEY, {"key": token_hex(32)})
    return _read_key()
