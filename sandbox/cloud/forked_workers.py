"""ministack's workers of Python functions, forked from a process that holds their libraries (``nursery.py``).

In place of ``subprocess`` inside ministack's runtime; what is no worker of ours is started as ever, and so is
everything where processes cannot be watched by descriptor (Linux can).
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

NURSERY = Path(__file__).with_name("nursery.py")
LAYERS = "_LAMBDA_LAYERS_DIRS"
MARK = "pydantic"
"""A package of the layer that every function has."""


class Forked:
    """What ministack uses of ``subprocess.Popen``, for a process whose parent is another: how it ended is not known."""

    def __init__(self, pid: int, watched: int, stdin: int, stdout: int, stderr: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
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


class Nursery:
    """A process that forks workers which share the libraries of one layer."""

    def __init__(self, folder: Path) -> None:
        self._one_asks = Lock()
        self._asking, answering = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with answering:
            number = answering.fileno()
            command = [sys.executable, "-P", str(NURSERY), str(number), str(folder)]
            self._process = subprocess.Popen(command, pass_fds=[number], stdin=subprocess.DEVNULL)

    def start(self, program: str, folder: str, environment: Mapping[str, str]) -> Forked:
        """A worker that runs ``program``. OSError when the nursery is gone."""
        packet = json.dumps({"program": program, "folder": folder, "environment": dict(environment)}).encode()
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
    """The module ``subprocess``, but for workers of Python functions that have the layer of libraries."""

    def __init__(self) -> None:
        self.Popen = self.start
        self._opening = Lock()
        self._nurseries: dict[Path, Nursery] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)

    def start(self, command: Sequence[str], **options: Any) -> Any:
        """What ministack calls as ``Popen``. OSError as from there."""
        environment: Mapping[str, str] = options.get("env") or {}
        layer = _layer_of_libraries(environment.get(LAYERS, ""))
        if layer is None or len(command) != 2 or not command[1].endswith("_worker.py"):
            return subprocess.Popen(command, **options)
        with self._opening:
            if layer not in self._nurseries:
                self._nurseries[layer] = Nursery(layer)
            nursery = self._nurseries[layer]
        try:
            return nursery.start(command[1], options["cwd"], environment)
        except OSError:
            # It is gone, and the next worker gets a new one.
            with self._opening:
                if self._nurseries.get(layer) is nursery:
                    del self._nurseries[layer]
            return subprocess.Popen(command, **options)


def _layer_of_libraries(folders: str) -> Path | None:
    found = (Path(folder, "python") for folder in folders.split(os.pathsep) if folder)
    return next((folder for folder in found if (folder / MARK).is_dir()), None)


def can_fork() -> bool:
    """Whether a process can be watched and told to end without being its parent."""
    return hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")
