"""What a store reads of its plus returns. Amounts in cents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, RootModel

from lastro.kernel.calendar import format_moment
from lastro.simulations.returns.model import ReturnRule

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class ReturnRuleView(BaseModel):
    """Levels of return that conditions of the store may ask of a bank."""

    object_type: Literal["PlusReturnRule"] = Field(default="PlusReturnRule", description="Always the same")
    id: int = Field(description="Number of the rule", examples=[1])
    store_id: int = Field(description="Number of the store", examples=[1])
    name: str | None = Field(description="What the store calls it", examples=["Usados até 48x"])
    active: bool = Field(description="Whether it counts", examples=[True])
    bank_febraban_code: str | None = Field(
        description="The bank; null: every bank without a rule of its own", examples=["341"]
    )
    min_installments: int | None = Field(description="From this term on; null: any", examples=[12])
    max_installments: int | None = Field(description="Up to this term; null: any", examples=[48])
    min_financed_amount_cents: int | None = Field(
        description="From this value on: the good less the down payment; null: any", examples=[1_000_000]
    )
    max_financed_amount_cents: int | None = Field(
        description="Up to this value: the good less the down payment; null: any", examples=[9_000_000]
    )
    min_return: int = Field(description="Lowest level of return, 0 to 6", examples=[0])
    max_return: int = Field(description="Highest level of return, 0 to 6", examples=[3])
    return_preference: Literal["max", "min"] = Field(description="Which of the two is asked for", examples=["max"])
    created_at: Moment
    updated_at: Moment


class ReturnRuleAnswer(BaseModel):
    """Envelope of one rule."""

    plus_return_rule: ReturnRuleView


class ReturnRuleList(RootModel[list[ReturnRuleView]]):
    """The store's rules in order of number, without an envelope."""


def show_rule(store_id: int, rule: ReturnRule) -> ReturnRuleView:
    return ReturnRuleView.model_validate(
        {
            "id": rule.id,
            "store_id": store_id,
            "name": rule.name,
            "active": rule.active,
            "bank_febraban_code": rule.bank,
            "min_installments": rule.installments.least,
            "max_installments": rule.installments.most,
            "min_financed_amount_cents": rule.financed.least,
            "max_financed_amount_cents": rule.financed.most,
            "min_return": rule.min_return,
            "max_return": rule.max_return,
            "return_preference": rule.return_preference,
            "created_at": format_moment(rule.created_at),
            "updated_at": format_moment(rule.updated_at),
        }
    )
