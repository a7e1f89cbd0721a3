"""Services that are asked in JSON (Smithy, "AWS JSON protocols"), by botocore's parts without its clients.

A client of botocore's is made from a description of its service, which costs as much as all else that a function does
before it can answer (docs/decisions/0047-requests-to-aws.md). Its signer, its connections, its retries, its reading of
errors and its exceptions are used here as its clients use them. Ours is where a service is, and a body of JSON:
what is asked is spelt as it is on the wire, and so is what is answered.
"""

from __future__ import annotations

import json
import os
import socket
import time
import uuid
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import botocore
import botocore.exceptions
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError, HTTPClientError, ResponseStreamingError
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies, is_valid_endpoint_url

from lastro.aws.services.keys import find_keys, find_region
from lastro.version import VERSION

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse

    from lastro.aws.services.retries import Retries

Parameters = dict[str, Any]

CONNECT_SECONDS, READ_SECONDS = 2, 10
CONNECTIONS = 32
ATTEMPTS = 4
USER_AGENT = f"lastro/{VERSION} Botocore/{botocore.__version__}"

_UNREACHED = (botocore.exceptions.ConnectionError, HTTPClientError)
"""What botocore's connections raise, and an answer that was damaged on its way."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """How a service is spoken to.

    ``target`` stands before an operation's name; ``blobs`` are members of answers that are bytes, in base64 there;
    ``headers`` are sent beside the usual ones.
    """

    target: str
    version: str
    blobs: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


PROTOCOLS: Mapping[str, Protocol] = {
    "dynamodb": Protocol("DynamoDB_20120810", "1.0"),
    "kms": Protocol("TrentService", "1.1", blobs=("PublicKey", "Signature")),
    "secretsmanager": Protocol("secretsmanager", "1.1"),
    # Else errors lose the codes that they had in the query protocol.
    "sqs": Protocol("AmazonSQS", "1.0", headers=(("x-amzn-query-mode", "true"),)),
}

NAMED_ONCE: Mapping[str, str] = {
    "TransactWriteItems": "ClientRequestToken",
    "CreateSecret": "ClientRequestToken",
    "PutSecretValue": "ClientRequestToken",
}
"""Operations that take a name for one request and its retries, so that it is done once."""

NOT_DONE = frozenset({"ConditionalCheckFailedException", "TransactionConflictException"})
"""What refuses a single write, which has no such name: told to a second attempt, the first may have been done, and the
condition fails by its work. What nobody knows is then told as that, and not that nothing was done.
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


class JsonService:
    """A service's client: its operations are methods by their names with underscores, as those of botocore's are.

    They raise ``ClientError`` and ``BotoCoreError``; what passes is tried again first. Threads may ask at once.
    """

    def __init__(self, service: str) -> None:
        self.service = service
        self.region = find_region()
        self.endpoint = os.environ.get("AWS_ENDPOINT_URL") or address_of(service, self.region)
        self._address = _asked_at(self.endpoint)
        self._protocol = PROTOCOLS[service]
        self._connections = _open_connections(self.endpoint)
        self._retries: Retries | None = None
        self._opening = Lock()

    def __getattr__(self, name: str) -> Callable[..., Parameters]:
        """The operation of that name: ``get_item`` is ``GetItem``."""
        if name.startswith("_"):
            raise AttributeError(name)
        return partial(self.ask, "".join(part.capitalize() for part in name.split("_")))

    def ask(self, operation: str, /, **parameters: Any) -> Parameters:
        """What the service answers to an operation."""
        if (token := NAMED_ONCE.get(operation)) is not None:
            parameters.setdefault(token, str(uuid.uuid4()))
        body = json.dumps(parameters, separators=(",", ":"), default=_spell).encode()
        attempt, context = 1, Parameters()
        unknown: Exception | None = None
        while True:
            fault: Exception
            answer: tuple[AWSResponse, Any] | None = None
            try:
                came = self._connections.send(self._sign(operation, body))
                if came.status_code < 300:
                    found = self._read(came)
                    if self._retries:
                        self._retries.succeed(context, came)
                    return found
                told = _read_error(came)
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

    def _sign(self, operation: str, body: bytes) -> AWSPreparedRequest:
        headers = {
            "Content-Type": f"application/x-amz-json-{self._protocol.version}",
            "User-Agent": USER_AGENT,
            "X-Amz-Target": f"{self._protocol.target}.{operation}",
            **dict(self._protocol.headers),
        }
        request = AWSRequest("POST", self._address, headers=headers, data=body)
        signer: Any = SigV4Auth
        signer(find_keys(), self.service, self.region).add_auth(request)
        return request.prepare()

    def _read(self, came: AWSResponse) -> Parameters:
        """What a good answer says, without what is null. Raises ``ResponseStreamingError`` for one that is not whole,
        or empty, which a client of botocore's would take for one that says nothing: that there is no such item.
        """
        content, told = came.content, came.headers.get("x-amz-crc32")
        if told is not None and told.strip() != str(zlib.crc32(content)):
            raise ResponseStreamingError(error=f"its sum is {zlib.crc32(content)}, not {told}")
        try:
            found = json.loads(content)
        except ValueError as error:
            raise ResponseStreamingError(error=error) from error
        if not isinstance(found, dict):
            raise ResponseStreamingError(error="no object")
        for name in self._protocol.blobs:
            if name in found:
                found[name] = b64decode(found[name])
        return {name: value for name, value in found.items() if value is not None}

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


def _spell(value: object) -> str | float:
    """Bytes and moments as JSON has them."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        return value.timestamp()
    raise TypeError(f"AWS is not told a {type(value).__name__}")


def _read_error(came: AWSResponse) -> Any:
    """What an error says, as botocore reads it, and what else the service tells beside it (``CancellationReasons``)."""
    from botocore.parsers import create_parser

    # Whoever stands between speaks another language, perhaps in another alphabet: its text becomes the message.
    body = came.content.decode(errors="replace").encode()
    try:
        found = json.loads(body)
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        found, body = {}, b""
    parser: Any = create_parser("json")
    told = parser.parse({"status_code": came.status_code, "headers": came.headers, "body": body}, None)
    return found | told
