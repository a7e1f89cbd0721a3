"""What partners are told without asking, as AsyncAPI 3 beside the OpenAPI document: the notices of a ``webhook_url``
and of the configured callback.

Schemas and examples are those of the calls that answer the same things, so that both documents say one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lastro.financing.records.activities import Occasion
from lastro.origination.notices.telling import EVENT
from lastro.webhooks.receivers.switching import EVENT as SWITCHED_OFF
from lastro.webhooks.receivers.switching import FAILING

_PREFIX = "#/components/schemas/"
_TITLES = {
    Occasion.CREATED: "Uma proposta foi aberta",
    Occasion.SENT: "Uma tentativa chegou ao seu banco",
    Occasion.UPDATED: "Uma tentativa mudou de estado",
    Occasion.APPROVED: "Um banco aprovou",
    Occasion.REFUSED: "Um banco recusou",
    Occasion.FORMALISED: "O contrato foi feito e o gravame registrado",
    Occasion.PAID: "O banco pagou",
}

_SWITCHED_OFF: Mapping[str, Any] = {
    "type": "object",
    "required": ["url", "disabled_at", "disabled_reason"],
    "properties": {
        "url": {
            "type": "string",
            "description": "O endereço que foi desligado, sem a sua query",
            "examples": ["https://meusite.com.br/integracao/lastro/webhook"],
        },
        "disabled_at": {
            "type": "string",
            "description": "Quando, em UTC",
            "examples": ["2026-11-03T12:00:00.000Z"],
        },
        "disabled_reason": {"type": "string", "description": "Por quê", "examples": [FAILING]},
    },
}


def build_events(document: Mapping[str, Any]) -> dict[str, Any]:
    """The notices of proposals, simulations and processes, from the published OpenAPI document."""
    process = "/api/external/v2/process/status/{id}"
    proposal = _example(document, "/api/v1/proposals/{proposal_id}")["proposal"]
    simulation = _example(document, "/api/v1/banks_api/simulations/{uuid}")["data"]
    messages = {
        "processed_simulation": _message(
            "Uma simulação ficou pronta",
            "processed_simulation",
            {"simulation": {**_ref(document, "/api/v1/banks_api/simulations/{uuid}", "data")}},
            {"simulation": simulation},
        )
    }
    number = proposal["proposal_attempts"][0]["id"]
    for occasion, title in _TITLES.items():
        members = {
            "proposal_attempt_id": {"type": "integer", "description": "A tentativa de que trata"},
            "proposal": _ref(document, "/api/v1/proposals/{proposal_id}", "proposal"),
        }
        messages[occasion.value] = _message(
            title, occasion.value, members, {"proposal_attempt_id": number, "proposal": proposal}
        )
    to_callback = [occasion.value for occasion in _TITLES]
    to_address = list(messages)
    messages[EVENT] = {
        "name": EVENT,
        "title": "Um processo, ou uma de suas propostas, mudou",
        "contentType": "application/json",
        "payload": _answer_of(document, process),
        "examples": [{"payload": _example(document, process)}],
    }
    messages[SWITCHED_OFF] = _message(
        "O callback anterior falhou por cinco dias e foi desligado",
        SWITCHED_OFF,
        {"callback": _SWITCHED_OFF},
        {"callback": {name: each["examples"][0] for name, each in _SWITCHED_OFF["properties"].items()}},
    )
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Lastro — avisos",
            "version": document["info"]["version"],
            "description": "O que é enviado por POST ao `webhook_url` de uma simulação ou proposta, e ao callback do "
            "parceiro, assinado como pede Standard Webhooks. Um aviso pode chegar depois de outro mais novo.",
        },
        "channels": {
            "webhook_url": {
                "address": None,
                "description": "O endereço que o parceiro deu no corpo da requisição",
                "messages": _named(to_address),
            },
            "callback": {
                "address": None,
                "description": "O callback que o parceiro configurou (PUT /v2.1/callback); não recebe outra vez o que "
                "o webhook_url de uma proposta recebe no mesmo endereço",
                "messages": _named([EVENT, *to_callback, SWITCHED_OFF]),
            },
        },
        "operations": {
            "tell": {"action": "send", "channel": {"$ref": "#/channels/webhook_url"}, "summary": "Avisar o parceiro"},
            "call_back": {
                "action": "send",
                "channel": {"$ref": "#/channels/callback"},
                "summary": "Chamar o callback do parceiro",
            },
        },
        "components": {
            "messages": {_key(name): message for name, message in messages.items()},
            "schemas": _reached(document, messages),
        },
    }


def _named(events: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/messages/{_key(name)}"} for name in events}


def _key(name: str) -> str:
    return name.replace(".", "_")


def _message(title: str, event: str, members: Mapping[str, Any], example: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": event,
        "title": title,
        "contentType": "application/json",
        "payload": {
            "type": "object",
            "required": ["event", *members],
            "properties": {"event": {"const": event}, **members},
        },
        "examples": [{"payload": {"event": event, **example}}],
    }


def _example(document: Mapping[str, Any], path: str) -> Any:
    content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return content["examples"]["example"]["value"]


def _answer_of(document: Mapping[str, Any], path: str) -> Any:
    """The schema of what a call answers."""
    content: Mapping[str, Any] = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return content["schema"]


def _ref(document: Mapping[str, Any], path: str, member: str) -> Any:
    """The schema of one member of what a call answers."""
    content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    name = content["schema"]["$ref"].removeprefix(_PREFIX)
    return document["components"]["schemas"][name]["properties"][member]


def _reached(document: Mapping[str, Any], start: Any) -> dict[str, Any]:
    """Every schema that something refers to, directly or not."""
    found: dict[str, Any] = {}
    waiting = list(_references(start))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = document["components"]["schemas"][name]
            waiting += _references(found[name])
    return dict(sorted(found.items()))


def _references(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        own = [value["$ref"].removeprefix(_PREFIX)] if str(value.get("$ref", "")).startswith(_PREFIX) else []
        return own + [name for each in value.values() for name in _references(each)]
    return [name for each in value for name in _references(each)] if isinstance(value, list) else []
