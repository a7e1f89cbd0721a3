"""The key sets that user pools publish (RFC 7517), read over HTTPS and kept in the process."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session

from lastro.aws.log import logger
from lastro.aws.settings import find_setting
from lastro.kernel.errors import Retryable

KeyT = TypeVar("KeyT")

_FRESH_SECONDS = 6 * 3600.0
_LEAST_SECONDS = 60.0
"""A key that is not known is looked for again after this at the earliest: whoever makes names up asks nobody often."""


def issuer_of_pool(pool_id: str) -> str:
    """``<region>_<name>`` as tokens spell it in ``iss``."""
    return f"https://cognito-idp.{pool_id.partition('_')[0]}.amazonaws.com/{pool_id}"


def key_set_of(pool_id: str) -> str:
    """Where a pool publishes its keys; the local cloud does so at its own address."""
    local = find_setting("AWS_ENDPOINT_URL")
    base = f"{local.rstrip('/')}/{pool_id}" if local else issuer_of_pool(pool_id)
    return f"{base}/.well-known/jwks.json"


class KeySet(Generic[KeyT]):
    """The keys at an address; ``read`` makes them of the document, raising ``ValueError`` for one that is none."""

    def __init__(self, url: str, read: Callable[[bytes], Mapping[str, KeyT]]) -> None:
        self._url = url
        self._read = read
        self._keys: Mapping[str, KeyT] = {}
        self._asked_at: float | None = None

    def find(self, key_id: str) -> KeyT | None:
        """A key by its id, read anew when it is not known or the set is old.

        Keys that were read once go on to serve while nobody answers. Raises ``Retryable`` where none was read yet.
        """
        age = None if self._asked_at is None else time.monotonic() - self._asked_at
        if age is None or age >= _FRESH_SECONDS or (key_id not in self._keys and age >= _LEAST_SECONDS):
            self._refresh()
        return self._keys.get(key_id)

    def _refresh(self) -> None:
        try:
            answer = URLLib3Session(timeout=3).send(AWSRequest("GET", self._url).prepare())
            if answer.status_code != 200:
                raise ValueError(f"the key set answered {answer.status_code}")
            self._keys = self._read(answer.content)
        except (BotoCoreError, ValueError) as error:
            logger.warning("published keys not read", fault=type(error).__name__)
            if not self._keys:
                raise Retryable("the pool does not show its keys", code="keys_unavailable") from error
        self._asked_at = time.monotonic()
