"""Holds the libraries and the modules of ours that functions load, and forks the local AWS's workers, each when asked.

A worker that starts on its own imports some 600 modules before it loads a function: most of a first use, some thirty
times in the first CaaS journey. A forked one shares them, and the memory they take. What a function does not find in
its own layers is told by the tests of the layers, not here.

Run as a file by the interpreter of the cloud environment, which holds nothing of ours:
nursery.py SOCKET FOLDER..., with the number of an inherited socket of packets and the folders of the layers.
``LASTRO_CLOCK_FILE``, where it is set, names a file of eight bytes: by how many milliseconds every worker's clock is
off at the moment. Journeys in which everything goes wrong write it (``tests/journeys/disturbance.py``).
"""

from __future__ import annotations

import gc
import importlib
import json
import mmap
import os
import runpy
import select
import socket
import struct
import sys
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TextIO, cast

LIBRARIES = (
    *("aws_lambda_powertools.logging", "aws_lambda_powertools.metrics", "botocore.session", "botocore.client"),
    *("botocore.handlers", "asyncio", "concurrent.futures.thread", "secrets", "sysconfig", "zoneinfo"),
    # Each of these packages loads most of itself with its first use.
    *("httpx", "httpcore", "pydantic.main", "pydantic.types", "pydantic.json_schema"),
    *("pydantic.alias_generators", "pydantic.functional_serializers", "pydantic.plugin._schema_validator"),
)
OURS = (
    *("lastro.aws.clients", "lastro.aws.dynamodb.first_answers", "lastro.aws.entrypoints.requests"),
    *("lastro.wire.amounts", "lastro.wire.days", "lastro.wire.identifiers", "lastro.wire.pages"),
    *("lastro.wire.persons.accounts", "lastro.wire.persons.documents", "lastro.wire.persons.emails"),
    *("lastro.wire.persons.phones", "lastro.simulations.store", "lastro.origination.processes.calls.limits"),
    *("lastro.origination.processes.reading", "lastro.origination.processes.requests"),
    *("lastro.origination.processes.steps", "lastro.origination.processes.store", "lastro.origination.processes.views"),
    *("lastro.origination.products.store", "lastro.origination.pricing.quotation"),
)
"""What many functions load, and whatever that loads. Nothing of it may look at the environment or at the standard
outputs while it is imported, as the log does: a worker's are others."""
CLOCK_FILE = "LASTRO_CLOCK_FILE"
OFF = struct.Struct("<q")
LONGEST_PACKET = 1 << 18
STANDARD = 3
"""Standard input, output and error: descriptors 0, 1 and 2."""
_REAPED_EVERY = 1.0


def load(folders: list[str]) -> None:
    """Import what is shared from the layers; a worker has them on its path again, in Lambda's order."""
    # As every function has it: pydantic otherwise looks for plugins when it makes the first model.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    sys.path[:0] = folders
    for module in (*LIBRARIES, *OURS):
        with suppress(ImportError):
            importlib.import_module(module)
    if path := os.environ.get(CLOCK_FILE):
        follow(path)
    del sys.path[: len(folders)]
    # What is there stays: no worker's collector touches it, so that its pages stay shared.
    gc.collect()
    gc.freeze()


def follow(path: str) -> None:
    """Have the clock of all workers to come be off by what stands in a file, which they look at each time."""
    clock = importlib.import_module("lastro.kernel.calendar").SystemClock
    with open(path, "rb") as file:
        shared = mmap.mmap(file.fileno(), OFF.size, prot=mmap.PROT_READ)
    tell = clock.now

    def now(self: object) -> datetime:
        moment: datetime = tell(self)
        return moment + timedelta(milliseconds=OFF.unpack(shared)[0])

    clock.now = now


def serve(asking: socket.socket) -> None:
    """Fork a worker for each packet, and answer with its number and a descriptor of it, until nobody asks any more."""
    while True:
        if not select.select([asking], [], [], _REAPED_EVERY)[0]:
            reap()
            continue
        packet, descriptors, _, _ = socket.recv_fds(asking, LONGEST_PACKET, STANDARD)
        if not packet:
            return
        worker = os.fork()
        if not worker:
            asking.close()
            asked = json.loads(packet)
            become(asked, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        watched = os.pidfd_open(worker)
        socket.send_fds(asking, [str(worker).encode()], [watched])
        os.close(watched)
        # Only now: until then the number cannot be another process's.
        reap()


def become(asked: dict[str, Any], descriptors: list[int]) -> None:
    """Run the worker's program in its folder, with its environment, input and outputs, as if started with them."""
    program = asked["program"]
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    os.chdir(asked["folder"])
    sys.argv = [program]
    sys.path.insert(0, os.path.dirname(program))
    sys.stdout = cast("TextIO", Answers(sys.stdout, asked["end_of_lines"]))
    code = 1
    try:
        runpy.run_path(program, run_name="__main__")
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Answers:
    """A worker's standard output: that it is ready, then an answer to each call, before which standard error gets a
    line that tells the call's last one, with the call's number.
    """

    def __init__(self, output: TextIO, end_of_lines: str) -> None:
        self._output = output
        self._end_of_lines = end_of_lines
        self._calls = -1

    def write(self, text: str) -> None:
        self._output.write(text)

    def flush(self) -> None:
        self._calls += 1
        if self._calls:
            # Whatever the call made of its standard error: it may have closed it, or put another in its place.
            with suppress(AttributeError, OSError, ValueError):
                sys.stderr.flush()
            with suppress(OSError):
                os.write(2, f"{self._end_of_lines} {self._calls}\n".encode())
        self._output.flush()


def reap() -> None:
    """Take note of workers that ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main() -> None:
    number, *folders = sys.argv[1:]
    load(folders)
    with socket.socket(fileno=int(number)) as asking:
        serve(asking)


if __name__ == "__main__":
    main()
