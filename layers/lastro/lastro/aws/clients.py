"""One client per service and process, made by its first use: an adapter that is opened costs nothing."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lastro.aws.services.json_service import PROTOCOLS, JsonService

AWS_FAULTS = (BotoCoreError, ClientError)
"""What a client raises: a service's own answer, or that it could not be asked (no keys, no region, no connection)."""

_OPENING = Lock()


def open_client(service: str) -> Any:
    """The process's client for an AWS service; ``AWS_ENDPOINT_URL`` points it at the local cloud.

    Threads may want their first client at the same time: they wait for one another.
    """
    with _OPENING:
        return _client(service)


@cache
def _client(service: str) -> Any:
    if service in PROTOCOLS:
        return JsonService(service)
    if service == "s3":
        from lastro.aws.services.objects import ObjectService

        return ObjectService(service)
    # Imported where it is needed alone: what every function asks is asked without botocore's clients.
    from lastro.aws.sessions import make_client

    return make_client(service)
