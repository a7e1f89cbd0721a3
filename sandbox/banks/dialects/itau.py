"""Itaú: OAuth 2 form login, Portuguese names, JSON decimals of reais, every instalment listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aiohttp import web

from sandbox.banks.access import TOKEN_LIFETIME_SECONDS, bearer_token, is_good
from sandbox.banks.amounts import cents_of_number, number_of
from sandbox.banks.dialects.base import STATUSES, Dialect, Handler, answer
from sandbox.banks.messages import Complaint, Decision, PreApprovalAsk, PricingAsk, Quote, Trouble, Verdict
from sandbox.banks.proposals import wordings
from sandbox.banks.reading import boolean, count, day, document, integer, read_body, read_header

_KEY = "x-itau-idempotencyID"
_BASE = "/financiamento-veiculos/v1"

_REFUSALS = {
    Verdict.DOWN_PAYMENT: "ENT01",
    Verdict.TERM: "PRZ01",
    Verdict.VEHICLE: "VEI01",
    Verdict.MISSING_DATA: "CAD01",
    Verdict.REFUSED: "CRE01",
}
_CHARGES = {
    "iof_value": "IOF",
    "contract_record_rate": "REGISTRO_CONTRATO",
    "property_valuation_rate": "AVALIACAO_BEM",
    "register_rate": "TARIFA_CADASTRO",
    "spf": "SEGURO_PRESTAMISTA",
}
_CODES = {
    Complaint.UNSTABLE: "INDISPONIVEL",
    Complaint.VALIDATION: "VALIDACAO",
    Complaint.UNAUTHENTICATED: "TOKEN_INVALIDO",
    Complaint.FORBIDDEN: "ACESSO_NEGADO",
}


class Itau(Dialect):
    """The words of Itaú."""

    applicant: ClassVar[Mapping[str, str]] = {
        "cpf_cnpj": "proponente.numero_documento",
        "has_cnh": "proponente.possui_cnh",
        "phone_number": "proponente.celular",
        "name": "proponente.nome",
        "birthdate": "proponente.data_nascimento",
        "email": "proponente.email",
        "retrieve_gender": "proponente.sexo",
        "monthly_income": "proponente.renda_mensal",
        "retrieve_occupation": "proponente.ocupacao",
        "address.zip_code": "proponente.cep",
    }

    wording: ClassVar[wordings.Wording] = wordings.ITAU

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/oauth/token", self.log_in),
            ("POST", f"{_BASE}/pre-analises", self.pre_approve),
            ("GET", f"{_BASE}/pre-analises/{{key}}", self.find_pre_approval),
            ("POST", f"{_BASE}/simulacoes", self.price),
            ("GET", f"{_BASE}/simulacoes/{{key}}", self.find),
            ("POST", f"{_BASE}/propostas", self.take_proposal),
            ("GET", f"{_BASE}/propostas/{{key}}", self.find_proposal),
            ("POST", f"{_BASE}/propostas/{{key}}/documentos", self.take_document),
            ("POST", f"{_BASE}/propostas/{{key}}/cancelamento", self.cancel_proposal),
        ]

    def complain(self, trouble: Trouble) -> web.Response:
        fields = [{"campo": trouble.field or "proponente.numero_documento", "mensagem": "Campo inválido"}]
        body: dict[str, object] = {"codigo": _CODES[trouble.complaint], "mensagem": "Não foi possível atender."}
        if trouble.complaint is Complaint.VALIDATION:
            body["campos"] = fields
        return answer(body, STATUSES[trouble.complaint])

    async def log_in(self, request: web.Request) -> web.Response:
        form = await request.post()
        client, secret = form.get("client_id"), form.get("client_secret")
        if form.get("grant_type") != "client_credentials":
            return answer({"error": "unsupported_grant_type"}, 400)
        if not (isinstance(client, str) and isinstance(secret, str) and is_good(client, secret)):
            return answer({"error": "invalid_client"}, 401)
        lifetime = TOKEN_LIFETIME_SECONDS
        return answer({"access_token": self.tokens.issue(), "token_type": "Bearer", "expires_in": lifetime})

    async def pre_approve(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        ask = PreApprovalAsk(read_header(request, _KEY), body.read("proponente.numero_documento", document))
        approved = await self.branch.pre_approve(ask)
        return _pre_analysis(approved, 201)

    async def find_pre_approval(self, request: web.Request) -> web.Response:
        self._admit(request)
        approved = self.branch.find_pre_approval(request.match_info["key"])
        return _absent() if approved is None else _pre_analysis(approved, 200)

    async def price(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        applicant = body.read("proponente.numero_documento", document)
        ask = PricingAsk(
            key=read_header(request, _KEY),
            document=applicant,
            asset_value=body.read("operacao.valor_bem", cents_of_number),
            down_payment=body.read("operacao.valor_entrada", cents_of_number),
            extras=body.read("operacao.valor_adicionais", cents_of_number),
            installments=body.read("operacao.prazo_meses", count),
            release_date=body.read("operacao.data_liberacao", day("%Y-%m-%d")),
            manufacture_year=body.read("veiculo.ano_fabricacao", integer),
            zero_km=body.read("veiculo.zero_km", boolean),
            insurance=body.read("operacao.seguro_prestamista", boolean),
            dealer_return=body.read_level("operacao.retorno"),
            missing=self.missing(body, applicant),
        )
        return answer(_simulation(await self.decide(request, ask)), 201)

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
        return {"data": body}

    def _admit(self, request: web.Request) -> None:
        token = bearer_token(request.headers.get("Authorization"))
        if not self.tokens.are_good(token) or not request.headers.get("x-itau-apikey"):
            raise Trouble(Complaint.UNAUTHENTICATED)


def _pre_analysis(approved: bool, status: int) -> web.Response:
    return answer({"data": {"situacao": "APROVADO" if approved else "NEGADO"}}, status)


def _absent() -> web.Response:
    return answer({"codigo": "NAO_ENCONTRADO", "mensagem": "Requisição inexistente."}, 404)


def _simulation(decision: Decision) -> dict[str, object]:
    situation = {Verdict.APPROVED: "APROVADA", Verdict.DESK: "MESA"}.get(decision.verdict, "NEGADA")
    code = _REFUSALS.get(decision.verdict)
    return {
        "data": {
            "id_requisicao": decision.key,
            "situacao": situation,
            "motivo": {"codigo": code, "descricao": "Condição não disponível."} if code else None,
            "entrada_minima": _money(decision.minimum),
            "entrada_ideal": _money(decision.ideal),
            "limite_disponivel": _money(decision.available),
            "proposta": _proposal(decision.quote, decision.number) if decision.quote else None,
        }
    }


def _proposal(quote: Quote, number: str) -> dict[str, object]:
    return {
        "token_simulacao": number,
        "taxa_juros_mes": quote.monthly_rate,
        "tabela": {"codigo": quote.table_code, "descricao": quote.table_name, "retorno": str(quote.dealer_return)},
        "parcelas": [
            {"numero": index, "valor": number_of(value)} for index, value in enumerate(quote.installments, start=1)
        ],
        "encargos": [
            {"tipo": _CHARGES[kind], "codigo": f"E{index}", "valor": number_of(value)}
            for index, (kind, value) in enumerate(quote.charges, start=1)
        ],
    }


def _money(cents: int | None) -> object:
    return None if cents is None else number_of(cents)
