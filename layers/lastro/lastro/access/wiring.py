"""Joins access to the table and the vault, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.access.store import AccessStore
from lastro.aws.table import Table

if TYPE_CHECKING:
    from lastro.access.identity import Identity
    from lastro.access.service import Access, BankCredentials


@cache
def identity() -> Identity:
    """The authorizer's one question."""
    from lastro.access.identity import Identity

    return Identity(AccessStore(Table()))


@cache
def access() -> Access:
    """What a partner sees of itself."""
    from lastro.access.service import Access

    return Access(AccessStore(Table()))


@cache
def bank_credentials() -> BankCredentials:
    """Handing in bank credentials."""
    from lastro.access.service import BankCredentials
    from lastro.aws.secrets import Secrets
    from lastro.aws.settings import read_setting
    from lastro.calendar import SystemClock

    return BankCredentials(AccessStore(Table()), Secrets(read_setting("LASTRO_SECRETS_PREFIX")), SystemClock())
