"""Secrets Manager: partner credentials go in, only adapters read them back."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from threading import Lock

from botocore.exceptions import ClientError

from lastro.aws.clients import open_client

_FRESH_SECONDS = 300.0


class Secrets:
    """JSON secrets under one prefix, read values kept in the process.

    Threads that want the same secret at once share one request.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._client = open_client("secretsmanager")
        self._known: dict[str, tuple[float, dict[str, str]]] = {}
        self._reading: dict[str, Lock] = {}

    def store(self, name: str, fields: Mapping[str, str]) -> None:
        """Create or replace a secret."""
        secret = f"{self._prefix}/{name}"
        text = json.dumps(dict(fields))
        try:
            self._client.put_secret_value(SecretId=secret, SecretString=text)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            self._create(secret, text)
        self.forget(name)

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

    def _create(self, secret: str, text: str) -> None:
        try:
            self._client.create_secret(Name=secret, SecretString=text)
        except ClientError as error:
            # Two first writes at the same time: the other one created it, so this one replaces it.
            if error.response["Error"]["Code"] != "ResourceExistsException":
                raise
            self._client.put_secret_value(SecretId=secret, SecretString=text)

    def read(self, name: str, *, seconds: float = _FRESH_SECONDS) -> dict[str, str] | None:
        """The secret's fields as they were at most ``seconds`` ago, ``None`` when there is none."""
        with self._reading.setdefault(name, Lock()):
            return self._read(name, seconds)

    def _read(self, name: str, seconds: float) -> dict[str, str] | None:
        known = self._known.get(name)
        if known and time.monotonic() - known[0] < seconds:
            return known[1]
        try:
            answer = self._client.get_secret_value(SecretId=f"{self._prefix}/{name}")
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return None
            raise
        fields: dict[str, str] = json.loads(answer["SecretString"])
        self._known[name] = (time.monotonic(), fields)
        return fields

    def forget(self, name: str) -> None:
        """Read the secret afresh next time: it was replaced, or the bank no longer accepts it."""
        self._known.pop(name, None)
