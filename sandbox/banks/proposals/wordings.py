"""How each dialect writes proposals, spelt out here apart from the adapters that are tried against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sandbox.banks.amounts import (
    brazilian_of,
    cents_of_brazilian,
    cents_of_integer,
    cents_of_number,
    cents_of_padded,
    cents_of_text,
    number_of,
    padded_of,
    text_of,
)
from sandbox.banks.proposals.desk import Said
from sandbox.banks.reading import document as bare_document
from sandbox.banks.reading import text

_ENGLISH = {
    "sent": "RECEIVED",
    "in_analysis": "UNDER_REVIEW",
    "pending_documents": "DOCUMENTS_PENDING",
    "approved": "APPROVED",
    "counter_offer": "COUNTER_OFFERED",
    "refused": "DECLINED",
    "cancelled": "CANCELLED",
    "formalised": "CONTRACTED",
    "paid": "DISBURSED",
    "returned": "RETURNED",
}
_PORTUGUESE = {
    "sent": "RECEBIDA",
    "in_analysis": "EM_ANALISE",
    "pending_documents": "PENDENTE",
    "approved": "APROVADA",
    "counter_offer": "CONTRAPROPOSTA",
    "refused": "NEGADA",
    "cancelled": "CANCELADA",
    "formalised": "FORMALIZADA",
    "paid": "PAGA",
    "returned": "DEVOLVIDA",
}
_ENGLISH_KINDS = {
    "IDENTITY": "identity",
    "INCOME": "income",
    "DRIVER_LICENCE": "licence",
    "VEHICLE_REGISTRATION": "car",
}
_PORTUGUESE_KINDS = {"IDENTIDADE": "identity", "RENDA": "income", "CNH": "licence", "CRLV": "vehicle_registration"}


class Wording(NamedTuple):
    """Paths of what is read, names of what is written, in the order of the fields of ``Said`` and ``Counter``."""

    document: str
    offer_token: str
    asset_value: str
    down_payment: str
    financed_amount: str
    installments: str
    installment_value: str
    callback_url: str
    document_id: str
    document_kind: str
    said: tuple[str, ...]
    counter: tuple[str, ...]
    states: Mapping[str, str]
    kinds: Mapping[str, str]
    credit_reason: str
    cents_of: Callable[[object], int]
    amount_of: Callable[[int], object]
    document_of: Callable[[object], str] = bare_document

    def kind(self, value: object) -> str:
        """Our name of a kind of document. Raises ``ValueError`` for another."""
        if text(value) not in self.kinds:
            raise ValueError("no kind of document")
        return self.kinds[text(value)]

    def write(self, said: Said) -> dict[str, object]:
        """A proposal as the bank shows it."""
        kinds = {ours: theirs for theirs, ours in self.kinds.items()}
        key, number, sequence, state, reason, pending, other, contract, lien = self.said
        body: dict[str, object] = {
            key: said.key,
            number: said.number,
            sequence: said.sequence,
            state: self.states[said.state],
            pending: [kinds[each] for each in said.pending],
        }
        if said.state == "refused":
            body[reason] = self.credit_reason
        if said.counter:
            at = said.counter
            values = (
                at.number,
                self.amount_of(at.down_payment),
                self.amount_of(at.financed_amount),
                at.installments,
                self.amount_of(at.installment_value),
            )
            body[other] = dict(zip(self.counter, values, strict=True))
        if said.contract:
            body |= {contract: said.contract, lien: said.lien}
        return body


def _padded_document(value: object) -> str:
    """A CPF with three zeros before it, or a CNPJ."""
    whole = text(value)
    return bare_document(whole[3:] if len(whole) == 14 and whole.startswith("000") else whole)


ITAU = Wording(
    "proponente.numero_documento",
    "operacao.token_simulacao",
    "operacao.valor_bem",
    "operacao.valor_entrada",
    "operacao.valor_financiado",
    "operacao.prazo_meses",
    "operacao.valor_parcela",
    "operacao.url_retorno",
    "id_documento",
    "tipo_documento",
    (
        "id_requisicao",
        "numero_proposta",
        "versao",
        "situacao",
        "motivo",
        "pendencias",
        "contraproposta",
        "numero_contrato",
        "registro_gravame",
    ),
    ("numero", "valor_entrada", "valor_financiado", "prazo_meses", "valor_parcela"),
    _PORTUGUESE,
    _PORTUGUESE_KINDS,
    "CREDITO",
    cents_of_number,
    number_of,
)
PAN = Wording(
    "cliente.cpfCnpj",
    "financiamento.tokenSimulacao",
    "financiamento.valorBem",
    "financiamento.valorEntrada",
    "financiamento.valorFinanciado",
    "financiamento.prazoMeses",
    "financiamento.valorParcela",
    "financiamento.urlRetorno",
    "idDocumento",
    "tipoDocumento",
    (
        "chaveIdempotencia",
        "numeroProposta",
        "versao",
        "situacao",
        "motivo",
        "pendencias",
        "contraproposta",
        "numeroContrato",
        "registroGravame",
    ),
    ("numero", "valorEntrada", "valorFinanciado", "prazoMeses", "valorParcela"),
    _PORTUGUESE,
    _PORTUGUESE_KINDS,
    "CREDITO",
    cents_of_brazilian,
    brazilian_of,
)
BV = Wording(
    "client.taxId",
    "pricing.offerToken",
    "pricing.vehicleValue",
    "pricing.entryValue",
    "pricing.financedAmount",
    "pricing.term",
    "pricing.installmentValue",
    "pricing.callbackUrl",
    "documentId",
    "documentKind",
    (
        "correlationId",
        "proposalNumber",
        "revision",
        "status",
        "reason",
        "pending",
        "counter",
        "contract",
        "lien",
    ),
    ("counterNumber", "entryValue", "financedAmount", "term", "installmentValue"),
    _ENGLISH,
    _ENGLISH_KINDS,
    "CREDIT",
    cents_of_integer,
    int,
)
SANTANDER = Wording(
    "customer.documentNumber",
    "financing.offerToken",
    "financing.vehicleAmount",
    "financing.downPaymentAmount",
    "financing.financedAmount",
    "financing.termMonths",
    "financing.installmentAmount",
    "financing.callbackUrl",
    "documentId",
    "documentKind",
    ("requestId", "proposalId", "eventNumber", "status", "reason", "pending", "counter", "contract", "lien"),
    ("counterNumber", "downPaymentAmount", "financedAmount", "termMonths", "installmentAmount"),
    _ENGLISH,
    _ENGLISH_KINDS,
    "CREDIT",
    cents_of_text,
    text_of,
)
SAFRA = Wording(
    "corpo.cliente.numCpfCnpj",
    "corpo.operacao.numSimulacao",
    "corpo.operacao.vlrBem",
    "corpo.operacao.vlrEntrada",
    "corpo.operacao.vlrFinanciado",
    "corpo.operacao.qtdParcelas",
    "corpo.operacao.vlrParcela",
    "corpo.operacao.desUrlRetorno",
    "corpo.idDocumento",
    "corpo.tipDocumento",
    (
        "idTransacao",
        "numProposta",
        "numVersao",
        "sitProposta",
        "codMotivo",
        "docPendentes",
        "contraproposta",
        "numContrato",
        "numGravame",
    ),
    ("numContraproposta", "vlrEntrada", "vlrFinanciado", "qtdParcelas", "vlrParcela"),
    _PORTUGUESE,
    _PORTUGUESE_KINDS,
    "CREDITO",
    cents_of_padded,
    padded_of,
    _padded_document,
)
STANDARD = Wording(
    "applicant.document",
    "deal.offer_token",
    "deal.asset_value_in_cents",
    "deal.down_payment_in_cents",
    "deal.financed_amount_in_cents",
    "deal.installments",
    "deal.installment_value_in_cents",
    "deal.callback_url",
    "document_id",
    "document_kind",
    (
        "idempotency_key",
        "number",
        "sequence",
        "status",
        "reason",
        "pending",
        "counter",
        "contract",
        "lien",
    ),
    (
        "counter_number",
        "down_payment_in_cents",
        "financed_amount_in_cents",
        "installments",
        "installment_value_in_cents",
    ),
    _ENGLISH,
    _ENGLISH_KINDS,
    "CREDIT",
    cents_of_integer,
    int,
)
