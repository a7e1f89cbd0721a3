"""Joins access to the table and the vault, once per process and only what a function asks for."""

from __future__ import annotations

from functools import cache

from lastro.access.service import Access, BankCredentials
from lastro.access.store import AccessStore
from lastro.aws.secrets import Secrets
from lastro.aws.settings import read_setting
from lastro.aws.table import Table
from lastro.calendar import SystemClock


@cache
def access() -> Access:
    return Access(AccessStore(Table()))


@cache
def bank_credentials() -> BankCredentials:
    vault = Secrets(read_setting("LASTRO_SECRETS_PREFIX"))
    return BankCredentials(AccessStore(Table()), vault, SystemClock())
