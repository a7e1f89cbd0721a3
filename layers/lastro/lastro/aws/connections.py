"""What a signed request is sent over: connections that are kept, one request at a time on each.

botocore hands a request to urllib3, which builds a pool's key, a retry, a timeout and three layers of answer for it;
of a small request that is a third of the price (figures in ``docs/performance.md``). Here the same request goes over
the standard library's connections: a body in memory, an answer that is read whole, no proxy. All else is left to
botocore's own session, and so is every second try: faults are told as that session tells them.
"""

from __future__ import annotations

import ssl
from collections import defaultdict, deque
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SO_KEEPALIVE, SOL_SOCKET
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from botocore.awsrequest import AWSResponse
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util.wait import wait_for_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.awsrequest import AWSPreparedRequest, HTTPHeaders

_KEPT = 32


class Connections:
    """A session of botocore's kind over connections that it keeps."""

    def __init__(self, usual: Any, connect: float, read: float, trusted: str) -> None:
        """``usual`` is botocore's session; seconds to connect and to wait for an answer; a file of the certificates
        that are trusted.
        """
        self._usual = usual
        self._connect, self._read, self._trusted = connect, read, trusted
        # Taken and given back by one operation each, which threads may do at once.
        self._free: defaultdict[tuple[str, str], deque[HTTPConnection]] = defaultdict(lambda: deque(maxlen=_KEPT))

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """The answer, read whole. Raises botocore's own faults, which it tries again or tells."""
        body, told = request.body, getattr(request, "context", None) or {}
        if request.method != "POST" or not isinstance(body, bytes) or request.stream_output or "read_timeout" in told:
            answer: AWSResponse = self._usual.send(request)
            return answer
        scheme, host, path, query, _ = urlsplit(request.url)
        target = f"{path or '/'}?{query}" if query else path or "/"
        free = self._free[scheme, host]
        connection = _take(free) or self._open(scheme, host, request.url)
        try:
            connection.sock.sendall(_head(request, scheme, host, target) + body)
            answered = HTTPResponse(connection.sock, method="POST")
            answered.begin()
            content, headers = answered.read(), cast("HTTPHeaders", answered.headers)
        except TimeoutError as error:
            connection.close()
            raise ReadTimeoutError(endpoint_url=request.url, error=error) from error
        except (OSError, HTTPException) as error:
            connection.close()
            raise ConnectionClosedError(error=error, request=request, endpoint_url=request.url) from error
        if answered.will_close or len(free) == _KEPT:
            connection.close()
        else:
            free.append(connection)
        return AWSResponse(request.url, answered.status, headers, _Content(content))

    def close(self) -> None:
        """Close what is free."""
        for free in self._free.values():
            while free:
                free.pop().close()
        self._usual.close()

    def _open(self, scheme: str, host: str, url: str) -> HTTPConnection:
        connection = (
            HTTPSConnection(host, timeout=self._connect, context=_trusting(self._trusted))
            if scheme == "https"
            else HTTPConnection(host, timeout=self._connect)
        )
        try:
            connection.connect()
        except TimeoutError as error:
            raise ConnectTimeoutError(endpoint_url=url, error=error) from error
        except ssl.SSLError as error:
            raise SSLError(endpoint_url=url, error=error) from error
        except OSError as error:
            raise EndpointConnectionError(endpoint_url=url, error=error) from error
        connection.sock.settimeout(self._read)
        connection.sock.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)
        return connection


class _Content:
    """An answer's body that was read whole, as botocore takes one."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        yield self._content


def _take(free: deque[HTTPConnection]) -> HTTPConnection | None:
    """A connection that the other side has not closed: one with something to read has its end to read."""
    while free:
        try:
            connection = free.pop()
        except IndexError:
            return None
        if not wait_for_read(connection.sock, timeout=0.0):
            return connection
        connection.close()
    return None


def _head(request: AWSPreparedRequest, scheme: str, host: str, target: str) -> bytes:
    """The request's line and headers. Raises ``HTTPException`` for one that would not end with its line."""
    # As it was signed: a port that goes without saying is not said.
    named = host.removesuffix(":443" if scheme == "https" else ":80")
    lines = [f"POST {target} HTTP/1.1\r\nHost: {named}\r\nAccept-Encoding: identity".encode()]
    for name, value in request.headers.items():
        told = value if isinstance(value, bytes) else str(value).encode()
        if b"\n" in told or b"\r" in told:
            raise HTTPException("a header of more than one line")
        lines.append(b"%b: %b" % (name.encode(), told))
    return b"\r\n".join((*lines, b"", b""))


@cache
def _trusting(certificates: str) -> ssl.SSLContext:
    """Kept: to read the certificates takes some twenty milliseconds."""
    return ssl.create_default_context(cafile=certificates)
