"""Secrets Manager: partner credentials go in, only adapters read them back."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import field
from threading import Lock
from typing import Any

from botocore.exceptions import ClientError

from lastro.aws.clients import open_client
from lastro.kernel.dataclass import dataclass

_FRESH_SECONDS = 300.0


@dataclass(frozen=True)
class _Known:
    """A secret as read: when, what, and its version."""

    read_at: float
    fields: dict[str, str] = field(repr=False)
    version: str | None


class Secrets:
    """JSON secrets under one prefix, read values kept in the process.

    Threads that want the same secret at once share one request.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._known: dict[str, _Known] = {}
        self._reading: dict[str, Lock] = {}

    @property
    def _client(self) -> Any:
        return open_client("secretsmanager")

    def store(self, name: str, fields: Mapping[str, str]) -> str:
        """Create or replace a secret; the version it has now."""
        secret = f"{self._prefix}/{name}"
        text = json.dumps(dict(fields))
        try:
            answer = self._client.put_secret_value(SecretId=secret, SecretString=text)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            answer = self._create(secret, text)
        self.forget(name)
        version: str = answer["VersionId"]
        return version

    def create(self, name: str, fields: Mapping[str, str]) -> bool:
        """Create a secret; false when there is one by now, which stays as it is."""
        try:
            self._client.create_secret(Name=f"{self._prefix}/{name}", SecretString=json.dumps(dict(fields)))
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceExistsException":
                raise
            return False
        self.forget(name)
        return True

    def remove(self, name: str) -> None:
        """Remove a secret for good after a week; one that is not there stays so."""
        try:
            self._client.delete_secret(SecretId=f"{self._prefix}/{name}", RecoveryWindowInDays=7)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("ResourceNotFoundException", "InvalidRequestException"):
                raise
        self.forget(name)

    def _create(self, secret: str, text: str) -> Any:
        try:
            return self._client.create_secret(Name=secret, SecretString=text)
        except ClientError as error:
            # Two first writes at the same time: the other one created it, so this one replaces it.
            if error.response["Error"]["Code"] != "ResourceExistsException":
                raise
            return self._client.put_secret_value(SecretId=secret, SecretString=text)

    def read(self, name: str, *, seconds: float = _FRESH_SECONDS, version: str | None = None) -> dict[str, str] | None:
        """The secret's fields as they were at most ``seconds`` ago, ``None`` when there is none.

        With a ``version`` (from :meth:`store`) that one, however new; the present one where it is no longer kept.
        """
        with self._reading.setdefault(name, Lock()):
            known = self.find_known(name, seconds=seconds, version=version)
            if known is not None:
                return known
            answer = self._ask(name, VersionId=version) if version else None
            answer = answer or self._ask(name)
            if answer is None:
                return None
            fields: dict[str, str] = json.loads(answer["SecretString"])
            self._known[name] = _Known(time.monotonic(), fields, answer.get("VersionId"))
            return fields

    def find_known(
        self, name: str, *, seconds: float = _FRESH_SECONDS, version: str | None = None
    ) -> dict[str, str] | None:
        """As :meth:`read` of what this process read already; asks nobody, ``None`` where it would have to."""
        known = self._known.get(name)
        if known is None or time.monotonic() - known.read_at >= seconds or version not in (None, known.version):
            return None
        return known.fields

    def _ask(self, name: str, **version: str) -> Any:
        try:
            return self._client.get_secret_value(SecretId=f"{self._prefix}/{name}", **version)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return None
            raise

    def forget(self, name: str) -> None:
        """Read the secret afresh next time: it was replaced, or the bank no longer accepts it."""
        self._known.pop(name, None)
