"""What a sandbox application began ends with it: nothing of it is left to the loop."""

from __future__ import annotations

import asyncio

from aiohttp import web

from sandbox.banks import create_app
from sandbox.banks.app import DIALECTS
from sandbox.banks.proposals.desk import ProposalAsk
from sandbox.banks.proposals.stories import parse_stories
from sandbox.closing import Closing


def test_a_proposal_that_waits_for_documents_ends_with_the_banks() -> None:
    async def stop_while_it_waits() -> set[asyncio.Task[object]]:
        runner = web.AppRunner(app := create_app())
        await runner.setup()
        desk = app[DIALECTS]["341"].window.desk
        desk.script(parse_stories({"rules": [{"steps": ["pending_documents", "approved"], "delay_ms": 0}]}))
        await desk.take(ProposalAsk("k", "52998224725", "o", 2, 1, 1, 1, 1, None), lambda: True)
        assert len(asyncio.all_tasks()) > 1
        await runner.cleanup()
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert asyncio.run(stop_while_it_waits()) == set()


def test_what_hangs_is_cut_off() -> None:
    async def hang() -> None:
        await asyncio.Event().wait()

    async def stop() -> set[asyncio.Task[object]]:
        runner = web.AppRunner(app := web.Application())
        closing = Closing(app)
        await runner.setup()
        closing.begin(hang())
        await asyncio.sleep(0)
        await runner.cleanup()
        assert closing.is_set()
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert asyncio.run(stop()) == set()
