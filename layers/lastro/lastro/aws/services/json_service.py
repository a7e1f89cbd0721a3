"""Services that are asked in JSON (Smithy, "AWS JSON protocols"): what is asked is spelt as it is on the wire, and so
is what is answered.
"""

from __future__ import annotations

import json
import uuid
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ResponseStreamingError

from lastro.aws.services.keys import find_keys
from lastro.aws.services.service import USER_AGENT, Parameters, Service, read_error
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse


@dataclass(frozen=True)
class Protocol:
    """How a service is spoken to.

    ``target`` stands before an operation's name; ``blobs`` are members of answers that are bytes, in base64 there;
    ``headers`` are sent beside the usual ones; ``unsigned`` are operations that anybody may call,
    ``silent`` those that answer with nothing.
    """

    target: str
    version: str
    blobs: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    unsigned: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


_OF_LOGINS = ("InitiateAuth", "RespondToAuthChallenge", "AssociateSoftwareToken", "VerifySoftwareToken", "RevokeToken")
_DONE = {"AdminAddUserToGroup", "AdminDeleteUser", "AdminDisableUser", "AdminSetUserPassword", "AdminUserGlobalSignOut"}

PROTOCOLS: Mapping[str, Protocol] = {
    "cognito-idp": Protocol(
        "AWSCognitoIdentityProviderService",
        "1.1",
        unsigned=frozenset(_OF_LOGINS),
        silent=frozenset({*_DONE, "RevokeToken"}),
    ),
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


class JsonService(Service):
    """Parameters and answers are what is on the wire, but for bytes, and for moments that are told."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self._protocol = PROTOCOLS[service]

    def ask(self, operation: str, /, **parameters: Any) -> Parameters:
        """What the service answers to an operation."""
        if (token := NAMED_ONCE.get(operation)) is not None:
            parameters.setdefault(token, str(uuid.uuid4()))
        body = json.dumps(parameters, separators=(",", ":"), default=_spell).encode()
        return self._try(operation, lambda: self._prepare(operation, body), partial(self._read, operation), _read_error)

    def _prepare(self, operation: str, body: bytes) -> AWSPreparedRequest:
        headers = {
            "Content-Type": f"application/x-amz-json-{self._protocol.version}",
            "User-Agent": USER_AGENT,
            "X-Amz-Target": f"{self._protocol.target}.{operation}",
            **dict(self._protocol.headers),
        }
        request = AWSRequest("POST", self._asked_at, headers=headers, data=body)
        if operation not in self._protocol.unsigned:
            signer: Any = SigV4Auth
            signer(find_keys(), self.service, self.region).add_auth(request)
        return request.prepare()

    def _read(self, operation: str, came: AWSResponse) -> Parameters:
        """What a good answer says, without what is null. Raises ``ResponseStreamingError`` for one that is not whole,
        or empty, which a client of botocore's would take for one that says nothing: that there is no such item.
        """
        content, told = came.content, came.headers.get("x-amz-crc32")
        if told is not None and told.strip() != str(zlib.crc32(content)):
            raise ResponseStreamingError(error=f"its sum is {zlib.crc32(content)}, not {told}")
        if not content and operation in self._protocol.silent:
            return {}
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


def _spell(value: object) -> str | float:
    """Bytes and moments as JSON has them."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        return value.timestamp()
    raise TypeError(f"AWS is not told a {type(value).__name__}")


def _read_error(came: AWSResponse) -> Parameters:
    """What an error says, and what the service tells beside it (``CancellationReasons``)."""
    # Whoever stands between speaks another language, perhaps in another alphabet: its text becomes the message.
    body = came.content.decode(errors="replace").encode()
    try:
        found = json.loads(body)
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        found, body = {}, b""
    return found | read_error(came, body, "json")
