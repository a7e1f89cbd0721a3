"""Connections to AWS are opened as botocore's clients open theirs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from botocore.exceptions import (
    EndpointConnectionError,
    SSLError,
)

from lastro.aws import clients, sessions
from lastro.aws.services.json_service import PROTOCOLS, JsonService
from lastro.aws.services.service import ATTEMPTS
from tests.functions.aws.services.scripted_services import (
    KEY,
)

pytestmark = pytest.mark.usefixtures("aws_account")


@contextmanager
def listening(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """An address that takes one request of a connection after the other, and what it heard.

    After each answer its connection is ended, which the answer does not say.
    """
    heard: list[bytes] = []

    def serve() -> None:
        for answer in answers:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        thread.join(5)


HTTP = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def test_a_connection_that_was_ended_meanwhile_is_not_the_end(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    """Lambda keeps a process for minutes without letting it run; what waits for it ends its connections."""
    with listening(HTTP, HTTP, b"", HTTP) as (address, heard):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        asked: Any = JsonService("dynamodb")
        for _ in range(3):
            assert asked.get_item(TableName="t", Key=KEY) == {}
    assert len(heard) == 4
    assert all(request.startswith(b"POST / HTTP/1.1\r\n") for request in heard)


def test_nobody_there_is_told_as_botocore_tells_it(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{address}")
    asked: Any = JsonService("dynamodb")
    with pytest.raises(EndpointConnectionError):
        asked.get_item(TableName="t", Key=KEY)
    with listening(*[HTTP] * ATTEMPTS) as (open_address, _):
        monkeypatch.setenv("AWS_ENDPOINT_URL", open_address.replace("http", "https"))
        asked = JsonService("dynamodb")
        with pytest.raises(SSLError):
            asked.get_item(TableName="t", Key=KEY)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"AWS_CA_BUNDLE": "/a.pem", "HTTPS_PROXY": "http://p:1"},
        {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "amazonaws.com"},
    ],
)
@pytest.mark.parametrize("service", ["dynamodb", "sqs"])
def test_connections_are_opened_as_a_client_of_botocore_opens_them(
    service: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ours: Any = JsonService(service)._connections
    theirs: Any = sessions.make_client(service)._endpoint.http_session
    assert type(ours) is type(theirs)
    for kept in ("_verify", "_max_pool_connections", "_socket_options", "_cert_file"):
        assert getattr(ours, kept) == getattr(theirs, kept), kept
    assert vars(ours._timeout) == vars(theirs._timeout)
    for asked in ("proxy_url_for", "settings"):
        found = [getattr(session._proxy_config, asked) for session in (ours, theirs)]
        assert len({str(each(f"https://{service}.example") if callable(each) else each or {}) for each in found}) == 1


def test_a_client_is_made_without_a_session_of_botocore(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "make_client", lambda service: pytest.fail(service))
    assert {service: clients._client.__wrapped__(service).service for service in PROTOCOLS} == {
        service: service for service in PROTOCOLS
    }
