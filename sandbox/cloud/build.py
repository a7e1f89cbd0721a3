"""`sam build` and bytecode beside it, skipped when nothing that goes into them changed.

Lambda mounts layers read-only, so without bytecode in the layer every cold start compiles every module it imports:
327 ms for pydantic, httpx and the logger, against 108 ms with it.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.cloud.processes import run_tool
from sandbox.cloud.settings import Settings

ZONES = ("America/Sao_Paulo", "UTC")
"""Time zones that the code names."""

_SOURCES = ("functions", "infrastructure", "layers")


def source_hash(project: Path, runtime: str) -> str:
    """SHA-256 over the templates, every file of the functions and layers (name and content), and the runtime."""
    digest = hashlib.sha256(runtime.encode())
    files = [project / "template.yaml"]
    for source in _SOURCES:
        for folder, subfolders, names in os.walk(project / source):
            subfolders[:] = sorted(name for name in subfolders if name != "__pycache__")
            files += [Path(folder, name) for name in sorted(names) if not name.endswith(".pyc")]
    for file in files:
        digest.update(f"\0{file.relative_to(project)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_built(settings: Settings) -> bool:
    stamp = _stamp(settings)
    if not settings.built_template.is_file() or not stamp.is_file():
        return False
    return stamp.read_text() == source_hash(settings.project, settings.runtime)


async def build(settings: Settings) -> str:
    """Build the template for the chosen runtime. Returns what was done; CloudFailure with the tool's output."""
    with _only_one_build(settings.project):
        if is_built(settings):
            return "unchanged"
        current = source_hash(settings.project, settings.runtime)
        _stamp(settings).unlink(missing_ok=True)
        environment = settings.base_environment()
        # SAM takes the interpreter of the runtime from PATH; the cloud environment's own is the one that will run it.
        environment["PATH"] = f"{settings.cloud_bin}{os.pathsep}{environment.get('PATH', '')}"
        environment["SAM_CLI_TELEMETRY"] = "0"
        command = [*settings.sam, "build", "--cached", "--parallel", "--template-file", "template.yaml"]
        overrides = ["--parameter-overrides", f"PythonRuntime={settings.runtime}"]
        await run_tool("sam-build", [*command, *overrides], environment, settings.logs, settings.project)
        keep_zones(settings.built_template.parent / "DependenciesLayer/python/tzdata/zoneinfo")
        compile_all = [settings.cloud_bin / "python", "-m", "compileall", "-q", "-j", "0"]
        # Hash-based and unchecked: the zip's file times mean nothing, and the sources never change once packed.
        compile_all += ["--invalidation-mode", "unchecked-hash", settings.built_template.parent]
        await run_tool("compile", compile_all, environment, settings.logs, settings.project)
        _stamp(settings).write_text(current)
    return f"for {settings.runtime}"


def keep_zones(folder: Path) -> None:
    """Remove every time zone but those in use: a third of the files of the layer that every cold start unpacks."""
    kept = {folder / zone for zone in ZONES}
    # Resources of a package: each folder on the way is one.
    kept |= {parent / "__init__.py" for zone in kept for parent in zone.parents if parent.is_relative_to(folder)}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def _stamp(settings: Settings) -> Path:
    return settings.project / ".aws-sam/sources.sha256"


@contextmanager
def _only_one_build(project: Path) -> Iterator[None]:
    """Two clouds of the same tree (a running one and a test's) share one build folder."""
    folder = project / ".aws-sam"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
