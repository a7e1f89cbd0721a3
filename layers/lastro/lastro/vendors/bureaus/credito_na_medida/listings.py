"""Crédito na Medida's listings: received under our reference, looked up by it, and listed with their status.

The provider publishes no reference of its interface (docs/sources.md, bureaus): addresses and members are our own. Its
users' manuals tell that the status of listings is pulled ("Sincronizar Status Negativação").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from lastro.kernel.documents import InvalidDocument, parse_document
from lastro.negativations.ports import Exclusion, Inclusion, Page, Record, Standing, Token, Word
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.bureaus.credito_na_medida.client import error_code
from lastro.vendors.bureaus.credito_na_medida.errors import LISTING, NO_OPERATION, PAUSE_SECONDS
from lastro.vendors.bureaus.failures import failure_of, rejected_credentials, understood
from lastro.vendors.bureaus.http import raw_of, send
from lastro.vendors.kit.amounts import read_reais, write_decimal
from lastro.vendors.kit.json import present, write_json

if TYPE_CHECKING:
    from lastro.bureaus.ports import RawAnswer
    from lastro.bureaus.providers.environment import Route

_LISTINGS = "/v1/negativacoes"
_REMOVALS = "/v1/baixas"
_OPERATIONS = "/v1/operacoes"

_STANDINGS: Mapping[str, Standing] = {
    "RECEBIDA": Standing.RECEIVED,
    "INCLUIDA": Standing.INCLUDED,
    "NOTIFICADA": Standing.NOTIFIED,
    "ATIVA": Standing.ACTIVE,
    "ERRO": Standing.REFUSED,
    "BAIXADA": Standing.REMOVED,
}


class CreditoNaMedidaListings:
    """The ``ListingBureau`` port spoken as Crédito na Medida does."""

    def __init__(self, *, route: Route, http: httpx.AsyncClient) -> None:
        self._route = route
        self._http = http

    async def include(self, inclusion: Inclusion, token: Token | None) -> Word:
        raw = await self._call("POST", _LISTINGS, token, inclusion_body(inclusion))
        return understood(raw, lambda: _word(BureauBody(BureauBody.parse(raw.body)).within("operacao")))

    async def remove(self, exclusion: Exclusion, token: Token | None) -> Word:
        body = present(
            referencia=exclusion.key,
            negativacao=exclusion.record,
            documento=exclusion.person.value,
            credor=exclusion.creditor.value,
            contrato=exclusion.debt.contract,
            motivo=exclusion.reason,
        )
        raw = await self._call("POST", _REMOVALS, token, body)
        return understood(raw, lambda: _word(BureauBody(BureauBody.parse(raw.body)).within("operacao")))

    async def find(self, key: str, token: Token | None) -> Word | None:
        raw = await self._call("GET", f"{_OPERATIONS}/{quote(key, safe='')}", token, absent=True)
        if NO_OPERATION.holds(raw.http_status, code=error_code(raw)):
            return None
        return understood(raw, lambda: _word(BureauBody(BureauBody.parse(raw.body)).within("operacao")))

    async def follow(self, after: str | None, token: Token | None) -> Page:
        path = _LISTINGS + (f"?apos={quote(after, safe='')}" if after else "")
        raw = await self._call("GET", path, token)
        return understood(raw, lambda: _page(BureauBody(BureauBody.parse(raw.body))))

    async def _call(
        self, method: str, path: str, token: Token | None, body: object = None, *, absent: bool = False
    ) -> RawAnswer:
        if token is None:
            raise rejected_credentials()
        headers = {"authorization": f"Bearer {token.value}", "accept": "application/json"}
        if body is not None:
            headers["content-type"] = "application/json"
        content = None if body is None else write_json(body)
        request = self._http.build_request(method, self._route.base_url + path, headers=headers, content=content)
        acts = body is not None
        response = await send(self._http, request, self._route, acts=acts)
        raw = raw_of(response)
        code = error_code(raw)
        if response.is_success or (absent and NO_OPERATION.holds(raw.http_status, code=code)):
            return raw
        raise failure_of(LISTING, raw, acts=acts, code=code, pause=PAUSE_SECONDS)


def inclusion_body(inclusion: Inclusion) -> dict[str, object]:
    """What is asked for, under our reference."""
    person, debt = inclusion.person, inclusion.debt
    address = person.address
    return present(
        referencia=inclusion.key,
        credor=inclusion.creditor.value,
        devedor=present(
            documento=person.document.value,
            nome=person.name,
            sexo=person.sex,
            nascimento=person.birth_date.isoformat() if person.birth_date else None,
            celular=person.phone,
            email=person.email,
            endereco=present(
                cep=address.zip_code,
                logradouro=address.street,
                numero=address.number,
                complemento=address.complement or None,
                bairro=address.district,
                cidade=address.city,
                uf=address.state,
            ),
        ),
        devedorPrincipal=inclusion.principal.value if inclusion.principal else None,
        contrato=debt.contract,
        valor=write_decimal(debt.amount),
        vencimento=debt.due_on.isoformat(),
        codigo=debt.nature,
    )


def _word(operation: BureauBody) -> Word:
    return Word(
        operation.one_of("situacao", _STANDINGS),
        operation.identifier_or_none("protocolo"),
        operation.identifier_or_none("negativacao"),
        operation.code_or_none("codigoErro"),
    )


def _page(body: BureauBody) -> Page:
    records = tuple(_record(each) for each in body.objects("negativacoes"))
    return Page(records, body.label_or_none("proximo"))


def _record(each: BureauBody) -> Record:
    try:
        person = parse_document(each.label_or_none("documento") or "")
    except InvalidDocument as error:
        raise each.unreadable(each.at("documento"), "a CPF or CNPJ") from error
    return Record(
        person=person,
        contract=each.identifier("contrato"),
        standing=each.one_of("situacao", _STANDINGS),
        reference=each.identifier_or_none("referencia"),
        record=each.identifier_or_none("id"),
        amount=each.read_or_none("valor", read_reais),
        code=each.code_or_none("codigoErro"),
    )
