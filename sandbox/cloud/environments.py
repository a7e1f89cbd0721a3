"""Make the virtual environments the project needs, and leave alone those that are up to date.

    python3 sandbox/cloud/environments.py dev cloud sam

Runs on any Python 3.8 or newer with nothing installed. Every environment is made by the interpreter of the newest
Lambda runtime found on the machine: the local cloud runs the functions on the interpreter that started it, and the
dependency layer holds compiled code for that very version.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIMES = ("3.13", "3.12", "3.11")
FOLDERS = {"dev": ".venv", "cloud": ".local/venvs/cloud", "sam": ".local/venvs/sam"}
IMPORTABLE = {"dev": (".", "layers/lastro")}
STAMP = "lock.sha256"
PROBE = "import ensurepip, ssl, sys, venv; print('%d.%d' % sys.version_info[:2])"
# The locks are complete: resolving again would cost time, and older pips stumble over extras in hash mode.
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes")


class Failure(Exception):
    """A command that failed, with its output."""


def run(*command: str) -> str:
    """Run a command and return its output. Failure when it cannot run or fails."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except OSError as error:
        raise Failure(f"{command[0]} cannot be run: {error}") from error
    if done.returncode:
        raise Failure(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout.strip()


def candidates(version: str) -> Iterator[str]:
    """Paths that may be an interpreter of the version: PATH first, then where pyenv and uv keep theirs."""
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    yield sys.executable
    uv_root = os.environ.get("UV_PYTHON_INSTALL_DIR") or str(Path.home() / ".local/share/uv/python")
    for folder in (f"{pyenv_root()}/versions/{version}*", f"{uv_root}/cpython-{version}*"):
        yield from sorted(glob.glob(f"{folder}/bin/python{version}"), reverse=True)


def pyenv_root() -> str:
    pyenv = shutil.which("pyenv")
    try:
        return run(pyenv, "root") if pyenv else os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    except Failure:
        return str(Path.home() / ".pyenv")


def is_interpreter(path: str, version: str) -> bool:
    """Whether the file really runs as that version: a pyenv shim of a version that is not selected fails here."""
    try:
        return run(path, "-c", PROBE) == version
    except Failure:
        return False


def find_interpreter() -> tuple[str, str]:
    """(version, path) of the newest runtime found. Failure when there is none."""
    for version in RUNTIMES:
        for path in candidates(version):
            if is_interpreter(path, version):
                return version, path
    raise Failure(f"No Python of a Lambda runtime found ({', '.join(RUNTIMES)}, with venv). Install one and try again.")


def lock_of(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def fingerprint(name: str) -> str:
    """Of the lock and of the tree's place, which every script of an environment names."""
    return hashlib.sha256(bytes(ROOT) + lock_of(name).read_bytes()).hexdigest()


def is_current(name: str) -> bool:
    """Whether the environment exists, has its interpreter and was made from this very lock."""
    folder = ROOT / FOLDERS[name]
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text() == fingerprint(name) and os.access(folder / "bin/python", os.X_OK)


def make(name: str, interpreter: str) -> None:
    """Make one environment from its lock, every file checked against its hash. Failure with pip's output."""
    started = time.monotonic()
    folder = ROOT / FOLDERS[name]
    shutil.rmtree(folder, ignore_errors=True)
    run(interpreter, "-m", "venv", str(folder))
    run(str(folder / "bin/python"), *PIP, "--requirement", str(lock_of(name)))
    for packages in folder.glob("lib/python*/site-packages"):
        (packages / "project.pth").write_text("".join(f"{ROOT / part}\n" for part in IMPORTABLE.get(name, ())))
    (folder / STAMP).write_text(fingerprint(name))
    print(f"{time.monotonic() - started:6.1f} s  environment  {name}", flush=True)


def make_stale(names: list[str]) -> None:
    """Make what is missing or older than its lock, two at a time. Failure of the first that failed."""
    stale = [name for name in names if not is_current(name)]
    if not stale:
        return
    version, interpreter = find_interpreter()
    print(f"installing the environments {', '.join(stale)} with Python {version}", flush=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        for made in [pool.submit(make, name, interpreter) for name in stale]:
            made.result()


def main(names: list[str]) -> None:
    if not names or not set(names) <= set(FOLDERS):
        sys.exit(f"usage: environments.py [{'|'.join(FOLDERS)}]...")
    try:
        make_stale(names)
    except Failure as failure:
        sys.exit(f"environments: {failure}")


if __name__ == "__main__":
    main(sys.argv[1:])
