"""What is kept of a seeded local AWS, and when it is taken for the next one."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.processes import Child
from sandbox.cloud.settings import Settings
from sandbox.cloud.snapshots import Snapshot, fingerprint, with_ports

SERVICES = ("apigateway_v1", "dynamodb", "iam", "kms", "lambda", "s3", "secretsmanager", "sqs")
SOURCES = (
    "template.yaml",
    "samconfig.toml",
    "requirements/cloud.txt",
    "functions/system/get_health/app.py",
    "layers/lastro/lastro/errors.py",
    "infrastructure/state.yaml",
    "sandbox/cloud/seeding/seeds.py",
)
OUTPUTS = {"ApiId": "a1b2", "TableName": "lastro"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A project with one file of each kind, and a cloud of it that was seeded and stopped."""
    project = tmp_path / "project"
    for name in SOURCES:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(name)
    venv = project / ".local/venvs/cloud"
    venv.mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("version = 3.13.0\n")
    return stopped(Settings(3000, 3001, 4566, tmp_path / "local", project))


def stopped(settings: Settings) -> Settings:
    settings.state.mkdir(parents=True)
    for name in SERVICES:
        (settings.state / f"{name}.json").write_text(f'"http://127.0.0.1:4566/{name} http://localhost:3001"')
    (settings.state / "ec2.json").write_text("{}")
    (settings.state / "lambda-blobs").mkdir()
    (settings.state / "lambda-blobs/1.zip").write_text("code")
    settings.credentials.write_text(json.dumps({"base_url": settings.base_url}))
    return settings


def aws(settings: Settings, log: str = "") -> Child:
    path = settings.local / "ministack.log"
    path.write_text(log)
    return Child("ministack", object.__new__(asyncio.subprocess.Process), path)


def test_the_next_start_finds_what_was_kept(settings: Settings) -> None:
    assert Snapshot.of(settings).restore(settings) is None
    Snapshot.of(settings).keep(settings, aws(settings), OUTPUTS)
    assert not settings.state.exists()
    settings.credentials.unlink()
    assert Snapshot.of(settings).restore(settings) == OUTPUTS
    assert (settings.state / "sqs.json").read_text() == '"http://127.0.0.1:4566/sqs http://localhost:3001"'
    assert (settings.state / "lambda-blobs/1.zip").read_text() == "code"
    assert not (settings.state / "ec2.json").exists(), "a service that nobody uses would be loaded with it"
    assert json.loads(settings.credentials.read_text()) == {"base_url": "http://127.0.0.1:3000"}
    assert stat.S_IMODE(settings.credentials.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.snapshots.stat().st_mode) == 0o700


def test_a_cloud_on_other_ports_and_in_another_folder_finds_it_too(settings: Settings, tmp_path: Path) -> None:
    Snapshot.of(settings).keep(settings, aws(settings), OUTPUTS)
    other = replace(settings, api_port=3001, sandbox_port=3000, aws_port=45660, local=tmp_path / "other")
    other.local.mkdir()
    assert Snapshot.of(other).restore(other) == OUTPUTS
    assert (other.state / "sqs.json").read_text() == '"http://127.0.0.1:45660/sqs http://localhost:3000"'
    assert json.loads(other.credentials.read_text()) == {"base_url": "http://127.0.0.1:3001"}
    # What one cloud writes anew is its own.
    assert Snapshot.of(settings).restore(settings) == OUTPUTS
    assert (settings.state / "sqs.json").read_text() == '"http://127.0.0.1:4566/sqs http://localhost:3001"'


@pytest.mark.parametrize("name", [*SOURCES, "sandbox/banks/app.py"])
def test_whatever_it_follows_from_is_in_its_name(settings: Settings, name: str) -> None:
    before = fingerprint(settings)
    (settings.project / name).parent.mkdir(parents=True, exist_ok=True)
    (settings.project / name).write_text("changed")
    assert fingerprint(settings) != before


def change_a_seed(settings: Settings) -> None:
    (settings.project / "sandbox/cloud/seeding/seeds.py").write_text("changed")


def grow_old(settings: Settings) -> None:
    [facts] = settings.snapshots.glob("*/cloud.json")
    os.utime(facts, (0, 0))


def lose_it(settings: Settings) -> None:
    [facts] = settings.snapshots.glob("*/cloud.json")
    facts.unlink()


@pytest.mark.parametrize("change", [change_a_seed, grow_old, lose_it])
def test_what_is_of_no_use_any_more_is_not_taken(settings: Settings, change: Callable[[Settings], None]) -> None:
    Snapshot.of(settings).keep(settings, aws(settings), OUTPUTS)
    settings.credentials.unlink()
    change(settings)
    assert Snapshot.of(settings).restore(settings) is None
    assert not settings.state.exists()
    assert not settings.credentials.exists()


def test_only_the_latest_is_kept(settings: Settings) -> None:
    for _ in range(2):
        Snapshot.of(settings).keep(settings, aws(settings), OUTPUTS)
        stopped(settings)
    change_a_seed(settings)
    Snapshot.of(settings).keep(settings, aws(settings), OUTPUTS)
    assert [path.name for path in settings.snapshots.iterdir() if path.is_dir()] == [fingerprint(settings)]


@pytest.mark.parametrize("name", SERVICES)
def test_a_state_without_a_service_is_not_kept(settings: Settings, name: str) -> None:
    (settings.state / f"{name}.json").unlink()
    with pytest.raises(CloudFailure, match=name):
        Snapshot.of(settings).keep(settings, aws(settings), OUTPUTS)
    assert Snapshot.of(settings).restore(settings) is None


def test_a_state_that_was_not_saved_whole_is_not_kept(settings: Settings) -> None:
    complaint = aws(settings, "ERROR persistence: Persistence: failed to save sns: no space left")
    with pytest.raises(CloudFailure, match="did not save its state"):
        Snapshot.of(settings).keep(settings, complaint, OUTPUTS)
    assert Snapshot.of(settings).restore(settings) is None


PORTS = st.integers(1, 65535)


@given(st.lists(PORTS, min_size=6, max_size=6, unique=True), st.sampled_from(["127.0.0.1", "localhost"]), PORTS)
def test_ports_of_this_machine_and_no_others_are_written_anew(ports: list[int], host: str, other: int) -> None:
    moves = dict(zip(ports[:3], ports[3:], strict=True))
    for before, now in moves.items():
        text = f'"http://{host}:{before}/x", "{host}:{before}"'
        assert with_ports(text, moves) == f'"http://{host}:{now}/x", "{host}:{now}"'
        assert with_ports(f"http://example.com:{before}/", moves) == f"http://example.com:{before}/"
    unmoved = f"http://{host}:{other}/"
    assert other in moves or with_ports(unmoved, moves) == unmoved
