"""Lines of a file as debtors and boletos: pt-BR or ISO numbers and dates, and nothing in two readings."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from lastro.kernel.dataclass import dataclass
from lastro.negativations.boletos.requests import NewBoleto
from lastro.negativations.debtors.requests import NewDebtor
from lastro.negativations.identity import debtor_id_of
from lastro.negativations.imports.model import FileFormat
from lastro.wire.amounts import read_written_reais
from lastro.wire.rule import is_empty
from lastro.wire.sentences import sentence_of

DEBTOR_FIELDS = (*("document", "name", "sex", "birth_date", "mobile_phone", "email", "public_body", "in_collection"),)
ADDRESS_FIELDS = ("zip_code", "street", "number", "complement", "district", "city", "state", "city_code")
BOLETO_FIELDS = ("external_id", "due_on", "nature_code", "contract_number", "branch_id")
FIELDS = (*DEBTOR_FIELDS, *ADDRESS_FIELDS, *BOLETO_FIELDS, "debtor_external_id", "amount", "amount_cents")

_BR_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_FLAGS = {"s": True, "sim": True, "true": True, "1": True, "n": False, "nao": False, "não": False, "false": False}
_FLAGS["0"] = False
_MOST_DIGITS = 18
_NOBODY = "00000000-0000-0000-0000-000000000000"
"""In place of the debtor of a line whose document is wrong, so that the rest is read all the same."""


@dataclass(frozen=True)
class LineError:
    """A field of a line that breaks a rule."""

    line: int
    field: str
    rule: str
    message: str


@dataclass(frozen=True)
class Row:
    """What a line says: a debtor, and a debt of theirs."""

    line: int
    debtor: NewDebtor
    boleto: NewBoleto
    given: frozenset[str]
    """Names of the fields of the debtor that the line fills: the others are left as they are."""


class WrongLine(ValueError):
    """A line that is not read, with everything that is wrong with it."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        super().__init__("a wrong line")
        self.errors = list(errors)


def read_heading(text: str) -> tuple[str, list[str]]:
    """(separator, names) of a CSV's first line. Raises ``WrongLine`` for one that is no CSV, and for names that are
    missing, unknown or twice.
    """
    separator = ";" if text.count(";") >= text.count(",") else ","
    names = [name.strip().lower() for name in cells_of(text.lstrip("\ufeff"), 1, separator)]
    wrong = [
        _error(1, name, "unknown_column", "Não há uma coluna com este nome.") for name in names if name not in FIELDS
    ]
    wrong += [
        _error(1, name, "repeated_column", "Esta coluna está duas vezes.")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    needed = ("document", "name", "external_id", "due_on")
    wrong += [_error(1, name, "missing_column", "Falta esta coluna.") for name in needed if name not in names]
    if ("amount" in names) == ("amount_cents" in names):
        wrong.append(_error(1, "amount", "missing_column", "Envie uma de duas: amount (R$) ou amount_cents."))
    if wrong:
        raise WrongLine(wrong)
    return separator, names


def read_line(
    text: str, number: int, form: FileFormat, heading: tuple[str, list[str]], partner_id: str, branch_id: int | None
) -> Row:
    """What a line says. Raises ``WrongLine`` naming every wrong field."""
    sent = _values(text, number, form, heading)
    errors: list[LineError] = []
    fields: dict[str, Any] = {}
    for name, value in sent.items():
        try:
            fields[name] = _READERS.get(name, _as_sent)(value)
        except ValueError as error:
            errors.append(_error(number, name, *error.args))
    if not is_empty(sent.get("amount")) and not is_empty(sent.get("amount_cents")):
        errors.append(_error(number, "amount", "duplicate_field", "Envie só uma de duas: amount ou amount_cents."))
    known = {error.field for error in errors}
    address = {name: fields[name] for name in ADDRESS_FIELDS if name in fields}
    debtor = {name: fields[name] for name in DEBTOR_FIELDS if name in fields}
    told = {**debtor, "external_id": fields.get("debtor_external_id"), "address": address}
    made = _make(NewDebtor, told, number, known, errors, {"external_id": "debtor_external_id"})
    cents = fields.get("amount", fields.get("amount_cents"))
    owed = {name: fields[name] for name in BOLETO_FIELDS if name in fields}
    if is_empty(owed.get("branch_id")) and branch_id is not None:
        owed["branch_id"] = branch_id
    debtor_id = debtor_id_of(partner_id, made.document) if isinstance(made, NewDebtor) else _NOBODY
    amount = {} if cents is None else {"amount_cents": cents}
    names = {"amount_cents": "amount_cents" if "amount_cents" in sent else "amount"}
    boleto = _make(NewBoleto, {**owed, **amount, "debtor_id": debtor_id}, number, known, errors, names)
    if errors or not isinstance(made, NewDebtor) or not isinstance(boleto, NewBoleto):
        raise WrongLine(errors)
    return Row(
        number, made, boleto, frozenset(name for name, value in {**debtor, **address}.items() if not is_empty(value))
    )


def _values(text: str, number: int, form: FileFormat, heading: tuple[str, list[str]]) -> Mapping[str, Any]:
    if form is FileFormat.NDJSON:
        try:
            # Numbers as they are written: no amount passes through a double.
            found = json.loads(text, parse_float=str, parse_constant=_no_constant, object_pairs_hook=_once)
        except _RepeatedKey as error:
            raise WrongLine(
                [_error(number, error.key, "repeated_key", "A linha traz este campo duas vezes.")]
            ) from error
        except (ValueError, RecursionError) as error:
            raise WrongLine([_error(number, "", "json", "Esta linha não é um objeto JSON.")]) from error
        if not isinstance(found, dict):
            raise WrongLine([_error(number, "", "json", "Esta linha não é um objeto JSON.")])
        return found
    separator, names = heading
    cells = cells_of(text, number, separator)
    if len(cells) != len(names):
        raise WrongLine([_error(number, "", "columns", f"Esta linha tem {len(cells)} colunas, e não {len(names)}.")])
    return {name: cell for name, cell in zip(names, cells, strict=True) if cell.strip()}


def cells_of(text: str, number: int, separator: str) -> list[str]:
    """The cells of a line of CSV. Raises ``WrongLine``."""
    try:
        return next(csv.reader([text], delimiter=separator, strict=True), [])
    except csv.Error as error:
        if "\r" in text:
            told = _error(number, "", "line_end", "As linhas terminam só com CR: salve o arquivo com LF ou CRLF.")
        else:
            told = _error(number, "", "csv", "As aspas desta linha não fecham.")
        raise WrongLine([told]) from error


class _RepeatedKey(Exception):
    """An object of a line says a key twice."""

    def __init__(self, key: str) -> None:
        super().__init__("a repeated key")
        self.key = key


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKey(key)
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _make(
    kind: type[NewDebtor] | type[NewBoleto],
    fields: Mapping[str, Any],
    number: int,
    known: set[str],
    errors: list[LineError],
    names: Mapping[str, str],
) -> NewDebtor | NewBoleto | None:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        for problem in error.errors(include_input=False):
            last = str(problem["loc"][-1]) if problem["loc"] else ""
            name = names.get(last, last)
            if name not in known and not any(each.field == name for each in errors):
                errors.append(_error(number, name, problem["type"], sentence_of(problem)))
        return None


def _read_day(value: Any) -> Any:
    match = _BR_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{match[3]}-{match[2]}-{match[1]}" if match else value


def _read_flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text not in _FLAGS:
        raise ValueError("bool_type", "Envie S ou N.")
    return _FLAGS[text]


def _read_whole(value: Any) -> Any:
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else value


def _as_sent(value: Any) -> Any:
    return value


_READERS = {
    "amount": read_written_reais,
    "amount_cents": _read_whole,
    "due_on": _read_day,
    "birth_date": _read_day,
    "public_body": _read_flag,
    "in_collection": _read_flag,
}


def _error(line: int, field: str, rule: str, message: str) -> LineError:
    return LineError(line, field, rule, message)
