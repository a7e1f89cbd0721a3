"""The queue message of one inquiry."""

from __future__ import annotations

from pydantic import BaseModel


class InquiryMessage(BaseModel):
    """Take an inquiry on: ask it when it is queued, look it up when its outcome is unknown."""

    inquiry_id: str
