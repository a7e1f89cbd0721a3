"""The end of a sandbox application, and of what it began for after its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from aiohttp import web


class Closing(asyncio.Event):
    """Set when an application stops: whoever waits, waits no more, and what was begun ends before its loop does."""

    def __init__(self, app: web.Application) -> None:
        super().__init__()
        self._begun: set[asyncio.Task[None]] = set()
        app.on_shutdown.append(self._tell)
        app.on_cleanup.append(self._end)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after whatever is answered now."""
        task = asyncio.create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def _tell(self, _: web.Application) -> None:
        self.set()

    async def _end(self, _: web.Application) -> None:
        begun = list(self._begun)
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
