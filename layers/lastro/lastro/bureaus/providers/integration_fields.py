"""Checks of an integration's own fields, as the catalogue lists them for its provider. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lastro.bureaus.errors import (
    FIELD_EMPTIED,
    FIELD_MISSING,
    FOREIGN_FEATURE,
    FOREIGN_REPORT,
    NO_CNPJ,
    NO_CODE,
    NO_CPF,
    NO_FEDERAL_UNIT,
    NO_FLAG,
    NO_REPORTS,
    NO_TEXT,
    TEXT_LENGTH,
    UNKNOWN_FIELD,
)
from lastro.bureaus.providers.catalogue import FEDERAL_UNITS, BureauFacts, FieldKind, IntegrationField
from lastro.kernel.documents import Cnpj, Cpf, InvalidDocument
from lastro.kernel.errors import FieldError, FieldRule, InvalidInput
from lastro.wire.rule import is_empty

Value = str | bool | tuple[str, ...]

MAX_SECRET = 512
_MAX_TEXT = 120
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}")


_PLACE = "bureau_integration.fields"


class WrongValue(ValueError):
    """A value breaks the rule of its field; the text says which and never repeats the value."""

    def __init__(self, broken: FieldRule, **values: object) -> None:
        self._told = broken.at("", **values)
        super().__init__(self._told.message)

    def at(self, field: str) -> FieldError:
        """What is said of the field that holds the value."""
        return FieldError(field, self._told.rule, self._told.message)


def check_fields(
    facts: BureauFacts, sent: Mapping[str, object], known: Mapping[str, Value] | None = None
) -> tuple[dict[str, Value], dict[str, str]]:
    """The plain fields and the secrets out of what was sent.

    An empty value is none: it clears a field that may be absent. With ``known`` only changes are sent: what is left out
    stays. Raises ``InvalidInput`` naming every field that is missing, wrong, or not one of the provider's.
    """
    plain: dict[str, Value] = dict(known or {})
    secrets: dict[str, str] = {}
    published = {field.name for field in facts.fields}
    errors = [UNKNOWN_FIELD.at(f"{_PLACE}.{name}"[:120]) for name in sent if name not in published]
    for field in facts.fields:
        place = f"{_PLACE}.{field.name}"
        value = sent.get(field.name)
        if is_empty(value):
            removed = known is not None and field.name in sent
            if field.required and (known is None or removed):
                errors.append((FIELD_EMPTIED if removed else FIELD_MISSING).at(place))
            elif removed:
                plain.pop(field.name, None)
            continue
        try:
            if field.secret:
                secrets[field.name] = check_secret(value)
            else:
                plain[field.name] = _CHECKS[field.kind](facts, value)
        except WrongValue as error:
            errors.append(error.at(place))
    if errors:
        raise InvalidInput(errors)
    return plain, secrets


def check_secret(value: object) -> str:
    """A secret that can travel: 1 to 512 printable characters. Raises ``WrongValue``."""
    if not isinstance(value, str):
        raise WrongValue(NO_TEXT)
    text = value.strip()
    if not (1 <= len(text) <= MAX_SECRET and text.isprintable()):
        raise WrongValue(TEXT_LENGTH, most=MAX_SECRET)
    return text


def check_features(facts: BureauFacts, features: Sequence[str] | None) -> tuple[str, ...] | None:
    """The contracted features, each once; ``None`` says that the contract is not told. Raises ``InvalidInput``."""
    if features is None:
        return None
    published = {name for names in (facts.features or {}).values() for name in names}
    if published and not published.issuperset(features):
        place = "bureau_integration.features"
        raise InvalidInput([FOREIGN_FEATURE.at(place)])
    return tuple(dict.fromkeys(features))


def secret_field(facts: BureauFacts, name: str) -> IntegrationField | None:
    """The provider's secret of this name."""
    return next((field for field in facts.fields if field.name == name and field.secret), None)


def _text(_facts: BureauFacts, value: object) -> str:
    if not isinstance(value, str):
        raise WrongValue(NO_TEXT)
    text = value.strip()
    if not (1 <= len(text) <= _MAX_TEXT and text.isprintable()):
        raise WrongValue(TEXT_LENGTH, most=_MAX_TEXT)
    return text


def _flag(_facts: BureauFacts, value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(NO_FLAG)
    return value


def _code(_facts: BureauFacts, value: object) -> str:
    if not (isinstance(value, str) and _CODE.fullmatch(value.strip())):
        raise WrongValue(NO_CODE)
    return value.strip()


def _digits(value: object, length: int) -> str:
    """A document as text: one kept as a number gets the zeros on its left back."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**length:
        return str(value).zfill(length)
    return value if isinstance(value, str) else ""


def _cpf(_facts: BureauFacts, value: object) -> str:
    try:
        return Cpf.parse(_digits(value, 11)).value
    except InvalidDocument as error:
        raise WrongValue(NO_CPF) from error


def _cnpj(_facts: BureauFacts, value: object) -> str:
    try:
        return Cnpj.parse(_digits(value, 14)).value
    except InvalidDocument as error:
        raise WrongValue(NO_CNPJ) from error


def _federal_unit(_facts: BureauFacts, value: object) -> str:
    if not (isinstance(value, str) and value.strip().upper() in FEDERAL_UNITS):
        raise WrongValue(NO_FEDERAL_UNIT)
    return value.strip().upper()


def _reports(facts: BureauFacts, value: object) -> tuple[str, ...]:
    if not (isinstance(value, list) and value and all(isinstance(code, str) for code in value)):
        raise WrongValue(NO_REPORTS)
    published = {report.code for report in facts.reports}
    if not set(value) <= published:
        raise WrongValue(FOREIGN_REPORT)
    return tuple(dict.fromkeys(value))


_CHECKS: Mapping[FieldKind, Callable[[BureauFacts, object], Value]] = {
    FieldKind.TEXT: _text,
    FieldKind.FLAG: _flag,
    FieldKind.CODE: _code,
    FieldKind.CPF: _cpf,
    FieldKind.CNPJ: _cnpj,
    FieldKind.FEDERAL_UNIT: _federal_unit,
    FieldKind.REPORTS: _reports,
}
