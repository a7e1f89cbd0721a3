"""Types of request fields that several operations take."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from lastro.documents import InvalidDocument, parse_document

MAX_PER_PAGE = 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Wire(BaseModel):
    """Unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore")


def _bare_document(text: str) -> str:
    try:
        return parse_document(text).value
    except InvalidDocument as error:
        raise PydanticCustomError("cpf_cnpj", "is not a valid CPF or CNPJ") from error


def unquoted(value: Any) -> Any:
    """API Gateway passes a path parameter on as it stood in the URL."""
    return unquote(value) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    """Only a day spelt as one: pydantic alone would take ``20260301`` for seconds since 1970."""
    if not (isinstance(value, str) and _DAY.fullmatch(value)):
        raise PydanticCustomError("date_format", "must be a day as YYYY-MM-DD")
    return value


def _no_flag(value: Any) -> Any:
    """pydantic alone would take ``true`` for 1, and with it somebody's contract."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "must be an integer")
    return value


Day = Annotated[date, BeforeValidator(_day)]
DocumentText = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_bare_document),
    Field(description="CPF or CNPJ, letters too, bare or masked", examples=["529.982.247-25"]),
]
_ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*$"
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=_ONE_LINE)]
BranchId = Annotated[
    int, Field(ge=1, lt=10**12, description="Number of a branch", examples=[1]), BeforeValidator(_no_flag)
]
IntegrationId = Annotated[
    int, Field(ge=1, lt=10**12, description="Number of an integration", examples=[1]), BeforeValidator(_no_flag)
]
InquiryId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
    Field(description="UUID of an inquiry", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"]),
]
SubjectId = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=_ONE_LINE),
    Field(description="The partner's own id of the subject", examples=["lead-1042"]),
]
SubjectIdInPath = Annotated[SubjectId, BeforeValidator(unquoted)]
IdempotencyKey = Annotated[str | None, Field(exclude=True, description="The Idempotency-Key header")]
Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_.-]{1,80}$")]
PerPage = Annotated[int, Field(ge=1, le=MAX_PER_PAGE, description="Rows of a page", examples=[25])]
Cursor = Annotated[
    str | None,
    StringConstraints(max_length=200),
    Field(description="next_cursor of the page before; absent: the first page", examples=["MjAyNi0xMS0wMw"]),
]
