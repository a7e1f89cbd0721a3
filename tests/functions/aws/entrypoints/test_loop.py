"""What the loop of a process tells of a task that failed when nobody waited for it any more."""

from __future__ import annotations

import asyncio
import gc
import json
from io import StringIO

import pytest

from lastro.aws.entrypoints.loop import run_to_end


def test_a_fault_that_nobody_waits_for_is_told_by_kind_and_place_alone(
    logged: StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("Maria da Silva")

    async def give_up() -> None:
        failing = asyncio.create_task(fail())
        waiting = asyncio.ensure_future(asyncio.shield(failing))
        waiting.cancel()
        await asyncio.wait([failing])

    run_to_end(give_up())
    gc.collect()
    [line] = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert (line["message"], line["fault"]) == ("failed with nobody waiting", "ValueError")
    assert line["place"].startswith("fail:")
    assert "Maria" not in logged.getvalue() + caplog.text
