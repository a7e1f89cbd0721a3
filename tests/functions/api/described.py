"""Every call that writes, as it is described and as it is made."""

from __future__ import annotations

import json
from functools import cache

from openapi.handlers import Operation, read_operation, variables
from openapi.routes import ROOT, Route, environment_of, list_routes, load_template

PATHS = json.loads((ROOT / "functions/system/get_openapi/openapi.json").read_text(encoding="utf-8"))["paths"]
DESCRIBED = {
    operation["operationId"]: operation
    for item in PATHS.values()
    for method, operation in item.items()
    if method in ("post", "put", "patch", "delete")
}
WRITING = sorted(DESCRIBED)
WITH_BODY = [name for name in WRITING if "requestBody" in DESCRIBED[name]]
OF_ONE_THING = [
    name for name in WITH_BODY if any(each.get("in") == "path" for each in DESCRIBED[name].get("parameters", []))
]


@cache
def operation_of(name: str) -> Operation:
    """The function as it is described. What it is wired to leads nowhere: nothing here may get that far."""
    with variables(_nowhere()):
        return read_operation(route_of(name))


def route_of(name: str) -> Route:
    """Its method and path, without the function behind."""
    [route] = [route for route in _routes() if route.operation == name]
    return route


@cache
def _routes() -> list[Route]:
    return list_routes(load_template())


@cache
def _nowhere() -> dict[str, str]:
    return environment_of(load_template())
