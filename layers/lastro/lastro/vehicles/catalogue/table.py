"""A table of models as the operator gets it from the partner's licence: CSV or JSON Lines, in UTF-8.

Columns: ``molicar_code`` (``00000000-0``), ``fipe_code`` (``000000-0``, may be empty), ``brand``, ``name``,
``version``, ``year_start``, ``year_end``, ``fuel``, ``vehicle_type``, ``price`` (R$, may be empty) and ``price_month``
(``2026-11``, that of the price, at the latest the next one). Others are left alone.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import ValidationError, model_validator
from pydantic_core import PydanticCustomError

from lastro.kernel.errors import FieldError, InvalidInput
from lastro.vehicles.catalogue.codes import FipeCode, MolicarCode, Month, Year, check_price_month
from lastro.vehicles.catalogue.model import Fuel, ListedModel, VehicleType
from lastro.vehicles.errors import (
    NO_LINES,
    NOT_A_TABLE,
    PRICE_WITHOUT_MONTH,
    TWICE,
    UNKNOWN_WORD,
    YEARS_CROSSED,
)
from lastro.wire.amounts import MAX_CENTS, check_bounds, read_written_reais
from lastro.wire.objects import WireObject
from lastro.wire.rule import Read, is_empty, read_text
from lastro.wire.sentences import sentence_of
from lastro.wire.text import Text

_MOST_FAULTS = 20
_FUELS = {fuel.code: fuel for fuel in Fuel}
_TYPES = {kind.code: kind for kind in VehicleType}


def _read_price(value: Any) -> int:
    try:
        cents = read_written_reais(value)
    except ValueError as error:
        rule, sentence = error.args
        raise PydanticCustomError(rule, sentence) from error
    check_bounds(cents, 1, MAX_CENTS)
    return cents


def _one_of(words: Mapping[str, Any]) -> Read:
    def read(value: Any) -> Any:
        text = read_text(value).lower()
        if text not in words:
            raise PydanticCustomError(UNKNOWN_WORD.rule, UNKNOWN_WORD.text, {"expected": ", ".join(words)})
        return words[text]

    return Read(read, {"enum": list(words)})


class _Line(WireObject):
    molicar_code: MolicarCode
    fipe_code: FipeCode | None = None
    brand: Text
    name: Text
    version: Text
    year_start: Year
    year_end: Year
    fuel: Annotated[Fuel, _one_of(_FUELS)]
    vehicle_type: Annotated[VehicleType, _one_of(_TYPES)]
    price: Annotated[int, Read(_read_price, {})] | None = None
    price_month: Month | None = None

    @model_validator(mode="after")
    def _agree(self) -> _Line:
        if self.year_end < self.year_start:
            raise PydanticCustomError(YEARS_CROSSED.rule, YEARS_CROSSED.text)
        if (self.price is None) != (self.price_month is None):
            raise PydanticCustomError(PRICE_WITHOUT_MONTH.rule, PRICE_WITHOUT_MONTH.text)
        return self


def read_table(content: bytes, today: date) -> list[ListedModel]:
    """The lines of a file, read on a day.

    Raises ``InvalidInput`` naming line, column and rule of up to twenty faults.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([NOT_A_TABLE.at("file")]) from error
    found: dict[str, ListedModel] = {}
    faults: list[FieldError] = []
    for number, values in _lines(text):
        try:
            line = _Line.model_validate({name: value for name, value in values.items() if not is_empty(value)})
        except ValidationError as error:
            faults += [_fault(number, problem) for problem in error.errors(include_input=False)]
        else:
            if line.molicar_code in found:
                faults.append(TWICE.at(f"{number}.molicar_code", code=line.molicar_code))
            if line.price_month is not None:
                faults += check_price_month(line.price_month, today, f"{number}.price_month")
            found[line.molicar_code] = _to_model(line)
        if len(faults) >= _MOST_FAULTS:
            break
    if faults:
        raise InvalidInput(faults[:_MOST_FAULTS])
    if not found:
        raise InvalidInput([NO_LINES.at("file")])
    return list(found.values())


def _lines(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Lines with their numbers, as an editor counts them. Raises ``InvalidInput``."""
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, _read_object(number, line)
        return
    heading = text.partition("\n")[0]
    rows = csv.reader(text.splitlines(), delimiter=";" if ";" in heading else ",", strict=True)
    try:
        names: Sequence[str] = [name.strip() for name in next(rows, [])]
        for row in rows:
            if not row:
                continue
            if len(row) != len(names):
                raise InvalidInput([NOT_A_TABLE.at(str(rows.line_num))])
            yield rows.line_num, dict(zip(names, row, strict=True))
    except csv.Error as error:
        raise InvalidInput([NOT_A_TABLE.at(str(rows.line_num))]) from error


def _read_object(number: int, line: str) -> Mapping[str, Any]:
    try:
        # Numbers as they are written: no amount passes through a double.
        found = json.loads(line, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise InvalidInput([NOT_A_TABLE.at(str(number))]) from error
    if not isinstance(found, dict):
        raise InvalidInput([NOT_A_TABLE.at(str(number))])
    return found


def _fault(number: int, problem: Any) -> FieldError:
    column = ".".join(str(part) for part in (number, *problem["loc"]))
    return FieldError(column, problem["type"], sentence_of(problem))


def _to_model(line: _Line) -> ListedModel:
    return ListedModel(
        molicar_code=line.molicar_code,
        fipe_code=line.fipe_code,
        brand=line.brand,
        name=line.name,
        version=line.version,
        year_start=line.year_start,
        year_end=line.year_end,
        fuel=line.fuel,
        vehicle_type=line.vehicle_type,
        price_cents=line.price,
        price_month=line.price_month,
    )
