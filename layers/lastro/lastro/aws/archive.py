"""S3 as an archive: a file is written once under its name and never replaced (bucket policy and lock: template)."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lastro.aws.clients import open_client
from lastro.kernel.errors import Permanent, Retryable

_THERE_ALREADY = "PreconditionFailed"
_ABSENT = ("NoSuchKey", "404")


class Archive:
    """PDFs in one bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    @property
    def _client(self) -> Any:
        return open_client("s3")

    def put_once(self, name: str, content: bytes) -> None:
        """Store a PDF; one that is there under this name already stays as it is.

        Raises ``Retryable`` ``archive_unreachable``.
        """
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=name,
                Body=content,
                ContentType="application/pdf",
                IfNoneMatch="*",
            )
        except (BotoCoreError, ClientError) as error:
            if _code(error) != _THERE_ALREADY:
                raise Retryable("the archive did not take the file", code="archive_unreachable") from error

    def get(self, name: str) -> bytes:
        """The file's bytes. Raises ``Permanent`` ``file_absent`` and ``Retryable`` ``archive_unreachable``."""
        try:
            content: bytes = self._client.get_object(Bucket=self._bucket, Key=name)["Body"].read()
        except (BotoCoreError, ClientError) as error:
            if _code(error) in _ABSENT:
                raise Permanent("the archive has no such file", code="file_absent") from error
            raise Retryable("the archive did not give the file", code="archive_unreachable") from error
        return content


def _code(error: Exception) -> Any:
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else None
