"""A local cloud in the background, for the demo and for the journey tests."""

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.processes import die_with_parent, function_workers
from sandbox.cloud.settings import HOST, STACK, Settings

_STOP_SECONDS = 20.0
_PORTS = range(20_000, 32_000)


@dataclass(frozen=True)
class RunningCloud:
    """A cloud that is ready, seen from the outside."""

    settings: Settings
    credentials: dict[str, Any]

    @property
    def base_url(self) -> str:
        return self.settings.base_url

    @property
    def sandbox_url(self) -> str:
        return self.settings.sandbox_url

    @property
    def aws_endpoint_url(self) -> str:
        return self.settings.aws_endpoint_url

    @property
    def logs(self) -> Path:
        """Folder of the launcher's children's logs."""
        return self.settings.logs

    @property
    def headers(self) -> dict[str, str]:
        """What the demo partner sends with every request."""
        return _headers(self.credentials)

    @property
    def other_headers(self) -> dict[str, str]:
        """What the second partner sends with every request."""
        return _headers(self.credentials["other_partner"])

    @property
    def table(self) -> str:
        """Name of the DynamoDB table."""
        return str(self._noted()["table"])

    @property
    def pids(self) -> dict[str, int]:
        """Process ids by name: launcher, ministack, sandbox."""
        return {name: pid for name, pid in self._noted().items() if isinstance(pid, int)}

    def workers(self, operation: str | None = None) -> list[int]:
        """Process ids of the warm workers of one operation's function, or of every function."""
        return function_workers(self.pids["ministack"], f"{STACK}-{operation}" if operation else None)

    def _noted(self) -> dict[str, Any]:
        noted: dict[str, Any] = json.loads(self.settings.processes.read_text())
        return noted


def _headers(credentials: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {credentials['api_key']}", "Store-Id": str(credentials["store_id"])}


def running_cloud(settings: Settings) -> RunningCloud:
    """The cloud that already runs with these settings. CloudFailure when none does."""
    if not settings.credentials.is_file():
        raise CloudFailure(f"no local cloud is ready in {settings.local}: start one with `make up`")
    return RunningCloud(settings, json.loads(settings.credentials.read_text()))


@contextmanager
def background_cloud(
    settings: Settings, show: Callable[[str], None] | None = None, python: str = sys.executable
) -> Iterator[RunningCloud]:
    """Start a cloud, hand it over when it is ready and stop it afterwards. Another commit's has its own interpreter.

    `show` receives each line the launcher prints; without it the last ones are in the CloudFailure of a failed start.
    """
    with start_launcher(settings, python) as launcher:
        lines: list[str] = []
        for line in launcher.output:
            lines.append(line.rstrip())
            if lines[-1] == "ready":
                break
            if show is not None:
                show(lines[-1])
        else:
            raise CloudFailure("\n".join(["the local cloud did not start", *([] if show else lines[-60:])]))
        threading.Thread(target=lambda: list(launcher.output), daemon=True).start()
        yield running_cloud(settings)


@dataclass(frozen=True)
class Launcher:
    """The launcher as a process, and the lines it prints (its errors among them)."""

    process: subprocess.Popen[str]
    output: Iterator[str]

    def stop(self) -> int:
        """SIGTERM, then wait; SIGKILL when that takes too long. Returns the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


@contextmanager
def start_launcher(settings: Settings, python: str = sys.executable) -> Iterator[Launcher]:
    """`python -m sandbox.cloud up` with these settings; stopped when the block ends."""
    environment = dict(os.environ)
    environment |= {variable: str(port) for variable, port in settings.ports.items()}
    # Measured work is spared what keeps partners' request logs.
    environment.setdefault("LASTRO_REQUEST_LOG", "off")
    environment.setdefault("LASTRO_PANEL", "off")
    environment |= {"LASTRO_LOCAL_DIR": str(settings.local), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [python, "-m", "sandbox.cloud", "up"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=settings.project,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    assert process.stdout is not None
    launcher = Launcher(process, iter(process.stdout))
    try:
        yield launcher
    finally:
        launcher.stop()


def on_free_ports(local: Path) -> Settings:
    """Settings of a cloud beside any other: three ports free now and a folder of its own.

    They lie below those that a system hands out to whoever asks for any: it takes a minute until the last is used.
    """
    ports: list[int] = []
    with ExitStack() as stack:
        while len(ports) < 3:
            held = stack.enter_context(socket.socket())
            with suppress(OSError):
                held.bind((HOST, _PORTS.start + secrets.randbelow(len(_PORTS))))
                ports.append(held.getsockname()[1])
    api, sandbox, aws = ports
    return Settings(api_port=api, sandbox_port=sandbox, aws_port=aws, local=local.resolve())
