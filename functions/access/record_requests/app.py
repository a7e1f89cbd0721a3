"""Subscription to the log of all functions: keep what it tells of partners' requests."""

from __future__ import annotations

from typing import Any

from lastro.access.wiring import open_recorder
from lastro.aws.entrypoints.subscription import subscription

recorder = open_recorder()


@subscription
def handler(lines: list[dict[str, Any]]) -> int:
    return recorder.keep(lines)
