"""Let checkov read every template, and compare what it finds with what is accepted: ``python -m tests.template.scan``.

``accepted.yaml`` holds what is accepted and why. What is found and not accepted fails, and so does what is accepted and
no longer found: a list that only grows says nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from tests.template.source import ALL, ROOT

CHECKOV = ROOT / ".local/venvs/checkov/bin/checkov"
ACCEPTED = Path(__file__).with_name("accepted.yaml")


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One check that one resource does not pass; ``resource`` is ``type.name``."""

    check: str
    resource: str
    title: str = ""

    def __str__(self) -> str:
        return f"{self.check} {self.resource}  {self.title}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A check that the resources named (``*`` stands for any part) need not pass, and why."""

    check: str
    title: str
    where: tuple[str, ...]
    why: str

    def covers(self, finding: Finding) -> bool:
        return finding.check == self.check and any(fnmatchcase(finding.resource, pattern) for pattern in self.where)


def read_accepted(path: Path = ACCEPTED) -> list[Accepted]:
    """What is accepted. Raises ``KeyError`` or ``TypeError`` for an entry that lacks a part."""
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Accepted(**{**entry, "where": tuple(entry["where"])}) for entry in entries]


def compare(found: Iterable[Finding], accepted: Sequence[Accepted]) -> tuple[list[Finding], list[str]]:
    """What is found and not accepted, and the patterns of what is accepted that nothing was found for."""
    found = sorted(set(found))
    unknown = [finding for finding in found if not any(entry.covers(finding) for entry in accepted)]
    stale = [
        f"{entry.check} {pattern}"
        for entry in accepted
        for pattern in entry.where
        if not any(finding.check == entry.check and fnmatchcase(finding.resource, pattern) for finding in found)
    ]
    return unknown, stale


def read_report(text: str) -> list[Finding]:
    """The findings of checkov's JSON. Raises ``ValueError`` where a template was not read or nothing was checked."""
    report = json.loads(text)
    if report["summary"]["parsing_errors"] or not report["summary"]["passed"]:
        raise ValueError(f"not every template was read: {report['summary']}")
    return [
        Finding(failed["check_id"], failed["resource"], failed["check_name"])
        for failed in report["results"]["failed_checks"]
    ]


def scan(templates: Sequence[Path] = ALL) -> list[Finding]:
    """What checkov finds, asked offline. Raises ``ValueError`` with its output where it gives no report."""
    command = [str(CHECKOV), "--framework", "cloudformation", "--skip-download", "--quiet", "--compact"]
    command += ["--soft-fail", "--output", "json", "--file", *(str(path.relative_to(ROOT)) for path in templates)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "LOG_LEVEL": "ERROR"}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ValueError(done.stdout + done.stderr)
    return read_report(done.stdout)


def main() -> int:
    found = scan()
    unknown, stale = compare(found, read_accepted())
    for finding in unknown:
        print(f"found: {finding}")
    for pattern in stale:
        print(f"accepted, but no longer found: {pattern}")
    if not unknown and not stale:
        print(f"checkov: {len(found)} findings, each accepted in {ACCEPTED.relative_to(ROOT)}")
    return 1 if unknown or stale else 0


if __name__ == "__main__":
    sys.exit(main())
