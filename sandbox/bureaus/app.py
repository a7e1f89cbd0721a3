"""The application: every provider's dialect below ``/bureaus``, and what a tester steers them with.

``PUT /bureaus/{provider}/script``, ``GET /bureaus/{provider}/ledger``, ``POST /bureaus/{provider}/expire_tokens``, and
``GET /bureaus`` for a person. ``DELETE /scripts`` of the application it is mounted on forgets the scripts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape

from aiohttp import web

from lastro.bureaus.providers.catalogue import BUREAUS
from sandbox.bureaus.desk import LONGEST_SILENCE_SECONDS, Desk, now_in_utc
from sandbox.bureaus.dialects.base import Dialect
from sandbox.bureaus.dialects.connect_sa import ConnectSa
from sandbox.bureaus.dialects.credito_na_medida import CreditoNaMedida
from sandbox.bureaus.dialects.serasa import Serasa
from sandbox.bureaus.dialects.spc_brasil import SpcBrasil
from sandbox.bureaus.scripts import Scripts, parse_script
from sandbox.clearing import clear_everything, on_clear
from sandbox.closing import Closing
from sandbox.scripting import InvalidScript

SCRIPTS = web.AppKey("bureau_scripts", Scripts)
DIALECTS = web.AppKey("bureau_dialects", dict[str, Dialect])

_DIALECTS: Mapping[str, type[Dialect]] = {
    "serasa": Serasa,
    "connect_sa": ConnectSa,
    "credito_na_medida": CreditoNaMedida,
    "spc_brasil": SpcBrasil,
}


def create_app(
    *, longest_silence: float = LONGEST_SILENCE_SECONDS, clock: Callable[[], datetime] = now_in_utc
) -> web.Application:
    """Make the sandbox bureaus, to be served alone."""
    app = web.Application()
    add_bureaus(app, longest_silence=longest_silence, clock=clock)
    app.router.add_delete("/scripts", _delete_scripts)
    return app


def add_bureaus(
    app: web.Application,
    *,
    longest_silence: float = LONGEST_SILENCE_SECONDS,
    clock: Callable[[], datetime] = now_in_utc,
) -> None:
    """Mount the bureaus on ``app`` below ``/bureaus``.

    ``longest_silence`` bounds in seconds how long a call that is never answered stays open; ``clock`` gives aware
    moments, by which tokens end.
    """
    bureaus = web.Application()
    scripts = Scripts()
    closing = Closing(app)
    dialects: dict[str, Dialect] = {}
    for provider, facts in BUREAUS.items():
        desk = Desk(facts, scripts, closing, clock=clock, longest_silence=longest_silence)
        dialects[provider] = _DIALECTS[provider](desk)
        dialects[provider].mount(bureaus)
    bureaus[SCRIPTS] = scripts
    bureaus[DIALECTS] = dialects
    bureaus.router.add_get("", show_bureaus)
    bureaus.router.add_put("/{provider}/script", put_script)
    bureaus.router.add_get("/{provider}/ledger", show_ledger)
    bureaus.router.add_post("/{provider}/expire_tokens", expire_tokens)

    app.add_subapp("/bureaus", bureaus)
    on_clear(app, scripts.clear)


async def put_script(request: web.Request) -> web.Response:
    """Replace the provider's script: 204, 404 for an unknown provider, 422 naming the wrong field."""
    provider = _known(request)
    try:
        rules = parse_script(json.loads(await request.read()))
    except InvalidScript as error:
        return _unprocessable(error.field, error.rule)
    except (ValueError, RecursionError):
        return _unprocessable("body", "is not JSON")
    request.app[SCRIPTS].put(provider, rules)
    return web.Response(status=204)


async def show_ledger(request: web.Request) -> web.Response:
    """The provider's logins and, apart from them, its calls; oldest first."""
    return web.json_response(request.app[DIALECTS][_known(request)].desk.ledger.as_json())


async def expire_tokens(request: web.Request) -> web.Response:
    """Make every token the provider issued worthless: 204."""
    request.app[DIALECTS][_known(request)].desk.tokens.revoke_all()
    return web.Response(status=204)


async def show_bureaus(request: web.Request) -> web.Response:
    """A page for a person: the providers, their credentials, scripts and ledgers."""
    rows = "".join(
        "<tr>"
        f"<td>{escape(provider)}</td><td>{escape(dialect.desk.facts.name)}</td>"
        f"<td>{escape(', '.join(field.name for field in dialect.desk.facts.fields if field.required))}</td>"
        f"<td>{request.app[SCRIPTS].count(provider)}</td>"
        f'<td><a href="/bureaus/{escape(provider)}/ledger">{len(dialect.desk.ledger.calls)}</a></td>'
        "</tr>"
        for provider, dialect in request.app[DIALECTS].items()
    )
    page = (
        '<!doctype html><html lang="pt-BR"><meta charset="utf-8"><title>Birôs de teste</title>'
        "<style>body{font-family:sans-serif;margin:2rem}td,th{padding:.3rem .8rem;text-align:left}</style>"
        "<h1>Birôs de teste</h1><table><tr><th>Código</th><th>Birô</th><th>Campos da integração</th>"
        f"<th>Regras no roteiro</th><th>Chamadas</th></tr>{rows}</table>"
        "<p><code>PUT /bureaus/{código}/script</code> grava um roteiro; <code>DELETE /scripts</code> apaga todos;"
        " <code>POST /bureaus/{código}/expire_tokens</code> invalida as chaves de acesso.</p></html>"
    )
    return web.Response(text=page, content_type="text/html")


async def _delete_scripts(request: web.Request) -> web.Response:
    clear_everything(request.app)
    return web.Response(status=204)


def _known(request: web.Request) -> str:
    provider = request.match_info["provider"]
    if provider not in BUREAUS:
        raise web.HTTPNotFound(text=json.dumps({"error": "unknown bureau"}), content_type="application/json")
    return provider


def _unprocessable(field: str, rule: str) -> web.Response:
    return web.json_response({"errors": [{"field": field, "message": rule}]}, status=422)
