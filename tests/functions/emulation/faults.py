"""Requests to AWS, seen by a test and made to fail."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from lastro.aws.clients import open_client


@contextmanager
def watch(service: str, operation: str) -> Iterator[list[dict[str, Any]]]:
    """The parameters of every request of an operation made meanwhile."""
    seen: list[dict[str, Any]] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        seen.append(params)

    events = open_client(service).meta.events
    name = f"provide-client-params.{service}.{operation}"
    events.register(name, note)
    try:
        yield seen
    finally:
        events.unregister(name, note)


@contextmanager
def failing(
    service: str, operation: str, fault: BaseException | Mapping[str, Any], times: int | None = None
) -> Iterator[None]:
    """Meanwhile an operation raises ``fault``, or answers it without doing anything: always, or only so many times."""
    left = itertools.repeat(True) if times is None else itertools.repeat(True, times)

    def react(**_: Any) -> Any:
        if not next(left, False):
            return None
        if isinstance(fault, BaseException):
            raise fault
        return SimpleNamespace(status_code=200), {**fault}

    events = open_client(service).meta.events
    name = f"before-call.{service}.{operation}"
    events.register_first(name, react)
    try:
        yield
    finally:
        events.unregister(name, react)


def cancelled(*codes: str) -> Exception:
    """A transaction of which each write was refused for one of the reasons of the API."""
    reasons = [{"Code": code} for code in codes]
    response: Any = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": reasons}
    return ClientError(response, "TransactWriteItems")
