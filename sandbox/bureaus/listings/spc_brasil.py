"""SPC-like registrations over SOAP: ``incluirSpc``, ``excluir`` and a list of records, with HTTP Basic."""

from __future__ import annotations

from aiohttp import web
from lxml import etree

from sandbox.banks.access import basic_pair, is_good
from sandbox.bureaus.desk import Refused
from sandbox.bureaus.dialects.base import Handler, bare_document
from sandbox.bureaus.listings.desk import Asked, Entry, ListingDesk, Place
from sandbox.bureaus.outcomes import Outcome
from sandbox.bureaus.soap import ENVELOPE, asked_in

SERVICE = "/spc/remoting/ws/insumo/spc/spcWebService"
NAMESPACE = "http://webservice.spc.insumo.spcjava.spcbrasil.org/"
_PLACES = {
    Place.RECEIVED: "EM_PROCESSAMENTO",
    Place.LISTED: "ATIVO",
    Place.REFUSED: "REJEITADO",
    Place.REMOVED: "BAIXADO",
}


class SpcListings:
    """The service of registrations."""

    def __init__(self, desk: ListingDesk) -> None:
        self.desk = desk

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [("POST", SERVICE, self.serve)]

    async def serve(self, request: web.Request) -> web.Response:
        user, password = basic_pair(request.headers.get("Authorization"))
        if not is_good(user, password):
            return web.Response(status=401, text="Unauthorized")
        asked = asked_in(await request.read())
        match etree.QName(asked).localname:
            case "incluirSpc":
                return await self._act(request, asked.find("insumoSpc"), removes=False)
            case "excluir":
                return await self._act(request, asked.find("exclusao"), removes=True)
            case "listarSpc":
                return self._list(asked.findtext("apos", ""))
        raise Refused(Outcome.BAD_REQUEST)

    async def _act(self, request: web.Request, body: etree._Element | None, *, removes: bool) -> web.Response:
        if body is None:
            raise Refused(Outcome.BAD_REQUEST)
        numbers = [found.get("numero", "") for name in ("cpf", "cnpj") for found in body.iter(name)]
        document = bare_document(numbers[0]) if len(numbers) == 1 else None
        if document is None or body.findtext("tipo-pessoa") != ("J" if len(document) == 14 else "F"):
            raise Refused(Outcome.INVALID_DOCUMENT)
        contract = body.findtext("numero-contrato", "")
        code = body.findtext("motivo-exclusao/id" if removes else "natureza-inclusao/id", "")
        if not contract or not code:
            raise Refused(Outcome.BAD_REQUEST)
        amount = body.findtext("valor-debito", "")
        due = body.findtext("data-vencimento", "")
        done = await self.desk.act(request, Asked(removes, document, "", contract, code, amount, due))
        answered = etree.Element(f"{{{NAMESPACE}}}{'excluirResponse' if removes else 'incluirSpcResponse'}")
        success = etree.SubElement(answered, "sucesso")
        etree.SubElement(success, "protocolo").text = done.reference
        return _envelope(answered)

    def _list(self, after: str) -> web.Response:
        entries, following = self.desk.page(after)
        answered = etree.Element(f"{{{NAMESPACE}}}listarSpcResponse")
        for entry in entries:
            answered.append(self._row(entry))
        if following:
            etree.SubElement(answered, "proximo").text = following
        return _envelope(answered)

    def _row(self, entry: Entry) -> etree._Element:
        asked = entry.inclusion.asked
        row = etree.Element("registro")
        etree.SubElement(row, "cnpj" if len(asked.document) == 14 else "cpf", numero=asked.document)
        etree.SubElement(row, "numero-contrato").text = asked.contract
        etree.SubElement(row, "protocolo").text = entry.inclusion.reference
        place = entry.place(self.desk.desk.clock())
        etree.SubElement(row, "situacao").text = _PLACES[place]
        if place is Place.REFUSED:
            etree.SubElement(row, "codigo-erro").text = entry.inclusion.refusal
        return row


def _envelope(inside: etree._Element) -> web.Response:
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"S": ENVELOPE, "ns2": NAMESPACE})
    etree.SubElement(envelope, f"{{{ENVELOPE}}}Body").append(inside)
    body: bytes = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    return web.Response(body=body, content_type="text/xml", charset="utf-8")
