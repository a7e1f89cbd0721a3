"""Files in S3: private, encrypted by their bucket, every version kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lastro.aws.clients import open_client
from lastro.kernel.errors import Retryable

_LINK_SECONDS = 900
ERASABLE = {"Key": "erasable", "Value": "yes"}
"""The tag of what a bucket's lifecycle removes (infrastructure/state.yaml): nobody else may delete a file."""


class Files:
    """One bucket by its name."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    @property
    def _client(self) -> Any:
        return open_client("s3")

    def put(self, name: str, content: bytes, media_type: str) -> str:
        """Store a file and return its version. Raises ``Retryable`` ``files_unreachable``."""
        answer = self._ask("put_object", Key=name, Body=content, ContentType=media_type)
        return str(answer.get("VersionId", ""))

    def get(self, name: str, version: str = "") -> bytes:
        """A file's bytes. Raises ``Retryable`` ``files_unreachable``, also when there is no such file."""
        of_version = {"VersionId": version} if version else {}
        try:
            content: bytes = self._ask("get_object", Key=name, **of_version)["Body"].read()
        except BotoCoreError as error:
            raise Retryable("the file broke off", code="files_unreachable") from error
        return content

    def mark_erasable(self, prefix: str) -> None:
        """Have every version of the files below a name removed by the bucket's lifecycle, once no lock keeps it.

        Raises ``Retryable`` ``files_unreachable``; repeated it changes nothing.
        """
        for name, version in self._list_versions(prefix):
            self._ask("put_object_tagging", Key=name, VersionId=version, Tagging={"TagSet": [ERASABLE]})

    def list_names(self, prefix: str) -> list[str]:
        """The names of the files below a name. Raises ``Retryable`` ``files_unreachable``."""
        return list(dict.fromkeys(name for name, _ in self._list_versions(prefix)))

    def link(self, name: str, *, seconds: int = _LINK_SECONDS, save_as: str = "", media_type: str = "") -> str:
        """An address that gives the file to whoever has it, for so many seconds; saved under ``save_as`` if given."""
        wanted = {"Bucket": self._bucket, "Key": name}
        if save_as:
            wanted["ResponseContentDisposition"] = f'attachment; filename="{save_as}"'
        if media_type:
            wanted["ResponseContentType"] = media_type
        return str(self._client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds))

    def upload_link(self, name: str, *, seconds: int) -> str:
        """An address that a file may be sent to with ``PUT``, for so many seconds."""
        wanted = {"Bucket": self._bucket, "Key": name}
        return str(self._client.generate_presigned_url("put_object", Params=wanted, ExpiresIn=seconds))

    def find(self, name: str) -> tuple[int, str] | None:
        """(bytes, tag) of a file, the tag its content's own; ``None`` when there is none.

        Raises ``Retryable`` ``files_unreachable``.
        """
        try:
            found = self._client.head_object(Bucket=self._bucket, Key=name)
            return int(found["ContentLength"]), str(found["ETag"])
        except ClientError as error:
            # Without the right to list a bucket, what is not there is forbidden.
            if error.response["Error"]["Code"] in ("404", "NoSuchKey", "NotFound", "403"):
                return None
            raise Retryable("the files cannot be reached", code="files_unreachable") from error
        except BotoCoreError as error:
            raise Retryable("the files cannot be reached", code="files_unreachable") from error

    def read(self, name: str, start: int, length: int, tag: str = "") -> bytes | None:
        """Some bytes of a file; ``None`` when it is no more the one of this tag. Raises ``Retryable``
        ``files_unreachable``.
        """
        wanted = {"Key": name, "Range": f"bytes={start}-{start + length - 1}"} | ({"IfMatch": tag} if tag else {})
        try:
            content: bytes = self._client.get_object(Bucket=self._bucket, **wanted)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in ("412", "PreconditionFailed"):
                return None
            raise Retryable("the files cannot be reached", code="files_unreachable") from error
        except BotoCoreError as error:
            raise Retryable("the file broke off", code="files_unreachable") from error
        return content

    def _list_versions(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Every version of the files below a name, as name and version."""
        place: dict[str, Any] = {"Prefix": prefix}
        while True:
            page = self._ask("list_object_versions", **place)
            for version in page.get("Versions", ()):
                yield version["Key"], version["VersionId"]
            if not page.get("IsTruncated"):
                return
            place |= {"KeyMarker": page["NextKeyMarker"], "VersionIdMarker": page["NextVersionIdMarker"]}

    def _ask(self, act: str, **wanted: Any) -> Any:
        try:
            return getattr(self._client, act)(Bucket=self._bucket, **wanted)
        except (BotoCoreError, ClientError) as error:
            raise Retryable("the files cannot be reached", code="files_unreachable") from error
