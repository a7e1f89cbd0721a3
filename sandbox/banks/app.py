"""The application: every bank's dialect, and what a tester steers them with.

``PUT /banks/{code}/script``, ``PUT /banks/{code}/proposal_script``, ``DELETE /scripts``, ``GET /banks/{code}/ledger``,
``GET /banks/{code}/proposals``, and ``GET /banks`` for a person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from aiohttp import web

from lastro.kernel.banks import BANKS
from sandbox.banks.branch import LONGEST_SILENCE_SECONDS, Branch
from sandbox.banks.dialects.base import Dialect
from sandbox.banks.dialects.bv import Bv
from sandbox.banks.dialects.itau import Itau
from sandbox.banks.dialects.pan import Pan
from sandbox.banks.dialects.safra import Safra
from sandbox.banks.dialects.santander import Santander
from sandbox.banks.dialects.standard import Standard
from sandbox.banks.proposals.stories import parse_stories
from sandbox.banks.scripting.scripts import Scripts, parse_script
from sandbox.clearing import clear_everything, on_clear
from sandbox.closing import Closing
from sandbox.scripting import InvalidScript

SCRIPTS = web.AppKey("bank_scripts", Scripts)
DIALECTS = web.AppKey("bank_dialects", dict[str, Dialect])

_DIALECTS: Mapping[str, type[Dialect]] = {"341": Itau, "033": Santander, "655": Bv, "623": Pan, "422": Safra}


def create_app(*, longest_silence: float = LONGEST_SILENCE_SECONDS) -> web.Application:
    """Make the sandbox banks, to be served as they are or with more routes beside them.

    ``longest_silence`` bounds in seconds how long a call that is never answered stays open.
    """
    app = web.Application()
    scripts = Scripts()
    closing = Closing(app)
    dialects: dict[str, Dialect] = {}
    for code, facts in BANKS.items():
        branch = Branch(facts, scripts, closing, longest_silence=longest_silence)
        dialects[code] = _DIALECTS.get(code, Standard)(branch)
        dialects[code].mount(app)
    app[SCRIPTS] = scripts
    on_clear(app, scripts.clear)
    on_clear(app, lambda: _forget_stories(dialects))
    app[DIALECTS] = dialects
    app.router.add_get("/banks", show_banks)
    app.router.add_put("/banks/{code}/script", put_script)
    app.router.add_get("/banks/{code}/ledger", show_ledger)
    app.router.add_put("/banks/{code}/proposal_script", put_proposal_script)
    app.router.add_get("/banks/{code}/proposals", show_proposals)
    app.router.add_delete("/scripts", delete_scripts)
    return app


async def put_script(request: web.Request) -> web.Response:
    """Replace the bank's script: 204, 404 for an unknown bank, 422 naming the wrong field."""
    code = _known_bank(request)
    try:
        rules = parse_script(json.loads(await request.read()))
    except InvalidScript as error:
        return _unprocessable(error.field, error.rule)
    except (ValueError, RecursionError):
        return _unprocessable("body", "is not JSON")
    request.app[SCRIPTS].put(code, rules)
    return web.Response(status=204)


async def put_proposal_script(request: web.Request) -> web.Response:
    """Replace the bank's stories of proposals: answers as ``put_script``."""
    code = _known_bank(request)
    try:
        rules = parse_stories(json.loads(await request.read()))
    except InvalidScript as error:
        return _unprocessable(error.field, error.rule)
    except (ValueError, RecursionError):
        return _unprocessable("body", "is not JSON")
    request.app[DIALECTS][code].window.desk.script(rules)
    return web.Response(status=204)


async def show_proposals(request: web.Request) -> web.Response:
    """The bank's proposals, oldest first."""
    desk = request.app[DIALECTS][_known_bank(request)].window.desk
    return web.json_response({"proposals": desk.as_json()})


async def delete_scripts(request: web.Request) -> web.Response:
    """Forget every script, of whatever else is mounted here too; ledgers stay."""
    clear_everything(request.app)
    return web.Response(status=204)


async def show_ledger(request: web.Request) -> web.Response:
    """The bank's simulations and, apart from them, its pre-analyses; oldest first."""
    branch = request.app[DIALECTS][_known_bank(request)].branch
    return web.json_response({"effects": branch.effects(), "pre_approvals": branch.pre_approvals.as_json()})


async def show_banks(request: web.Request) -> web.Response:
    """A page for a person: the banks, their scripts and ledgers."""
    rows = "".join(
        "<tr>"
        f"<td>{escape(code)}</td><td>{escape(dialect.branch.facts.name)}</td>"
        f"<td>{escape(', '.join(dialect.branch.facts.credential_fields))}</td>"
        f"<td>{request.app[SCRIPTS].count(code)}</td>"
        f'<td><a href="/banks/{escape(code)}/ledger">{len(dialect.branch.effects())}</a></td>'
        "</tr>"
        for code, dialect in request.app[DIALECTS].items()
    )
    page = (
        '<!doctype html><html lang="pt-BR"><meta charset="utf-8"><title>Bancos de teste</title>'
        "<style>body{font-family:sans-serif;margin:2rem}td,th{padding:.3rem .8rem;text-align:left}</style>"
        "<h1>Bancos de teste</h1><table><tr><th>Código</th><th>Banco</th><th>Credenciais</th>"
        f"<th>Regras no roteiro</th><th>Efeitos</th></tr>{rows}</table>"
        "<p><code>PUT /banks/{código}/script</code> grava um roteiro; <code>DELETE /scripts</code> apaga todos.</p>"
        "</html>"
    )
    return web.Response(text=page, content_type="text/html")


def _forget_stories(dialects: Mapping[str, Dialect]) -> None:
    for dialect in dialects.values():
        dialect.window.desk.script([])


def _known_bank(request: web.Request) -> str:
    code = request.match_info["code"]
    if code not in BANKS:
        raise web.HTTPNotFound(text=json.dumps({"error": "unknown bank"}), content_type="application/json")
    return code


def _unprocessable(field: str, rule: str) -> web.Response:
    return web.json_response({"errors": [{"field": field, "message": rule}]}, status=422)
