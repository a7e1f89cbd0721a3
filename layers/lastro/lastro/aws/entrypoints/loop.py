"""The one event loop of a process: connections opened in one invocation serve the next."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Any, TypeVar

_THREADS = 16

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


@cache
def event_loop() -> asyncio.Runner:
    """The loop, for the life of the process; its threads do what blocks."""
    runner = asyncio.Runner()
    runner.get_loop().set_default_executor(ThreadPoolExecutor(max_workers=_THREADS))
    runner.get_loop().set_exception_handler(_tell)
    return runner


def _tell(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """What failed when all who waited for it had given up, by its kind and place: its text, which asyncio's own line
    holds, may be anything.
    """
    error = context.get("exception")
    places = traceback.extract_tb(error.__traceback__) if isinstance(error, BaseException) else ()
    told = {"fault": type(error).__name__, "place": f"{places[-1].name}:{places[-1].lineno}" if places else None}
    _log.error("failed with nobody waiting", extra=told)


def run_to_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do work in the one loop, for the request behind this moment: a runner's own context is that of its first call."""
    return event_loop().run(work, context=copy_context())
