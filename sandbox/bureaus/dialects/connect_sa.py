"""Connect SA: one form, answers of 200 whose ``status`` says how they ended, money as Brazilians write it."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from lastro.kernel.money import format_brl
from sandbox.banks.access import is_good
from sandbox.bureaus.desk import Answer, Ask, Desk, Refused
from sandbox.bureaus.dialects.base import Dialect, Handler, answer, bare_document, garbage
from sandbox.bureaus.listings.connect_sa import OPERATIONS, serve_listing
from sandbox.bureaus.listings.desk import ListingDesk
from sandbox.bureaus.outcomes import Outcome
from sandbox.bureaus.subjects import Debt

_SENTENCES = {
    Outcome.BAD_REQUEST: "Dados inválidos",
    Outcome.INVALID_CREDENTIALS: "Login ou senha inválidos",
    Outcome.UNAUTHORIZED: "Login ou senha inválidos",
    Outcome.REVOKED_TOKEN: "Senha expirada",
    Outcome.NOT_FOUND: "Documento não encontrado",
    Outcome.UNKNOWN_REPORT: "Plano inexistente",
    Outcome.INVALID_DOCUMENT: "Documento inválido",
    Outcome.UNKNOWN_FEATURE: "Agregado inexistente",
    Outcome.NOT_CONTRACTED: "Consulta não autorizada",
    Outcome.UNKNOWN_USER: "Consulta não autorizada",
    Outcome.PROCESSING_ERROR: "Serviço indisponível, tente novamente",
    Outcome.ABSENT_RECORD: "Registro não encontrado",
    Outcome.KNOWN_RECORD: "Documento já negativado neste contrato",
}
_STATUSES = {Outcome.TOO_MANY_REQUESTS: 429, Outcome.SPIKE_ARREST: 429, Outcome.UNSTABLE: 503}
_NAMES = {
    "pefin": "PEFIN",
    "refin": "REFIN",
    "overdue": "Dívidas vencidas",
    "spc": "SPC",
    "protest": "Protestos",
    "cheque": "Cheques sem fundos",
    "lawsuit": "Ações judiciais",
    "bankruptcy": "Falências",
}
_MEMBERS = {
    "pefin": "pefin",
    "refin": "refin",
    "overdue": "dividaVencida",
    "spc": "spc",
    "protest": "protesto",
    "cheque": "chequeSemFundo",
    "lawsuit": "acaoJudicial",
    "bankruptcy": "falencia",
}


Form = Mapping[str, object]


class ConnectSa(Dialect):
    """The words of Connect SA."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.listings = ListingDesk(desk)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [("POST", "/mercurio/ws_consulta/", self.inquire_form), ("POST", "/mercurio/ws_pefin/", self.check)]

    def complain(self, outcome: Outcome) -> web.Response:
        if outcome in _STATUSES:
            return answer({"status": {"mensagem": "Erro"}}, _STATUSES[outcome])
        sentence = _SENTENCES.get(outcome, "Erro desconhecido")
        return answer({"status": {"mensagem": "Erro", "descricaoCodigoResposta": sentence, "protocolo": None}})

    async def check(self, request: web.Request) -> web.Response:
        """Try login and password without asking about anybody."""
        form = await request.post()
        if form.get("operacao") in OPERATIONS:
            if not _is_known(form):
                raise Refused(Outcome.INVALID_CREDENTIALS)
            return await serve_listing(self.listings, request, form)
        await self._authenticate(form)
        return answer({"status": {"mensagem": "Sucesso", "descricaoCodigoResposta": "Autenticado", "protocolo": "0"}})

    async def inquire_form(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("operacao") == "autenticar":
            return await self.check(request)
        given = str(form.get("documento", ""))
        document = bare_document(given)
        features = str(form.get("agregados", ""))
        ask = Ask(
            document=document or given,
            report=str(form.get("consulta", "")),
            features=tuple(features.split(",")) if features else (),
            federal_unit=str(form["uf"]) if "uf" in form else None,
            simulated=form.get("estatica") == "S",
        )
        if not _is_known(form):
            raise self.desk.refuse(ask, Outcome.INVALID_CREDENTIALS)
        if document is None or form.get("tipodocumento") != ("J" if len(document) == 14 else "F"):
            raise self.desk.refuse(ask, Outcome.INVALID_DOCUMENT)
        if form.get("estatica") not in ("S", "N") or form.get("tiporesposta") != "J":
            raise self.desk.refuse(ask, Outcome.BAD_REQUEST)
        if not self.desk.is_known_report(ask.report, document):
            raise self.desk.refuse(ask, Outcome.UNKNOWN_REPORT)
        found = await self.inquire(request, ask)
        return garbage() if found.outcome is Outcome.GARBAGE else answer(_body(found))

    async def _authenticate(self, form: Form) -> None:
        login = str(form.get("login", ""))
        if not _is_known(form):
            self.desk.ledger.enter_login(login, Outcome.INVALID_CREDENTIALS)
            raise Refused(Outcome.INVALID_CREDENTIALS)
        await self.desk.log_in(login, good=True)


def _is_known(form: Form) -> bool:
    """Whether login and password are good, and the integrator's keys where they were sent."""
    credentials = (form.get("login"), form.get("password"), form.get("idclient", "-"), form.get("apikey", "-"))
    return all(isinstance(value, str) and is_good(value) for value in credentials)


def _body(given: Answer) -> dict[str, object]:
    subject, manner = given.subject, given.outcome
    registers: dict[str, object] = {
        _MEMBERS[kind]: _register(kind, subject.debts_of(kind), manner) for kind in _MEMBERS
    }
    registers["consultas"] = {"quantidade": str(subject.inquiries), "nomeRegistro": "Consultas anteriores"}
    table = {"quantidadeTotalOcorrencias": len(subject.debts), "registros": registers}
    result: dict[str, object] = {"quadroResumoConsta": table}
    if "TOP" in given.ask.report:
        result["score"] = (
            {"mensagem": "Score não calculado"}
            if subject.score is None
            else {"pontuacao": str(subject.score), "faixa": "B"}
        )
    if manner is Outcome.UNKNOWN_FIELDS:
        result["novidade"] = {"indicador": "A"}
    named = "11144477735" if manner is Outcome.OTHER_DOCUMENT else subject.document
    return {
        "status": {
            "mensagem": "Sucesso",
            "descricaoCodigoResposta": "Constam Restrições" if subject.debts else "Nada Consta",
            "protocolo": f"{given.number:08d}",
        },
        "entrada": {"nomeConsultado": subject.name, "documentoConsultado": named},
        "resultado": result,
    }


def _register(kind: str, debts: tuple[Debt, ...], manner: Outcome) -> dict[str, object]:
    register: dict[str, object] = {
        "nomeRegistro": _NAMES[kind],
        "quantidade": "muitas" if manner is Outcome.WRONG_TYPES else str(len(debts)),
        "valorTotal": format_brl(sum(debt.amount for debt in debts)),
        "alerta": "S" if debts else "N",
    }
    if debts:
        newest = max(debts, key=lambda debt: debt.day)
        register["dataMaisAntigo"] = f"{min(debt.day for debt in debts):%d/%m/%Y}"
        register["dataMaisRecente"] = f"{newest.day:%d/%m/%Y}"
        register["nomeMaisRecente"] = newest.creditor
    return register
