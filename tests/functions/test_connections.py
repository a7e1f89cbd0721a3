"""Requests over kept connections: what botocore's session would send, and faults told as its own."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread
from typing import Any

import certifi
import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.httpsession import URLLib3Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lastro.aws import clients
from lastro.aws.connections import Connections, _head
from lastro.aws.queue import Queue
from lastro.kernel.errors import Retryable

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-amzn-RequestId: r\r\n\r\n{}"
Answering = Callable[[int, int], bytes | None]
"""What is answered to a request, by the numbers of its connection and of it on that connection; None closes."""


class Heard:
    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.connections = 0


def read_request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        part = connection.recv(65536)
        if not part:
            return b""
        request += part
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def server(answering: Answering, context: ssl.SSLContext | None = None) -> Iterator[tuple[str, Heard]]:
    heard = Heard()
    listener = socket.create_server(("127.0.0.1", 0))

    def converse(accepted: socket.socket, number: int) -> None:
        try:
            connection = context.wrap_socket(accepted, server_side=True) if context else accepted
        except OSError:
            # Who asked did not trust.
            accepted.close()
            return
        with closing(connection):
            position = 0
            while request := read_request(connection):
                heard.requests.append(request)
                answer = answering(number, position)
                if answer is None:
                    return
                connection.sendall(answer)
                position += 1

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            heard.connections += 1
            Thread(target=converse, args=(connection, heard.connections), daemon=True).start()

    Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", heard
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def request(
    url: str, method: str = "POST", body: Any = b'{"a": 1}', headers: Mapping[str, Any] | None = None
) -> AWSPreparedRequest:
    told: Any = {"X-Amz-Target": b"AmazonSQS.SendMessageBatch", "Content-Length": str(len(body)), **(headers or {})}
    return AWSPreparedRequest(method, f"{url}/", told, body, stream_output=False, context={})


def open_connections(read: float = 2.0) -> Connections:
    return Connections(URLLib3Session(), connect=2.0, read=read, trusted=certifi.where())


def test_a_connection_is_kept_for_the_next_request() -> None:
    with server(lambda *_: ANSWER) as (url, heard):
        connections = open_connections()
        answers = [connections.send(request(url)) for _ in range(3)]
        connections.close()
    assert [(each.status_code, each.content, each.headers["X-AMZN-REQUESTID"]) for each in answers] == [
        (200, b"{}", "r")
    ] * 3
    assert (heard.connections, len(heard.requests)) == (1, 3)


def test_what_is_sent_is_what_botocore_sends() -> None:
    with server(lambda *_: ANSWER) as (url, heard):
        for session in (open_connections(), URLLib3Session()):
            session.send(request(url, headers={"User-Agent": "lastro", "Authorization": "é".encode()}))
    ours, theirs = heard.requests
    first, *lines = ours.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert [first, *sorted(lines)] == [
        theirs.split(b"\r\n")[0],
        *sorted(theirs.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]),
    ]
    assert ours.partition(b"\r\n\r\n")[2] == theirs.partition(b"\r\n\r\n")[2] == b'{"a": 1}'


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", id="in chunks"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + ANSWER, id="told to go on first"),
    ],
)
def test_an_answer_is_read_in_every_form_it_may_have(answer: bytes) -> None:
    with server(lambda *_: answer) as (url, heard):
        connections = open_connections()
        assert [connections.send(request(url)).content for _ in range(2)] == [b"{}", b"{}"]
    assert heard.connections == 1


def test_an_answer_that_ends_with_its_connection_leaves_none() -> None:
    def answer(*_: int) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"

    with server(answer) as (url, heard):
        connections = open_connections()
        assert [connections.send(request(url)).content for _ in range(2)] == [b"{}", b"{}"]
    assert heard.connections == 2


def test_a_connection_that_the_other_side_closed_is_not_used_again() -> None:
    with server(lambda connection, position: ANSWER) as (url, heard):
        connections = open_connections()
        connections.send(request(url))
        [free] = connections._free.values()
        free[0].sock.shutdown(socket.SHUT_WR)  # the server reads the end and closes its side
        assert free[0].sock.recv(1, socket.MSG_PEEK) == b""
        assert connections.send(request(url)).content == b"{}"
    assert heard.connections == 2


@pytest.mark.parametrize(
    "answer",
    [None, b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", b"\x00nothing of HTTP\r\n\r\n"],
    ids=["closed", "silent", "truncated", "garbage"],
)
def test_a_lost_answer_is_told_as_botocore_tells_it_and_ends_the_connection(answer: bytes | None) -> None:
    silent = answer is not None and (answer == b"" or b"Content-Length: 9" in answer)
    with server(lambda *_: answer) as (url, heard):
        connections = open_connections(read=0.05)
        with pytest.raises(ReadTimeoutError if silent else ConnectionClosedError):
            connections.send(request(url))
        assert not any(connections._free.values())
    assert len(heard.requests) == 1


def test_who_cannot_be_reached_is_told_as_botocore_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(EndpointConnectionError):
        open_connections().send(request(f"http://127.0.0.1:{port}"))
    with pytest.raises(EndpointConnectionError):
        open_connections().send(request("http://name.invalid"))

    def late(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", late)
    monkeypatch.setattr("lastro.aws.connections.HTTPConnection.connect", late)
    with pytest.raises(ConnectTimeoutError):
        open_connections().send(request("http://127.0.0.1:1"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of 127.0.0.1 that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "exemplo")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def test_requests_go_over_tls_to_whom_the_certificates_trust_alone(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with server(lambda *_: ANSWER, context) as (url, heard):
        address = url.replace("http:", "https:")
        trusting = Connections(URLLib3Session(), connect=2.0, read=2.0, trusted=str(certificate))
        assert [trusting.send(request(address)).content for _ in range(2)] == [b"{}", b"{}"]
        assert (heard.connections, len(heard.requests)) == (1, 2)
        with pytest.raises(SSLError):
            open_connections().send(request(address))
        with pytest.raises(SSLError):
            # Trusted, but not by that name.
            trusting.send(request(address.replace("127.0.0.1", "localhost")))
    assert len(heard.requests) == 2


def test_a_header_of_two_lines_is_not_sent() -> None:
    with server(lambda *_: ANSWER) as (url, heard), pytest.raises(ConnectionClosedError):
        open_connections().send(request(url, headers={"Other": "a\r\nStore-Id: 2"}))
    assert heard.requests == []


@pytest.mark.parametrize(("port", "told"), [("443", "queue.example"), ("8443", "queue.example:8443")])
def test_a_port_that_goes_without_saying_is_not_said(port: str, told: str) -> None:
    sent = _head(request(f"https://queue.example:{port}"), "https", f"queue.example:{port}", "/")
    assert f"Host: {told}\r\n".encode() in sent


def test_what_is_unusual_is_left_to_botocore() -> None:
    asked: list[str] = []

    class Usual:
        def send(self, request: AWSPreparedRequest) -> str:
            asked.append(request.method)
            return "answer"

    connections = Connections(Usual(), connect=1, read=1, trusted=certifi.where())
    streamed = request("http://a.example")
    streamed.stream_output = True
    patient: Any = request("http://a.example")
    patient.context = {"read_timeout": 70}
    for each in (request("http://a.example", "GET"), streamed, patient, request("http://a.example", body="text")):
        answer: Any = connections.send(each)
        assert answer == "answer"
    assert len(asked) == 4


def test_behind_a_proxy_botocore_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    for service, ours in (("sqs", True), ("dynamodb", True), ("s3", False)):
        session = clients._client.__wrapped__(service)._endpoint.http_session
        assert isinstance(session, Connections) is ours
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert isinstance(clients._client.__wrapped__("sqs")._endpoint.http_session, URLLib3Session)


def test_botocore_tries_again_what_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client of ours over connections that break: the second try has its answer, and one that never comes is told."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setattr("time.sleep", lambda _: None)
    sent = b'{"Successful": [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": "x"}]}'
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(sent), sent)
    lost = {1}

    def answer(connection: int, _: int) -> bytes | None:
        return None if connection in lost else whole

    with server(answer) as (url, heard):
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        clients._session.cache_clear()
        client = clients._client.__wrapped__("sqs")
        queue = Queue(f"{url}/1/q")
        monkeypatch.setattr("lastro.aws.queue.open_client", lambda _: client)
        queue.send(_messages())
        assert heard.connections == 2
        lost |= set(range(2, 40))
        [free] = client._endpoint.http_session._free.values()
        free.clear()
        with pytest.raises(Retryable):
            queue.send(_messages())


def _messages() -> list[Any]:
    class Message:
        group = "partner"

        def body(self) -> str:
            return "{}"

    return [Message()]
