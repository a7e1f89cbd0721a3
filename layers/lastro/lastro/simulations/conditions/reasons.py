"""The closed list of reasons a condition may carry (docs/reasons.md) with the text a customer reads."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """``reason_identifier`` values. Two are the vendor's; the others are ours and published in ``docs/reasons.md``."""

    UNSUPPORTED_DOWN_PAYMENT = "unsupported_down_payment_by_bank"
    GENERIC = "generic_reason"
    BANK_UNAVAILABLE = "bank_unavailable"
    BANK_VALIDATION = "bank_validation_error"
    INVALID_CREDENTIALS = "invalid_bank_credentials"
    INTERNAL = "internal_error"
    BANK_TIMEOUT = "bank_timeout"
    PRE_APPROVAL_REFUSED = "pre_approval_refused"
    UNSUPPORTED_TERM = "unsupported_installments_by_bank"
    UNSUPPORTED_VEHICLE = "unsupported_vehicle_by_bank"
    MISSING_LEAD_FIELDS = "missing_lead_fields"
    CREDIT_DESK = "credit_desk"
    REFUSED = "refused_by_bank"
    NOT_PRICEABLE = "not_priceable"

    @property
    def text(self) -> str:
        return _TEXTS[self]


_TEXTS = {
    Reason.UNSUPPORTED_DOWN_PAYMENT: "Valor de entrada não disponível no banco para a condição.",
    Reason.GENERIC: "Ocorreu um problema durante o processamento.",
    Reason.BANK_UNAVAILABLE: "A API do banco está instável no momento. Tente novamente mais tarde.",
    Reason.BANK_VALIDATION: "O banco recusou os dados enviados na validação dos campos.",
    Reason.INVALID_CREDENTIALS: "As credenciais bancárias da loja são inválidas ou expiraram.",
    Reason.INTERNAL: "Houve uma falha no Lastro durante o processamento da condição.",
    Reason.BANK_TIMEOUT: "O banco não respondeu dentro do tempo limite.",
    Reason.PRE_APPROVAL_REFUSED: "O CPF/CNPJ foi recusado na pré-análise do banco.",
    Reason.UNSUPPORTED_TERM: "Prazo não disponível no banco para a condição.",
    Reason.UNSUPPORTED_VEHICLE: "Veículo não financiado pelo banco.",
    Reason.MISSING_LEAD_FIELDS: "Faltam dados do cliente exigidos pelo banco.",
    Reason.CREDIT_DESK: "A proposta não se enquadra nas opções do banco e precisa da análise da mesa de crédito.",
    Reason.REFUSED: "Crédito não aprovado pelo banco para a condição.",
    Reason.NOT_PRICEABLE: "O custo efetivo total passaria de mil por cento ao ano; a condição não foi precificada.",
}
