"""``POST /v2/ccb/simulation``: the vendor's own example to the cent, in its own names, every number a text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.functions.api.test_hostile_input import fuzz, json_values
from tests.functions.invocation import Answer, Shop, call_function, sample_event
from tests.functions.origination.caas import check_caas
from tests.functions.origination.products.products import make_product

EXAMPLE: dict[str, Any] = {
    "type": "CAAS",
    "releaseDate": "2021-11-03",
    "dueDate": "2021-12-03",
    "installments": 4,
    "monthly_tax": 1.3,
    "cadValue": 10,
    "value": 500,
}


def simulate(shop: Shop, **changes: Any) -> Answer:
    body = {name: value for name, value in {**EXAMPLE, **changes}.items() if value is not ...}
    return call_function("origination", "simulate_ccb", shop=shop, body=body)


def texts_of(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return [
            text for name, value in node.items() if name not in ("Carencia", "FinanIOF") for text in texts_of(value)
        ]
    return [text for value in node for text in texts_of(value)] if isinstance(node, list) else [node]


def test_the_documented_example(shop: Shop) -> None:
    answer = simulate(shop)
    assert answer.status == 200
    found = answer.json
    expected = {
        "ValorBruto": "516.33",
        "ValorDoSeguro": "0",
        "ValorDaCAD": "10",
        "ValorDoIOF": "6.33",
        "ValorLiquido": "500",
        "TaxaDeJuros": "1.3",
        "CET": "2.6",
        "CET_ANUAL": "36.07",
        "DataDeLiberacao": "2021-11-03T00:00:00",
        "DataDeVencimentoInicial": "2021-12-03T00:00:00",
        "DataDeVencimentoFinal": "2022-03-03T00:00:00",
        "NumeroDeParcelas": "4",
        "Carencia": None,
        "FinanIOF": True,
        "TotalDeAmortizacao": "516.33",
        "TotalDeJuros": "16.89",
        "TotalDoValorDasParcelas": "533.2",
    }
    assert {name: found[name] for name in expected} == expected
    rows = found["Parcelas"]["PrevisaoDeParcela"]
    assert rows[0] == {
        "NumeroDaParcela": "1",
        "DataDeVencimento": "2021-12-03T00:00:00",
        "ValorDaAmortizacao": "126.59",
        "ValorDaCorrecao": "0",
        "ValorDoJuros": "6.71",
        "ValorDoSeguro": "0",
        "ValorTaxaBancaria": "0",
        "ValorDaPrestacao": "133.3",
        "ValorDoSaldoAnterior": "516.33",
        "ValorDoJurosCapitalizados": "0",
        "ValorDoSaldoAtual": "389.74",
    }
    assert [(row["ValorDaAmortizacao"], row["ValorDoJuros"]) for row in rows] == [
        ("126.59", "6.71"),
        ("128.24", "5.07"),
        ("129.91", "3.4"),
        ("131.59", "1.71"),
    ]
    assert all(isinstance(text, str) for text in texts_of(found))


def test_extra_days_bear_simple_interest_that_is_capitalized(shop: Shop) -> None:
    plain = simulate(shop, cadValue=0).json
    found = simulate(shop, cadValue=0, dueDate="2021-12-18").json
    assert found["Carencia"] == "15"
    [first, *others] = found["Parcelas"]["PrevisaoDeParcela"]
    # PV i days / 30
    gross = float(found["ValorBruto"])
    assert float(first["ValorDoJurosCapitalizados"]) == round(gross * 0.013 * 15 / 30, 2)
    assert {row["ValorDoJurosCapitalizados"] for row in others} == {"0"}
    assert float(found["TotalDeAmortizacao"]) == pytest.approx(gross + float(first["ValorDoJurosCapitalizados"]))
    interest = sum(float(row["ValorDoJuros"]) for row in [first, *others])
    assert float(found["TotalDeJuros"]) == pytest.approx(interest + float(first["ValorDoJurosCapitalizados"]))
    assert float(first["ValorDaPrestacao"]) > float(plain["Parcelas"]["PrevisaoDeParcela"][0]["ValorDaPrestacao"])


def test_days_short_of_a_month_are_taken_off(shop: Shop) -> None:
    found = simulate(shop, cadValue=0, dueDate="2021-11-18").json
    [first, *others] = found["Parcelas"]["PrevisaoDeParcela"]
    gross = float(found["ValorBruto"])
    assert float(first["ValorDoJurosCapitalizados"]) == -round(gross * 0.013 * 15 / 30, 2)
    assert {row["ValorDoJurosCapitalizados"] for row in others} == {"0"}
    assert found["Carencia"] is None
    assert float(found["TotalDeAmortizacao"]) == pytest.approx(gross + float(first["ValorDoJurosCapitalizados"]))


def test_a_payload_of_2019(shop: Shop) -> None:
    found = simulate(shop, releaseDate="2019-06-14", dueDate="2019-07-14", installments=10, value=1000).json
    # 1,010.00 lent for 167.9 days on average at 0.0082 % a day, and 0.38 %: 1,010 x 0.0175678 / 0.9824322.
    assert found["ValorDoIOF"] == "18.06"
    assert found["ValorBruto"] == "1028.06"


def test_a_figure_of_half_a_cent_goes_to_the_even_side(shop: Shop) -> None:
    # No tax in April 2020, so that what is asked for is what is owed: 2,417.465 each of two and of six parts.
    found = simulate(
        shop, releaseDate="2020-04-03", dueDate="2020-05-03", monthly_tax=0, installments=2, value="4834.93", cadValue=0
    ).json
    rows = found["Parcelas"]["PrevisaoDeParcela"]
    assert [row["ValorDaAmortizacao"] for row in rows] == ["2417.46", "2417.46"]
    assert {row["ValorDaPrestacao"] for row in rows} == {"2417.46"}
    thirds = simulate(
        shop,
        releaseDate="2020-04-03",
        dueDate="2020-05-03",
        monthly_tax=0,
        installments=6,
        value="14504.79",
        cadValue=0,
    ).json
    assert {row["ValorDaAmortizacao"] for row in thirds["Parcelas"]["PrevisaoDeParcela"]} == {"2417.46"}


@pytest.mark.parametrize(
    "changes", [{"day_count": "calendar_days"}, {"amortization": "sac"}, {"due_day_rule": "next_business_day"}]
)
def test_a_product_that_the_legacy_engine_cannot_draw(shop: Shop, changes: dict[str, str]) -> None:
    answer = simulate(shop, product_id=make_product(shop, **changes))
    assert (answer.status, answer.json["code"]) == (422, "not_a_legacy_product")


@pytest.mark.parametrize(
    "names",
    [
        {"releaseDate": ..., "releasedDate": "2021-11-03"},
        {"monthly_tax": ..., "monthlyTax": 1.3},
        {"monthly_tax": ..., "monthly_Tax": "1.3"},
        {"type": ...},
        {"type": "caas "},
        {"value": "500.00", "installments": "4", "cadValue": "10"},
    ],
)
def test_the_spellings_clients_use(shop: Shop, names: dict[str, Any]) -> None:
    assert simulate(shop, **names).json == simulate(shop).json


def test_a_product_adds_its_bounds(shop: Shop) -> None:
    number = make_product(shop)
    inside = simulate(shop, product_id=number)
    assert (inside.status, inside.json["Conta"]) == (200, str(number))
    outside = simulate(shop, productId=number, value=99)
    assert (outside.status, outside.rules()) == (422, {"value": "below_minimum"})
    assert simulate(shop, product_id=number + 1).status == 404
    assert simulate(shop, value=99).status == 200


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"type": "LOAN"}, 400, "invalid_input"),
        ({"value": 0}, 400, "invalid_input"),
        ({"value": ...}, 400, "invalid_input"),
        ({"installments": 481}, 400, "invalid_input"),
        ({"monthly_tax": 100.1}, 400, "invalid_input"),
        ({"dueDate": "2021-11-03"}, 422, "first_due_not_after_release"),
        ({"releaseDate": "2010-01-01", "dueDate": "2010-02-01"}, 422, "no_tax_rate"),
        ({"dueDate": "2021-11-04", "installments": 1}, 422, "not_priceable"),
        ({"value": 0.01, "installments": 400}, 422, "not_payable"),
    ],
)
def test_what_is_refused(shop: Shop, changes: dict[str, Any], status: int, code: str) -> None:
    answer = simulate(shop, **changes)
    assert (answer.status, answer.json["code"]) == (status, code)


def test_the_sample_event_is_the_documented_example(shop: Shop) -> None:
    assert sample_event("origination", "simulate_ccb")["resource"] == "/api/external/v2/ccb/simulation"
    assert call_function("origination", "simulate_ccb", shop=shop).json == simulate(shop).json


@fuzz
@given(
    changes=st.dictionaries(
        st.sampled_from([*EXAMPLE, "product_id", "person_type"]),
        json_values | st.sampled_from(["2100-12-31", "2000-01-01", 0.01, 10_000_000_000, 100, "0", 480]),
        max_size=4,
    )
)
def test_hostile_simulations(shop: Shop, changes: dict[str, Any]) -> None:
    check_caas(simulate(shop, **changes))


def test_two_names_of_one_term_say_the_same(shop: Shop) -> None:
    answer = simulate(shop, monthlyTax=9)
    assert (answer.status, answer.rules()) == (400, {"monthlyTax": "duplicate_field"})
    answer = simulate(shop, releasedDate="2021-11-04")
    assert (answer.status, answer.rules()) == (400, {"releasedDate": "duplicate_field"})
    assert simulate(shop, monthlyTax=1.3, releasedDate="", type=None, personType="").status == 200
