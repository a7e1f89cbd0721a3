"""ministack with each layer version unpacked once, for all workers.

ministack's local executor unpacks every layer of a function anew for each worker process, two to five thousand files,
and deletes them when it stops. On AWS a layer is mounted read-only. Here each worker gets the paths of one shared tree,
which ministack makes itself for its container executor.

Run as a file by the interpreter of the cloud environment, which holds ministack and nothing of ours.
"""

from __future__ import annotations

import os
from importlib.metadata import version
from typing import Any

from ministack import app
from ministack.core import lambda_runtime

WRITTEN_FOR = "1.5.33"


_spawn = lambda_runtime.Worker._spawn


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
        content = lambda_svc._resolve_layer_zip(attachment)
        if not content:
            raise RuntimeError(f"layer {attachment} has no content")
        folders.append(lambda_svc._docker_extracted_dir(content, "layer"))
    return folders


def share_layers() -> None:
    """Make ministack start its workers this way. RuntimeError with another version, whose internals may differ."""
    installed = version("ministack")
    if installed != WRITTEN_FOR:
        raise RuntimeError(
            f"ministack {installed} is installed, and {__file__} was written for {WRITTEN_FOR}: compare Worker._spawn, "
            "_resolve_layer_zip and _docker_extracted_dir, run its test, then change WRITTEN_FOR"
        )
    lambda_runtime.Worker._spawn = spawn


if __name__ == "__main__":
    share_layers()
    app.main()
