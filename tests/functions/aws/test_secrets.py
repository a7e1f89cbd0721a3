"""Secrets are asked for once, however many want them at the same time."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from typing import Any

import pytest

from lastro.aws import secrets
from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from tests.functions.emulation.faults import watch

READERS = 8


class CountingClient:
    """Keeps a request waiting for a second one like it, for a moment."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._count = Lock()
        self._second = Event()

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803 - the API's own name
        with self._count:
            self.asked.append(SecretId)
            if self.asked.count(SecretId) > 1:
                self._second.set()
        self._second.wait(0.05)
        return {"SecretString": json.dumps({"user": SecretId})}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> CountingClient:
    client = CountingClient()
    monkeypatch.setattr(secrets, "open_client", lambda service: client)
    return client


def test_threads_that_want_the_same_secret_share_one_request(client: CountingClient) -> None:
    shared, start = Secrets("lastro"), Barrier(READERS)

    def read(number: int) -> dict[str, str] | None:
        start.wait()
        return shared.read(f"bank/{number % 2}")

    with ThreadPoolExecutor(READERS) as pool:
        found = list(pool.map(read, range(READERS)))
    assert sorted(client.asked) == ["lastro/bank/0", "lastro/bank/1"]
    assert found == [{"user": f"lastro/bank/{number % 2}"} for number in range(READERS)]


def test_a_wanted_version_is_read_however_new_what_is_remembered(table: Table) -> None:
    writer, reader = Secrets("lastro"), Secrets("lastro")
    first = writer.store("bank", {"key": "a"})
    assert reader.read("bank", version=first) == {"key": "a"}
    second = writer.store("bank", {"key": "b"})
    assert reader.read("bank") == {"key": "a"}
    with watch("secretsmanager", "GetSecretValue") as asked:
        assert [reader.read("bank", version=second) for _ in range(2)] == [{"key": "b"}] * 2
    assert len(asked) == 1
    # One that nobody keeps any more, or does not show yet, gives way to the present one.
    assert reader.read("bank", version="0" * 32) == {"key": "b"}


def test_a_secret_is_created_once(table: Table) -> None:
    vault = Secrets("lastro")
    assert [vault.create("one", {"key": key}) for key in "ab"] == [True, False]
    assert vault.read("one") == {"key": "a"}


def test_a_forgotten_secret_is_asked_for_again(client: CountingClient) -> None:
    shared = Secrets("lastro")
    for _ in range(2):
        shared.read("bank")
    shared.forget("bank")
    shared.read("bank")
    assert client.asked == ["lastro/bank"] * 2
