"""Every status with every body of a paid question: what refuses, what may be asked again, what nobody can tell."""

from __future__ import annotations

import json

import httpx
import pytest

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.errors import LastroError
from tests.contract.bureau_road import TOKEN, Road, ask, bureau_on, failure_of

STATUSES = (*range(300, 309), *range(400, 452), *range(500, 512), 520, 599)
PAGES = {"nothing": b"", "a page": b"<html>404 Not Found</html>", "no object": b"[]", "no code": b'{"erro": {}}'}


def fault(text: str) -> bytes:
    inside = f"<S:Fault><faultcode>S:Server</faultcode><faultstring>{text}</faultstring></S:Fault>"
    return (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>' + inside + "</S:Body></S:Envelope>"
    ).encode()


def erro(code: str) -> bytes:
    return json.dumps({"erro": {"codigo": code}}).encode()


WORDS: dict[str, dict[str, tuple[bytes, tuple[int, ...], BureauReason]]] = {
    "serasa": {
        "not found": (b"[ERROR][DOCUMENT_NOT_FOUND] x", (404,), BureauReason.NOT_FOUND),
        "denied": (b"[ERROR][USER-NOT-AUTHORIZED] x", (403, 412), BureauReason.NOT_CONTRACTED),
        "document": (b"[ERROR][INVALID-REQUEST] [X-Document-Id]", (412,), BureauReason.INVALID_DOCUMENT),
        "feature": (b"[ERROR][INVALID-REQUEST] Features", (412,), BureauReason.UNKNOWN_FEATURE),
        "request": (b"[ERROR][INVALID-REQUEST] x", (412,), BureauReason.VALIDATION),
    },
    "credito_na_medida": {
        "document": (erro("DOCUMENTO_INVALIDO"), (422,), BureauReason.INVALID_DOCUMENT),
        "not found": (erro("DOCUMENTO_NAO_ENCONTRADO"), (404,), BureauReason.NOT_FOUND),
        "report": (erro("PRODUTO_INEXISTENTE"), (422,), BureauReason.UNKNOWN_REPORT),
        "feature": (erro("ITEM_INEXISTENTE"), (422,), BureauReason.UNKNOWN_FEATURE),
        "contract": (erro("SEM_CONTRATO"), (403,), BureauReason.NOT_CONTRACTED),
        "credential": (erro("CREDENCIAL_INVALIDA"), (401,), BureauReason.INVALID_CREDENTIALS),
        "data": (erro("DADOS_INVALIDOS"), (400,), BureauReason.VALIDATION),
    },
    # A SOAP fault is said by the service itself, whatever status carries it.
    "spc_brasil": {
        "document": (fault("CN_INT005.E8.2 - x"), STATUSES, BureauReason.INVALID_DOCUMENT),
        "contract": (fault("CN_INT005.E4 - x"), STATUSES, BureauReason.NOT_CONTRACTED),
    },
    "connect_sa": {},
}
"""Provider -> word -> the body that says it, the statuses under which it refuses, the reason."""

# The question was turned away before it was worked, whatever the body says.
TURNED_AWAY: dict[str, dict[int, tuple[type[LastroError], ...]]] = {
    "serasa": {401: (RevokedToken,), 403: (RefusedByBureau,), 429: (SlowDown,), 503: (BureauUnavailable,)},
    "credito_na_medida": {401: (RevokedToken,), 403: (RefusedByBureau,), 429: (SlowDown,), 503: (BureauUnavailable,)},
    "spc_brasil": {
        401: (RefusedByBureau,),
        403: (RefusedByBureau,),
        429: (SlowDown,),
        503: (BureauUnavailable,),
    },
    "connect_sa": {
        401: (RefusedByBureau,),
        403: (RefusedByBureau,),
        429: (SlowDown,),
        503: (BureauUnavailable,),
    },
}


@pytest.mark.parametrize("provider", BUREAUS)
@pytest.mark.parametrize("status", STATUSES)
async def test_only_documented_words_refuse_a_paid_question(provider: str, status: int) -> None:
    bodies = {name: (content, (), BureauReason.UNCLEAR) for name, content in PAGES.items()} | WORDS[provider]
    for name, (content, statuses, reason) in bodies.items():
        failure = await failure_of(
            provider,
            Road(httpx.Response(status, content=content)),
            lambda bureau: bureau.inquire(ask(provider), TOKEN),
        )
        if status in (502, 504):
            assert (type(failure), failure.code) == (InquiryUnknown, BureauReason.TIMEOUT), name
        elif status in statuses:
            assert (type(failure), failure.code) == (RefusedByBureau, reason), name
        elif status in TURNED_AWAY[provider]:
            assert isinstance(failure, TURNED_AWAY[provider][status]), name
        else:
            assert (type(failure), failure.code) == (InquiryUnknown, BureauReason.UNCLEAR), name


@pytest.mark.parametrize("status", STATUSES)
async def test_only_one_answer_to_a_look_up_says_that_nothing_is_there(status: int) -> None:
    codes = ("CONSULTA_INEXISTENTE", "DOCUMENTO_NAO_ENCONTRADO", "CONFLITO")
    for name, content in {**PAGES, **{code: erro(code) for code in codes}}.items():
        bureau = bureau_on("credito_na_medida", Road(httpx.Response(status, content=content)))
        if status == 404 and name == "CONSULTA_INEXISTENTE":
            assert await bureau.find_inquiry(ask("credito_na_medida"), TOKEN) is None
            continue
        with pytest.raises((BureauUnavailable, RefusedByBureau)):
            await bureau.find_inquiry(ask("credito_na_medida"), TOKEN)
