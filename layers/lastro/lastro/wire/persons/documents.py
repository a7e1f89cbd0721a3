"""CPF and CNPJ as they arrive, masked or bare, as bare text inside (``lastro.kernel.documents`` holds the arithmetic).

A system that keeps documents as numbers loses the zeros on the left: they are put back where the length is known.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lastro.kernel.documents import Cnpj, Cpf, Document, InvalidDocument, parse_document
from lastro.wire.rule import Read, read_text

_CPF_SHAPE = r"[0-9]{3}[.]?[0-9]{3}[.]?[0-9]{3}-?[0-9]{2}"
_CNPJ_SHAPE = r"[0-9A-Za-z]{2}[.]?[0-9A-Za-z]{3}[.]?[0-9A-Za-z]{3}/?[0-9A-Za-z]{4}-?[0-9]{2}"


def read_cpf(value: Any) -> str:
    """Eleven digits. Raises ``PydanticCustomError`` ``cpf``, ``string_type`` for no text at all."""
    try:
        return Cpf.parse(_text(value, 11)).value
    except InvalidDocument as error:
        raise PydanticCustomError("cpf", "Envie um CPF válido: 11 dígitos com dígitos verificadores certos.") from error


def read_cnpj(value: Any) -> str:
    """Fourteen characters, letters in capitals. Raises ``PydanticCustomError`` ``cnpj``."""
    try:
        return Cnpj.parse(_text(value, 14)).value
    except InvalidDocument as error:
        raise PydanticCustomError(
            "cnpj", "Envie um CNPJ válido: 14 caracteres com dígitos verificadores certos."
        ) from error


def read_document(value: Any) -> str:
    """A CPF's or a CNPJ's characters. Raises ``PydanticCustomError`` ``cpf_cnpj``, or ``cpf_or_cnpj`` for two readings.

    A number that is a CPF without its zeros and a CNPJ without its zeros at once (191) names two persons.
    """
    if _is_number(value):
        found = [document for document in (_found(read_cpf, value), _found(read_cnpj, value)) if document]
        if len(found) > 1:
            raise PydanticCustomError(
                "cpf_or_cnpj", "Envie como texto, com os zeros à esquerda: este número pode ser um CPF ou um CNPJ."
            )
        if found:
            return found[0]
    try:
        return parse_document(_text(value, 0)).value
    except InvalidDocument as error:
        raise PydanticCustomError(
            "cpf_cnpj", "Envie um CPF ou CNPJ válido, com dígitos verificadores certos."
        ) from error


def read_path_document(value: Any) -> str:
    """As ``read_document``, from a path: API Gateway leaves it as it stood in the URL, the slash of a CNPJ as ``%2F``.

    No document holds a percent sign of its own.
    """
    return read_document(unquote(value) if isinstance(value, str) else value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**14


def _text(value: Any, length: int) -> str:
    return str(value).zfill(length) if _is_number(value) else read_text(value)


def _found(reader: Callable[[Any], str], value: Any) -> str | None:
    try:
        return reader(value)
    except PydanticCustomError:
        return None


class _Bare:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, Cpf | Cnpj) else parse_document(value),
            serialization=core_schema.plain_serializer_function_ser_schema(attrgetter("value")),
        )


# No pattern knows check digits: the format says that they must be right.
_CPF = {
    "type": "string",
    "format": "cpf",
    "pattern": f"^{_CPF_SHAPE}$",
    "description": "CPF",
    "examples": ["529.982.247-25"],
}
_CNPJ = {
    "type": "string",
    "format": "cnpj",
    "pattern": f"^{_CNPJ_SHAPE}$",
    "description": "CNPJ",
    "examples": ["11.222.333/0001-81"],
}
_DOCUMENT = {
    "type": "string",
    "format": "cpf-cnpj",
    "pattern": f"^({_CPF_SHAPE}|{_CNPJ_SHAPE})$",
    "description": "CPF ou CNPJ, este também com letras; com ou sem pontuação",
    "examples": ["529.982.247-25"],
}

CpfText = Annotated[str, Read(read_cpf, _CPF)]
CnpjText = Annotated[str, Read(read_cnpj, _CNPJ)]
DocumentText = Annotated[str, Read(read_document, _DOCUMENT)]
BareDocument = Annotated[Document, _Bare()]
"""A document inside, in JSON of our own its bare characters."""

PathDocument = Annotated[str, Read(read_path_document, _DOCUMENT)]
"""In a path, a masked CNPJ's slash written as ``%2F``."""
