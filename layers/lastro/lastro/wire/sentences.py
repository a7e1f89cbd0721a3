"""What pydantic's own rules say to people: one sentence in Portuguese for each of its error types.

Pydantic's texts are English and name classes of ours. Rules of our own (``PydanticCustomError``) and ``ValueError``
bring their sentences along. Error types: https://docs.pydantic.dev/latest/errors/validation_errors/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

MISSING = "Campo obrigatório."
_OBJECT = "Envie um objeto."
_LIST = "Envie uma lista."
_TEXT = "Envie um texto."
_WHOLE = "Envie um número inteiro."
_NUMBER = "Envie um número."
_DAY = "Envie uma data válida, como 2026-01-31."
_TIME = "Envie um horário válido, como 14:30:00."
_MOMENT = "Envie data e hora válidas, como 2026-01-31T14:30:00-03:00."
_DURATION = "Envie uma duração válida, como P1DT2H."
_ADDRESS = "Envie um endereço (URL) válido."
_UUID = "Envie um UUID válido."
_UNKNOWN = "Este campo não existe aqui."
_INVALID = "Valor inválido."

SENTENCES: Mapping[str, str] = {
    "missing": MISSING,
    **dict.fromkeys(("missing_argument", "missing_keyword_only_argument", "missing_positional_only_argument"), MISSING),
    **dict.fromkeys(("extra_forbidden", "unexpected_keyword_argument", "unexpected_positional_argument"), _UNKNOWN),
    "multiple_argument_values": "Envie este campo uma só vez.",
    "none_required": "Envie null.",
    "invalid_key": "Envie textos como nomes dos campos.",
    # Values of a list
    "enum": "Envie um destes valores: {expected}.",
    "literal_error": "Envie um destes valores: {expected}.",
    "union_tag_invalid": "Envie em {discriminator} um destes valores: {expected_tags}.",
    "union_tag_not_found": "Envie também {discriminator}.",
    # Bounds
    "greater_than": "Envie um valor maior que {gt}.",
    "greater_than_equal": "Envie um valor maior ou igual a {ge}.",
    "less_than": "Envie um valor menor que {lt}.",
    "less_than_equal": "Envie um valor menor ou igual a {le}.",
    "multiple_of": "Envie um múltiplo de {multiple_of}.",
    "finite_number": "Envie um número finito.",
    "too_short": "Número mínimo de itens: {min_length}.",
    "too_long": "Número máximo de itens: {max_length}.",
    "string_too_short": "Número mínimo de caracteres: {min_length}.",
    "string_too_long": "Número máximo de caracteres: {max_length}.",
    "url_too_long": "Número máximo de caracteres: {max_length}.",
    "bytes_too_short": "Número mínimo de bytes: {min_length}.",
    "bytes_too_long": "Número máximo de bytes: {max_length}.",
    "decimal_max_digits": "Número máximo de dígitos: {max_digits}.",
    "decimal_max_places": "Número máximo de casas decimais: {decimal_places}.",
    "decimal_whole_digits": "Número máximo de dígitos antes das casas decimais: {whole_digits}.",
    # Kinds
    "bool_type": "Envie true ou false.",
    "bool_parsing": "Envie true ou false.",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": "O número inteiro é grande demais.",
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), _NUMBER),
    **dict.fromkeys(("fraction_type", "fraction_parsing", "complex_type", "complex_str_parsing"), _NUMBER),
    "string_type": _TEXT,
    "string_unicode": "Envie um texto em UTF-8.",
    "string_pattern_mismatch": "O texto não tem o formato esperado.",
    "string_not_ascii": "Envie um texto sem acentos nem símbolos fora do ASCII.",
    "bytes_type": _TEXT,
    "bytes_invalid_encoding": "Os bytes não têm a codificação esperada.",
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"), _OBJECT),
    **dict.fromkeys(("frozen_dict_type", "ordered_dict_type", "counter_type", "dataclass_exact_type"), _OBJECT),
    **dict.fromkeys(("named_tuple_type", "arguments_type"), "Envie uma lista ou um objeto."),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type", "deque_type", "iterable_type"), _LIST),
    "iteration_error": _LIST,
    "set_item_not_hashable": "Envie uma lista de valores simples.",
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), _DAY),
    "date_from_datetime_inexact": "Envie a data sem a hora, como 2026-01-31.",
    "date_past": "Envie uma data que já passou.",
    "date_future": "Envie uma data futura.",
    **dict.fromkeys(("time_type", "time_parsing"), _TIME),
    **dict.fromkeys(("datetime_type", "datetime_parsing", "datetime_object_invalid"), _MOMENT),
    "datetime_from_date_parsing": _MOMENT,
    "datetime_past": "Envie um momento que já passou.",
    "datetime_future": "Envie um momento futuro.",
    "timezone_naive": "Envie data e hora sem fuso horário.",
    "timezone_aware": "Envie data e hora com fuso horário.",
    "timezone_offset": "O fuso horário não é o esperado.",
    **dict.fromkeys(("time_delta_type", "time_delta_parsing"), _DURATION),
    **dict.fromkeys(("url_type", "url_parsing", "url_syntax_violation"), _ADDRESS),
    "url_scheme": "Envie um endereço (URL) que comece com um destes esquemas: {expected_schemes}.",
    **dict.fromkeys(("uuid_type", "uuid_parsing"), _UUID),
    "uuid_version": "Envie um UUID da versão {expected_version}.",
    **dict.fromkeys(("json_type", "json_invalid"), "Envie um texto em JSON válido."),
    # Nothing that is sent over HTTP meets these rules: whose fault it is, is ours to find.
    **dict.fromkeys(("recursion_loop", "recursion_depth_exceeded"), "Os dados têm níveis demais."),
    **dict.fromkeys(("frozen_field", "frozen_instance"), "Este campo não pode ser alterado."),
    **dict.fromkeys(("no_such_attribute", "get_attribute_error", "needs_python_object"), _INVALID),
    **dict.fromkeys(("missing_sentinel_error", "ellipsis_error", "default_factory_not_called"), _INVALID),
    **dict.fromkeys(("is_instance_of", "is_subclass_of", "callable_type", "assertion_error"), _INVALID),
}
"""By pydantic's error type. ``value_error`` is not here: the code that raises it says what is wrong."""

_VALUE = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s,]+")
_AS_JSON = {"True": "true", "False": "false", "None": "null", "''": '""'}


_OWN_NAMES = {"extra_forbidden": "unknown_field"}


def rule_of(problem: ErrorDetails) -> str:
    """The name of the rule that is broken; some of pydantic's have another one here."""
    return _OWN_NAMES.get(problem["type"], problem["type"])


def sentence_of(problem: ErrorDetails) -> str:
    """What is wrong, for who sent it. ``problem`` is one of ``ValidationError.errors()``, made with ``include_url``."""
    kind = problem["type"]
    # Only pydantic's own rules have a page that explains them; a rule of ours may share the name of one of them.
    if "url" not in problem:
        return problem["msg"]
    if kind == "value_error":
        return problem["msg"].removeprefix("Value error, ")
    return SENTENCES.get(kind, _INVALID).format_map(_Bounds(problem.get("ctx") or {}))


class _Bounds(dict[str, Any]):
    """What a rule was made with, as JSON writes it."""

    def __getitem__(self, name: str) -> str:
        value = str(super().__getitem__(name))
        if name in ("expected", "expected_tags", "expected_schemes"):
            return ", ".join(_plain(each) for each in _VALUE.findall(value) if each != "or")
        return _plain(value) if name == "discriminator" else value


def _plain(value: str) -> str:
    return _AS_JSON.get(value, value.strip("'"))
