"""Types of a customer's fields: ids of the closed lists, and texts with what is said of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from lastro.customers.errors import UNKNOWN_BANK_ID, UNKNOWN_CHOICE
from lastro.customers.people.domains import DOMAINS, find_choice
from lastro.kernel.banks import BANKS
from lastro.wire.amounts import InWhole, read_whole
from lastro.wire.rule import Rule
from lastro.wire.text import Line


class ChoiceOf(Rule):
    """The id of a choice of one list of ``GET /domains``; in digits it is read too."""

    def __init__(self, types: str) -> None:
        self.types = types

    def read(self, value: Any) -> int:
        number = read_whole(value, written=True)
        if find_choice(self.types, number) is None:
            raise PydanticCustomError(UNKNOWN_CHOICE.rule, UNKNOWN_CHOICE.text, {"types": self.types})
        return number

    def describe(self) -> dict[str, Any]:
        return {"type": "integer", "enum": [choice.id for choice in DOMAINS[self.types].values()]}


class _DocumentType(Rule):
    """The identifier of a kind of document, as Credere's clients send it (``RG``)."""

    def read(self, value: Any) -> str:
        text = value.strip().upper() if isinstance(value, str) else ""
        if text not in DOMAINS["document_types"]:
            raise PydanticCustomError(UNKNOWN_CHOICE.rule, UNKNOWN_CHOICE.text, {"types": "document_types"})
        return text

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(DOMAINS["document_types"])}


_BANK_IDS = frozenset(bank.id for bank in BANKS.values())


class _BankId(Rule):
    def read(self, value: Any) -> int:
        number = read_whole(value, written=True)
        if number not in _BANK_IDS:
            raise PydanticCustomError(UNKNOWN_BANK_ID.rule, UNKNOWN_BANK_ID.text)
        return number

    def describe(self) -> dict[str, Any]:
        return {"type": "integer", "enum": sorted(_BANK_IDS)}


BankId = Annotated[int, _BankId(), Field(description="id of a bank of GET /api/v1/banks", examples=[1])]
DocumentType = Annotated[
    str, _DocumentType(), Field(description="Identifier of document_types: which document was shown", examples=["RG"])
]
Note = Annotated[str, Line(500)]
Years = Annotated[int, InWhole(0, 120, written=True)]
Months = Annotated[int, InWhole(0, 11, written=True)]
