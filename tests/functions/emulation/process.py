"""The process of a function over moto: its variables, nothing remembered of before, and what it opened closed again."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

import httpx
import pytest
from moto import mock_aws

import lastro
from lastro.aws import clients as aws_clients
from lastro.aws.entrypoints.calls.counting import open_meter
from lastro.aws.entrypoints.loop import event_loop
from lastro.aws.pools import user_pool
from lastro.aws.services import objects
from lastro.kernel import calendar
from tests.clock import MovableClock
from tests.functions.emulation.watched_services import WatchedObjects, WatchedService
from tests.functions.invocation import load_function

REGION = "sa-east-1"
TABLE = "lastro-test"
SECRETS_PREFIX = "lastro-test"

_COMMON = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
    "LASTRO_TABLE": TABLE,
    "LASTRO_SECRETS_PREFIX": SECRETS_PREFIX,
    "LASTRO_TOKEN_KEYS": "alias/unused",
    "LASTRO_PORTAL_POOL": "sa-east-1_Portal1",
    "LASTRO_PORTAL_CLIENT": "portal-client",
    "LASTRO_STAFF_POOL": "sa-east-1_Staff1",
    "LASTRO_STAFF_CLIENT": "staff-client",
    "LASTRO_PORTAL_SENDER": "portal@example.com",
    "POWERTOOLS_LOG_LEVEL": "INFO",
}
"""What every function is given."""


def _open_pool(_: str) -> Any:
    """A pool that nobody is in."""
    from tests.functions.emulation.user_pool import FakeCognito

    return FakeCognito(calendar.CLOCK)


_kept_client = cache(aws_clients._client.__wrapped__)
"""Clients over moto: of what was asked they keep nothing, and each takes longer to make than most tests ask."""


def clear_process() -> None:
    """Forget every wired use case and function, as a fresh process would; what makes clients stays read."""
    open_meter.cache_clear()
    for module in _loaded_wirings():
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()
    load_function.cache_clear()


def _right_clocks() -> None:
    """A wiring that was first imported while a test's clock stood in place of the process's kept that one for good."""
    if isinstance(calendar.CLOCK, calendar.SystemClock):
        for module in _loaded_wirings():
            if hasattr(module, "CLOCK"):
                vars(module)["CLOCK"] = calendar.CLOCK


def _loaded_wirings() -> list[ModuleType]:
    return [module for name in _wirings() if (module := sys.modules.get(name))]


@contextmanager
def fresh_process(**variables: str) -> Iterator[pytest.MonkeyPatch]:
    """Meanwhile moto stands in place of AWS, with these variables beside the common ones."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (_COMMON | variables).items():
            patch.setenv(name, value)
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        patch.setattr(aws_clients, "_client", _kept_client)
        patch.setattr(aws_clients, "JsonService", WatchedService)
        patch.setattr(objects, "ObjectService", WatchedObjects)
        # moto knows no custom challenges.
        patch.setattr(user_pool, "open_client", _open_pool)
        clear_process()
        _right_clocks()
        with mock_aws():
            yield patch
        clear_process()


def set_clocks(patch: pytest.MonkeyPatch, context: str, clock: MovableClock) -> None:
    """Let every use case of a context (of all, where it is empty) that is opened from now on read this clock."""
    for name in _wirings():
        if name.startswith(f"lastro.{context}"):
            module = importlib.import_module(name)
            if hasattr(module, "CLOCK"):
                patch.setattr(module, "CLOCK", clock)


@cache
def _wirings() -> list[str]:
    """The modules that open use cases."""
    found = pkgutil.walk_packages(lastro.__path__, "lastro.")
    return [module.name for module in found if module.name.endswith(".wiring")]


@contextmanager
def closing_clients(module: Any) -> Iterator[None]:
    """Meanwhile HTTP clients that ``module.open_http`` opens are noted, to be closed in the end."""
    clients: list[httpx.AsyncClient] = []
    open_http = module.open_http

    def open_and_note(**options: Any) -> httpx.AsyncClient:
        clients.append(open_http(**options))
        return clients[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "open_http", open_and_note)
        yield
    for client in clients:
        event_loop().run(client.aclose())
