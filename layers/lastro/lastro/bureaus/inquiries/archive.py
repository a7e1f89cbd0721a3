"""Raw answers and report files in the bucket; its client is made when the first file is wanted, not at the start."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.aws.files import Files


class InquiryArchive:
    """Implements ``Archive``."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    @cached_property
    def _files(self) -> Files:
        from lastro.aws.files import Files

        return Files(self._bucket)

    def put(self, name: str, body: bytes, content_type: str) -> None:
        self._files.put(name, body, content_type)

    def link(self, name: str, file_name: str, content_type: str, seconds: int) -> str:
        return self._files.link(name, seconds=seconds, save_as=file_name, media_type=content_type)
