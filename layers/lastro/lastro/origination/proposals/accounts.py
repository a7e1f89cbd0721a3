"""The bank account that money goes to, as clients write one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from lastro.kernel.errors import InvalidInput
from lastro.origination.errors import PIX_KEY_HOLDER, TWO_BANKS
from lastro.origination.processes.requests import CamelRequest
from lastro.origination.proposals.enumerations import AccountKind
from lastro.wire.persons.accounts import (
    BANK_CODE_PATTERN,
    AccountNumber,
    Agency,
    check_account,
    check_agency,
    names_another,
    read_bank_code,
)
from lastro.wire.rule import Read

_CODE_WITH_NAME = re.compile(r"(B?[0-9]{3})[ :./\u2013-]+[^\W\d_].*")


def read_bank(value: Any) -> str:
    """A COMPE code: bare, before the bank's name (``033 BANCO SANTANDER``) or in ``{"code": …, "desc": …}``.

    Raises ``PydanticCustomError``: ``bank_code``, and ``mismatch`` where ``desc`` begins with another code.
    """
    if isinstance(value, Mapping):
        value, told = value.get("code"), value.get("desc")
        described = _CODE_WITH_NAME.fullmatch(told.strip()) if isinstance(told, str) else None
        if described and read_bank_code(described[1]) != read_bank_code(value):
            raise PydanticCustomError(TWO_BANKS.rule, TWO_BANKS.text)
    named = _CODE_WITH_NAME.fullmatch(value.strip()) if isinstance(value, str) else None
    return read_bank_code(named[1] if named else value)


BankCode = Annotated[
    str,
    Read(
        read_bank,
        {
            "anyOf": [
                {"type": "string", "pattern": BANK_CODE_PATTERN},
                {
                    "type": "object",
                    "properties": {
                        "code": {"type": "string", "pattern": BANK_CODE_PATTERN},
                        "desc": {"type": "string", "maxLength": 100},
                    },
                    "required": ["code"],
                },
            ],
            "description": "Código COMPE do banco",
            "examples": ["001"],
        },
    ),
]


def check_pix_holder(pix_key: str | None, cpf: str) -> None:
    """Money goes to the borrower alone: a key that is a document is theirs.

    Raises ``InvalidInput`` ``pix_key_holder``. Of other keys only the payer knows the holder.
    """
    if names_another(pix_key, cpf):
        raise InvalidInput([PIX_KEY_HOLDER.at("pixKey")])


class BankAccount(CamelRequest):
    """Where the money goes; the check digits are judged where the bank's rule is published."""

    bank: BankCode
    type: Annotated[AccountKind, Field(description="Kind of account", examples=["CONTA_CORRENTE_INDIVIDUAL"])]
    agency: Agency
    account: AccountNumber

    @field_validator("agency")
    @classmethod
    def _judge_agency(cls, agency: str, info: ValidationInfo) -> str:
        if "bank" in info.data:
            check_agency(info.data["bank"], agency)
        return agency

    @field_validator("account")
    @classmethod
    def _judge_account(cls, account: str, info: ValidationInfo) -> str:
        if {"bank", "agency"} <= info.data.keys():
            check_account(info.data["bank"], info.data["agency"], account)
        return account
