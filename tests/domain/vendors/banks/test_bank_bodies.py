"""What banks are asked leaves in each bank's own form."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lastro.kernel.documents import Cnpj, Cpf
from lastro.simulations.ports import Applicant, OfferRequest, PreApprovalRequest, Vehicle
from lastro.vendors.banks.bv import mapping as bv
from lastro.vendors.banks.itau import mapping as itau
from lastro.vendors.banks.pan import mapping as pan
from lastro.vendors.banks.safra import mapping as safra
from lastro.vendors.banks.santander import mapping as santander
from lastro.vendors.banks.standard import mapping as standard
from lastro.vendors.kit.json import write_json

REQUEST = OfferRequest(
    key="k1",
    applicant=Applicant(
        Cpf("52998224725"), name="Ana Exemplo", birthdate=date(1990, 5, 7), monthly_income=6_500_07, has_cnh=False
    ),
    vehicle=Vehicle(2021, 2022, True, "SP", molicar_code="00000000-0"),
    asset_value=1_234_567_89,
    down_payment=5,
    installments=48,
    release_date=date(2025, 11, 8),
    extras=1_234_50,
    payment_protection_insurance=True,
)


def test_money_leaves_in_each_bank_s_own_form() -> None:
    operacao: Any = itau.price_body(REQUEST)["operacao"]
    assert operacao["valor_bem"] == Decimal("1234567.89")
    financing: Any = santander.price_body(REQUEST)["financing"]
    assert (financing["vehicleAmount"], financing["downPaymentAmount"]) == ("1234567.89", "0.05")
    pricing: Any = bv.price_body(REQUEST)["pricing"]
    assert (pricing["vehicleValue"], pricing["entryValue"]) == (123456789, 5)
    loan: Any = pan.price_body(REQUEST)["financiamento"]
    assert (loan["valorVeiculo"], loan["valorEntrada"], loan["valorAdicional"]) == ("1.234.567,89", "0,05", "1.234,50")
    operation: Any = safra.price_body(REQUEST)["corpo"]
    assert operation["operacao"]["vlrBem"] == "000000123456789"
    assert standard.price_body(REQUEST)["asset_value_in_cents"] == 123456789


def test_dates_flags_and_documents_leave_in_each_bank_s_own_form() -> None:
    bodies: Any = {
        "341": itau.price_body(REQUEST),
        "033": santander.price_body(REQUEST),
        "623": pan.price_body(REQUEST),
        "422": safra.price_body(REQUEST)["corpo"],
    }
    assert bodies["341"]["operacao"]["data_liberacao"] == "2025-11-08"
    assert bodies["341"]["proponente"]["possui_cnh"] is False
    assert bodies["033"]["financing"]["releaseDate"] == "08/11/2025"
    assert bodies["033"]["vehicle"]["brandNew"] == "Y"
    assert bodies["033"]["customer"]["driverLicense"] == "N"
    assert bodies["623"]["cliente"]["cpfCnpj"] == "529.982.247-25"
    assert bodies["623"]["cliente"]["dataNascimento"] == "07/05/1990"
    assert bodies["422"]["operacao"]["dtLiberacao"] == "20251108"
    assert bodies["422"]["cliente"]["numCpfCnpj"] == "00052998224725"
    assert "email" not in bodies["341"]["proponente"]


@pytest.mark.parametrize("mapping", [itau, santander, bv, pan, safra, standard])
def test_a_company_is_told_apart(mapping: Any) -> None:
    person = mapping.pre_approval_body(PreApprovalRequest("k", Applicant(Cpf("52998224725"))))
    company = mapping.pre_approval_body(PreApprovalRequest("k", Applicant(Cnpj("12ABC34501DE35"))))

    assert set(json.loads(write_json(person))) == set(json.loads(write_json(company)))
    assert write_json(person) != write_json(company)
