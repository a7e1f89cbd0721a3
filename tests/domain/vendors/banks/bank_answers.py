"""A good offer in each bank's own words, with the reader that understands it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from lastro.kernel.banks import HONDA
from lastro.simulations.ports import BankAnswer
from lastro.vendors.banks.bv import mapping as bv
from lastro.vendors.banks.itau import mapping as itau
from lastro.vendors.banks.pan import mapping as pan
from lastro.vendors.banks.safra import mapping as safra
from lastro.vendors.banks.santander import mapping as santander
from lastro.vendors.banks.standard import mapping as standard

ITAU_OFFER: dict[str, Any] = {
    "data": {
        "id_requisicao": "k1",
        "situacao": "APROVADA",
        "entrada_minima": Decimal("1000.00"),
        "entrada_ideal": Decimal("2000.5"),
        "limite_disponivel": None,
        "proposta": {
            "token_simulacao": "t1",
            "taxa_juros_mes": Decimal("1.79"),
            "tabela": {"codigo": "T", "descricao": "Tabela", "retorno": "3"},
            "parcelas": [{"numero": 1, "valor": Decimal("1027.21")}, {"numero": 2, "valor": 1027}],
            "encargos": [
                {"tipo": "IOF", "codigo": "E1", "valor": Decimal("10.01")},
                {"tipo": "NOVIDADE", "codigo": None, "valor": Decimal("0.99")},
            ],
        },
    }
}
SANTANDER_OFFER: dict[str, Any] = {
    "downPayment": {"minimum": "1000.00", "ideal": "2000.50"},
    "quote": {
        "quoteId": "t1",
        "monthlyRate": "1.7900",
        "table": {"code": "T", "name": "Table", "dealerReturn": "4"},
        "installment": {"quantity": 2, "amount": "1027.21", "lastAmount": "1027.00"},
        "charges": [{"chargeCode": "0001", "chargeId": "1", "amount": "10.01"}],
    },
}
BV_OFFER: dict[str, Any] = {
    "decision": "APPROVED",
    "pricingToken": "t1",
    "minimumEntryValue": 100000,
    "suggestionMatrix": {"status": "OK", "idealEntryValue": 200050},
    "pricing": {
        "monthlyRate": Decimal("0.0179"),
        "installmentFlow": [102721, 102700],
        "expenses": [{"kind": "TAX_IOF", "id": "x1", "value": 1001}],
        "tableCode": "T",
    },
}
PAN_OFFER: dict[str, Any] = {
    "simulacao": {
        "protocolo": "t1",
        "status": "APROVADO",
        "motivo": "",
        "valorEntradaMinima": "1.000,00",
        "valorEntradaSugerida": "2.000,50",
        "limiteCredito": "",
        "plano": {
            "tabela": "T",
            "taxaMensal": "1,79",
            "quantidadeParcelas": "2",
            "valorParcela": "1.027,21",
            "valorUltimaParcela": "1.027,00",
            "tarifas": [{"sigla": "IOF", "id": "1", "valor": "10,01"}],
        },
    }
}
SAFRA_OFFER: dict[str, Any] = {
    "retorno": {"codigo": "000", "descricao": "OK"},
    "corpo": {
        "numSimulacao": "t1",
        "vlrEntradaMinima": "000000000100000",
        "vlrEntradaIdeal": "000000000200050",
        "codTabela": "T",
        "pctTaxaMes": "0017900",
        "qtdParcelas": "002",
        "vlrParcela": "000000000102721",
        "vlrUltParcela": "000000000102700",
        "encargos": [{"codEncargo": "IOF", "idEncargo": "1", "vlrEncargo": "000000000001001"}],
    },
}
STANDARD_OFFER: dict[str, Any] = {
    "id": "t1",
    "status": "offered",
    "minimum_down_payment_in_cents": 100000,
    "ideal_down_payment_in_cents": 200050,
    "offer": {
        "monthly_rate_percent": "1.79",
        "table": {"code": "T"},
        "payment_flow": {"2": 102700, "1": 102721},
        "fees": [{"type": "iof", "id": "f1", "amount_in_cents": 1001}],
    },
}

Reader = Callable[[object], BankAnswer]
OFFERS: dict[str, tuple[Reader, dict[str, Any]]] = {
    "341": (itau.answer, ITAU_OFFER),
    "033": (santander.answer, SANTANDER_OFFER),
    "655": (bv.answer, BV_OFFER),
    "623": (pan.answer, PAN_OFFER),
    "422": (safra.answer, SAFRA_OFFER),
    "M22": (partial(standard.answer, HONDA), STANDARD_OFFER),
}
