"""Every status with every documented code of every bank: a code counts under a status of its own and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from lastro.kernel.banks import BANKS
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.simulations.conditions.reasons import Reason
from tests.contract.banks.test_banks_http import ACTS, Road, bank_on, failure_of

LOOKED_AT = ("655", "341", "623", "033", "422", "394")
"""A bank of each dialect."""
STATUSES = (*range(300, 309), *range(400, 452), *range(500, 512), 520, 599)
CREDENTIALS, BUSY = (401, 403), (408, 425, 429)
NAMES = {"bv": "errors", "itau": "codigo", "pan": "codigo", "santander": "_errorCode", "standard": "code"}
FIELDS = {
    "bv": ("BV-400",),
    "itau": ("VALIDACAO",),
    "pan": ("E400",),
    "santander": ("AUT-4000",),
    "standard": ("invalid_fields",),
}
OTHERS = {
    "bv": ("BV-401", "BV-403", "BV-503", "BV-409"),
    "itau": ("ACESSO_NEGADO", "TOKEN_INVALIDO", "INDISPONIVEL", "LIMITE_EXCEDIDO", "CONFLITO"),
    "pan": ("E401", "E403", "E429", "E503", "E409"),
    "santander": ("AUT-4010", "AUT-4030", "AUT-5030", "AUT-4090"),
    "standard": ("invalid_api_key", "not_entitled", "service_unavailable", "too_many_requests", "conflict"),
}
"""Codes that refuse no field, the last of each known to nobody."""


def dialect_of(code: str) -> str:
    return type(bank_on(code, Road(httpx.Response(503)))).__module__.split(".")[3]


def body_of(dialect: str, word: str) -> bytes:
    body: Any = {"errors": [{"code": word}]} if dialect == "bv" else {NAMES[dialect]: word}
    return json.dumps(body).encode()


def expected(status: int) -> tuple[type[LastroError], Reason]:
    if status in CREDENTIALS:
        return Permanent, Reason.INVALID_CREDENTIALS
    if status >= 500 or status in BUSY:
        return Retryable, Reason.BANK_UNAVAILABLE
    return Unknown, Reason.GENERIC


@pytest.mark.parametrize("code", LOOKED_AT)
@pytest.mark.parametrize("status", STATUSES)
async def test_a_code_counts_under_its_own_status(code: str, status: int) -> None:
    dialect = dialect_of(code)
    for word in (*FIELDS.get(dialect, ()), *OTHERS.get(dialect, ("nobody",))):
        content = body_of(dialect, word) if dialect in NAMES else b"{}"
        refuses = status in (400, 422) and word in FIELDS.get(dialect, ())
        for act in ACTS.values():
            failure = await failure_of(code, Road(httpx.Response(status, content=content)), act)
            if refuses:
                assert (type(failure), failure.code) == (Permanent, Reason.BANK_VALIDATION), word
            else:
                assert (type(failure), failure.code) == expected(status), word


def test_every_dialect_is_looked_at() -> None:
    assert {dialect_of(code) for code in BANKS} == {dialect_of(code) for code in LOOKED_AT}
    assert {dialect_of(code) for code in LOOKED_AT} == {*NAMES, "safra"}
