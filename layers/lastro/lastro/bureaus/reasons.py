"""The closed list of reasons an inquiry may fail, with the text a customer reads."""

from __future__ import annotations

from enum import StrEnum


class BureauReason(StrEnum):
    """The ``code`` of every error a bureau adapter raises."""

    UNAVAILABLE = "bureau_unavailable"
    TIMEOUT = "bureau_timeout"
    UNCLEAR = "unclear_bureau_answer"
    PENDING = "bureau_inquiry_pending"
    BUSY = "bureau_rate_limited"
    REVOKED = "revoked_bureau_token"
    INVALID_CREDENTIALS = "invalid_bureau_credentials"
    NOT_CONTRACTED = "not_contracted_at_bureau"
    UNKNOWN_REPORT = "unknown_bureau_report"
    UNKNOWN_FEATURE = "unknown_bureau_feature"
    INVALID_DOCUMENT = "document_refused_by_bureau"
    NOT_FOUND = "document_or_report_not_found"
    VALIDATION = "bureau_validation_error"
    PROCESSING = "bureau_processing_error"
    UNREADABLE = "unreadable_bureau_answer"
    FORBIDDEN_HOST = "forbidden_bureau_host"
    NO_INTEGRATOR = "bureau_integrator_keys_absent"
    UNSUPPORTED = "unsupported_by_bureau"
    NOT_LISTED = "record_not_at_bureau"
    ALREADY_LISTED = "record_already_at_bureau"

    @property
    def text(self) -> str:
        return _TEXTS[self]


_TEXTS = {
    BureauReason.UNAVAILABLE: "O birô de crédito está instável no momento. Tente novamente mais tarde.",
    BureauReason.TIMEOUT: "O birô não respondeu dentro do tempo limite. A consulta pode ter sido feita e cobrada.",
    BureauReason.UNCLEAR: "O birô respondeu sem dizer se fez a consulta. Ela pode ter sido feita e cobrada.",
    BureauReason.PENDING: "O birô aceitou a consulta e ainda não a concluiu.",
    BureauReason.BUSY: "Muitas consultas ao birô em pouco tempo. A consulta será refeita em seguida.",
    BureauReason.REVOKED: "O birô recusou a chave de acesso, que precisa ser renovada.",
    BureauReason.INVALID_CREDENTIALS: "As credenciais da integração são inválidas ou expiraram.",
    BureauReason.NOT_CONTRACTED: "A consulta não está liberada para esta integração. Verifique o contrato com o birô.",
    BureauReason.UNKNOWN_REPORT: "O relatório pedido não existe neste birô para este tipo de pessoa.",
    BureauReason.UNKNOWN_FEATURE: "Um dos itens opcionais não existe ou não está contratado neste birô.",
    BureauReason.INVALID_DOCUMENT: "O birô não reconheceu o CPF/CNPJ como válido.",
    BureauReason.NOT_FOUND: "O birô não encontrou o CPF/CNPJ, ou não conhece o relatório pedido.",
    BureauReason.VALIDATION: "O birô recusou os dados enviados na validação dos campos.",
    BureauReason.PROCESSING: "O birô não conseguiu processar os itens pedidos. Tente novamente mais tarde.",
    BureauReason.UNREADABLE: "A resposta do birô veio fora do formato esperado e foi guardada como chegou.",
    BureauReason.FORBIDDEN_HOST: "O endereço do birô não corresponde ao ambiente da integração. Nada foi enviado.",
    BureauReason.NO_INTEGRATOR: "O sistema ainda não tem as chaves de integrador deste birô. Nada foi enviado.",
    BureauReason.UNSUPPORTED: "Este birô não oferece a operação pedida.",
    BureauReason.NOT_LISTED: "O birô não tem este registro.",
    BureauReason.ALREADY_LISTED: "O birô já tem um registro desta dívida.",
}
