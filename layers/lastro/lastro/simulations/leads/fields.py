"""The closed lists of a lead as they arrive: each names its own rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from lastro.kernel.people.domains import GENDERS, PROFESSIONS, Domain
from lastro.simulations.errors import UNKNOWN_IDENTIFIER
from lastro.simulations.leads.domains import OCCUPATIONS
from lastro.wire.rule import Rule


class _OneOf(Rule):
    def __init__(self, choices: Mapping[str, Domain], types: str) -> None:
        self.choices = choices
        self.types = types

    def read(self, value: Any) -> str:
        identifier = value.strip() if isinstance(value, str) else ""
        if identifier not in self.choices:
            raise PydanticCustomError(UNKNOWN_IDENTIFIER.rule, UNKNOWN_IDENTIFIER.text, {"types": self.types})
        return identifier

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}


Gender = Annotated[str, _OneOf(GENDERS, "genders"), Field(description="Identifier of a gender", examples=["F"])]
Occupation = Annotated[
    str,
    _OneOf(OCCUPATIONS, "occupations"),
    Field(description="Identifier of an occupation", examples=["11"]),
]
Profession = Annotated[
    str,
    _OneOf(PROFESSIONS, "professions"),
    Field(description="Identifier of a profession", examples=["administrador"]),
]
