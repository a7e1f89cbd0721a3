"""PAN: a token for user name and password, amounts like 1.234,56, empty texts where there is no value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aiohttp import web

from sandbox.banks.access import TOKEN_LIFETIME_SECONDS, basic_pair, bearer_token, is_good
from sandbox.banks.amounts import brazilian_of, cents_of_brazilian
from sandbox.banks.dialects.base import STATUSES, Dialect, Handler, answer
from sandbox.banks.messages import Complaint, Decision, PreApprovalAsk, PricingAsk, Quote, Trouble, Verdict
from sandbox.banks.proposals import wordings
from sandbox.banks.reading import count, day, digits, document, flag, read_body, read_header

_KEY = "Chave-Idempotencia"
_BASE = "/veiculos/v1"

_REFUSALS = {
    Verdict.DOWN_PAYMENT: "101",
    Verdict.TERM: "102",
    Verdict.VEHICLE: "103",
    Verdict.MISSING_DATA: "104",
    Verdict.REFUSED: "199",
}
_CHARGES = {
    "iof_value": "IOF",
    "contract_record_rate": "RC",
    "property_valuation_rate": "TAB",
    "register_rate": "TC",
    "spf": "SPF",
}
_CODES = {
    Complaint.UNSTABLE: "E503",
    Complaint.VALIDATION: "E400",
    Complaint.UNAUTHENTICATED: "E401",
    Complaint.FORBIDDEN: "E403",
}
_YES_OR_NO = flag("S", "N")


class Pan(Dialect):
    """The words of PAN."""

    applicant: ClassVar[Mapping[str, str]] = {
        "cpf_cnpj": "cliente.cpfCnpj",
        "has_cnh": "cliente.possuiCnh",
        "phone_number": "cliente.telefoneCelular",
        "name": "cliente.nomeCompleto",
        "birthdate": "cliente.dataNascimento",
        "email": "cliente.email",
        "retrieve_gender": "cliente.sexo",
        "monthly_income": "cliente.rendaMensal",
        "retrieve_occupation": "cliente.ocupacao",
        "address.zip_code": "cliente.cep",
    }

    wording: ClassVar[wordings.Wording] = wordings.PAN

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/openapi/tokens", self.log_in),
            ("POST", f"{_BASE}/preanalise", self.pre_approve),
            ("GET", f"{_BASE}/preanalise/{{key}}", self.find_pre_approval),
            ("POST", f"{_BASE}/simulacao", self.price),
            ("GET", f"{_BASE}/simulacao/{{key}}", self.find),
            ("POST", f"{_BASE}/proposta", self.take_proposal),
            ("GET", f"{_BASE}/proposta/{{key}}", self.find_proposal),
            ("POST", f"{_BASE}/proposta/{{key}}/documento", self.take_document),
            ("POST", f"{_BASE}/proposta/{{key}}/cancelamento", self.cancel_proposal),
        ]

    def complain(self, trouble: Trouble) -> web.Response:
        body: dict[str, object] = {"codigo": _CODES[trouble.complaint], "mensagem": "Requisição não atendida"}
        if trouble.complaint is Complaint.VALIDATION:
            body["detalhes"] = [{"propriedade": trouble.field or "cliente.cpfCnpj", "erro": "inválido"}]
        return answer(body, STATUSES[trouble.complaint])

    async def log_in(self, request: web.Request) -> web.Response:
        if not is_good(request.headers.get("ApiKey"), *basic_pair(request.headers.get("Authorization"))):
            return self.complain(Trouble(Complaint.UNAUTHENTICATED))
        return answer({"token": self.tokens.issue(), "expiraEm": TOKEN_LIFETIME_SECONDS})

    async def pre_approve(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        ask = PreApprovalAsk(read_header(request, _KEY), body.read("cliente.cpfCnpj", document))
        approved = await self.branch.pre_approve(ask)
        return _pre_analysis(approved)

    async def find_pre_approval(self, request: web.Request) -> web.Response:
        self._admit(request)
        approved = self.branch.find_pre_approval(request.match_info["key"])
        return _absent() if approved is None else _pre_analysis(approved)

    async def price(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        applicant = body.read("cliente.cpfCnpj", document)
        ask = PricingAsk(
            key=read_header(request, _KEY),
            document=applicant,
            asset_value=body.read("financiamento.valorVeiculo", cents_of_brazilian),
            down_payment=body.read("financiamento.valorEntrada", cents_of_brazilian),
            extras=body.read("financiamento.valorAdicional", cents_of_brazilian),
            installments=body.read("financiamento.prazo", lambda value: count(digits(value))),
            release_date=body.read("financiamento.dataLiberacao", day("%d/%m/%Y")),
            manufacture_year=body.read("veiculo.anoFabricacao", digits),
            zero_km=body.read("veiculo.zeroKm", _YES_OR_NO),
            insurance=body.read("financiamento.seguro", _YES_OR_NO),
            dealer_return=body.read_level("financiamento.retorno", "R"),
            missing=self.missing(body, applicant),
        )
        return answer(_simulation(await self.decide(request, ask)))

    async def find(self, request: web.Request) -> web.Response:
        self._admit(request)
        decision = self.branch.find(request.match_info["key"])
        if decision is None:
            return _absent()
        return answer(_simulation(decision))

    async def take_proposal(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        return answer(await self.window.take(request, body, read_header(request, _KEY)), 201)

    async def find_proposal(self, request: web.Request) -> web.Response:
        self._admit(request)
        found = self.window.find(request.match_info["key"])
        return _absent() if found is None else answer(found)

    async def take_document(self, request: web.Request) -> web.Response:
        self._admit(request)
        return answer(self.window.hand_in(await read_body(request), request.match_info["key"]), 201)

    async def cancel_proposal(self, request: web.Request) -> web.Response:
        self._admit(request)
        return answer(self.window.cancel(request.match_info["key"]))

    def envelope(self, body: dict[str, object]) -> object:
        return {"proposta": body}

    def _admit(self, request: web.Request) -> None:
        token = bearer_token(request.headers.get("Authorization"))
        if not self.tokens.are_good(token) or not is_good(request.headers.get("ApiKey")):
            raise Trouble(Complaint.UNAUTHENTICATED)


def _pre_analysis(approved: bool) -> web.Response:
    return answer({"preAnalise": {"resultado": "APTO" if approved else "INAPTO"}})


def _absent() -> web.Response:
    return answer({"codigo": "E404", "mensagem": "Chave inexistente"}, 404)


def _simulation(decision: Decision) -> dict[str, object]:
    status = {Verdict.APPROVED: "APROVADO", Verdict.DESK: "ANALISE_MANUAL"}.get(decision.verdict, "RECUSADO")
    simulation: dict[str, object] = {
        "protocolo": decision.number,
        "status": status,
        "motivo": _REFUSALS.get(decision.verdict, ""),
        "valorEntradaMinima": _money(decision.minimum),
        "valorEntradaSugerida": _money(decision.ideal),
        "limiteCredito": _money(decision.available),
    }
    if decision.quote:
        simulation["plano"] = _plan(decision.quote)
    return {"chave": decision.key, "simulacao": simulation}


def _plan(quote: Quote) -> dict[str, object]:
    return {
        "tabela": quote.table_code,
        "descricaoTabela": quote.table_name,
        "retorno": f"R{quote.dealer_return}",
        "taxaMensal": str(quote.monthly_rate).replace(".", ","),
        "quantidadeParcelas": str(len(quote.installments)),
        "valorParcela": brazilian_of(quote.installments[0]),
        "valorUltimaParcela": brazilian_of(quote.installments[-1]),
        "tarifas": [
            {"sigla": _CHARGES[kind], "id": str(index), "valor": brazilian_of(value)}
            for index, (kind, value) in enumerate(quote.charges, start=1)
        ],
    }


def _money(cents: int | None) -> str:
    return "" if cents is None else brazilian_of(cents)
