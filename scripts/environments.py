"""Make the virtual environments the project needs, and leave alone those that are up to date.

    python3 scripts/environments.py dev cloud sam

Runs on any Python 3.8 or newer with nothing installed. Every environment is made by the interpreter of the newest
Lambda runtime found on the machine, because the local cloud runs the functions on the interpreter that started it and
the dependency layer holds compiled code for that very version.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNTIMES = ("3.13", "3.12", "3.11")
FOLDERS = {"dev": ".venv", "cloud": ".local/venvs/cloud", "sam": ".local/venvs/sam"}
STAMP = "lock.sha256"
PROBE = "import ensurepip, ssl, sys, venv; print('%d.%d' % sys.version_info[:2])"


def candidates(version):
    """Paths that may be an interpreter of the version: PATH first, then where pyenv and uv keep theirs."""
    on_path = shutil.which("python" + version)
    if on_path:
        yield on_path
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        yield sys.executable
    pyenv_root = os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    pyenv = shutil.which("pyenv")
    if pyenv:
        asked = subprocess.run([pyenv, "root"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        pyenv_root = asked.stdout.strip() or pyenv_root
    uv_root = os.environ.get("UV_PYTHON_INSTALL_DIR") or str(Path.home() / ".local/share/uv/python")
    for folder in (pyenv_root + "/versions/" + version + "*", uv_root + "/cpython-" + version + "*"):
        yield from sorted(glob.glob(folder + "/bin/python" + version), reverse=True)


def is_interpreter(path, version):
    """Whether the file really runs as that version: a pyenv shim of a version that is not selected fails here."""
    probe = subprocess.run([path, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return probe.returncode == 0 and probe.stdout.strip() == version


def find_interpreter():
    """(version, path) of the newest runtime found. Exits with what to install when there is none."""
    for version in RUNTIMES:
        for path in candidates(version):
            if is_interpreter(path, version):
                return version, path
    sys.exit("No Python of a Lambda runtime found (%s, with venv). Install one and try again." % ", ".join(RUNTIMES))


def lock_of(name):
    return ROOT / "requirements" / (name + ".txt")


def fingerprint(name):
    return hashlib.sha256(lock_of(name).read_bytes()).hexdigest()


def is_current(name):
    """Whether the environment exists, runs and was made from this very lock."""
    folder = ROOT / FOLDERS[name]
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text() == fingerprint(name) and os.access(str(folder / "bin/python"), os.X_OK)


def make(name, interpreter):
    """Make one environment from its lock, every file checked against its hash. Returns (name, error output or '')."""
    started = time.monotonic()
    folder = ROOT / FOLDERS[name]
    shutil.rmtree(str(folder), ignore_errors=True)
    commands = (
        [interpreter, "-m", "venv", str(folder)],
        [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        + ["--require-hashes", "--requirement", str(lock_of(name))],
    )
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            return name, "%s\n%s" % (" ".join(command), done.stdout)
    (folder / STAMP).write_text(fingerprint(name))
    print("environment %-6s %5.1f s" % (name, time.monotonic() - started), flush=True)
    return name, ""


def main(names):
    unknown = [name for name in names if name not in FOLDERS]
    if unknown or not names:
        sys.exit("usage: environments.py [%s]..." % "|".join(FOLDERS))
    stale = [name for name in names if not is_current(name)]
    if not stale:
        return
    version, interpreter = find_interpreter()
    print("environments: installing %s with Python %s" % (", ".join(stale), version), flush=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        failures = [result for result in pool.map(lambda name: make(name, interpreter), stale) if result[1]]
    for name, output in failures:
        print("environment %s failed:\n%s" % (name, output), file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
