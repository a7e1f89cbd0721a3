"""The one shape of every error, as it is published."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

REQUEST_ID = "7d1c3c0e-6a35-4f7b-9d0f-3f2f5f9a1b2c"


class ErrorSummary(BaseModel):
    """The error as clients of the vendor read it."""

    message: Annotated[str, Field(description="The same text as detail", examples=["Esta simulação não existe."])]
    status: Annotated[int, Field(description="The HTTP status", examples=[404])]


class WrongField(BaseModel):
    """One field that breaks one rule."""

    field: Annotated[str, Field(description="Dotted path", examples=["simulation.conditions.0.down_payment"])]
    rule: Annotated[str, Field(description="Stable name of the rule", examples=["above_asset_value"])]
    message: Annotated[str, Field(description="For people", examples=["A entrada é maior que o valor do bem."])]


class Error(BaseModel):
    """Every error of this API: the vendor's member `error` beside the members of RFC 9457."""

    model_config = ConfigDict(extra="forbid")

    error: ErrorSummary
    type: Annotated[
        str,
        Field(
            description="Stable; decide on this or on status, never on texts", examples=["urn:lastro:error:not_found"]
        ),
    ]
    code: Annotated[str, Field(description="The stable part of type", examples=["not_found"])]
    message: Annotated[str, Field(description="Same as detail", examples=["Esta simulação não existe."])]
    title: Annotated[str, Field(description="Name of the HTTP status", examples=["Não encontrado"])]
    status: Annotated[int, Field(description="The HTTP status", examples=[404])]
    detail: Annotated[str, Field(description="What happened", examples=["Esta simulação não existe."])]
    instance: Annotated[
        str,
        Field(description="This one request; also in x-request-id", examples=[f"urn:lastro:request:{REQUEST_ID}"]),
    ]
    errors: Annotated[list[WrongField], Field(description="Every wrong field at once; empty where it is about none")]
