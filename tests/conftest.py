"""For every test: how long an example takes says something about the machine, not about the code.

Workers take whole files, whose tests share a table and the functions that are loaded. Journeys are two works of one
worker each, for they share a local cloud, and all pages are one; they come first, for they take longest, and short
files are left to the end. A worker's cloud is started once, on free ports, in a folder of its own; `LASTRO_REUSE=1`
takes the cloud that `make up` keeps running instead, which saves the start while writing a test.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from sandbox.cloud.background import RunningCloud, background_cloud, on_free_ports, running_cloud
from sandbox.cloud.settings import Settings

# Each worker would compile every module anew, and its tests a second time for what their assertions say.
sys.dont_write_bytecode = False

settings.register_profile("lastro", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lastro")

JOURNEYS = ("tests/journeys/", "tests/pages/")
KILLING = tuple(f"tests/journeys/test_{name}" for name in ("caas", "chaos", "dealer"))
"""Journeys that mostly wait until what was killed is done again: those of another cloud need not wait with them."""
_ORDER = (*JOURNEYS, "tests/functions/", "tests/contract/", "tests/domain/", "tests/")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out files, in the order in which they are collected."""
    config.option.loadscopereorder = False
    scheduler = LoadFileScheduling(config, log)
    scheduler._split_scope = _work_of
    return scheduler


def _work_of(test: str) -> str:
    if test.startswith(KILLING):
        return "journeys that kill"
    return next((folder for folder in JOURNEYS if test.startswith(folder)), test.partition("::")[0])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What waits for a cloud goes first wherever there are fewer processors than workers: its way is the longest."""
    if not item.nodeid.startswith(JOURNEYS):
        _step_back()


@cache
def _step_back() -> None:
    os.nice(5)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays: to look through it while it grows takes a seventh of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next(place for place, folder in enumerate(_ORDER) if item.nodeid.startswith(folder)))


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay until the end: no collection need look through them again.

    What is young is looked through seldom: each answer of moto's makes thousands of objects, few of them in circles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _authorities_are_read_once() -> Iterator[None]:
    """Each client of HTTP reads whom it trusts, 10 ms, and a test that asks without a client opens one each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", cache(httpx.create_ssl_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def _keys_are_read_once() -> Iterator[None]:
    """Each reading of a private key proves its primes, 50 ms, and each seal of a contract reads three times."""
    with pytest.MonkeyPatch.context() as patch:
        for read in (serialization.load_der_private_key, serialization.load_pem_private_key):
            patch.setattr(serialization, read.__name__, cache(read))
        yield


_started = ExitStack()
"""The cloud that was started for the journeys."""


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    if os.environ.get("LASTRO_REUSE") == "1":
        yield running_cloud(Settings.from_environment(os.environ))
        return
    with _started:
        yield _started.enter_context(background_cloud(on_free_ports(tmp_path_factory.mktemp("cloud"))))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """The cloud ends with the last journey: its schedules and queues would go on beside all tests that follow."""
    yield
    if item.nodeid.startswith(JOURNEYS) and not (nextitem and nextitem.nodeid.startswith(JOURNEYS)):
        _started.close()
