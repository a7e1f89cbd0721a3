"""Crédito na Medida: client credentials, an inquiry that answers a summary and a PDF, its status, the list of codes."""

from __future__ import annotations

from base64 import b64encode

from aiohttp import web

from sandbox.banks.access import bearer_token, is_good
from sandbox.bureaus.desk import Answer, Ask, Refused
from sandbox.bureaus.dialects.base import Dialect, Handler, answer, bare_document, garbage, read_json_body, reais
from sandbox.bureaus.listings.credito_na_medida import CreditoNaMedidaListings
from sandbox.bureaus.listings.desk import ListingDesk
from sandbox.bureaus.outcomes import Outcome
from sandbox.bureaus.pdf import tiny_pdf
from sandbox.bureaus.subjects import ABSENCE, Debt, Subject

PRICE_CENTS = 7_90

_KINDS = {
    "pefin": "PEFIN",
    "refin": "REFIN",
    "overdue": "DIVIDA_VENCIDA",
    "spc": "SPC",
    "protest": "PROTESTO",
    "cheque": "CHEQUE",
    "lawsuit": "ACAO_JUDICIAL",
    "bankruptcy": "FALENCIA",
}
_ERRORS = {
    Outcome.BAD_REQUEST: (400, "DADOS_INVALIDOS"),
    Outcome.UNAUTHORIZED: (401, "TOKEN_INVALIDO"),
    Outcome.REVOKED_TOKEN: (401, "TOKEN_INVALIDO"),
    Outcome.INVALID_CREDENTIALS: (401, "CREDENCIAL_INVALIDA"),
    Outcome.NOT_FOUND: (404, "DOCUMENTO_NAO_ENCONTRADO"),
    Outcome.UNKNOWN_REPORT: (422, "PRODUTO_INEXISTENTE"),
    Outcome.INVALID_DOCUMENT: (422, "DOCUMENTO_INVALIDO"),
    Outcome.UNKNOWN_FEATURE: (422, "ITEM_INEXISTENTE"),
    Outcome.NOT_CONTRACTED: (403, "SEM_CONTRATO"),
    Outcome.UNKNOWN_USER: (403, "SEM_CONTRATO"),
    Outcome.PROCESSING_ERROR: (500, "FALHA_PROCESSAMENTO"),
    Outcome.TOO_MANY_REQUESTS: (429, "MUITAS_CHAMADAS"),
    Outcome.SPIKE_ARREST: (429, "MUITAS_CHAMADAS"),
    Outcome.UNSTABLE: (503, "INDISPONIVEL"),
    Outcome.ABSENT_RECORD: (404, "NEGATIVACAO_INEXISTENTE"),
    Outcome.KNOWN_RECORD: (409, "NEGATIVACAO_EXISTENTE"),
}
CODES: tuple[tuple[str, str, str, str | None], ...] = (
    ("TI", "Serviço de dados", "RESTRICAO", "F"),
    ("NF", "Nota fiscal", "RESTRICAO", "J"),
    ("TP", "Serviço telefônico", "RESTRICAO", None),
    ("1", "Pagamento da dívida", "BAIXA", None),
    ("2", "Renegociação da dívida", "BAIXA", None),
    ("4", "Ordem judicial", "BAIXA", None),
)


class CreditoNaMedida(Dialect):
    """The words of Crédito na Medida."""

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/oauth/token", self.log_in),
            ("POST", "/v1/consultas", self.create),
            ("GET", "/v1/consultas/{key}", self.find),
            ("GET", "/v1/codigos", self.list_codes),
            *CreditoNaMedidaListings(ListingDesk(self.desk), self._admit).routes(),
        ]

    def complain(self, outcome: Outcome) -> web.Response:
        status, code = _ERRORS.get(outcome, _ERRORS[Outcome.UNSTABLE])
        return answer({"erro": {"codigo": code, "mensagem": "Consulta não realizada"}}, status)

    async def log_in(self, request: web.Request) -> web.Response:
        form = await request.post()
        user, secret = str(form.get("client_id", "")), str(form.get("client_secret", ""))
        good = is_good(user, secret) and form.get("grant_type") == "client_credentials"
        token, ends = await self.desk.log_in(user, good=good)
        seconds = round((ends - self.desk.clock()).total_seconds())
        return answer({"access_token": token, "token_type": "Bearer", "expires_in": max(seconds, 1)})

    async def create(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_json_body(request)
        given, items = str(body.get("documento", "")), body.get("itens", [])
        if not isinstance(items, list):
            raise Refused(Outcome.BAD_REQUEST)
        document = bare_document(given)
        ask = Ask(
            document=document or given,
            report=str(body.get("produto", "")),
            features=tuple(str(item) for item in items),
            key=str(body.get("referencia", "")),
        )
        if document is None:
            raise self.desk.refuse(ask, Outcome.INVALID_DOCUMENT)
        if not self.desk.is_known_report(ask.report, document):
            raise self.desk.refuse(ask, Outcome.UNKNOWN_REPORT)
        return _result(await self.inquire(request, ask))

    async def find(self, request: web.Request) -> web.Response:
        self._admit(request)
        found = self.desk.find(request.match_info["key"])
        if found is None:
            return answer({"erro": {"codigo": "CONSULTA_INEXISTENTE", "mensagem": "Consulta não encontrada"}}, 404)
        return _result(found)

    async def list_codes(self, request: web.Request) -> web.Response:
        self._admit(request)
        treatment = self.desk.list("codes")
        names = ("codigo", "descricao", "tipo", "pessoa")
        codes = [dict(zip(names, code, strict=True)) for code in CODES]
        # A scripted short list is how a code disappears.
        return answer({"codigos": codes[1:] if treatment.outcome is Outcome.SUMMARY_ONLY else codes})

    def _admit(self, request: web.Request) -> None:
        if not self.desk.admits(bearer_token(request.headers.get("Authorization"))):
            self.desk.ledger.enter_call("refused", Outcome.REVOKED_TOKEN, charged=False)
            raise Refused(Outcome.REVOKED_TOKEN)


def _result(given: Answer) -> web.Response:
    subject, manner = given.subject, given.outcome
    inquiry: dict[str, object] = {"id": given.number, "referencia": given.ask.key}
    if manner is Outcome.GARBAGE:
        return garbage()
    if manner is Outcome.PENDING:
        return answer({"consulta": inquiry | {"situacao": "PROCESSANDO"}}, 202)
    inquiry |= {"situacao": "CONCLUIDA", "cobrada": True, "custo": reais(PRICE_CENTS)}
    summary = _summary(subject, manner)
    body: dict[str, object] = {
        "consulta": inquiry,
        "resumo": summary,
        "relatorio": {
            "tipo": "application/pdf",
            "conteudo": b64encode(tiny_pdf(f"Consulta {given.number}: {subject.name}")).decode(),
        },
    }
    return answer(body | ({"novidade": {"indicador": "A"}} if manner is Outcome.UNKNOWN_FIELDS else {}))


def _summary(subject: Subject, manner: Outcome) -> dict[str, object]:
    listed = manner is not Outcome.SUMMARY_ONLY
    summary: dict[str, object] = {
        "documento": "11144477735" if manner is Outcome.OTHER_DOCUMENT else subject.document,
        "nome": subject.name,
        "situacaoReceita": "ATIVA" if subject.is_company else subject.registration,
        "dataFundacao" if subject.is_company else "dataNascimento": subject.day.isoformat(),
        "score": {"motivo": ABSENCE}
        if subject.score is None
        else {"pontuacao": subject.score, "modelo": "CNM", "faixa": "B"},
        "ocorrencias": [_occurrence(kind, subject.debts_of(kind), listed) for kind in _KINDS],
        "consultasAnteriores": "várias" if manner is Outcome.WRONG_TYPES else subject.inquiries,
    }
    if subject.is_company:
        summary["socios"] = [
            {"nome": member.name, "documento": member.document, "participacao": member.share, "restricao": False}
            for member in subject.members
        ]
    return summary


def _occurrence(kind: str, debts: tuple[Debt, ...], listed: bool) -> dict[str, object]:
    occurrence: dict[str, object] = {
        "tipo": _KINDS[kind],
        "quantidade": len(debts),
        "valor": reais(sum(debt.amount for debt in debts)),
    }
    if debts:
        occurrence["primeira"] = min(debt.day for debt in debts).isoformat()
        occurrence["ultima"] = max(debt.day for debt in debts).isoformat()
    if debts and listed:
        occurrence["itens"] = [
            {"data": debt.day.isoformat(), "valor": reais(debt.amount), "credor": debt.creditor} for debt in debts
        ]
    return occurrence
