"""The local AWS as it was once deployed and seeded, kept for the starts that would only make the same again.

A snapshot is known by what it follows from: templates, functions, layers and runtime, the sandbox with its seeds and
the local AWS's own version. The ports may be others at the next start: addresses in the state are written anew.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.cloud.build import source_hash
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.processes import Child
from sandbox.cloud.settings import Settings

_LONGEST_SECONDS = 7 * 24 * 3600
"""Older ones are made anew: they hold keys, certificates and dates of their day."""

_NEEDED = ("apigateway_v1", "dynamodb", "iam", "kms", "lambda", "s3", "secretsmanager", "sqs")
"""Services without whose state nothing would work."""

_KEPT = (*_NEEDED, "cloudwatch", "cloudwatch_logs", "eventbridge", "scheduler", "sns", "cognito")
"""Services of the template. The local AWS loads each service that a state is left of: two dozen more, and
CloudFormation, whose work is done, would take seconds."""

_COMPLAINT = "Persistence:"
"""How the local AWS begins what it logs of a state that it could not save."""


def fingerprint(settings: Settings) -> str:
    """SHA-256, in hex, over all that a deployed and seeded cloud follows from."""
    digest = hashlib.sha256(source_hash(settings.project, settings.runtime).encode())
    files = [settings.project / "samconfig.toml", settings.project / "requirements/cloud.txt"]
    for file in (*files, *sorted((settings.project / "sandbox").rglob("*.py"))):
        digest.update(f"\0{file.relative_to(settings.project)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Snapshot:
    """A folder with the state of every service, the credentials file, and the outputs and ports of the time."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> "Snapshot":
        """Where the snapshot of a cloud as it would be made now lies, or will lie."""
        return cls(settings.snapshots / fingerprint(settings))

    def keep(self, settings: Settings, aws: Child, outputs: dict[str, str]) -> None:
        """Take the state that a stopped local AWS left behind. CloudFailure when a part of it is missing."""
        missing = [name for name in _NEEDED if not (settings.state / f"{name}.json").is_file()]
        if missing or _COMPLAINT in aws.log.read_text(errors="replace"):
            raise CloudFailure(f"the local AWS did not save its state: {', '.join(missing) or 'see its log'}", aws.log)
        with _alone(settings.snapshots):
            made = Path(tempfile.mkdtemp(dir=settings.snapshots))
            shutil.move(settings.state, made / "state")
            for file in (made / "state").iterdir():
                if file.is_file() and file.stem not in _KEPT:
                    file.unlink()
            shutil.copy2(settings.credentials, made / "credentials.json")
            (made / "cloud.json").write_text(json.dumps({"outputs": outputs, "ports": list(settings.ports.values())}))
            # Only the latest is of use, and another cloud of the same tree may have been quicker.
            for other in settings.snapshots.iterdir():
                if other.is_dir() and other != made:
                    shutil.rmtree(other)
            made.rename(self.folder)

    def restore(self, settings: Settings) -> dict[str, str] | None:
        """Put the state where the local AWS reads it, and write the credentials file. The stack's outputs, or None."""
        with _alone(settings.snapshots):
            if not self._is_fresh():
                return None
            facts = json.loads((self.folder / "cloud.json").read_text())
            shutil.copytree(self.folder / "state", settings.state)
            ports = dict(zip(facts["ports"], settings.ports.values(), strict=True))
            if any(before != now for before, now in ports.items()):
                for file in settings.state.glob("*.json"):
                    file.write_text(with_ports(file.read_text(), ports))
            credentials = with_ports((self.folder / "credentials.json").read_text(), ports)
        with os.fdopen(os.open(settings.credentials, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as output:
            output.write(credentials)
        outputs: dict[str, str] = facts["outputs"]
        return outputs

    def _is_fresh(self) -> bool:
        facts = self.folder / "cloud.json"
        return facts.is_file() and time.time() - facts.stat().st_mtime < _LONGEST_SECONDS


def with_ports(text: str, ports: dict[int, int]) -> str:
    """The text with the ports of addresses on this machine written anew."""
    pattern = "|".join(map(str, ports))
    return re.sub(
        rf"\b(127\.0\.0\.1|localhost):({pattern})(?!\d)",
        lambda found: f"{found[1]}:{ports[int(found[2])]}",
        text,
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Clouds of the same tree take turns: none reads what another replaces."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
