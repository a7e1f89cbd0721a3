"""ministack's workers of Python functions, forked from a process that holds what they share (``nursery.py``).

In place of ``subprocess`` inside ministack's runtime; what is no worker of ours is started as ever, and so is
everything where processes cannot be watched by descriptor (Linux can).
"""

from __future__ import annotations

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty
from threading import Lock
from typing import Any

NURSERY = Path(__file__).with_name("nursery.py")
LAYERS = "_LAMBDA_LAYERS_DIRS"
MARKS = ("pydantic", "lastro")
"""A package of each layer that every function has."""
_END_OF_LINES = "\0these were the lines of the call"
_ENDS = re.compile(rf"\n?{_END_OF_LINES} \d+")
_LONGEST_SILENCE = 0.25


class Forked:
    """What ministack uses of ``subprocess.Popen``, for a process whose parent is another: how it ended is not known."""

    def __init__(self, pid: int, watched: int, stdin: int, stdout: int, stderr: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.calls = 0
        self.stdin = os.fdopen(stdin, "w", buffering=1)
        self.stdout = os.fdopen(stdout)
        self.stderr = os.fdopen(stderr)
        self._watched = watched

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Until it ended. subprocess.TimeoutExpired after ``timeout`` seconds."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _look(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            poll = select.poll()
            poll.register(self._watched, select.POLLIN)
            if poll.poll(None if timeout is None else timeout * 1000):
                self.returncode = 0
        return self.returncode

    def _signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._watched, number)

    def __del__(self) -> None:
        os.close(self._watched)


def end_lines(drain: Callable[[Any], str]) -> Callable[[Any], str]:
    """How ministack takes what a call wrote to standard error, for workers that tell the last line of it.

    ``drain`` waits until nothing came for five milliseconds, which every call through the local AWS took longer for.
    """

    def take(worker: Any) -> str:
        if not isinstance(worker._proc, Forked):
            # Of another kind, or it ended.
            return _ENDS.sub("", drain(worker))
        worker._proc.calls += 1
        end = f"{_END_OF_LINES} {worker._proc.calls}"
        lines: list[str] = []
        with suppress(Empty):
            # It stands beside the call's last words where no end of a line is behind them.
            while not (line := worker._stderr_queue.get(timeout=_LONGEST_SILENCE)).endswith(end):
                lines.append(line)
            lines.append(line)
        return _ENDS.sub("", "\n".join(lines))

    return take


class Nursery:
    """A process that forks workers which share what it loaded of some layers."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._one_asks = Lock()
        self._asking, answering = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with answering:
            number = answering.fileno()
            command = [sys.executable, "-P", str(NURSERY), str(number), *map(str, folders)]
            self._process = subprocess.Popen(command, pass_fds=[number], stdin=subprocess.DEVNULL)

    def start(self, program: str, folder: str, environment: Mapping[str, str]) -> Forked:
        """A worker that runs ``program``. OSError when the nursery is gone."""
        asked = {"program": program, "folder": folder, "environment": dict(environment), "end_of_lines": _END_OF_LINES}
        packet = json.dumps(asked).encode()
        (stdin, give), (take, stdout), (read, stderr) = os.pipe(), os.pipe(), os.pipe()
        try:
            with self._one_asks:
                socket.send_fds(self._asking, [packet], [stdin, stdout, stderr])
                answer, descriptors, _, _ = socket.recv_fds(self._asking, 64, 1)
        finally:
            for descriptor in (stdin, stdout, stderr):
                os.close(descriptor)
        if not answer:
            raise OSError("the process that workers are forked from is gone")
        return Forked(int(answer), descriptors[0], give, take, read)


class Subprocesses:
    """The module ``subprocess``, but for workers of Python functions that have the shared layers."""

    def __init__(self) -> None:
        self.Popen = self.start
        self._opening = Lock()
        self._nurseries: dict[tuple[Path, ...], Nursery] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)

    def start(self, command: Sequence[str], **options: Any) -> Any:
        """What ministack calls as ``Popen``. OSError as from there."""
        environment: Mapping[str, str] = options.get("env") or {}
        layers = _shared_layers(environment.get(LAYERS, ""))
        if len(layers) != len(MARKS) or len(command) != 2 or not command[1].endswith("_worker.py"):
            return subprocess.Popen(command, **options)
        with self._opening:
            if layers not in self._nurseries:
                self._nurseries[layers] = Nursery(layers)
            nursery = self._nurseries[layers]
        try:
            return nursery.start(command[1], options["cwd"], environment)
        except OSError:
            # It is gone, and the next worker gets a new one.
            with self._opening:
                if self._nurseries.get(layers) is nursery:
                    del self._nurseries[layers]
            return subprocess.Popen(command, **options)


def _shared_layers(folders: str) -> tuple[Path, ...]:
    found = (Path(folder, "python") for folder in folders.split(os.pathsep) if folder)
    return tuple(folder for folder in found if any((folder / mark).is_dir() for mark in MARKS))


def can_fork() -> bool:
    """Whether a process can be watched and told to end without being its parent."""
    return hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")
