"""The one event loop of a process: connections opened in one invocation serve the next."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Any, TypeVar

_THREADS = 16

Result = TypeVar("Result")


@cache
def event_loop() -> asyncio.Runner:
    """The loop, for the life of the process; its threads do what blocks."""
    runner = asyncio.Runner()
    runner.get_loop().set_default_executor(ThreadPoolExecutor(max_workers=_THREADS))
    return runner


def run_to_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do work in the one loop, for the request behind this moment: a runner's own context is that of its first call."""
    return event_loop().run(work, context=copy_context())
