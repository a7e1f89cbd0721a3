"""moto's DynamoDB without the HTTP in between, most of what asking it costs: no request is built of a request.

What a client sends is answered by moto's own operations, and what it reads is spelled by moto's own serializer. Only
what moto looks for on the way is known here before: which service it is, its region, its account, who asks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest
from moto.core import responses
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.common_types import TYPE_RESPONSE
from moto.core.model import ServiceModel
from moto.core.models import DEFAULT_ACCOUNT_ID, botocore_stubber
from moto.core.parse import JSONParser
from moto.core.utils import get_service_model
from moto.dynamodb.responses import DynamoHandler

_SERVICE = "dynamodb"
_TARGET = "X-Amz-Target"


class _Asked(DynamoHandler):
    """One request of a client, as moto's operations want it."""

    def __init__(self, operation: str, region: str, body: Any, headers: Mapping[str, str]) -> None:
        super().__init__()
        model: ServiceModel = get_service_model(_SERVICE)
        parser: Any = JSONParser(model.operation_model(operation), map_type=self.PROTOCOL_PARSER_MAP_TYPE)
        self.params = parser._parse_json_body(body, parser.operation_model.input_shape)
        self.operation, self.region, self.headers = operation, region, headers
        self.current_account = DEFAULT_ACCOUNT_ID
        self.response_headers = {"server": "amazon.com"}
        self.uri_match: dict[str, Any] = {}

    def _get_action(self) -> str:
        return self.operation


@contextmanager
def direct_table() -> Iterator[None]:
    """Meanwhile DynamoDB is asked without detours, and every other service as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotocoreStubber, "process_request", _short_cut(BotocoreStubber.process_request))
        patch.setattr(SigV4Auth, "add_auth", _leave_unsigned(SigV4Auth.add_auth))
        patch.setattr(responses, "gen_amzn_requestid_long", _name_request)
        yield


def _short_cut(
    process: Callable[[BotocoreStubber, AWSPreparedRequest], TYPE_RESPONSE | None],
) -> Callable[[BotocoreStubber, AWSPreparedRequest], TYPE_RESPONSE | None]:
    def ask(stubber: BotocoreStubber, request: AWSPreparedRequest) -> TYPE_RESPONSE | None:
        service, region, *rest = str(urlsplit(request.url).hostname).split(".")
        if service != _SERVICE or rest != ["amazonaws", "com"]:
            return process(stubber, request)
        headers = {name: _text(value) for name, value in request.headers.items()}
        operation = headers[_TARGET].partition(".")[2]
        answer: TYPE_RESPONSE = _Asked(operation, region, request.body, headers).call_action()
        return answer

    return ask


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _leave_unsigned(sign: Callable[[Any, AWSRequest], None]) -> Callable[[Any, AWSRequest], None]:
    """moto looks at no signature of DynamoDB's; who has no keys still learns it."""

    def add_auth(signer: Any, request: AWSRequest) -> None:
        if signer.credentials is None or signer._service_name != _SERVICE or not botocore_stubber.enabled:
            sign(signer, request)

    return add_auth


def _name_request(headers: dict[str, str]) -> str:
    """The id of a request that nobody looks at, without the fifty-two draws that moto makes for it."""
    name = headers["x-amzn-requestid"] = f"{random.getrandbits(208):052X}"
    return name
