"""Bring the whole system up on this machine, keep it up, and leave nothing behind."""

import asyncio
import fcntl
import json
import os
import shutil
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from sandbox.cloud.aws.gateway import create_gateway, serving
from sandbox.cloud.aws.local_aws import (
    deploy,
    redeploy_api,
    stack_outputs,
    start_local_aws,
    unsubscribe_logs,
    verify_sender,
    wait_until_answers,
)
from sandbox.cloud.build import build
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.panel import build_panel, check_panel, pack_panel, panel_beside, show_panel
from sandbox.cloud.processes import Child, alone
from sandbox.cloud.progress import step
from sandbox.cloud.seeding.seeds import seed
from sandbox.cloud.settings import HOST, Settings
from sandbox.cloud.snapshots import Snapshot

_SAVING_SECONDS = 60.0
_UNUSED_SECONDS = 7 * 24 * 3600


async def run_cloud(settings: Settings) -> None:
    """Bring everything up, print `ready`, and watch until cancelled. CloudFailure when a step fails or a child dies."""
    _refuse_taken_ports(settings)
    with _sole_owner(settings):
        await _run(settings)


async def _run(settings: Settings) -> None:
    _clean_folders(settings)
    async with panel_beside(settings) as panel, cloud(settings) as children:
        print("ready", flush=True)
        print(
            f"       API {settings.base_url}  sandbox {settings.sandbox_url}  AWS {settings.aws_endpoint_url}",
            flush=True,
        )
        print(f"       live figures {settings.sandbox_url}/figures", flush=True)
        print(f"       credentials {settings.credentials}", flush=True)
        if panel is not None:
            await show_panel(settings, panel)
        raise await _first_death(children)


@asynccontextmanager
async def cloud(settings: Settings) -> AsyncIterator[list[Child]]:
    """The running cloud, usable inside the block; stopped in reverse order after it."""
    async with AsyncExitStack() as stack:
        stack.callback(_remove_traces, settings)
        children: list[Child] = []

        async def keep(child: Child) -> Child:
            stack.push_async_callback(child.stop)
            children.append(child)
            return child

        started = time.monotonic()
        banks = await keep(await _start_sandbox(settings))
        with step("build") as current:
            current.note = await build(settings)
        outputs = await _state_to_start_from(settings, banks)
        with step("local AWS") as current:
            aws = await keep(await start_local_aws(settings))
            await wait_until_answers(f"{settings.aws_endpoint_url}/_ministack/health", aws)
            await verify_sender(settings)
            _note_processes(settings, aws, banks, outputs)
            await unsubscribe_logs(settings.aws_endpoint_url)
            current.note = settings.aws_endpoint_url
        with step("sandbox") as current:
            await wait_until_answers(f"{settings.sandbox_url}/health", banks)
            current.note = settings.sandbox_url
        with step("API") as current:
            await stack.enter_async_context(_api(settings, outputs))
            current.note = settings.base_url
        print(f"{time.monotonic() - started:6.1f} s  in all", flush=True)
        yield children


async def _state_to_start_from(settings: Settings, banks: Child) -> dict[str, str]:
    """Put it where the local AWS reads it; the stack's outputs. Of clouds that start at once the first one makes it."""
    snapshot = Snapshot.of(settings)
    async with alone(settings.snapshots / "making"):
        outputs = snapshot.restore(settings)
        if outputs is None:
            await _make(settings, snapshot, banks)
            outputs = snapshot.restore(settings)
    if outputs is None:
        raise CloudFailure(f"the state that was just made is gone from {settings.snapshots}")
    return outputs


async def _make(settings: Settings, snapshot: Snapshot, banks: Child) -> None:
    """Deploy and seed a local AWS, stop it, and keep its state."""
    async with AsyncExitStack() as stack:
        with step("first AWS") as current:
            aws = await start_local_aws(settings, saving=True)
            stack.push_async_callback(aws.stop)
            await wait_until_answers(f"{settings.aws_endpoint_url}/_ministack/health", aws)
            current.note = settings.aws_endpoint_url
        with step("deploy") as current:
            await deploy(settings)
            outputs = await stack_outputs(settings)
            await redeploy_api(settings, outputs["ApiId"])
            current.note = f"{settings.runtime} functions"
        with step("demo data") as current:
            await wait_until_answers(f"{settings.sandbox_url}/health", banks)
            async with _api(settings, outputs):
                current.note = await seed(settings, outputs)
        with step("snapshot") as current:
            await aws.stop(_SAVING_SECONDS)
            snapshot.keep(settings, aws, outputs)
            current.note = "kept for later starts"


@asynccontextmanager
async def _api(settings: Settings, outputs: dict[str, str]) -> AsyncIterator[None]:
    """The gateway, once it answers for the deployed API."""
    gateway = create_gateway(settings.aws_endpoint_url, outputs["ApiId"])
    async with serving(gateway, settings.api_port):
        await wait_until_answers(f"{settings.base_url}/health")
        yield


async def _start_sandbox(settings: Settings) -> Child:
    command = [sys.executable, "-m", "sandbox.cloud.server", "--port", str(settings.sandbox_port)]
    command += ["--aws-endpoint-url", settings.aws_endpoint_url]
    if settings.request_log:
        command.append("--request-log")
    environment = {
        **settings.base_environment(),
        "PYTHONPATH": os.pathsep.join(map(str, (settings.project, settings.project / "layers/lastro"))),
    }
    return await Child.start("sandbox", command, environment, settings.logs, settings.project)


async def _first_death(children: list[Child]) -> CloudFailure:
    """Wait until one child dies and tell which."""
    watches = [asyncio.create_task(child.died()) for child in children]
    try:
        done, _ = await asyncio.wait(watches, return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()
    finally:
        for watch in watches:
            watch.cancel()


def _refuse_taken_ports(settings: Settings) -> None:
    """Every port must be free before anything starts. CloudFailure names all those that are not."""
    taken = []
    for variable, port in settings.ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                taken.append(f"port {port} is taken: free it, or set {variable} to another port")
    if taken:
        raise CloudFailure("\n".join(taken))


@contextmanager
def _sole_owner(settings: Settings) -> Iterator[None]:
    """Two clouds in one folder would wipe each other's files. CloudFailure when another one is running there."""
    settings.local.mkdir(parents=True, exist_ok=True)
    with (settings.local / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"another local cloud runs in {settings.local}: stop it, or set LASTRO_LOCAL_DIR to another folder"
            )
            raise CloudFailure(message) from error
        yield


async def build_only(settings: Settings) -> None:
    """Build without starting anything."""
    settings.logs.mkdir(parents=True, exist_ok=True)
    with step("build") as current:
        current.note = await build(settings)
    with step("panel"):
        await pack_panel(settings)


async def panel_only(settings: Settings) -> None:
    """Check the panel's sources and build it."""
    with step("panel") as current:
        await check_panel(settings)
        current.note = str(await build_panel(settings))


def _clean_folders(settings: Settings) -> None:
    shutil.rmtree(settings.scratch, ignore_errors=True)
    shutil.rmtree(settings.logs, ignore_errors=True)
    settings.scratch.mkdir(parents=True)
    for tree in settings.layers.glob("*"):
        if time.time() - tree.stat().st_mtime > _UNUSED_SECONDS:
            shutil.rmtree(tree, ignore_errors=True)
    settings.logs.mkdir(parents=True)


def _note_processes(settings: Settings, aws: Child, banks: Child, outputs: dict[str, str]) -> None:
    noted = {"launcher": os.getpid(), "ministack": aws.pid, "sandbox": banks.pid, "table": outputs["TableName"]}
    noted |= {"staff_pool": outputs["StaffPool"], "staff_client": outputs["StaffClient"]}
    settings.processes.write_text(json.dumps(noted))


def _remove_traces(settings: Settings) -> None:
    """Credentials of a stopped cloud open nothing, and its scratch files are large: keep only the logs."""
    settings.credentials.unlink(missing_ok=True)
    settings.processes.unlink(missing_ok=True)
    shutil.rmtree(settings.scratch, ignore_errors=True)
