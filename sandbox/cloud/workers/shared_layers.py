"""ministack with each layer version unpacked once, for all workers.

ministack's local executor unpacks every layer of a function anew for each worker process, two to five thousand files,
and deletes them when it stops. On AWS a layer is mounted read-only. Here each worker gets the paths of one shared tree.
Trees are named by their content and stay for the next start, in the folder that LASTRO_LAYERS_DIR names.

A state that was loaded is saved again at the stop only if LASTRO_SAVING says so: it takes seconds.

Run as a file by the interpreter of the cloud environment, which holds ministack and nothing of ours.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from functools import lru_cache
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Lock
from typing import Any

import uvloop
from ministack import app
from ministack.core import lambda_runtime

WRITTEN_FOR = "1.5.33"


_spawn = lambda_runtime.Worker._spawn
_drain = lambda_runtime.Worker._drain_stderr_bounded
_folders: dict[str, str] = {}
"""The folder of each layer version by its ARN: a version never changes."""
_unpacking = Lock()


def spawn(worker: Any) -> None:
    """Start a worker with no layer to unpack and the shared folders on its path. RuntimeError as from ministack."""
    stored: dict[str, Any] = worker.config
    environment = stored.get("Environment") or {}
    folders = os.pathsep.join(layer_folders(stored.get("Layers") or []))
    # The variable by which ministack tells the process where it unpacked the layers.
    variables = {**(environment.get("Variables") or {}), "_LAMBDA_LAYERS_DIRS": folders}
    worker.config = {**stored, "Layers": [], "Environment": {**environment, "Variables": variables}}
    try:
        _spawn(worker)
    finally:
        worker.config = stored


def layer_folders(attachments: list[dict[str, Any]]) -> list[str]:
    """The shared folder of each attached layer version, in their order. RuntimeError for one with no content."""
    # As ministack does it: the service is loaded with the first function.
    from ministack.services import lambda_svc

    folders = []
    for attachment in attachments:
        name = str(attachment.get("Arn"))
        with _unpacking:
            if name not in _folders:
                content = lambda_svc._resolve_layer_zip(attachment)
                if not content:
                    raise RuntimeError(f"layer {attachment} has no content")
                _folders[name] = unpack(content, Path(os.environ["LASTRO_LAYERS_DIR"]))
        folders.append(_folders[name])
    return folders


def unpack(content: bytes, shelf: Path) -> str:
    """The folder with a layer's files. It appears as a whole: who dies meanwhile leaves none of that name."""
    # As ministack does it: the service is loaded with the first function.
    from ministack.services import lambda_svc

    folder = shelf / hashlib.sha256(content).hexdigest()
    if not folder.is_dir():
        shelf.mkdir(parents=True, exist_ok=True)
        part = tempfile.mkdtemp(dir=shelf)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            lambda_svc._extract_zip_preserving_mode(archive, part)
        try:
            os.rename(part, folder)
        except OSError:
            # Another cloud was quicker.
            shutil.rmtree(part)
    os.utime(folder)
    return str(folder)


def _leave(_services: dict[str, Any]) -> None:
    """What was loaded stays as it was kept."""


def fork_workers() -> None:
    """Make workers share what all of them load. The file beside this one is no module of an installed package."""
    spec = spec_from_file_location("forked_workers", Path(__file__).with_name("forked_workers.py"))
    if spec is None or spec.loader is None:
        raise RuntimeError(f"there is no forked_workers.py beside {__file__}")
    forked_workers = module_from_spec(spec)
    spec.loader.exec_module(forked_workers)
    if forked_workers.can_fork():
        lambda_runtime.subprocess = forked_workers.Subprocesses()
        lambda_runtime.Worker._drain_stderr_bounded = forked_workers.end_lines(_drain)


def share_layers() -> None:
    """Make ministack start its workers this way. RuntimeError with another version, whose internals may differ."""
    installed = version("ministack")
    if installed != WRITTEN_FOR:
        raise RuntimeError(
            f"ministack {installed} is installed, and {__file__} was written for {WRITTEN_FOR}: compare Worker._spawn, "
            "_drain_stderr_bounded, _resolve_layer_zip, _extract_zip_preserving_mode, save_all and what "
            "remember_expressions names, run its test, then change WRITTEN_FOR"
        )
    lambda_runtime.Worker._spawn = spawn
    fork_workers()
    if os.environ.get("LASTRO_SAVING") != "yes":
        app.save_all = _leave


def remember_expressions() -> None:
    """Read each expression once: ministack reads a query's anew for every item that the query meets. What is read is
    not changed afterwards, and our expressions are few, for values are beside them.
    """
    from ministack.services import _dynamodb_keywords, dynamodb

    for module, name in (
        (dynamodb, "_tokenize"),
        (dynamodb, "_condition_syntax_error"),
        (_dynamodb_keywords, "_tokenize"),
    ):
        setattr(module, name, lru_cache(1024)(getattr(module, name)))


if __name__ == "__main__":
    share_layers()
    remember_expressions()
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    app.main()
