"""The one event loop of a process: connections opened in one invocation serve the next."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

_THREADS = 16


@cache
def event_loop() -> asyncio.Runner:
    """The loop, for the life of the process; its threads do what blocks."""
    runner = asyncio.Runner()
    runner.get_loop().set_default_executor(ThreadPoolExecutor(max_workers=_THREADS))
    return runner
