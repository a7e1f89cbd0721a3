"""Asking a service of AWS by botocore's parts without its clients.

A client of botocore's is made from a description of its service, which costs as much as all else that a function does
before it can answer (docs/decisions/0047-requests-to-aws.md). Its signers, its connections, its retries, its reading of
errors and its exceptions are used here as its clients use them.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import botocore
import botocore.exceptions
from botocore.exceptions import ClientError, HTTPClientError
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies, is_valid_endpoint_url

from lastro.aws.services.keys import find_region
from lastro.kernel.observing.version import VERSION

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse

    from lastro.aws.services.retries import Retries

Parameters = dict[str, Any]
Answer = TypeVar("Answer")

CONNECT_SECONDS, READ_SECONDS = 2, 10
CONNECTIONS = 32
ATTEMPTS = 4
USER_AGENT = f"lastro/{VERSION} Botocore/{botocore.__version__}"

_UNREACHED = (botocore.exceptions.ConnectionError, HTTPClientError)
"""What botocore's connections raise, and an answer that was damaged on its way."""

NOT_DONE = frozenset({"ConditionalCheckFailedException", "TransactionConflictException"})
"""What refuses a single write, which has no name that does it once: told to a second attempt, the first may have been
done, and the condition fails by its work. What nobody knows is then told as that, and not that nothing was done.
"""

_SUFFIXES = {
    "cn": "amazonaws.com.cn",
    "eusc": "amazonaws.eu",
    "us-iso": "c2s.ic.gov",
    "us-isob": "sc2s.sgov.gov",
    "eu-isoe": "cloud.adc-e.uk",
    "us-isof": "csp.hci.ic.gov",
}
"""Of the partitions of AWS that have one of their own, by how the names of their regions begin."""
_SUFFIX = "amazonaws.com"


class Service:
    """A service's client: its operations are methods by their names with underscores, as those of botocore's are.

    They raise ``ClientError`` and ``BotoCoreError``; what passes is tried again first. Threads may ask at once.
    """

    def __init__(self, service: str) -> None:
        self.service = service
        self.region = find_region()
        self.endpoint = os.environ.get("AWS_ENDPOINT_URL") or address_of(service, self.region)
        self._asked_at = _asked_at(self.endpoint)
        self._connections = _open_connections(self.endpoint)
        self._retries: Retries | None = None
        self._opening = Lock()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The operation of that name: ``get_item`` is ``GetItem``."""
        if name.startswith("_"):
            raise AttributeError(name)
        return partial(self.ask, "".join(part.capitalize() for part in name.split("_")))

    def ask(self, operation: str, /, **parameters: Any) -> Any:
        """What the service answers to an operation."""
        raise NotImplementedError

    def _try(
        self,
        operation: str,
        prepare: Callable[[], AWSPreparedRequest],
        read: Callable[[AWSResponse], Answer],
        read_error: Callable[[AWSResponse], Parameters],
    ) -> Answer:
        """What is read of a good answer; a request is prepared, and signed, for each attempt.

        ``read`` raises ``ResponseStreamingError`` for an answer that is not whole: it is asked for again.
        """
        attempt, context = 1, Parameters()
        unknown: Exception | None = None
        while True:
            fault: Exception
            answer: tuple[AWSResponse, Any] | None = None
            try:
                came = self._connections.send(prepare())
                if came.status_code < 300:
                    found = read(came)
                    if self._retries:
                        self._retries.succeed(context, came)
                    return found
                told: Any = read_error(came)
                fault, answer = ClientError(told, operation), (came, told)
            except _UNREACHED as error:
                fault = error
            pause = self._open_retries().pause_after(attempt, context, answer, None if answer else fault)
            if pause is None:
                if unknown and answer and answer[1]["Error"]["Code"] in NOT_DONE:
                    raise unknown from fault
                raise fault
            if answer is None or answer[0].status_code >= 500:
                unknown = fault
            attempt += 1
            time.sleep(pause)

    def _open_retries(self) -> Retries:
        """Made by the first fault: until then the allowance is whole."""
        with self._opening:
            if self._retries is None:
                from lastro.aws.services.retries import Retries

                self._retries = Retries(self.service, ATTEMPTS)
            return self._retries


def address_of(service: str, region: str) -> str:
    """Where a service of a region is asked."""
    parts = region.split("-")
    suffix = _SUFFIXES.get("-".join(parts[:2])) or _SUFFIXES.get(parts[0], _SUFFIX)
    return f"https://{service}.{region}.{suffix}"


def _asked_at(endpoint: str) -> str:
    """What requests are sent to: an endpoint's own path, where it has one. Raises ``ValueError`` for no address."""
    if not is_valid_endpoint_url(endpoint):
        raise ValueError(f"Invalid endpoint: {endpoint}")
    parts = urlsplit(endpoint)
    return parts._replace(path=parts.path or "/", fragment="").geturl()


def read_error(came: AWSResponse, body: bytes, language: str) -> Parameters:
    """What an error says, as botocore reads it in the language of its protocol (``json``, ``rest-xml``)."""
    # Imported with the first error: what goes well needs none of it.
    from botocore.parsers import create_parser

    parser: Any = create_parser(language)
    told = {"status_code": came.status_code, "headers": came.headers, "body": body}
    read: Parameters = parser.parse(told, None)
    return read


def _open_connections(endpoint: str) -> URLLib3Session:
    """As a client of botocore's opens its own; the variables are those that botocore knows."""
    opened: Callable[..., URLLib3Session] = URLLib3Session
    return opened(
        verify=os.environ.get("AWS_CA_BUNDLE") or os.environ.get("REQUESTS_CA_BUNDLE") or True,
        proxies=get_environ_proxies(endpoint),
        timeout=(CONNECT_SECONDS, READ_SECONDS),
        max_pool_connections=CONNECTIONS,
        socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)],
    )
