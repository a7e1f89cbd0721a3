"""One OpenAPI operation out of what a handler declares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError

from lastro.wire.objects import EMPTY
from lastro.wire.requests import Request
from openapi.components import PREFIX, Components, Schema
from openapi.examples.answers import sample_answer
from openapi.examples.samples import sample_body
from openapi.failures import Failures
from openapi.handlers import Operation, Undocumented

ERROR = {"$ref": PREFIX + "Error"}
_REQUEST_ID = {"x-request-id": {"$ref": "#/components/headers/RequestId"}}
_LIMITS = ("RateLimit", "RateLimit-Policy")
_MEANINGS: Mapping[int, str] = {
    400: "The request cannot be read, or can be read in two ways; or, where the vendor answers so, breaks a rule.",
    401: "No access key, or one that is not known.",
    403: "The store belongs to another partner.",
    404: "Absent, or another partner's.",
    409: "Contradicts what is already stored.",
    413: "The body is over its limit.",
    415: "The body is declared in another charset than UTF-8.",
    422: "Every wrong field and the rule it breaks, at once.",
    429: "Over a published limit; ask again after Retry-After seconds.",
    500: "A fault of Lastro. Repeat with the same Idempotency-Key where the call takes one.",
    503: "Busy for a moment; ask again after Retry-After seconds.",
}
_LOGIN_MEANINGS: Mapping[int, str] = {
    **_MEANINGS,
    401: "The credentials that were sent are wrong.",
    403: "The credentials are right and do not allow what is asked.",
}
"""Of calls without a key, where no authorizer stands before the function."""


def describe_operation(operation: Operation, components: Components, failures: Failures) -> dict[str, Any]:
    """The operation object of a route."""
    described: dict[str, Any] = {
        "operationId": operation.route.operation,
        "tags": [operation.route.context],
        "summary": operation.summary,
    }
    if operation.description:
        described["description"] = operation.description
    parameters = _parameters(operation, components)
    if parameters:
        described["parameters"] = parameters
    if operation.request and operation.has_body:
        described["requestBody"] = _request_body(operation, operation.request, components)
    described["responses"] = {
        str(status.value): _success(operation, components, status)
        for status in (operation.status, *getattr(operation.entrypoint, "also", ()))
    }
    for status, bodies in failures.of(operation).items():
        described["responses"][str(status)] = _failure(status, bodies, public=operation.route.public)
    described["security"] = _security(operation)
    return described


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    """A key, or a token with one of the scopes that the endpoint declares; a person's token where it is for people.

    Raises ``Undocumented``.
    """
    entrypoint = operation.entrypoint
    if entrypoint.public is not operation.route.public:
        raise Undocumented(f"{operation.route.operation}: template and endpoint do not agree on whether it is public")
    if operation.route.public:
        return []
    if entrypoint.people:
        return [{"personToken": []}]
    return [{"accessKey": []}, *({"clientToken": [scope.value]} for scope in entrypoint.scopes)]


def _parameters(operation: Operation, components: Components) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if operation.needs_caller:
        found.append({"$ref": "#/components/parameters/StoreId"})
    if operation.is_idempotent:
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if operation.request is None:
        return found
    model = components.resolve(components.schema_of(operation.request, "validation"))
    for name, schema in model["properties"].items():
        if name in operation.path_names:
            found.append(_parameter(name, "path", schema, required=True))
        elif name in operation.header_names:
            header: str = operation.headers[name]
            found.append(_parameter(header, "header", schema, required=False))
        elif name in operation.query_names or (not operation.has_body and name != "idempotency_key"):
            required = name in model.get("required", [])
            found.append(_parameter(name, "query", schema, required=required))
    return found


def _parameter(name: str, place: str, schema: Schema, *, required: bool) -> dict[str, Any]:
    own = _without_empty(schema)
    parameter: dict[str, Any] = {"name": name, "in": place, "required": required}
    if "description" in own:
        parameter["description"] = own.pop("description")
    if own.get("type") == "array":
        own.pop("examples", None)
        parameter |= {"style": "form", "explode": False}
        parameter["description"] += f". `{name}=a,b` and a repeated `{name}[]` are both read"
    parameter["schema"] = own
    return parameter


def _without_empty(schema: Schema) -> Schema:
    """A parameter is left out rather than sent empty, though an empty one is read as left out."""
    own = {key: value for key, value in schema.items() if key != "default" or value is not None}
    choices = [choice for choice in own.pop("anyOf", []) if choice not in EMPTY]
    return {**own, **choices[0]} if len(choices) == 1 else {**own, "anyOf": choices} if choices else own


def _request_body(operation: Operation, request: type[Request], components: Components) -> dict[str, Any]:
    reference = components.schema_of(request, "validation")
    model = components.resolve(reference)
    example = sample_body(operation)
    named = {name: model["properties"][name]["examples"][0] for name in operation.path_names}
    try:
        request.model_validate({**example, **named})
    except ValidationError as error:
        raise Undocumented(f"{operation.route.operation}: the example is refused: {error}") from error
    for name in (*operation.path_names, *operation.header_names, *operation.query_names, "idempotency_key"):
        model["properties"].pop(name, None)
    model["required"] = [name for name in model.get("required", []) if name in model["properties"]]
    model["description"] = model.get("description", "").replace("Path and body of", "Body of")
    examples = {"example": {"summary": operation.summary, "value": example}}
    content: dict[str, Any] = {"application/json": {"schema": reference, "examples": examples}}
    if request.form_body:
        content["application/x-www-form-urlencoded"] = {"schema": reference}
    return {"required": not request.body_optional, "content": content}


def _success(operation: Operation, components: Components, status: HTTPStatus) -> dict[str, Any]:
    response: dict[str, Any] = {"description": status.phrase, "headers": _REQUEST_ID}
    if operation.page_types:
        json_object, text = {"type": "object"}, {"type": "string"}
        response["content"] = {
            kind: {"schema": json_object if kind == "application/json" else text} for kind in operation.page_types
        }
    elif operation.answer is not None:
        schema = components.schema_of(operation.answer, "serialization")
        examples = {"example": {"summary": operation.summary, "value": sample_answer(operation, components)}}
        response["content"] = {"application/json": {"schema": schema, "examples": examples}}
    return response


def _failure(status: int, bodies: Mapping[str, Any], *, public: bool) -> dict[str, Any]:
    # The gateway's own 401 carries no request id of ours; a function's does.
    headers: dict[str, Any] = dict(_REQUEST_ID) if public or status != HTTPStatus.UNAUTHORIZED else {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = {"$ref": "#/components/headers/Challenge"}
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        headers["Retry-After"] = {"$ref": "#/components/headers/RetryAfter"}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        headers |= {name: {"$ref": f"#/components/headers/{name.replace('-', '')}"} for name in _LIMITS}
    examples = {code: {"summary": body["detail"], "value": body} for code, body in bodies.items()}
    response = {
        "description": (_LOGIN_MEANINGS if public else _MEANINGS)[status],
        "content": {"application/json": {"schema": ERROR, "examples": examples}},
    }
    return {**response, "headers": headers} if headers else response


def share_responses(paths: Mapping[str, Any]) -> dict[str, Any]:
    """Move every response several operations have in common to one place; returns them by name."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for item in paths.values():
        for described in item.values():
            for status in described["responses"]:
                seen.setdefault(json.dumps([status, described["responses"][status]]), []).append(described["responses"])
    shared: dict[str, Any] = {}
    for text, places in seen.items():
        status, response = json.loads(text)
        if len(places) > 1 and int(status) in _MEANINGS:
            name = _name_of(int(status))
            same = sum(known.rstrip("0123456789") == name for known in shared)
            name = f"{name}{same + 1}" if same else name
            shared[name] = response
            for responses in places:
                responses[status] = {"$ref": f"#/components/responses/{name}"}
    return shared


def _name_of(status: int) -> str:
    """Name of a status in RFC 9110, whatever the interpreter: Python before 3.13 has older ones for two."""
    name = {413: "Content Too Large", 422: "Unprocessable Content"}.get(status) or HTTPStatus(status).phrase
    return name.replace(" ", "")
