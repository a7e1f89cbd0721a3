"""The browser that pages are tested and measured with: the one that is named, the machine's, or one of npm's.

Without either of the first two the package `@sparticuz/chromium`, locked in `tests/pages/chromium`, is installed below
`.local/browser`. It brings Chromium alone, no library that it is linked with.
"""

import asyncio
import os
import shutil
from pathlib import Path

from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.panel import run_npm, run_script
from sandbox.cloud.settings import PROJECT, Settings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LACKING = "install chromium, or beside npm's libnss3 and libexpat1, or let CHROMIUM name a browser"
"""What to do where no browser runs."""
_LOCKED = PROJECT / "tests/pages/chromium"
_FILES = ("package.json", "package-lock.json", ".npmrc")
_TELL = "import('@sparticuz/chromium').then(async (found) => console.log(await found.default.executablePath()))"


def find_browser(settings: Settings) -> Path:
    """The browser's program. CloudFailure where there is none and none can be installed."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return Path(named) if named else asyncio.run(_installed(settings))


async def _installed(settings: Settings) -> Path:
    folder = settings.project / ".local/browser"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "chromium"
    lock = (_LOCKED / "package-lock.json").read_bytes()
    stamp = folder / ".installed"
    if not program.is_file() or not stamp.is_file() or stamp.read_bytes() != lock:
        for name in _FILES:
            shutil.copyfile(_LOCKED / name, folder / name)
        await run_npm(settings, folder, "ci", "--ignore-scripts")
        program.unlink(missing_ok=True)
        # The package unpacks into the folder for temporary files.
        await run_script(settings, folder, _TELL, {"TMPDIR": str(folder)})
        if not program.is_file():
            raise CloudFailure(f"no browser: {LACKING}")
        stamp.write_bytes(lock)
    return program
