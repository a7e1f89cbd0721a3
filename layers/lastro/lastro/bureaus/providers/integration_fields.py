"""Checks of an integration's own fields, as the catalogue lists them for its provider. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lastro.bureaus.providers.catalog import FEDERAL_UNITS, BureauFacts, FieldKind, IntegrationField
from lastro.kernel.documents import Cnpj, Cpf, InvalidDocument
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.wire.rule import is_empty

Value = str | bool | tuple[str, ...]

MAX_SECRET = 512
_MAX_TEXT = 120
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}")


_PLACE = "bureau_integration.fields"


class WrongValue(ValueError):
    """A value breaks the rule of its field; the text says which and never repeats the value."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


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
    errors = [
        FieldError(f"{_PLACE}.{name}"[:120], "unknown_field", "This provider has no such field.")
        for name in sent
        if name not in published
    ]
    for field in facts.fields:
        place = f"{_PLACE}.{field.name}"
        value = sent.get(field.name)
        if is_empty(value):
            removed = known is not None and field.name in sent
            if field.required and (known is None or removed):
                errors.append(FieldError(place, "required" if removed else "missing", "This provider needs the field."))
            elif removed:
                plain.pop(field.name, None)
            continue
        try:
            if field.secret:
                secrets[field.name] = check_secret(value)
            else:
                plain[field.name] = _CHECKS[field.kind](facts, value)
        except WrongValue as error:
            errors.append(FieldError(place, error.rule, error.message))
    if errors:
        raise InvalidInput(errors)
    return plain, secrets


def check_secret(value: object) -> str:
    """A secret that can travel: 1 to 512 printable characters. Raises ``WrongValue``."""
    if not isinstance(value, str):
        raise WrongValue("string_type", "Send a text.")
    text = value.strip()
    if not (1 <= len(text) <= MAX_SECRET and text.isprintable()):
        raise WrongValue("length", f"Send 1 to {MAX_SECRET} printable characters.")
    return text


def check_features(facts: BureauFacts, features: Sequence[str] | None) -> tuple[str, ...] | None:
    """The contracted features, each once; ``None`` says that the contract is not told. Raises ``InvalidInput``."""
    if features is None:
        return None
    published = {name for names in (facts.features or {}).values() for name in names}
    if published and not published.issuperset(features):
        place = "bureau_integration.features"
        raise InvalidInput([FieldError(place, "unknown_feature", "One of the features is not the provider's.")])
    return tuple(dict.fromkeys(features))


def secret_field(facts: BureauFacts, name: str) -> IntegrationField | None:
    """The provider's secret of this name."""
    return next((field for field in facts.fields if field.name == name and field.secret), None)


def _text(_facts: BureauFacts, value: object) -> str:
    if not isinstance(value, str):
        raise WrongValue("string_type", "Send a text.")
    text = value.strip()
    if not (1 <= len(text) <= _MAX_TEXT and text.isprintable()):
        raise WrongValue("length", f"Send 1 to {_MAX_TEXT} printable characters.")
    return text


def _flag(_facts: BureauFacts, value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("bool_type", "Send true or false.")
    return value


def _code(_facts: BureauFacts, value: object) -> str:
    if not (isinstance(value, str) and _CODE.fullmatch(value.strip())):
        raise WrongValue("code", "Send a code of letters, digits, '_', '.' or '-'.")
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
        raise WrongValue("cpf", "Send a valid CPF.") from error


def _cnpj(_facts: BureauFacts, value: object) -> str:
    try:
        return Cnpj.parse(_digits(value, 14)).value
    except InvalidDocument as error:
        raise WrongValue("cnpj", "Send a valid CNPJ.") from error


def _federal_unit(_facts: BureauFacts, value: object) -> str:
    if not (isinstance(value, str) and value.strip().upper() in FEDERAL_UNITS):
        raise WrongValue("federal_unit", "Send the two letters of a Brazilian state.")
    return value.strip().upper()


def _reports(facts: BureauFacts, value: object) -> tuple[str, ...]:
    if not (isinstance(value, list) and value and all(isinstance(code, str) for code in value)):
        raise WrongValue("list_type", "Send a list of at least one report.")
    published = {report.code for report in facts.reports}
    if not set(value) <= published:
        raise WrongValue("unknown_report", "One of the reports is not the provider's.")
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
