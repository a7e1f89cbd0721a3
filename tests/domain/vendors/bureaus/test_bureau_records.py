"""What a bureau that lists its records calls them by is bounded where it is read: rows are found by it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import httpx
import pytest

from lastro.bureaus.ports import BureauToken, RefusedByBureau
from lastro.bureaus.providers.environment import Environment, Route
from lastro.negativations.ports import ListingBureau, Page, Record
from lastro.vendors.bureaus.credito_na_medida import mapping as credito_mapping
from lastro.vendors.bureaus.credito_na_medida.listings import CreditoNaMedidaListings
from lastro.vendors.bureaus.spc_brasil import mapping as spc_mapping
from lastro.vendors.bureaus.spc_brasil.listings import SpcListings

CPF = "52998224725"
ROUTE = Route(Environment.HOMOLOGATION, "http://127.0.0.1")
TOKEN = BureauToken("t", datetime(2026, 11, 29, tzinfo=UTC))
LONGEST = "x" * 80


def credito_na_medida(contract: str, record: str, code: str) -> Page:
    listed = {"documento": CPF, "contrato": contract, "situacao": "ERRO", "id": record, "codigoErro": code}
    answer = json.dumps({"negativacoes": [listed]})
    return _first_page(answer, lambda http: CreditoNaMedidaListings(route=ROUTE, http=http))


def spc_brasil(contract: str, record: str, code: str) -> Page:
    answer = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><listarSpcResponse><registro>'
        f'<cpf numero="{CPF}"/><numero-contrato>{contract}</numero-contrato><protocolo>{record}</protocolo>'
        f"<situacao>REJEITADO</situacao><codigo-erro>{code}</codigo-erro></registro></listarSpcResponse></e:Body>"
        "</e:Envelope>"
    )
    return _first_page(answer, lambda http: SpcListings(route=ROUTE, fields={"password": "p"}, http=http))


def _first_page(answer: str, bureau: Callable[[httpx.AsyncClient], ListingBureau]) -> Page:
    async def follow() -> Page:
        async with httpx.AsyncClient(
            transport=httpx.MockTransport(lambda _: httpx.Response(200, content=answer))
        ) as http:
            return await bureau(http).follow(None, TOKEN)

    return asyncio.run(follow())


@pytest.mark.parametrize("read", [credito_na_medida, spc_brasil])
def test_a_record_without_end_is_refused(read: Callable[[str, str, str], Page]) -> None:
    found: Record = read(LONGEST, LONGEST, "e" * 99).records[0]

    assert (found.contract, found.record, found.code) == (LONGEST, LONGEST, "e" * 80)
    for contract, record in ((LONGEST + "x", "1"), ("C-1", LONGEST + "x")):
        with pytest.raises(RefusedByBureau):
            read(contract, record, "e")


def codes_of(count: int) -> Sequence[object]:
    each = {"tipo": "RESTRICAO", "codigo": "01", "descricao": "d" * 100}
    return credito_mapping.codes({"codigos": [each] * count})


def products_of(count: int) -> Sequence[object]:
    return spc_mapping.products({"produto": [{"codigo": "01", "nome": "n" * 100}] * count})


@pytest.mark.parametrize("read", [codes_of, products_of])
def test_a_list_that_no_item_could_hold_is_refused(read: Callable[[int], Sequence[object]]) -> None:
    assert len(read(500)) == 500
    with pytest.raises(RefusedByBureau):
        read(3_000)
