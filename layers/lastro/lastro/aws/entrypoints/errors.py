"""Error families as HTTP, one body that every client can read; and what the entrypoints themselves refuse.

It joins the simulation hub's ``{"error": {"message", "status"}}`` (docs/sources.md, simulations hub), CaaS's
``{"code", "message", "errors": [{"field", "message"}]}`` (docs/sources.md, CaaS API) and the members of RFC 9457.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from lastro.kernel.callers.limits import WINDOW
from lastro.kernel.errors import (
    AmbiguousRequest,
    BusinessRefusal,
    Conflict,
    DomainError,
    FieldError,
    FieldRule,
    Forbidden,
    InvalidInput,
    LastroError,
    MalformedRequest,
    NotFound,
    PayloadTooLarge,
    Refusal,
    Retryable,
    TooManyRequests,
    Unauthorized,
    UnsupportedMediaType,
)

CREDENTIAL_REQUIRED = Refusal(Unauthorized, "unauthorized", "Send Authorization: Bearer and an API key or a token.")
"""Told to the log alone: API Gateway answers the caller."""
NO_CREDENTIAL = Refusal(
    Unauthorized, "unauthorized", "Envie uma chave de API ou um token válido: Authorization: Bearer <chave>."
)
TOO_MANY_CALLS = Refusal(
    TooManyRequests, "too_many_requests", "Requisições demais em {window} segundos; espere o que diz Retry-After."
)
NO_SUCH_OPERATION = Refusal(NotFound, "no_such_operation", "Este caminho não existe, ou o método não é um dos dele.")
NOT_OPENED = Refusal(Forbidden, "forbidden", "Esta chave ou este token não pode chamar esta operação.")
BODY_NOT_UTF_8 = Refusal(MalformedRequest, "malformed_request", "O corpo não é um texto UTF-8 válido.")
BODY_NOT_JSON = Refusal(MalformedRequest, "malformed_request", "O corpo não é um JSON válido.")
BODY_NOT_JSON_AT = Refusal(
    MalformedRequest, "malformed_request", "O corpo não é um JSON válido: veja a linha {line}, coluna {column}."
)
BODY_WITH_MARK = Refusal(MalformedRequest, "malformed_request", "O corpo começa com um BOM (U+FEFF): envie-o sem ele.")
BODY_NO_OBJECT = Refusal(MalformedRequest, "malformed_request", "O corpo deve ser um objeto JSON.")
BODY_NO_FORM = Refusal(MalformedRequest, "malformed_request", "O corpo não é um formulário válido.")
BODY_EMPTY = Refusal(MalformedRequest, "malformed_request", "O corpo está vazio; envie um objeto JSON.")
BODY_TOO_LARGE = Refusal(PayloadTooLarge, "payload_too_large", "O corpo passa de {most} bytes.")
UNSUPPORTED_CHARSET = Refusal(
    UnsupportedMediaType, "unsupported_charset", "O corpo declara o charset {charset}; envie-o em UTF-8."
)

REPEATED_KEY = FieldRule("repeated_key", "O corpo traz esta chave duas vezes.")
REPEATED_PARAMETER = FieldRule("repeated_parameter", "Este parâmetro está duas vezes na query.")
REPEATED_HEADER = FieldRule("repeated_header", "Este cabeçalho veio duas vezes, com valores diferentes.")
MISPLACED_PARAMETER = FieldRule("misplaced_parameter", "Este campo não vai na query.")
DIFFERS_FROM_PATH = FieldRule("differs_from_path", "Este valor não é o que o caminho diz.")
NOT_UTF_8 = FieldRule("not_utf_8", "Traz U+FFFD, que fica no lugar de bytes que não são UTF-8; envie em UTF-8.")
OTHER_PERSON = FieldRule("other_person", "Quem entrou no painel age em seu próprio nome: envie {email}.")
CONTROL_CHARACTER = FieldRule(
    "control_character", "Envie o valor sem caracteres de controle, quebras de linha nem caracteres invisíveis."
)
STORE_NOT_WHOLE = FieldRule("integer", "O cabeçalho Store-Id deve ser um número inteiro.")
KEY_LENGTH = FieldRule("length", "Envie de 1 a {most} caracteres.")

MESSAGES = {NO_SUCH_OPERATION.code: "Endpoint requested not found"}
"""Messages in the vendor's own words, which its clients look for; ``detail`` says the same in Portuguese."""

FAULT_TEXT = "A requisição não pôde ser concluída; tente de novo."
"""What is said of every fault that is not the caller's to mend."""

_STATUS: tuple[tuple[type[LastroError], HTTPStatus], ...] = (
    (MalformedRequest, HTTPStatus.BAD_REQUEST),
    (Unauthorized, HTTPStatus.UNAUTHORIZED),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (PayloadTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (UnsupportedMediaType, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS),
    (DomainError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Retryable, HTTPStatus.SERVICE_UNAVAILABLE),
)


BUSY = "service_busy"
FAULT = "internal_error"


def too_many_calls(seconds: int) -> TooManyRequests:
    """The refusal of a call over its quota, whose window ends in so many seconds."""
    return TooManyRequests(TOO_MANY_CALLS.say(window=WINDOW), retry_after=seconds, code=TOO_MANY_CALLS.code)


def status_of(error: LastroError) -> HTTPStatus:
    """HTTP status of an error's family; anything not the caller's to mend is a 500."""
    return next((status for family, status in _STATUS if isinstance(error, family)), HTTPStatus.INTERNAL_SERVER_ERROR)


_TITLES = {
    400: "Requisição inválida",
    401: "Não autenticado",
    403: "Acesso negado",
    404: "Não encontrado",
    409: "Conflito",
    413: "Conteúdo grande demais",
    415: "Tipo de conteúdo não suportado",
    422: "Conteúdo não processável",
    429: "Requisições demais",
    500: "Erro interno",
    503: "Serviço indisponível",
}


def title_of(status: int) -> str:
    """Name of a status in Portuguese (RFC 9457 §3.1.4 leaves the language open)."""
    return _TITLES[status]


def describe(error: LastroError, instance: str, status: HTTPStatus | None = None) -> dict[str, Any]:
    """The error body; ``instance`` is the request id, ``status`` overrules the family's.

    What is not the caller's to mend is told by two codes, whatever it is called inside: ask again, or tell us.
    """
    status = status or status_of(error)
    code, detail = error.code, error.detail
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        detail = FAULT_TEXT
        code = BUSY if status is HTTPStatus.SERVICE_UNAVAILABLE else FAULT
    message = MESSAGES.get(code, detail)
    fields: list[FieldError] = []
    if isinstance(error, InvalidInput | BusinessRefusal | AmbiguousRequest):
        fields = error.errors
    return {
        "error": {"message": message, "status": status.value},
        "code": code,
        "message": message,
        "type": f"urn:lastro:error:{code}",
        "title": title_of(status),
        "status": status.value,
        "detail": detail,
        "instance": f"urn:lastro:request:{instance}",
        "errors": [{"field": field.field, "rule": field.rule, "message": field.message} for field in fields],
    }


def render(error: LastroError, instance: str, status: HTTPStatus | None = None) -> str:
    return json.dumps(describe(error, instance, status), ensure_ascii=False)


_BUSY = frozenset(
    {"ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "SlowDown"}
    | {"InternalServerError", "ServiceUnavailable", "TransactionInProgressException"}
    | {"InternalError", "InternalErrorException", "InternalServiceError", "KMSInternalException"}
)


def fault_of(error: Exception) -> LastroError:
    """What an error nobody expected means to a caller: an AWS service that is busy or away may be asked again.

    Told by the error's shape: functions that never speak to AWS do not import its client.
    """
    response = getattr(error, "response", None)
    code = (response.get("Error") or {}).get("Code") if isinstance(response, dict) else None
    away = type(error).__module__ == "botocore.exceptions" and response is None
    if away or code in _BUSY:
        return Retryable("a service behind the API is busy", code=BUSY)
    return LastroError("unexpected fault", code=FAULT)
