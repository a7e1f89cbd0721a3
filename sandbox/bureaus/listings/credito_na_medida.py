"""Crédito-na-Medida-like listings: received under a reference, looked up by it, listed with their status."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from sandbox.bureaus.desk import Refused
from sandbox.bureaus.dialects.base import Handler, answer, bare_document, read_json_body
from sandbox.bureaus.listings.desk import Asked, Entry, ListingDesk, Place, Request
from sandbox.bureaus.outcomes import Outcome

_PLACES = {
    Place.RECEIVED: "RECEBIDA",
    Place.LISTED: "ATIVA",
    Place.REFUSED: "ERRO",
    Place.REMOVED: "BAIXADA",
}


class CreditoNaMedidaListings:
    """``admit`` raises ``Refused`` for a call without a good token."""

    def __init__(self, desk: ListingDesk, admit: Callable[[web.Request], None]) -> None:
        self.desk = desk
        self._admit = admit

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/v1/negativacoes", self.include),
            ("GET", "/v1/negativacoes", self.follow),
            ("POST", "/v1/baixas", self.remove),
            ("GET", "/v1/operacoes/{key}", self.find),
        ]

    async def include(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_json_body(request)
        debtor = body.get("devedor")
        if not isinstance(debtor, dict):
            raise Refused(Outcome.BAD_REQUEST)
        return await self._act(request, body, str(debtor.get("documento", "")), str(body.get("codigo", "")), False)

    async def remove(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_json_body(request)
        return await self._act(request, body, str(body.get("documento", "")), str(body.get("motivo", "")), True)

    async def _act(
        self, request: web.Request, body: dict[str, object], given: str, code: str, removes: bool
    ) -> web.Response:
        key, contract = str(body.get("referencia", "")), str(body.get("contrato", ""))
        if known := self.desk.requests.get(key):
            return answer({"operacao": self._operation(known)}, 202)
        document = bare_document(given)
        if document is None:
            raise Refused(Outcome.INVALID_DOCUMENT)
        if not key or not contract or not code:
            raise Refused(Outcome.BAD_REQUEST)
        asked = Asked(
            removes,
            document,
            str(body.get("credor", "")),
            contract,
            code,
            str(body.get("valor", "")),
            str(body.get("vencimento", "")),
            key=key,
        )
        done = await self.desk.act(request, asked)
        return answer({"operacao": self._operation(done)}, 202)

    async def find(self, request: web.Request) -> web.Response:
        self._admit(request)
        found = self.desk.requests.get(request.match_info["key"])
        self.desk.desk.ledger.enter_call("find", Outcome.ANSWERED, charged=False, key=request.match_info["key"])
        if found is None:
            return answer({"erro": {"codigo": "OPERACAO_INEXISTENTE", "mensagem": "Operação não encontrada"}}, 404)
        return answer({"operacao": self._operation(found)})

    async def follow(self, request: web.Request) -> web.Response:
        self._admit(request)
        entries, after = self.desk.page(request.query.get("apos", ""))
        return answer({"negativacoes": [self._row(entry) for entry in entries], "proximo": after})

    def _operation(self, done: Request) -> dict[str, object]:
        ended = done.has_ended(self.desk.desk.clock())
        place = Place.RECEIVED
        if ended:
            place = Place.REFUSED if done.refusal else (Place.REMOVED if done.asked.removes else Place.LISTED)
        number = next((each.number for each in self.desk.entries if done in (each.inclusion, each.removal)), None)
        return {
            "referencia": done.asked.key,
            "protocolo": done.reference,
            "situacao": _PLACES[place],
            "negativacao": number,
            "codigoErro": done.refusal if ended else None,
        }

    def _row(self, entry: Entry) -> dict[str, object]:
        asked = entry.inclusion.asked
        place = entry.place(self.desk.desk.clock())
        return {
            "id": entry.number,
            "referencia": asked.key,
            "documento": asked.document,
            "contrato": asked.contract,
            "situacao": _PLACES[place],
            "codigoErro": entry.inclusion.refusal if place is Place.REFUSED else None,
        }
