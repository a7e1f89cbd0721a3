"""Safra: one address, an envelope, fifteen-digit cents; the answer is a 200 whatever became of the call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aiohttp import web

from sandbox.banks.access import basic_pair, is_good
from sandbox.banks.amounts import cents_of_padded, padded_of
from sandbox.banks.dialects.base import Dialect, Handler, answer
from sandbox.banks.messages import Complaint, Decision, PreApprovalAsk, PricingAsk, Trouble, Verdict
from sandbox.banks.proposals import wordings
from sandbox.banks.reading import Message, count, day, digits, document, flag, read_body, text

_RETURN_CODES = {
    Verdict.APPROVED: "000",
    Verdict.DOWN_PAYMENT: "101",
    Verdict.TERM: "102",
    Verdict.VEHICLE: "103",
    Verdict.MISSING_DATA: "104",
    Verdict.DESK: "105",
    Verdict.REFUSED: "199",
}
_CHARGES = {
    "iof_value": "IOF",
    "contract_record_rate": "GRV",
    "property_valuation_rate": "AVL",
    "register_rate": "CAD",
    "spf": "PRE",
}
_TROUBLES = {
    Complaint.UNSTABLE: "901",
    Complaint.VALIDATION: "201",
    Complaint.UNAUTHENTICATED: "301",
    Complaint.FORBIDDEN: "302",
}
_ONE_OR_ZERO = flag("1", "0")


class Safra(Dialect):
    """The words of Safra."""

    applicant: ClassVar[Mapping[str, str]] = {
        "cpf_cnpj": "corpo.cliente.numCpfCnpj",
        "has_cnh": "corpo.cliente.indCnh",
        "phone_number": "corpo.cliente.numCelular",
        "name": "corpo.cliente.nomCliente",
        "birthdate": "corpo.cliente.dtNascimento",
        "email": "corpo.cliente.desEmail",
        "retrieve_gender": "corpo.cliente.codSexo",
        "monthly_income": "corpo.cliente.vlrRenda",
        "retrieve_occupation": "corpo.cliente.codOcupacao",
        "address.zip_code": "corpo.cliente.numCep",
    }

    wording: ClassVar[wordings.Wording] = wordings.SAFRA

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [("POST", "/ws/financiamento", self.transact)]

    def complain(self, trouble: Trouble) -> web.Response:
        result: dict[str, object] = {"codigo": _TROUBLES[trouble.complaint], "descricao": "TRANSACAO NAO EFETUADA"}
        if trouble.complaint is Complaint.VALIDATION:
            result["campos"] = [trouble.field or "corpo.cliente.numCpfCnpj"]
        # Only the bank's front door answers anything but 200: it is what stands when the rest is down.
        status = 503 if trouble.complaint is Complaint.UNSTABLE else 200
        return answer({"retorno": result, "corpo": {}}, status)

    async def transact(self, request: web.Request) -> web.Response:
        if not is_good(*basic_pair(request.headers.get("Authorization"))):
            raise Trouble(Complaint.UNAUTHENTICATED)
        body = await read_body(request)
        key = body.read("cabecalho.idTransacao", text)
        match body.read("cabecalho.operacao", text):
            case "PRE":
                return await self.pre_approve(body, key)
            case "SIM":
                return await self.price(request, body, key)
            case "CPR":
                approved = self.branch.find_pre_approval(key)
                return _returned("150", {}) if approved is None else _eligibility(approved)
            case "CON":
                return self.find(key)
            case "PRP":
                return answer(await self.window.take(request, body, key))
            case "CPP":
                found = self.window.find(key)
                return _returned("150", {}) if found is None else answer(found)
            case "DOC":
                return answer(self.window.hand_in(body, key))
            case "CAN":
                return answer(self.window.cancel(key))
            case _:
                raise Trouble(Complaint.VALIDATION, "cabecalho.operacao")

    def envelope(self, body: dict[str, object]) -> object:
        return {"retorno": {"codigo": "000", "descricao": "TRANSACAO PROCESSADA"}, "corpo": body}

    async def pre_approve(self, body: Message, key: str) -> web.Response:
        ask = PreApprovalAsk(key, body.read("corpo.cliente.numCpfCnpj", _padded))
        return _eligibility(await self.branch.pre_approve(ask))

    async def price(self, request: web.Request, body: Message, key: str) -> web.Response:
        applicant = body.read("corpo.cliente.numCpfCnpj", _padded)
        ask = PricingAsk(
            key=key,
            document=applicant,
            asset_value=body.read("corpo.operacao.vlrBem", cents_of_padded),
            down_payment=body.read("corpo.operacao.vlrEntrada", cents_of_padded),
            extras=body.read("corpo.operacao.vlrAdicional", cents_of_padded),
            installments=body.read("corpo.operacao.qtdParcelas", lambda value: count(digits(value))),
            release_date=body.read("corpo.operacao.dtLiberacao", day("%Y%m%d")),
            manufacture_year=body.read("corpo.veiculo.anoFab", digits),
            zero_km=body.read("corpo.veiculo.indZero", _ONE_OR_ZERO),
            insurance=body.read("corpo.operacao.indSeguro", _ONE_OR_ZERO),
            dealer_return=body.read_level("corpo.operacao.codRetorno"),
            missing=self.missing(body, applicant),
        )
        return _simulation(await self.decide(request, ask))

    def find(self, key: str) -> web.Response:
        decision = self.branch.find(key)
        return _simulation(decision) if decision else _returned("150", {})


def _padded(value: object) -> str:
    """A CPF with three zeros before it, or a CNPJ."""
    whole = text(value)
    return document(whole[3:] if len(whole) == 14 and whole.startswith("000") else whole)


def _returned(code: str, content: dict[str, object]) -> web.Response:
    return answer({"retorno": {"codigo": code, "descricao": "TRANSACAO PROCESSADA"}, "corpo": content})


def _eligibility(approved: bool) -> web.Response:
    return _returned("000", {"indElegivel": "1" if approved else "0"})


def _simulation(decision: Decision) -> web.Response:
    content: dict[str, object] = {"numSimulacao": decision.number}
    if decision.minimum is not None:
        content["vlrEntradaMinima"] = padded_of(decision.minimum)
    if decision.available is not None:
        content["vlrLimite"] = padded_of(decision.available)
    quote = decision.quote
    if quote:
        content |= {
            "codTabela": quote.table_code,
            "desTabela": quote.table_name,
            "codRetorno": f"{quote.dealer_return:02d}",
            "pctTaxaMes": f"{int(quote.monthly_rate * 10_000):07d}",
            "qtdParcelas": f"{len(quote.installments):03d}",
            "vlrParcela": padded_of(quote.installments[0]),
            "vlrUltParcela": padded_of(quote.installments[-1]),
            "encargos": [
                {"codEncargo": _CHARGES[kind], "idEncargo": f"{index:03d}", "vlrEncargo": padded_of(value)}
                for index, (kind, value) in enumerate(quote.charges, start=1)
            ],
        }
    return _returned(_RETURN_CODES[decision.verdict], content)
