"""What a wrong field is told: a sentence in Portuguese with its bounds, never pydantic's text or a name of ours."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import pytest
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError, PydanticKnownError, core_schema

from lastro.aws.entrypoints.requests import read_request
from lastro.kernel.errors import InvalidInput
from lastro.wire.requests import Request
from lastro.wire.sentences import SENTENCES, sentence_of
from tests.functions.aws.entrypoints.test_http_entrypoint import event

KINDS: list[str] = [
    *(kind for kind in get_args(core_schema.ErrorType) if kind not in ("value_error", "assertion_error"))
]
FOREIGN = re.compile(
    r"\b(input|should|valid|unable|required|field|list|string|item|dictionary|instance|object|array|error|must|least|"
    r"most|greater|less|than|equal|None|True|False|class|python|parse|match|pattern|model|type|tag|int|float|bool|str|"
    r"dict|Secret\w*|Bearer\w+)\b|[\^$\\*]|\(\?|\{|\}"
)
HIDDEN = "SecretClass"
LISTS = ("expected", "expected_tags", "expected_schemes")


def context_of(kind: str) -> dict[str, Any]:
    """Every name that a rule of pydantic may fill in, as pydantic fills it."""
    numbers = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "actual_length", "max_digits")
    more = ("decimal_places", "whole_digits", "tz_expected", "tz_actual", "expected_version")
    texts = ("error", "method_name", "class_name", "attribute", "class", "pattern", "encoding", "encoding_error")
    known: dict[str, Any] = {
        **dict.fromkeys((*numbers, *more), 7),
        **dict.fromkeys((*texts, "field_type", "tag"), HIDDEN),
        **dict.fromkeys(LISTS, "'um', 'dois' or 'três'"),
        "discriminator": "'kind'",
    }
    template = PydanticKnownError(kind, known).message_template  # type: ignore[arg-type]  # one of its own names
    assert template
    return known


def told_of(kind: str, known: dict[str, Any]) -> str:
    """What a field is told whose rule fails with this error of pydantic's."""

    class Asked(BaseModel):
        value: str

        @field_validator("value")
        @classmethod
        def fail(cls, value: str) -> str:
            raise PydanticKnownError(kind, known)  # type: ignore[arg-type]  # one of its own names

    with pytest.raises(ValidationError) as caught:
        Asked(value="x")
    [problem] = caught.value.errors(include_input=False)
    assert problem["type"] == kind
    return sentence_of(problem)


def test_every_error_of_pydantic_has_a_sentence(subtests: pytest.Subtests) -> None:
    for kind in KINDS:
        with subtests.test(kind=kind):
            assert kind in SENTENCES
            told = told_of(kind, context_of(kind))
            assert FOREIGN.search(told) is None, told
            assert re.fullmatch(r"[A-ZÁÉÍÓÚ].*\.", told)
            for name in re.findall(r"\{(\w+)\}", SENTENCES[kind]):
                bound = {"discriminator": "kind", **dict.fromkeys(LISTS, "um, dois, três")}.get(name, "7")
                assert bound in told


def test_the_list_of_errors_is_pydantics_own() -> None:
    assert len(KINDS) > 90
    assert set(SENTENCES) - {"assertion_error"} <= set(KINDS)


class Colour(StrEnum):
    RED = "red"
    NOTHING = ""


class Bearer(BaseModel):
    type: Literal["bearer"]


class Basic(BaseModel):
    type: Literal["basic"]


class Asked(Request):
    model_config = ConfigDict(extra="forbid")

    flag: bool = False
    whole: Annotated[int, Field(ge=1, lt=9)] = 1
    number: float = 0
    amount: Annotated[Decimal, Field(max_digits=5, decimal_places=2)] = Decimal(0)
    text: Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]+$")] = "ab"
    many: Annotated[list[int], Field(min_length=1, max_length=2)] = Field(default_factory=lambda: [1])
    account: Basic | None = None
    told: Literal["a", "b or c", 3, True] | None = None
    colour: Colour | None = None
    authentication: Annotated[Bearer | Basic, Field(discriminator="type")] | None = None
    day: date | None = None
    moment: datetime | None = None
    key: UUID | None = None
    address: AnyHttpUrl | None = None
    own: str = ""
    ours: str = ""

    @field_validator("own")
    @classmethod
    def refuse(cls, value: str) -> str:
        if value:
            raise ValueError("Isto não serve.")
        return value

    @field_validator("ours")
    @classmethod
    def refuse_by_name(cls, value: str) -> str:
        if value:
            raise PydanticCustomError("string_type", "Envie um nome.")
        return value


@pytest.mark.parametrize(
    ("body", "field", "told"),
    [
        ({"flag": "talvez"}, "flag", "Envie true ou false."),
        ({"whole": "x"}, "whole", "Envie um número inteiro."),
        ({"whole": 0}, "whole", "Envie um valor maior ou igual a 1."),
        ({"whole": 9}, "whole", "Envie um valor menor que 9."),
        ({"number": []}, "number", "Envie um número."),
        ({"amount": "1.234"}, "amount", "Número máximo de casas decimais: 2."),
        ({"text": 1}, "text", "Envie um texto."),
        ({"text": "a"}, "text", "Número mínimo de caracteres: 2."),
        ({"text": "abcd"}, "text", "Número máximo de caracteres: 3."),
        ({"text": "AB"}, "text", "O texto não tem o formato esperado."),
        ({"many": {}}, "many", "Envie uma lista."),
        ({"many": []}, "many", "Número mínimo de itens: 1."),
        ({"many": [1, 2, 3]}, "many", "Número máximo de itens: 2."),
        ({"account": "x"}, "account", "Envie um objeto."),
        ({"account": {}}, "account.type", "Campo obrigatório."),
        ({"told": "z"}, "told", "Envie um destes valores: a, b or c, 3, true."),
        ({"colour": "z"}, "colour", 'Envie um destes valores: red, "".'),
        ({"authentication": {"type": "z"}}, "authentication", "Envie em type um destes valores: bearer, basic."),
        ({"authentication": {}}, "authentication", "Envie também type."),
        ({"day": "2026-02-30"}, "day", "Envie uma data válida, como 2026-01-31."),
        ({"moment": "x"}, "moment", "Envie data e hora válidas, como 2026-01-31T14:30:00-03:00."),
        ({"key": "x"}, "key", "Envie um UUID válido."),
        ({"address": "x"}, "address", "Envie um endereço (URL) válido."),
        ({"other": 1}, "other", "Este campo não existe aqui."),
        ({"own": "x"}, "own", "Isto não serve."),
        ({"ours": "x"}, "ours", "Envie um nome."),
    ],
)
def test_a_wrong_field_is_told_in_portuguese(body: dict[str, Any], field: str, told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_request(Asked, event(body))
    assert [(error.field, error.message) for error in caught.value.errors] == [(field, told)]
