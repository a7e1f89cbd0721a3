"""Connect-like listings: a form whose answer is the word on it; ``sms`` of the ledger tells whether one was wanted."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from sandbox.bureaus.desk import Refused
from sandbox.bureaus.dialects.base import answer, bare_document
from sandbox.bureaus.listings.desk import Asked, ListingDesk
from sandbox.bureaus.outcomes import Outcome

OPERATIONS = frozenset({"incluir", "baixar"})
_WANTED = ("nome", "cep", "endereco", "numero", "bairro", "cidade", "uf", "natureza", "valor", "sms")


async def serve_listing(desk: ListingDesk, request: web.Request, form: Mapping[str, object]) -> web.Response:
    """Include or remove. Raises ``Refused`` and ``NoAnswer``."""
    removes = form.get("operacao") == "baixar"
    document = bare_document(str(form.get("documento", "")))
    creditor = bare_document(str(form.get("credor", "")))
    contract = str(form.get("contrato", ""))
    wanted = ("motivo",) if removes else _WANTED
    if document is None or creditor is None or not contract or not all(form.get(name) for name in wanted):
        raise Refused(Outcome.BAD_REQUEST)
    asked = Asked(
        removes,
        document,
        creditor,
        contract,
        str(form.get("motivo" if removes else "natureza", "")),
        str(form.get("valor", "")),
        str(form.get("vencimento", "")),
        key=str(form.get("referencia", "")),
        sms=None if removes else form.get("sms") == "S",
        password=str(form.get("password", "")),
        responsible=str(form["cpfresponsavel"]) if form.get("cpfresponsavel") else None,
    )
    done = await desk.act(request, asked)
    if done.refusal:
        raise Refused(Outcome.BAD_REQUEST)
    protocol = done.reference.replace("-", "")[:12]
    return answer({"status": {"mensagem": "Sucesso", "descricaoCodigoResposta": "Processado", "protocolo": protocol}})
