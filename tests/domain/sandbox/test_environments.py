"""Where packages come from is what this machine's pip says, told to uv."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.cloud.environments import FROM_PIP, INSTALL, PIP, find_pip, lock_of, pip_settings

LISTED = r"""
:env:.cert='/own/certificates.pem'
global.cert='/ignored.pem'
global.index-url='https://mirror.example/simple'
global.extra-index-url='https://one.example/simple\nhttps://two.example/simple'
global.find-links='/wheels /more-wheels'
global.timeout='60'
"""


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Something that answers `-m pip config list` as pip does."""
    for variable, _ in FROM_PIP.values():
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "listed").write_text(LISTED)
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\ncat {tmp_path}/listed\n")
    script.chmod(0o755)
    return str(script)


def test_uv_takes_packages_from_where_pip_does(interpreter: str) -> None:
    assert pip_settings(interpreter) == {
        "SSL_CERT_FILE": "/own/certificates.pem",
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/wheels,/more-wheels",
    }


def test_what_was_said_to_uv_itself_counts_more(interpreter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_INDEX", "https://mine.example/simple")
    assert "UV_INDEX" not in pip_settings(interpreter)


def test_pip_of_the_interpreter_is_used_where_there_is_one(interpreter: str) -> None:
    assert find_pip(interpreter) == interpreter


def test_every_file_is_checked_against_a_hash() -> None:
    for command in (PIP, INSTALL):
        assert {"--require-hashes", "--no-deps"} <= set(command)
    for name in ("uv", "dev", "cloud", "sam", "checkov"):
        text = lock_of(name).read_text(encoding="utf-8")
        assert text.count("==") >= 1
        assert all("--hash=sha256:" in part for part in text.replace("\\\n", "").splitlines() if "==" in part)
