"""The whole OpenAPI 3.1 document."""

from __future__ import annotations

import tomllib
from typing import Any

from lastro.kernel.callers.scopes import Scope
from openapi.components import Components
from openapi.error_shape import Error
from openapi.failures import Failures
from openapi.handlers import Undocumented, read_operation, variables
from openapi.operations import describe_operation, share_responses
from openapi.portuguese import publish
from openapi.routes import ROOT, Route, environment_of, list_routes, load_template

DESCRIPTION = """\
Crédito como serviço para o Brasil: ofertas de muitos bancos para uma compra, todo o caminho de um crédito, do \
cadastro à CCB endossada (CaaS), e consultas a birôs de crédito.

- **Simulações**: envie uma e leia-a até `pending` ser 0: daí em diante ela é final e não cresce mais. Cada condição é \
um prazo, uma entrada e um banco, e termina por si; um banco que falha ou demora não segura nenhum outro.
- **CaaS**: um token de `/api/external/client/auth`, um cadastro, uma proposta, seus documentos, o checksum do \
contrato; toda mudança é contada ao callback do parceiro.
- **Birôs**: uma filial, sua integração, e então consultas; cada uma é feita e paga uma vez, e fica registrada com a \
finalidade.

Para toda chamada:

- **Chave**: `Authorization: Bearer <chave>` em toda chamada sob `/api`, menos `/api/external/client/auth`, que dá \
tokens, e os logins do portal do cliente (`/api/v1/portal/logins`, `/api/v1/portal/logins/{login_id}/code` e \
`/api/v1/portal/tokens`). `Store-Id` nomeia a loja; um parceiro com uma só loja pode deixá-lo de fora.
- **Escopos**: um token abre as chamadas que nomeiam um de seus escopos; uma chave abre toda chamada.
- **Caminhos**: o que está sob `/api/external` responde o mesmo sem esse prefixo. Toda outra grafia de um caminho \
(barras duplas ou no fim, letras escapadas) é 404.
- **Dinheiro** são centavos inteiros sob `/api/v1` (2000000 são R$ 20.000,00) e R$ com duas casas decimais sob \
`/api/external`. **Taxas** são porcentagens: 1.49 é 1,49 %. **Instantes** são UTC.
- **Repetir**: chamadas que criam recebem uma `Idempotency-Key`. A mesma chave com o mesmo corpo responde de novo a \
primeira resposta por 24 horas; a mesma chave com outro corpo é 409.
- **Erros** têm uma só forma. Decida por `status` e pela última parte de `type`, nunca por um texto; um 422, sob \
`/api/external` um 400, nomeia todo campo errado de uma vez.
- **Limites**: de 1 a 60 condições por simulação, até 500 depois de cruzadas com os bancos; corpos de até 256 KiB.
- **Corpos** são UTF-8, com cada chave uma vez. O que se diz a uma chamada que escreve está no corpo: um campo dele na \
query, ou outro valor que o do caminho, é um 400 que o nomeia.
- Campos e parâmetros desconhecidos são ignorados. Um caminho que não existe, ou um método que ele não tem, responde \
404.
- **Condições**: saúde, documentação e downloads respondem `HEAD`. Erros vêm como `application/problem+json` onde \
`Accept` o nomeia, menos os do próprio gateway (`401`, `403` e `404` antes de uma chamada ser alcançada).
"""
TAGS = {
    "simulations": "Leads, simulations, their conditions and the closed lists",
    "origination": "CaaS: products, simulations, signup, proposal, documents, contract, disbursement, endorsement",
    "access": "Banks, stores, their bank credentials and the principal of a key",
    "bureaus": "Branches, bureau integrations and their secrets, credit inquiries and what is on record of them",
    "vehicles": "The partner's catalogue of vehicle models",
    "financing": "Proposals to banks: their attempts, documents, activities and ownership",
    "approvals": "Rules for the payment flow of a sale, flows evaluated by them, reservations, and who approves them",
    "surveys": "Surveys sent on events, their answers and what came of them",
    "customers": "Customers, whole records of people and companies, their portal, and the closed lists of their fields",
    "negativations": "Debtors, boletos and their payments, and the collection that lists who does not pay",
    "retention": "What data subjects may ask: a copy of all that is kept of them, or its end; and legal holds",
    "webhooks": "Where notices go, how telling them went, and the secret of their signatures",
    "system": "Health and this documentation; no key needed",
}
_TITLES = {
    "simulations": "Simulações",
    "access": "Acesso",
    "bureaus": "Birôs de crédito",
    "vehicles": "Veículos",
    "financing": "Propostas",
    "approvals": "Alçadas",
    "customers": "Clientes",
    "surveys": "Pesquisas",
    "negativations": "Negativações",
    "retention": "Titulares de dados",
    "webhooks": "Avisos",
    "origination": "Originação",
    "system": "Sistema",
}
"""What a reference calls a context; a client made from the description keeps to its name."""


def build_document() -> dict[str, Any]:
    """The description as it is published. Raises ``Undocumented`` naming all that cannot be described."""
    published: dict[str, Any] = publish(describe_api())
    return published


def describe_api() -> dict[str, Any]:
    """Read the template and every function in it; texts are as they stand in the code. Raises ``Undocumented``."""
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
        "tags": [
            {"name": name, "x-displayName": _TITLES[name], "description": TAGS[name]} for name in _contexts(routes)
        ],
        "paths": paths,
        "components": {
            "schemas": components.schemas,
            "responses": dict(sorted(responses.items())),
            "parameters": _PARAMETERS,
            "headers": _HEADERS,
            "securitySchemes": {
                "accessKey": {"type": "http", "scheme": "bearer", "description": "An access key, shown once when made"},
                "clientToken": _CLIENT_TOKEN,
                "personToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of a person of the customers' portal, for its own data alone",
                },
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
    "RateLimit": {
        "description": "What is left of the quota until its window ends in t seconds; by the IETF draft",
        "schema": {"type": "string"},
        "example": '"partner";r=0;t=7',
    },
    "RateLimitPolicy": {
        "description": "The quota: q requests in w seconds; by the IETF draft",
        "schema": {"type": "string"},
        "example": '"partner";q=1000;w=10',
    },
}
