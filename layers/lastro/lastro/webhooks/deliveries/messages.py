"""The queue message of one delivery."""

from __future__ import annotations

from pydantic import BaseModel


class NoticeQueued(BaseModel):
    """Try one delivery."""

    notice_id: str
