"""The bank account that money goes to, as clients write one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from lastro.origination.enumerations import AccountKind
from lastro.origination.requests import CamelRequest
from lastro.wire.accounts import AccountNumber, Agency, check_account, read_bank_code
from lastro.wire.rule import Read

_CODE_WITH_NAME = re.compile(r"(B?[0-9]{3})[ :./\u2013-]+[^\W\d_].*")


def read_bank(value: Any) -> str:
    """A COMPE code: bare, before the bank's name (``033 BANCO SANTANDER``) or in ``{"code": …, "desc": …}``.

    Raises ``PydanticCustomError`` ``bank_code``.
    """
    if isinstance(value, Mapping):
        value = value.get("code")
    named = _CODE_WITH_NAME.fullmatch(value.strip()) if isinstance(value, str) else None
    return read_bank_code(named[1] if named else value)


BankCode = Annotated[
    str,
    Read(
        read_bank,
        {
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]{3}$"},
                {
                    "type": "object",
                    "properties": {
                        "code": {"type": "string", "pattern": "^[0-9]{3}$"},
                        "desc": {"type": "string"},
                    },
                    "required": ["code"],
                },
            ],
            "description": "Código COMPE do banco",
            "examples": ["001"],
        },
    ),
]


class BankAccount(CamelRequest):
    """Where the money goes; the check digits are judged where the bank's rule is published."""

    bank: BankCode
    type: Annotated[AccountKind, Field(description="Kind of account", examples=["CONTA_CORRENTE_INDIVIDUAL"])]
    agency: Agency
    account: AccountNumber

    @field_validator("account")
    @classmethod
    def _judge_digits(cls, account: str, info: ValidationInfo) -> str:
        if {"bank", "agency"} <= info.data.keys():
            check_account(info.data["bank"], info.data["agency"], account)
        return account
