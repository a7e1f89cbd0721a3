"""The forms of the panel: where each stands, what is filled in, and the call that it sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import Request

from lastro.kernel.calendar import local_date
from tests.pages.estate import CNPJS, Estate, make_cpf

MANAGER, APPROVER = "gestor@example.com", "aprovadora@example.com"
CHECK, VALUE = "check", "value"


@dataclass(frozen=True)
class Form:
    """One form; ``fields`` by their labels. ``keyed``: its call takes an ``Idempotency-Key``."""

    place: str
    within: str
    """CSS of what holds the form."""
    send: str
    """Name of the button."""
    call: str
    """Method and the end of the path, as a regular expression."""
    fields: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    """What is chosen, by label; a box of that label is checked (`CHECK`), or one of that value (`VALUE`)."""
    unsaved: Mapping[str, str] = field(default_factory=dict)
    """What no draft keeps: secrets."""
    keyed: bool = False
    twice: str = ""
    """How the name of the button begins that asks whether one means it."""
    ends: bool = False
    """Whether it is offered no more once it is done."""
    opens: str = ""
    """Name of the button that shows the form."""
    person: str = MANAGER

    @property
    def method(self) -> str:
        return self.call.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.call.partition(" ")[2]

    def is_sent_by(self, request: Request) -> bool:
        return request.method == self.method and re.search(self.path, request.url) is not None


def forms(estate: Estate) -> list[Form]:
    """They leave the texts that were planted as they are: other tests look for them."""
    mark = uuid4().hex[:8]
    day = local_date(datetime.now(UTC))
    ids = estate.ids
    rule = estate.api.get(f"/api/v1/approval_rules/{ids['rule']}").raise_for_status().json()["approval_rule"]
    kept = estate.api.get("/api/v1/customer_classes").raise_for_status().json()["customer_classes"]["classes"]
    group = kept[0]["id"]
    return [
        Form(
            "simulacoes/nova",
            "form",
            "Simular",
            "POST /banks_api/simulations$",
            {
                "CPF ou CNPJ": estate.cloud.credentials["lead_cpf"],
                "Valor do veículo": "R$ 100.000,00",
                "Código Molicar": "02106163-7",
                "UF do emplacamento": "SP",
                "Cidade do emplacamento": "São Paulo",
                "Ano de fabricação": "2024",
                "Ano do modelo": "2025",
                "Entrada": "5.000,00",
            },
            keyed=True,
        ),
        Form(
            "biros/nova",
            "form",
            "Consultar",
            "POST /bureau_inquiries$",
            {"CPF ou CNPJ": "999.999.102-54"},
            {"Filial que consulta": ids["town"]},
            keyed=True,
        ),
        Form(
            "biros/integracoes",
            "form[aria-label='Nova filial']",
            "Cadastrar filial",
            "POST /branches$",
            {"Nome da filial": f"Filial {mark}", "CNPJ": next(CNPJS)},
            keyed=True,
        ),
        Form(
            f"biros/integracoes/nova/{ids['branch']}",
            "form[aria-label='Nova integração']",
            "Criar integração",
            "POST /bureau_integrations$",
            choices={"RELATORIO_BASICO_PF_PME": VALUE},
            unsaved={"Client ID": f"empresa-{mark}", "Client Secret": "segredo-da-tela"},
            keyed=True,
        ),
        Form(
            f"biros/integracoes/{ids['integration']}",
            "section[aria-label='Contrato']",
            "Guardar contrato",
            r"PATCH /bureau_integrations/\d+$",
            {"CNPJ da empresa consultante": next(CNPJS)},
        ),
        Form(
            "negativacoes/devedores",
            "form[aria-label='Novo devedor']",
            "Cadastrar devedor",
            "POST /debtors$",
            {"CPF ou CNPJ": make_cpf(), "Nome": "Bia Exemplo", "E-mail do devedor": "bia@example.com"},
            keyed=True,
            opens="Novo devedor",
        ),
        Form(
            f"negativacoes/devedores/{ids['debtor']}",
            "form[aria-label='Completar ou corrigir']",
            "Guardar",
            "PATCH /debtors/[^/]+$",
            {"Celular": "(11) 98765-1234"},
        ),
        Form(
            f"negativacoes/devedores/{ids['debtor']}",
            "form[aria-label='Novo boleto']",
            "Cadastrar boleto",
            "POST /boletos$",
            {
                "Número do boleto no seu sistema": f"tela-{mark}",
                "Vencimento": (day - timedelta(days=40)).isoformat(),
                "Valor": "123,45",
            },
            {"Filial credora": ids["town"]},
            keyed=True,
        ),
        Form(
            f"negativacoes/devedores/{ids['debtor']}",
            "section[aria-label^='Boleto ']:has-text('Pago R$')",
            "Registrar pagamento",
            "POST /settlement$",
            {"Valor pago": "2,00"},
            keyed=True,
        ),
        Form(
            f"negativacoes/devedores/{ids['debtor']}",
            "section[aria-label^='Boleto ']:has-text('Pago R$')",
            "Pedir a negativação",
            "POST /negativations$",
            keyed=True,
        ),
        Form(
            f"negativacoes/registros/{ids['listing']}",
            "main",
            "Pedir a baixa",
            "POST /removal$",
            choices={"Motivo da baixa": "02"},
            ends=True,
        ),
        Form(
            f"negativacoes/registros/{ids['waiting']}",
            "section[aria-label^='Aprovação de']",
            "Aprovar",
            "POST /approval$",
            {"Justificativa": f"Conferido {mark}"},
            ends=True,
            person=APPROVER,
        ),
        Form(
            "negativacoes",
            # What others left there may be seen to meanwhile.
            "section[aria-label^='O que os birôs disseram'] div:has(> .fits:has-text('Mensagem ilegível'))",
            "Dispensar",
            "POST /resolution$",
            {"Por quê": f"De outro sistema {mark}"},
            ends=True,
        ),
        Form(
            "negativacoes/cobranca",
            "main",
            "Guardar cobrança",
            r"PUT /collection_parameters/\d+$",
            {"Custo de uma negativação": "R$ 3,50", "Feriados locais de todo ano": "25/01", "Dias de atraso": "45"},
            {"Filial": ids["town"], "Usar": CHECK},
        ),
        Form(
            "clientes/lista/novo",
            "form",
            "Guardar",
            "POST /customers$",
            {"CPF ou CNPJ": make_cpf(), "Nome": f"Carla {mark}", "Nascimento": "1990-05-17", "Nome da mãe": "Bia"},
            keyed=True,
        ),
        Form(
            "clientes/classes",
            "form",
            "Guardar",
            "PUT /customer_classes$",
            {"Nome": f"{kept[0]['name']} {mark}"},
        ),
        Form(
            "clientes/mural/novo",
            "form",
            "Publicar",
            "POST /bulletins$",
            {"Título": f"Obras {mark}", "Texto": "No dia 10."},
            keyed=True,
        ),
        Form(
            "clientes/portal",
            "form[aria-label='Dar acesso']",
            "Dar acesso",
            "POST /portal_people$",
            {"Nome": f"Dora {mark}", "E-mail para entrar": f"dora.{mark}@example.com"},
            keyed=True,
        ),
        Form(
            "alcadas/nova",
            "form",
            "Guardar",
            "POST /approval_rules$",
            {
                "Nome": f"Fluxo {mark}",
                "Empreendimento": "Residencial Exemplo",
                "Tabela de preços": f"Tabela {mark}",
                "Ao mês": "6",
                "Mínimo %": "10",
            },
            keyed=True,
        ),
        Form(
            f"alcadas/{ids['rule']}/editar",
            "form",
            "Guardar",
            r"PUT /approval_rules/\d+$",
            {"Nome": f"{rule['name']} {mark}"},
        ),
        Form(
            f"propostas/{ids['number']}",
            "section[aria-label='Decisão']",
            "Reprovar",
            "POST /decision$",
            {"Justificativa": f"Renda não conferida {mark}"},
            ends=True,
            person=APPROVER,
        ),
        Form(
            f"propostas/{ids['refused']}",
            "form[aria-label='Pagar em outra conta']",
            "Pagar de novo",
            "POST /disbursement$",
            {"Chave Pix": "ana@example.com"},
            keyed=True,
            ends=True,
        ),
        Form(
            "integracao",
            "section[aria-label='Avisos']",
            "Trocar o segredo de assinatura",
            "POST /signing_secret$",
            keyed=True,
            twice="Trocar mesmo",
        ),
        Form(
            "reservas/nova",
            "form",
            "Pedir reserva",
            "POST /reservations$",
            {
                "Empreendimento": rule["development"],
                "Tabela de preços": rule["price_table"],
                "Unidade": f"Torre A, {mark}",
                "Número do cliente": ids["buyer"],
                "Assinatura": "2026-11-10",
                "Preço total": "500.000,00",
                "Vencimento": "2026-11-10",
                "Valor": "500.000,00",
            },
            keyed=True,
        ),
        Form(
            f"alcadas/reservas/{ids['open']}",
            "main",
            "Cancelar reserva",
            "POST /cancellation$",
            {"Por que cancelar": f"Desistiu {mark}"},
            twice="Cancelar mesmo",
            ends=True,
        ),
        Form(
            f"clientes/lista/{ids['buyer']}",
            "form[aria-label='Definir a classe']",
            "Definir",
            "PUT /class_override$",
            {"Por quê": f"Cliente fundadora {mark}"},
            {"Classe definida por você": str(group)},
        ),
        Form(
            f"biros/integracoes/filial/{ids['branch']}",
            "form[aria-label='Alterar filial']",
            "Guardar filial",
            r"PATCH /branches/\d+$",
            {"Nome da filial": f"Filial {mark}"},
            ends=True,
        ),
        Form(
            "titulares",
            "form[aria-label='Novo pedido']",
            "Pedir cópia",
            "POST /data_subject_requests$",
            {"CPF ou CNPJ do titular": make_cpf()},
            keyed=True,
        ),
        Form(
            "titulares/guarda",
            "form[aria-label='Nova guarda legal']",
            "Pôr em guarda",
            "POST /legal_holds$",
            {"CPF ou CNPJ do titular": make_cpf(), "Por quê": f"Processo {mark}"},
            keyed=True,
        ),
    ]


NO_FORM = {
    **dict.fromkeys(
        ("/files", "/disclosures", "/evaluate", "/test", "/restriction_codes", "/bureau_access_requests"),
        "a look: nothing of it is filled in and kept",
    ),
    **dict.fromkeys(("/resend", "/withdraw", "/negativation_settings/{}", "/bureau_integration"), "a button alone"),
    **dict.fromkeys(
        ("/replacement", "/clients", "/api_keys", "/secrets", "/secrets/{}", "/callback"),
        "a secret, told once: the list shows that it is made",
    ),
    **dict.fromkeys(("/revocation", "/lift", "/boletos/{}"), "beside a form with the same draft and act"),
    **dict.fromkeys(
        ("/surveys", "/surveys/{}", "/bulletins/{}", "/customers/{}", "/bureau_settings", "/registration_schedule"),
        "of the same shape as others of its hook",
    ),
    "/removal_orders": "the same",
    "/banks_api/leads": "a part of a simulation",
    "/banks_api/leads/{}": "the same",
    "/imports": "a file, of which there is a test of its own",
    "/portal/": "the portal's, of which there are tests there",
}
"""Ends of paths, or parts of them, of calls that no row of the table sends."""
