"""The whole OpenAPI 3.1 document."""

from __future__ import annotations

import tomllib
from typing import Any

from lastro.kernel.scopes import Scope
from openapi.components import Components
from openapi.error_shape import Error
from openapi.failures import Failures
from openapi.handlers import Undocumented, read_operation, variables
from openapi.operations import describe_operation, share_responses
from openapi.routes import ROOT, Route, environment_of, list_routes, load_template

DESCRIPTION = """\
Credit as a service for Brazil: offers from many banks for one purchase, the whole way of a credit from a signup to an \
endorsed CCB (CaaS), and credit bureau inquiries.

- **Simulations**: post one, then read it until `pending` is 0: from then on it is final and never grows. Each of its \
conditions is one term, one down payment and one bank, and ends on its own; a bank that fails or is slow holds up no \
other.
- **CaaS**: a token of `/api/external/client/auth`, a signup, a proposal, its documents, the contract's checksum; \
every change is told to the partner's callback.
- **Bureaus**: a branch, its integration, then inquiries; each is asked and paid for once, and on record with its \
purpose.

For every call:

- **Key**: `Authorization: Bearer <key>` on every call under `/api` but `/api/external/client/auth`, which gives \
tokens. `Store-Id` names the store; a partner with one store may leave it out.
- **Scopes**: a token opens the calls that name one of its scopes; a key opens every call.
- **Paths**: what is under `/api/external` answers the same without that prefix. Every other spelling of a path \
(doubled or closing slashes, escaped letters) is a 404.
- **Money** is whole cents under `/api/v1` (2000000 is R$ 20.000,00) and R$ with two decimals under `/api/external`. \
**Rates** are percentages: 1.49 is 1,49 %. **Moments** are UTC.
- **Repeating**: calls that create take an `Idempotency-Key`. The same key and body answer the first answer again for \
24 hours; the same key with another body is a 409.
- **Errors** have one shape. Decide on `status` and on the last part of `type`, never on a text; a 422, under \
`/api/external` a 400, names every wrong field at once.
- **Limits**: 1 to 60 conditions a simulation, up to 500 once crossed with banks; bodies up to 256 KiB.
- **Bodies** are UTF-8, their keys said once. What a writing call is told stands in its body: a field of it in the \
query, or another value than the path's, is a 400 that names it.
- Unknown fields and parameters are ignored. A path that does not exist, or a method a path does not have, answers 404.
- **Conditions**: health, documentation and downloads answer `HEAD`. Errors come as `application/problem+json` where \
`Accept` names it, but for those of the gateway itself (`401`, `403` and `404` before a call is reached).
"""
TAGS = {
    "simulations": "Leads, simulations, their conditions and the closed lists",
    "origination": "CaaS: products, simulations, signup, proposal, documents, contract, disbursement, endorsement",
    "access": "Banks, stores, their bank credentials and the principal of a key",
    "bureaus": "Branches, bureau integrations and their secrets, credit inquiries and what is on record of them",
    "webhooks": "Where notices go, how telling them went, and the secret of their signatures",
    "system": "Health and this documentation; no key needed",
}


def build_document() -> dict[str, Any]:
    """Read the template and every function in it. Raises ``Undocumented`` naming all that cannot be described."""
    template = load_template()
    routes = list_routes(template)
    problems: list[str] = []
    operations = []
    with variables(environment_of(template)):
        for route in routes:
            try:
                operations.append(read_operation(route))
            except Undocumented as error:
                problems.append(str(error))
        if problems:
            raise Undocumented("\n".join(problems))
        components = Components(operations, [Error])
        failures = Failures(template)
        paths: dict[str, Any] = {}
        for operation in operations:
            described = describe_operation(operation, components, failures)
            paths.setdefault(operation.route.path, {})[operation.route.method] = described
    responses = share_responses(paths)
    components.keep_used([paths, responses])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lastro — API",
            "version": tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"],
            "summary": "Credit as a service for Brazil",
            "description": DESCRIPTION,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": _SERVERS,
        "tags": [{"name": name, "description": TAGS[name]} for name in _contexts(routes)],
        "paths": paths,
        "components": {
            "schemas": components.schemas,
            "responses": dict(sorted(responses.items())),
            "parameters": _PARAMETERS,
            "headers": _HEADERS,
            "securitySchemes": {
                "accessKey": {"type": "http", "scheme": "bearer", "description": "An access key, shown once when made"},
                "clientToken": _CLIENT_TOKEN,
            },
        },
    }


def _contexts(routes: list[Route]) -> list[str]:
    used = {route.context for route in routes}
    unknown = used - TAGS.keys()
    if unknown:
        raise Undocumented(f"no description of {', '.join(sorted(unknown))}")
    return [name for name in TAGS if name in used]


_SERVERS = [
    {"url": "/", "description": "The host this document came from, without a stage"},
    {
        "url": "https://{api}.execute-api.{region}.amazonaws.com/live",
        "description": "A deployment on AWS",
        "variables": {"api": {"default": "a1b2c3d4e5"}, "region": {"default": "sa-east-1"}},
    },
]
_CLIENT_TOKEN = {
    "type": "oauth2",
    "description": "A token of 24 hours for the id and secret of a client",
    "flows": {
        "clientCredentials": {
            "tokenUrl": "/api/external/client/auth",
            "scopes": {
                Scope.API_EXTERNAL.value: "The external API, but for the CaaS simulation and products",
                Scope.API_CAAS.value: "The CaaS simulation and products",
                Scope.API_BU_CAAS.value: "Products and the Workstation",
            },
        }
    },
}
_PARAMETERS = {
    "StoreId": {
        "name": "Store-Id",
        "in": "header",
        "required": False,
        "description": "The store the call is about. May be left out by a partner with exactly one store",
        "schema": {"type": "integer", "minimum": 0},
        "example": 1,
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "Makes repeating the call harmless for 24 hours",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "example": "8e03978e-40d5-43e8-bc93-6894a57f9324",
    },
}
_HEADERS = {
    "RequestId": {"description": "Names this one request", "schema": {"type": "string"}},
    "Challenge": {"description": "The scheme that is asked for", "schema": {"type": "string"}},
    "RetryAfter": {"description": "Seconds to wait", "schema": {"type": "integer"}},
}
