"""Bank accounts and Pix keys.

A check digit is a figure, at Banco do Brasil also ``X`` and at Bradesco also ``P``; banks whose rule is not published
may use either letter. ``check_agency`` and ``check_account`` judge the digit of what has its bank's full length; of
what is shorter nothing tells whether the digit is there. Zeros alone are no bank, branch or account. Sources:
``docs/sources.md``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.kernel.documents import InvalidDocument, parse_document
from lastro.wire.persons.emails import read_email
from lastro.wire.persons.phones import PHONE_PATTERN, read_phone
from lastro.wire.rule import Read, read_text

_COMPE = re.compile(r"(?!000)[0-9]{3}")
_FEBRABAN = re.compile(r"[0-9A-Za-z_.-]{1,20}")
_SEPARATORS = re.compile(r"[ ./-]")
_AGENCY = re.compile(r"(?!0*$)[0-9]{1,5}[0-9XP]?")
_ACCOUNT = re.compile(r"(?!0*$)[0-9]{1,19}[0-9XP]?")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONGEST_PIX_EMAIL = 77
_PIX_PHONE = "^[+]55" + PHONE_PATTERN.removeprefix("^([+]55 ?)?")

BANK_CODE_PATTERN = "^(00[1-9]|0[1-9][0-9]|[1-9][0-9]{2})$"
# Each promises less than is taken: to say "not zeros alone" whole, a pattern would look ahead, as many readers cannot.
_AGENCY_PATTERN = "^([1-9][0-9]{0,4}|0[1-9][0-9]{0,3}|00[1-9][0-9]{0,2}|000[1-9][0-9]?|0000[1-9])(-?[0-9XP])?$"
_ACCOUNT_PATTERN = (
    "^([1-9][0-9]{0,18}|0[1-9][0-9]{0,17}|00[1-9][0-9]{0,16}|000[1-9][0-9]{0,15}|0{4,9}[1-9][0-9]{0,9})(-?[0-9XP])?$"
)

BANCO_DO_BRASIL, SANTANDER, CAIXA, BRADESCO, ITAU = "001", "033", "104", "237", "341"
_LETTERS = {BANCO_DO_BRASIL: "X", BRADESCO: "P", SANTANDER: "", CAIXA: "", ITAU: ""}


def read_bank_code(value: Any) -> str:
    """A COMPE code; a number gets its zeros back, and some write ``B450``.

    Raises ``PydanticCustomError`` ``bank_code``.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000:
        value = f"{value:03d}"
    text = read_text(value).removeprefix("B")
    if not _COMPE.fullmatch(text):
        raise PydanticCustomError("bank_code", "Envie o código COMPE do banco, de 3 dígitos, como 001.")
    return text


def read_febraban_code(value: Any) -> str:
    """The simulation hub's opaque code of a bank. Raises ``PydanticCustomError`` ``febraban_code``."""
    text = read_text(value)
    if not _FEBRABAN.fullmatch(text):
        raise PydanticCustomError("febraban_code", "Envie o código do banco como em GET /api/v1/banks, como 341.")
    return text


def read_agency(value: Any) -> str:
    """A branch with or without its check digit, separators dropped. Raises ``PydanticCustomError`` ``agency``."""
    text = _digits(value)
    if not _AGENCY.fullmatch(text):
        raise PydanticCustomError("agency", "Envie a agência só com dígitos; o dígito verificador pode ser X ou P.")
    return text


def read_account_number(value: Any) -> str:
    """An account with its check digit, separators dropped. Raises ``PydanticCustomError`` ``account_number``."""
    text = _digits(value)
    if not _ACCOUNT.fullmatch(text):
        raise PydanticCustomError(
            "account_number", "Envie a conta com o dígito verificador: até 20 dígitos, o último também X ou P."
        )
    return text


def _digits(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        value = str(value)
    text = read_text(value)
    # A spreadsheet writes the account 1234 as 1234.0, which would read as 1234 with the digit 0.
    return _SEPARATORS.sub("", text).upper() if len(text) <= 40 and not text.endswith(".0") else ""


def check_agency(bank: str, agency: str) -> None:
    """Judge a canonical branch by the bank's published rule. Raises ``PydanticCustomError`` ``agency_digit``."""
    letters = _LETTERS.get(bank, "XP")
    if agency[-1] not in f"0123456789{letters}" or (len(agency) == 5 and not _agency_agrees(bank, agency)):
        raise PydanticCustomError("agency_digit", "O dígito verificador da agência não confere com a regra do banco.")


def check_account(bank: str, agency: str, account: str) -> None:
    """Judge a canonical account by the bank's published rule. Raises ``PydanticCustomError`` ``account_digit``."""
    letters = _LETTERS.get(bank, "XP")
    if account[-1] not in f"0123456789{letters}" or not _account_agrees(bank, agency[:4], account):
        raise PydanticCustomError("account_digit", "O dígito verificador da conta não confere com a regra do banco.")


def _agency_agrees(bank: str, agency: str) -> bool:
    if bank not in (BANCO_DO_BRASIL, BRADESCO):
        return True
    return _eleven(agency[:-1], (5, 4, 3, 2), _LETTERS[bank]) == agency[-1]


def _account_agrees(bank: str, agency: str, account: str) -> bool:
    body, digit = account[:-1], account[-1]
    whole = len(agency) == 4
    match bank, len(body):
        case "001", 8:
            return _eleven(body, (9, 8, 7, 6, 5, 4, 3, 2), "X") == digit
        case "237", 7:
            return _eleven(body, (2, 7, 6, 5, 4, 3, 2), "P") == digit
        case "341", 5 if whole:
            products = [int(each) * weight for each, weight in zip(agency + body, (2, 1) * 5, strict=False)]
            return str(-sum(product // 10 + product % 10 for product in products) % 10) == digit
        case "033", 8 if whole:
            units = zip(agency + body, (9, 7, 3, 1, 9, 7, 1, 3, 1, 9, 7, 3), strict=True)
            return str(-sum(int(each) * weight % 10 for each, weight in units) % 10) == digit
        case "104", 11 if whole:
            rest = _weighted(agency + body, (8, 7, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) * 10 % 11
            return str(rest % 10) == digit
    return True


def _eleven(body: str, weights: Sequence[int], letter: str) -> str:
    """Eleven less the remainder; a ten is the bank's letter, an eleven is zero."""
    found = 11 - _weighted(body, weights) % 11
    return {10: letter, 11: "0"}.get(found, str(found))


def _weighted(body: str, weights: Sequence[int]) -> int:
    return sum(int(each) * weight for each, weight in zip(body, weights, strict=True))


def read_pix_key(value: Any) -> str:
    """A Pix key as the central bank's directory keeps it (DICT): by its kind, canonical.

    CPF and CNPJ bare, e-mail in small letters, phone ``+55…``, random key a UUID in small letters. Eleven bare digits
    are a CPF, as the directory has it: a phone without ``+55`` or brackets is none. Raises ``PydanticCustomError``.
    """
    text = read_text(value)
    if "@" in text:
        email = read_email(text).lower()
        if len(email) > _LONGEST_PIX_EMAIL:
            raise PydanticCustomError("pix_key", "Uma chave Pix de e-mail tem no máximo 77 caracteres.")
        return email
    if _UUID.fullmatch(text.lower()):
        return text.lower()
    if text.startswith(("+", "(", "00")) and not text.isdigit():
        return read_phone(text)
    try:
        return parse_document(text).value
    except InvalidDocument as error:
        raise PydanticCustomError(
            "pix_key", "Envie uma chave Pix válida: CPF, CNPJ, e-mail, telefone com +55 ou chave aleatória."
        ) from error


def names_another(pix_key: str | None, document: str) -> bool:
    """Whether a canonical key is a CPF or CNPJ other than ``document`` (bare): of the kinds only these have no mark."""
    return pix_key is not None and pix_key.isalnum() and pix_key != document


def _described(pattern: str, description: str, example: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "description": description, "examples": [example]}


BankCode = Annotated[str, Read(read_bank_code, _described(BANK_CODE_PATTERN, "Código COMPE do banco", "001"))]
FebrabanCode = Annotated[str, Read(read_febraban_code, _described("^[0-9A-Za-z_.-]{1,20}$", "Código do banco", "341"))]
"""The hub's code of a bank, opaque: ``341``, ``M22``, ``fontecred``."""

Agency = Annotated[str, Read(read_agency, _described(_AGENCY_PATTERN, "Agência", "0001"))]
AccountNumber = Annotated[
    str, Read(read_account_number, _described(_ACCOUNT_PATTERN, "Conta com o dígito verificador", "5647891"))
]
PixKey = Annotated[
    str,
    Read(
        read_pix_key,
        {
            "anyOf": [
                {"type": "string", "format": "cpf-cnpj"},
                {"type": "string", "format": "email", "maxLength": _LONGEST_PIX_EMAIL},
                {"type": "string", "pattern": _PIX_PHONE},
                {"type": "string", "format": "uuid"},
            ],
            "description": "Chave Pix: CPF, CNPJ, e-mail, telefone com +55 ou chave aleatória",
            "examples": ["ana@example.com"],
        },
    ),
]
