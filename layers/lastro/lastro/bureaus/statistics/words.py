"""The report's words as customers read them: headings, kinds, totals. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.bureaus.model import InquiryStatus, Purpose, SubjectKind
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.callers.caller import Panel

HEADINGS = (
    *("Data", "Situação", "Documento", "Tipo", "Código", "Finalidade", "Solicitante", "Painel", "Filial"),
    *("CNPJ cobrado", "Integração", "Birô", "Ambiente", "Relatório", "Score", "Restrições", "Valor restrições"),
    *("Cobrada", "Custo"),
)
REPEATED = "repetida"
STATUSES: Mapping[InquiryStatus, str] = {
    InquiryStatus.QUEUED: "na fila",
    InquiryStatus.ASKING: "em consulta",
    InquiryStatus.DONE: "respondida",
    InquiryStatus.FAILED: "não respondida",
    InquiryStatus.UNKNOWN: "resultado desconhecido",
}
SUBJECTS: Mapping[SubjectKind, str] = {
    SubjectKind.CLIENT: "cliente",
    SubjectKind.LEAD: "lead",
    SubjectKind.PROSPECT: "prospecção",
    SubjectKind.AD_HOC: "avulsa",
}
PURPOSES: Mapping[Purpose, str] = {
    Purpose.CREDIT_ANALYSIS: "análise de crédito",
    Purpose.LEAD_QUALIFICATION: "qualificação de lead",
    Purpose.DEFAULT_PREVENTION: "prevenção de inadimplência",
    Purpose.COLLECTION: "cobrança",
}
PANELS: Mapping[Panel, str] = {Panel.MANAGER: "gestor", Panel.BROKER: "corretor", Panel.AGENCY: "imobiliária"}
ENVIRONMENTS: Mapping[Environment, str] = {
    Environment.PRODUCTION: "produção",
    Environment.HOMOLOGATION: "homologação",
}
TOTALS: Mapping[str, str] = {
    "inquiries": "Consultas",
    "done": "Respondidas",
    "stored": "Repetidas",
    "failed": "Não respondidas",
    "unknown": "Resultado desconhecido",
    "open": "Em andamento",
    "billed": "Cobradas",
    "cost": "Custo",
}
