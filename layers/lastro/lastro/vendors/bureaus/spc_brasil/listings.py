"""SPC Brasil's registrations over SOAP: ``incluirSpc`` and ``excluir`` with HTTP Basic (docs/sources.md, bureaus).

An answer is a protocol: the request is received. There is no look-up of one. How records are listed is not published:
``listarSpc`` is our own, made from the members of an inclusion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

import httpx
from lxml import etree

from lastro.kernel.documents import Cpf, Document, InvalidDocument, parse_document
from lastro.negativations.ports import Exclusion, Inclusion, Page, Record, Standing, Token, Word
from lastro.vendors.bureaus.bodies import LONGEST_IDENTIFIER, BureauBody, checked_text
from lastro.vendors.bureaus.failures import understood, unreadable, unsupported
from lastro.vendors.bureaus.spc_brasil import soap
from lastro.vendors.bureaus.spc_brasil.calling import post
from lastro.vendors.bureaus.spc_brasil.errors import LISTING_FAULTS
from lastro.vendors.kit.amounts import write_decimal_text

if TYPE_CHECKING:
    from lastro.bureaus.ports import RawAnswer
    from lastro.bureaus.providers.environment import Route

_SERVICE = "/spc/remoting/ws/insumo/spc/spcWebService"
_NAMESPACE = "http://webservice.spc.insumo.spcjava.spcbrasil.org/"
_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_PHONE = re.compile(r"\+55([0-9]{2})([0-9]{8,9})", re.ASCII)

_STANDINGS: Mapping[str, Standing] = {
    "EM_PROCESSAMENTO": Standing.RECEIVED,
    "NOTIFICADO": Standing.NOTIFIED,
    "ATIVO": Standing.ACTIVE,
    "REJEITADO": Standing.REFUSED,
    "BAIXADO": Standing.REMOVED,
}


class SpcListings:
    """The ``ListingBureau`` port spoken as SPC Brasil does."""

    def __init__(self, *, route: Route, fields: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self._route = route
        self._fields = fields
        self._http = http

    async def include(self, inclusion: Inclusion, _: Token | None) -> Word:
        raw = await self._post(envelope("incluirSpc", inclusion_element(inclusion)), acts=True)
        return Word(Standing.RECEIVED, understood(raw, lambda: _protocol(raw, "incluirSpcResponse")))

    async def remove(self, exclusion: Exclusion, _: Token | None) -> Word:
        raw = await self._post(envelope("excluir", exclusion_element(exclusion)), acts=True)
        return Word(Standing.RECEIVED, understood(raw, lambda: _protocol(raw, "excluirResponse")))

    async def find(self, *_: object) -> NoReturn:
        raise unsupported("look-up of a request")

    async def follow(self, after: str | None, _: Token | None) -> Page:
        inside = []
        if after:
            inside.append(_text("apos", after))
        raw = await self._post(envelope("listarSpc", *inside), acts=False)
        return understood(raw, lambda: _page(raw))

    async def _post(self, content: bytes, *, acts: bool) -> RawAnswer:
        return await post(self._http, self._route, _SERVICE, self._fields, content, acts=acts, faults=LISTING_FAULTS)


def envelope(operation: str, *inside: etree._Element) -> bytes:
    """A SOAP request of one operation."""
    root = etree.Element(f"{{{_ENVELOPE}}}Envelope", nsmap={"soapenv": _ENVELOPE, "web": _NAMESPACE})
    body = etree.SubElement(root, f"{{{_ENVELOPE}}}Body")
    etree.SubElement(body, f"{{{_NAMESPACE}}}{operation}").extend(inside)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def inclusion_element(inclusion: Inclusion) -> etree._Element:
    """``insumoSpc`` of an inclusion: days are moments without a zone, amounts decimals."""
    person, debt = inclusion.person, inclusion.debt
    top = etree.Element("insumoSpc")
    natural = isinstance(person.document, Cpf)
    top.append(_text("tipo-pessoa", "F" if natural else "J"))
    facts = etree.SubElement(top, "dados-pessoa-fisica" if natural else "dados-pessoa-juridica")
    etree.SubElement(facts, "cpf" if natural else "cnpj", numero=person.document.value)
    facts.append(_text("nome" if natural else "razao-social", person.name))
    if person.birth_date:
        facts.append(_text("data-nascimento", f"{person.birth_date.isoformat()}T00:00:00"))
    if phone := _PHONE.fullmatch(person.phone):
        etree.SubElement(facts, "telefone", {"numero-ddd": phone[1], "numero": phone[2]})
    top.append(_text("data-compra", f"{debt.due_on.isoformat()}T00:00:00"))
    top.append(_text("data-vencimento", f"{debt.due_on.isoformat()}T00:00:00"))
    top.append(_text("codigo-tipo-devedor", "A" if inclusion.principal else "C"))
    top.append(_text("numero-contrato", debt.contract))
    top.append(_text("valor-debito", write_decimal_text(debt.amount)))
    etree.SubElement(top, "natureza-inclusao").append(_text("id", debt.nature))
    address = etree.SubElement(top, "endereco-pessoa")
    for name, value in (
        ("cep", person.address.zip_code),
        ("logradouro", person.address.street),
        ("bairro", person.address.district),
        ("numero", person.address.number),
        ("complemento", person.address.complement),
    ):
        if value:
            address.append(_text(name, value))
    return top


def exclusion_element(exclusion: Exclusion) -> etree._Element:
    """``exclusao`` of a removal."""
    top = etree.Element("exclusao")
    natural = isinstance(exclusion.person, Cpf)
    top.append(_text("tipo-pessoa", "F" if natural else "J"))
    etree.SubElement(top, "cpf" if natural else "cnpj", numero=exclusion.person.value)
    top.append(_text("data-vencimento", f"{exclusion.debt.due_on.isoformat()}T00:00:00"))
    top.append(_text("numero-contrato", exclusion.debt.contract))
    etree.SubElement(top, "motivo-exclusao").append(_text("id", exclusion.reason))
    return top


def _text(name: str, value: str) -> etree._Element:
    element = etree.Element(name)
    element.text = value
    return element


def _protocol(raw: RawAnswer, name: str) -> str:
    protocol = checked_text((soap.opened_as(name, raw.body).findtext(".//protocolo") or "").strip(), name)
    if not protocol:
        raise unreadable(name, "a protocol")
    return protocol


def _page(raw: RawAnswer) -> Page:
    element = soap.opened_as("listarSpcResponse", raw.body)
    after = checked_text(element.findtext("proximo") or None, "proximo", BureauBody.longest_text)
    return Page(tuple(map(_record, element.iterfind("registro"))), after)


def _record(element: etree._Element) -> Record:
    standing = _STANDINGS.get(element.findtext("situacao", ""))
    contract = checked_text(element.findtext("numero-contrato"), "numero-contrato")
    if standing is None or not contract:
        raise unreadable("registro", "a record with its contract and a known status")
    protocol = checked_text(element.findtext("protocolo") or None, "protocolo")
    code = element.findtext("codigo-erro")
    return Record(_document(element), contract, standing, record=protocol, code=code and code[:LONGEST_IDENTIFIER])


def _document(element: etree._Element) -> Document:
    named = [each.get("numero", "") for name in ("cpf", "cnpj") for each in element.iterfind(name)]
    try:
        return parse_document(named[0] if len(named) == 1 else "")
    except InvalidDocument as error:
        raise unreadable("registro", "a record of one CPF or CNPJ") from error
