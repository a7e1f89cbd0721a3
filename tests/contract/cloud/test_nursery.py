"""What workers of the local AWS are forked with is as it would be had each loaded it alone."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lastro.kernel.calendar import CLOCK, SystemClock
from sandbox.cloud.settings import PROJECT
from sandbox.cloud.workers import nursery

LOAD = """
import importlib, json, os, sys

class Watched(type(os.environ)):
    def __getitem__(self, name):
        asked.add(name)
        return super().__getitem__(name)

asked = set()
for name in sys.argv[1].split(","):
    importlib.import_module(name)
os.environ.__class__ = Watched
for name in sys.argv[2].split(","):
    importlib.import_module(name)
print(json.dumps([sorted(asked), sorted(name for name in sys.modules if name.startswith("lastro"))]))
"""


def test_what_is_shared_of_ours_looks_at_no_variable_and_opens_no_log() -> None:
    command = [sys.executable, "-c", LOAD, ",".join(nursery.LIBRARIES), ",".join(nursery.OURS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    asked, loaded = json.loads(done.stdout)
    # Whether a function starts decides over the collection of garbage alone: the nursery has frozen what it shares.
    ours = {name for name in asked if name.startswith(("LASTRO_", "AWS_", "POWERTOOLS_"))}
    assert ours <= {"AWS_LAMBDA_FUNCTION_NAME"}
    assert set(nursery.OURS) < set(loaded)
    # Powertools' logger keeps the standard output of who made it, which is a worker's channel.
    assert "lastro.aws.log" not in loaded


def test_the_clocks_are_off_by_what_stands_in_the_file_at_the_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemClock, "now", SystemClock.now)
    file = tmp_path / "clock"
    file.write_bytes(bytes(nursery.OFF.size))
    nursery.follow(str(file))
    for seconds in (0, 90, -90):
        with file.open("r+b", buffering=0) as written:
            written.write(nursery.OFF.pack(seconds * 1000))
        off = CLOCK.now() - datetime.now(UTC)
        assert timedelta(seconds=seconds - 30) < off < timedelta(seconds=seconds + 30)
