"""Make the virtual environments the project needs, and leave alone those that are up to date.

    python3 sandbox/cloud/environments.py dev cloud sam

Runs on any Python 3.8 or newer with nothing installed: pip brings uv, uv everything else, all of it from locks with
hashes. Every environment is made by the interpreter of the newest Lambda runtime found on the machine: the local cloud
runs the functions on the interpreter that started it, and the dependency layer holds compiled code for that very
version.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIMES = ("3.13", "3.12", "3.11")
FOLDERS = {
    "dev": ".venv",
    "cloud": ".local/venvs/cloud",
    "sam": ".local/venvs/sam",
    "checkov": ".local/venvs/checkov",
    "node": ".local/venvs/node",
}
IMPORTABLE = {"dev": (".", "layers/lastro")}
STAMP = "lock.sha256"
PROBE = """
import importlib.util, ssl, sys
assert importlib.util.find_spec("pip") or importlib.util.find_spec("ensurepip")
print("%d.%d" % sys.version_info[:2])
"""
UV = ROOT / ".local/uv"
# The locks are complete: resolving again would cost time.
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes")
# As pip does it: the best match of all indexes, of which the hashes allow one file only.
INSTALL = (
    "pip",
    "install",
    "--quiet",
    "--no-config",
    "--no-deps",
    "--require-hashes",
    "--index-strategy",
    "unsafe-best-match",
)
FROM_PIP = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "cert": ("SSL_CERT_FILE", " "),
}
"""Settings of pip that say where packages come from: uv's variable for each, and what stands between several."""


class Failure(Exception):
    """A command that failed, with its output."""


def run(*command: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a command and return its output. Failure when it cannot run or fails."""
    env = None if environment is None else dict(environment)
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=env
        )
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
    raise Failure(f"No Python of a Lambda runtime found ({', '.join(RUNTIMES)}, with pip). Install one and try again.")


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


def pip_settings(interpreter: str) -> dict[str, str]:
    """Where this machine's pip takes packages from, as variables for uv; those that are set already stay."""
    # PyPI by default, or a mirror: uv reads none of pip's files.
    listed = run(interpreter, "-m", "pip", "config", "list")
    found: dict[str, str] = {}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        name = key.rpartition(".")[2]
        if name in FROM_PIP and value[:1] in ("'", '"'):
            variable, between = FROM_PIP[name]
            words = value[1:-1].replace("\\n", " ").split()
            # The environment's own come first in the list and count more than a file's.
            found.setdefault(variable, between.join(words))
    return {variable: value for variable, value in found.items() if variable not in os.environ}


def find_pip(interpreter: str) -> str:
    """The interpreter if it has pip, else one of an environment that has."""
    try:
        run(interpreter, "-m", "pip", "--version")
    except Failure:
        folder = ROOT / ".local/venvs/pip"
        run(interpreter, "-m", "venv", "--clear", str(folder))
        return str(folder / "bin/python")
    return interpreter


def find_uv(interpreter: str) -> str:
    """The uv of the lock, installed by pip if it is not there. Failure with pip's output."""
    executable, lock, stamp = UV / "bin/uv", lock_of("uv"), UV / STAMP
    current = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text() == current and os.access(executable, os.X_OK)):
        started = time.monotonic()
        shutil.rmtree(UV, ignore_errors=True)
        run(interpreter, *PIP, "--target", str(UV), "--requirement", str(lock))
        stamp.write_text(current)
        report(started, "uv")
    return str(executable)


def make(name: str, interpreter: str, uv: str, environment: Mapping[str, str]) -> None:
    """Make one environment from its lock, every file checked against its hash. Failure with uv's output."""
    started = time.monotonic()
    folder = ROOT / FOLDERS[name]
    shutil.rmtree(folder, ignore_errors=True)
    run(uv, "venv", "--quiet", "--no-config", "--python", interpreter, str(folder), environment=environment)
    python = str(folder / "bin/python")
    run(uv, *INSTALL, "--python", python, "--requirement", str(lock_of(name)), environment=environment)
    for packages in folder.glob("lib/python*/site-packages"):
        (packages / "project.pth").write_text("".join(f"{ROOT / part}\n" for part in IMPORTABLE.get(name, ())))
    (folder / STAMP).write_text(fingerprint(name))
    report(started, name)


def report(started: float, name: str) -> None:
    print(f"{time.monotonic() - started:6.1f} s  environment  {name}", flush=True)


def make_stale(names: list[str]) -> None:
    """Make what is missing or older than its lock. Failure of the first that failed."""
    stale = [name for name in names if not is_current(name)]
    if not stale:
        return
    version, interpreter = find_interpreter()
    print(f"installing the environments {', '.join(stale)} with Python {version}", flush=True)
    pip = find_pip(interpreter)
    uv = find_uv(pip)
    environment = {**os.environ, **pip_settings(pip)}
    # uv works on many files at once already: one environment after another.
    for name in stale:
        make(name, interpreter, uv, environment)


def main(names: list[str]) -> None:
    if not names or not set(names) <= set(FOLDERS):
        sys.exit(f"usage: environments.py [{'|'.join(FOLDERS)}]...")
    try:
        make_stale(names)
    except Failure as failure:
        sys.exit(f"environments: {failure}")


if __name__ == "__main__":
    main(sys.argv[1:])
