"""What a partner reads about the data of a person."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

_UUID = "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"
Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class KindCount(BaseModel):
    """What became of the records of one kind."""

    kind: Annotated[str, Field(description="Kind of data", examples=["simulation"])]
    exported: Annotated[int, Field(description="In the files", examples=[0])]
    ended: Annotated[int, Field(description="Erased, or made nobody's", examples=[3])]
    kept: Annotated[int, Field(description="Kept for the law's term; they end by themselves then", examples=[0])]
    in_use: Annotated[
        int, Field(description="In use, or being erased; they end by themselves once that is over", examples=[0])
    ]


class KeptView(BaseModel):
    """A record that has to stay."""

    kind: Annotated[str, Field(description="Kind of data", examples=["contract"])]
    id: Annotated[str, Field(description="The record", examples=["8f14e45fceea467fa1b5c3a1d8b0e7c2"])]
    until: Annotated[str | None, Field(description="First day without it; null while in use", examples=["2038-01-01"])]
    basis: Annotated[str, Field(description="Why", examples=["Circular BCB 3.978/2020, art. 67"])]


class FileView(BaseModel):
    """A private address of a file, good for fifteen minutes."""

    url: Annotated[str, Field(description="GET it without a key", examples=["https://files.example.com/000001.json"])]
    name: Annotated[str, Field(description="Name of the file", examples=["000001.json"])]


class SubjectRequestView(BaseModel):
    """A data subject's request, as far as it is worked."""

    id: Annotated[str, Field(description="UUID", examples=[_UUID])]
    document: Annotated[str, Field(description="Whose data", examples=["529.982.247-25"])]
    action: Annotated[str, Field(description="`export` or `erasure`", examples=["erasure"])]
    status: Annotated[str, Field(description="`pending`, `held` by a legal hold, or `done`", examples=["done"])]
    requested_by: Annotated[str, Field(description="Who answers the data subject", examples=["encarregado"])]
    created_at: Moment
    finished_at: Annotated[str | None, Field(description="Null until it is done", examples=[None])]
    records: Annotated[list[KindCount], Field(description="What became of the records, by kind")]
    kept: Annotated[list[KeptView], Field(description="Records that have to stay, at most 50 by name")]
    files: Annotated[list[FileView], Field(description="Parts of an export and the documents that go with it")]


class SubjectRequestAnswer(BaseModel):
    """Envelope of a request."""

    data: SubjectRequestView


class LegalHoldView(BaseModel):
    """A legal hold."""

    id: Annotated[str, Field(description="UUID", examples=[_UUID])]
    document: Annotated[str, Field(description="Whose data", examples=["529.982.247-25"])]
    reason: Annotated[str, Field(description="Why", examples=["Processo 0000000-00.2026.8.26.0100"])]
    requested_by: Annotated[str, Field(description="Who wanted it", examples=["jurídico"])]
    set_by: Annotated[str, Field(description="`partner` or `operator`", examples=["partner"])]
    set_at: Moment
    lifted_at: Annotated[str | None, Field(description="Null while it is in force", examples=[None])]
    lifted_by: Annotated[str | None, Field(description="Who lifted it", examples=[None])]
    lift_reason: Annotated[str | None, Field(description="Why it was lifted", examples=[None])]


class LegalHoldAnswer(BaseModel):
    """Envelope of a hold."""

    data: LegalHoldView


class LegalHoldList(BaseModel):
    """A page of holds, newest first."""

    data: Annotated[list[LegalHoldView], Field(description="Holds of this page")]
    next_cursor: Annotated[str | None, Field(description="Null: this is the last page", examples=[None])]
