"""Words that dialects of proposals share: English ones and Portuguese ones."""

from __future__ import annotations

from lastro.financing.attempts.states import State
from lastro.financing.ports import DocumentKind, RefusalReason

ENGLISH_STATES = {
    "RECEIVED": State.SENT,
    "UNDER_REVIEW": State.IN_ANALYSIS,
    "DOCUMENTS_PENDING": State.PENDING_DOCUMENTS,
    "APPROVED": State.APPROVED,
    "COUNTER_OFFERED": State.APPROVED_OTHERWISE,
    "DECLINED": State.REFUSED,
    "CANCELLED": State.CANCELLED,
    "CONTRACTED": State.FORMALISED,
    "DISBURSED": State.PAID,
    "RETURNED": State.RETURNED,
}
ENGLISH_REASONS = {
    "CREDIT": RefusalReason.CREDIT,
    "INCOME": RefusalReason.INCOME,
    "DOCUMENTS": RefusalReason.DOCUMENTS,
    "VEHICLE": RefusalReason.VEHICLE,
}
ENGLISH_DOCUMENTS = {
    "IDENTITY": DocumentKind.IDENTITY,
    "INCOME": DocumentKind.INCOME,
    "DRIVER_LICENCE": DocumentKind.LICENCE,
    "VEHICLE_REGISTRATION": DocumentKind.VEHICLE_REGISTRATION,
}
PORTUGUESE_STATES = {
    "RECEBIDA": State.SENT,
    "EM_ANALISE": State.IN_ANALYSIS,
    "PENDENTE": State.PENDING_DOCUMENTS,
    "APROVADA": State.APPROVED,
    "CONTRAPROPOSTA": State.APPROVED_OTHERWISE,
    "NEGADA": State.REFUSED,
    "CANCELADA": State.CANCELLED,
    "FORMALIZADA": State.FORMALISED,
    "PAGA": State.PAID,
    "DEVOLVIDA": State.RETURNED,
}
PORTUGUESE_REASONS = {
    "CREDITO": RefusalReason.CREDIT,
    "RENDA": RefusalReason.INCOME,
    "DOCUMENTO": RefusalReason.DOCUMENTS,
    "VEICULO": RefusalReason.VEHICLE,
}
PORTUGUESE_DOCUMENTS = {
    "IDENTIDADE": DocumentKind.IDENTITY,
    "RENDA": DocumentKind.INCOME,
    "CNH": DocumentKind.LICENCE,
    "CRLV": DocumentKind.VEHICLE_REGISTRATION,
}
PORTUGUESE_NAMES = {
    "applicant": "proponente",
    "vehicle": "veiculo",
    "deal": "operacao",
    "street": "logradouro",
    "street_number": "numero_endereco",
    "complement": "complemento",
    "neighborhood": "bairro",
    "city": "municipio",
    "state_of_residence": "uf",
    "father_name": "nome_pai",
    "rg": "rg",
    "rg_issuer": "rg_emissor",
    "rg_state": "rg_uf",
    "marital_status": "estado_civil",
    "nationality": "nacionalidade",
    "employer": "empregador",
    "molicar_code": "codigo_molicar",
    "model_id": "codigo_modelo",
    "manufacture_year": "ano_fabricacao",
    "model_year": "ano_modelo",
    "zero_km": "zero_km",
    "licensing_uf": "uf_licenciamento",
    "licensing_city": "municipio_licenciamento",
    "commercial": "uso_comercial",
    "chassi_code": "chassi",
    "license_plate_code": "placa",
    "renavam_code": "renavam",
    "color": "cor",
    "km_mileage": "quilometragem",
    "offer_token": "token_simulacao",
    "table_code": "codigo_tabela",
    "asset_value": "valor_bem",
    "down_payment": "valor_entrada",
    "financed_amount": "valor_financiado",
    "installments": "prazo_meses",
    "installment_value": "valor_parcela",
    "callback_url": "url_retorno",
    "document_id": "id_documento",
    "document_kind": "tipo_documento",
    "media_type": "tipo_conteudo",
    "content": "conteudo",
    "key": "id_requisicao",
    "number": "numero_proposta",
    "sequence": "versao",
    "state": "situacao",
    "reason": "motivo",
    "pending": "pendencias",
    "counter": "contraproposta",
    "counter_number": "numero",
    "contract": "numero_contrato",
    "lien": "registro_gravame",
}
