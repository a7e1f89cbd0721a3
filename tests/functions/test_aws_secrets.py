"""Secrets are asked for once, however many want them at the same time."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from typing import Any

import pytest

from lastro.aws import secrets
from lastro.aws.secrets import Secrets

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


def test_a_forgotten_secret_is_asked_for_again(client: CountingClient) -> None:
    shared = Secrets("lastro")
    for _ in range(2):
        shared.read("bank")
    shared.forget("bank")
    shared.read("bank")
    assert client.asked == ["lastro/bank"] * 2
