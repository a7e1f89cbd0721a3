"""Child processes that never outlive the launcher."""

import asyncio
import contextlib
import ctypes
import fcntl
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.cloud.errors import CloudFailure

_PR_SET_PDEATHSIG = 1
_GRACE_SECONDS = 3.0
_POLL_SECONDS = 0.02
_TURN_SECONDS = 0.1


def die_with_parent() -> None:
    """Linux sends SIGTERM to the child when the launcher dies, even by SIGKILL. Elsewhere there is no such call.

    The parent that Linux means is the thread that started the child: only for one that lives as long as its process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process, in a group of its own, whose output goes to a log file. Command words are taken as text."""

    name: str
    process: asyncio.subprocess.Process
    log: Path

    @classmethod
    async def start(
        cls, name: str, command: Sequence[object], environment: Mapping[str, str], logs: Path, cwd: Path
    ) -> "Child":
        log = logs / f"{name}.log"
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *map(str, command),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                env=dict(environment),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        return cls(name, process, log)

    @property
    def pid(self) -> int:
        return self.process.pid

    async def died(self) -> CloudFailure:
        """Wait until the process ends, and say so."""
        code = await self.process.wait()
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        return CloudFailure(f"{self.name} {how}", self.log)

    async def stop(self, grace: float = _GRACE_SECONDS) -> None:
        """Ask the process to end, insist after the grace time in seconds, and leave nothing of its group behind."""
        if self.process.returncode is None:
            self.process.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), grace)
        # The group outlives its leader while a function worker is still busy.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        await self.process.wait()
        while _group_exists(self.pid):
            await asyncio.sleep(_POLL_SECONDS)


def _group_exists(group: int) -> bool:
    """Whether a process of the group is left that is not a zombie waiting for its parent."""
    return any(process.group == group and process.state != "Z" for process in running_processes())


async def run_tool(name: str, command: Sequence[object], environment: Mapping[str, str], logs: Path, cwd: Path) -> str:
    """Run a tool to its end and return its output. CloudFailure with that output when it fails."""
    child = await Child.start(name, command, environment, logs, cwd)
    try:
        code = await child.process.wait()
    except asyncio.CancelledError:
        await child.stop()
        raise
    if code:
        raise CloudFailure(f"{name} failed with exit code {code}", child.log)
    return child.log.read_text(errors="replace")


@dataclass(frozen=True)
class RunningProcess:
    """One line of the process table."""

    pid: int
    parent: int
    group: int
    state: str
    command: str
    folder: str
    """Where it works; empty of a process that is another user's or ended."""


def running_processes() -> list[RunningProcess]:
    """The process table as /proc tells it; empty where there is no /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except (FileNotFoundError, ProcessLookupError):
            continue
        works_in = ""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError):
            works_in = str((folder / "cwd").readlink())
        state, parent, group = stat.rpartition(")")[2].split()[:3]
        found.append(RunningProcess(int(folder.name), int(parent), int(group), state, command, works_in))
    return found


def function_workers(aws_pid: int, function_name: str | None = None) -> list[int]:
    """Process ids of the warm workers of one function (or of all of them) under a running local AWS."""
    marker = f"ministack-lambda-{function_name}-" if function_name else "ministack-lambda-"
    # A forked worker has the command of what it was forked from: its folder tells whose it is. One that is started on
    # its own, as an earlier commit's are, is told by its command.
    return [
        each.pid
        for each in running_processes()
        if (each.group == aws_pid and marker in each.folder) or (each.parent == aws_pid and marker in each.command)
    ]


@contextlib.asynccontextmanager
async def alone(lock: Path) -> AsyncIterator[None]:
    """Processes that share what lies beside this file take turns. Nothing else of this one waits."""
    lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with lock.open("w") as held:
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                await asyncio.sleep(_TURN_SECONDS)
            else:
                break
        yield
