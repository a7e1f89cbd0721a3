"""What a store sends about its plus returns (wire names: docs/sources.md). Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lastro.simulations.requests import MAX_INSTALLMENTS, Bank, Level, Preference
from lastro.wire.amounts import Cents, Flag, InWhole
from lastro.wire.identifiers import IdempotencyKey, Number
from lastro.wire.objects import Patch, WireObject
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty
from lastro.wire.text import ShortText

Installments = Annotated[int, InWhole(1, MAX_INSTALLMENTS)]
Name = Annotated[ShortText | None, Field(description="What the store calls it", examples=["Usados até 48x"])]
FromTerm = Annotated[Installments | None, Field(description="From this term on", examples=[12])]
ToTerm = Annotated[Installments | None, Field(description="Up to this term", examples=[48])]
FromValue = Annotated[
    Cents | None, Field(description="From this value on: the good less the down payment", examples=[1_000_000])
]
ToValue = Annotated[
    Cents | None, Field(description="Up to this value: the good less the down payment", examples=[9_000_000])
]
Lowest = Annotated[Level | None, Field(description="Lowest level of return, 0 to 6", examples=[0])]
Wanted = Annotated[Preference | None, Field(description="Which of the two is asked for", examples=["max"])]


class NewRule(WireObject):
    """Levels of return that conditions of this store may ask of a bank."""

    store_id: Annotated[Number | None, Field(description="The store, as in Store-Id")] = None
    bank_febraban_code: Annotated[
        Bank | None, Field(description="The bank; absent: every bank without a rule of its own", examples=["341"])
    ] = None
    name: Name = None
    min_installments: FromTerm = None
    max_installments: ToTerm = None
    min_financed_amount_cents: FromValue = None
    max_financed_amount_cents: ToValue = None
    min_return: Lowest = None
    max_return: Annotated[Level, Field(description="Highest level of return, 0 to 6", examples=[3])]
    return_preference: Wanted = None
    active: Annotated[Flag, Field(description="Whether it counts", examples=[True])] = True


class ChangedRule(Patch):
    """What changes of a rule; what is left out stays, what is empty is as POST would make it without.

    Store and bank of a rule never change: sent, they have to be the rule's own.
    """

    store_id: Annotated[Number | None, Field(description="The store, as in Store-Id")] = None
    bank_febraban_code: Annotated[Bank | None, Field(description="The rule's own bank", examples=["341"])] = None
    name: Name = None
    min_installments: FromTerm = None
    max_installments: ToTerm = None
    min_financed_amount_cents: FromValue = None
    max_financed_amount_cents: ToValue = None
    min_return: Lowest = None
    max_return: Annotated[
        Level | None, NeverEmpty, Field(description="Highest level of return, 0 to 6", examples=[3])
    ] = None
    return_preference: Wanted = None
    active: Annotated[Flag | None, Field(description="Whether it counts", examples=[True])] = None


class CreateReturnRule(Request):
    """Body of ``POST /api/v1/plus_return_rules``."""

    plus_return_rule: NewRule
    idempotency_key: IdempotencyKey = None


class FindReturnRule(Request):
    """Path of a rule."""

    rule_id: Annotated[Number, Field(description="id of the rule")]


class UpdateReturnRule(FindReturnRule):
    """Path and body of ``PATCH /api/v1/plus_return_rules/{rule_id}``."""

    plus_return_rule: ChangedRule


class DeleteReturnRule(FindReturnRule):
    """Path of ``DELETE /api/v1/plus_return_rules/{rule_id}``."""

    body_optional: ClassVar[bool] = True
