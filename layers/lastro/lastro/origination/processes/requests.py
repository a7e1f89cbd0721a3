"""What all of origination's requests have in common, and the smallest of them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from lastro.wire.persons.documents import CpfText
from lastro.wire.requests import Request

ProcessId = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    Field(description="The process, as signup answered it", examples=["8f14e45fceea467fa1b5c3a1d8b0e7c2"]),
]
Csn = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    Field(description="Customer service number of the proposal", examples=["20261103090000000000001"]),
]
IdempotencyKey = Annotated[str | None, Field(alias="idempotency_key", exclude=True)]


class CamelRequest(Request):
    """A request with camelCase names, each field under one of them; unknown ones are ignored, as the vendor does."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class GetStatus(CamelRequest):
    """Path of ``GET /v2/process/status/{id}``."""

    id: ProcessId


class ExpireProposals(CamelRequest):
    """Path of ``POST /v2.1/process/expire_proposals/{id}``; a body is not needed."""

    body_optional: ClassVar[bool] = True

    id: ProcessId


class FindBorrower(CamelRequest):
    """Query of ``GET /v2/borrower``."""

    cpf: CpfText
