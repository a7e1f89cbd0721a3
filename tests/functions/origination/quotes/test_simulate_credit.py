"""``POST /caas/simulation``: every figure it answers, every bound it names, and the offers it keeps."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.origination.pricing.quotation import loan_of
from lastro.origination.products.wiring import open_catalogue
from tests.functions.api.test_hostile_input import fuzz, json_values
from tests.functions.conftest import OpenShop
from tests.functions.invocation import CPF, LETTERED_CNPJ, Shop
from tests.functions.origination.caas import check_caas
from tests.functions.origination.products.products import cents, make_product, simulate, simulation


@pytest.fixture
def product(shop: Shop) -> int:
    return make_product(shop)


def test_vector_a(shop: Shop, product: int) -> None:
    answer = simulate(shop, product)
    assert answer.status == 200
    data = answer.json["data"]
    assert (data["net_value"], data["iof_value"], data["gross_value"]) == (10000.0, 211.92, 10211.92)
    assert (data["installment_value"], data["cet_annual"]) == (995.53, 40.03)
    assert (data["fee_value"], data["monthly_tax"], data["cet_monthly"]) == (0.0, 2.5, 2.85)
    assert (data["release_date"], data["first_due_date"]) == ("2025-08-01", "2025-09-01")
    assert data["last_due_date"] == "2026-08-01"
    assert data["product_id"] == product
    assert data["offer_id"] is None
    assert data["installments"][0] == {
        "number": 1,
        "due_date": "2025-09-01",
        "previous_balance": 10211.92,
        "interest": 255.3,
        "amortization": 740.23,
        "value": 995.53,
        "balance": 9471.69,
    }
    assert data["cet_breakdown"]["taxes"] == {"value": 211.92, "percent": 1.77}


def test_the_schedule_and_the_breakdown_add_up(shop: Shop, product: int) -> None:
    data = simulate(shop, product, cad_value=123.45, installments=37, due_date="2025-10-10").json["data"]
    rows = data["installments"]
    assert data["grace_interest_value"] > 0
    owed = cents(data["gross_value"]) + cents(data["grace_interest_value"])
    assert cents(data["gross_value"]) == cents(data["net_value"]) + 12345 + cents(data["iof_value"])
    assert cents(rows[0]["previous_balance"]) == sum(cents(row["amortization"]) for row in rows) == owed
    assert rows[-1]["balance"] == 0.0
    total = cents(data["total_value"])
    assert total == sum(cents(row["value"]) for row in rows) == owed + sum(cents(row["interest"]) for row in rows)
    parts = data["cet_breakdown"]
    assert sum(cents(part["value"]) for part in parts.values()) == total - cents(data["net_value"])
    assert parts["fees"]["value"] == 123.45
    for part in parts.values():
        assert abs(Decimal(repr(part["percent"])) - Decimal(cents(part["value"])) * 100 / total) < Decimal("0.01")


@pytest.mark.parametrize(
    ("person", "iof"), [("PF", 211.92), ("PJ", 211.92), ("SIMPLES", 95.55), ("MEI", 95.55), (" pf ", 211.92)]
)
def test_the_kind_of_person_decides_the_tax(shop: Shop, product: int, person: str, iof: float) -> None:
    tax_number = CPF if "pf" in person.lower() else LETTERED_CNPJ
    answer = simulate(shop, product, person_type=person, tax_number=tax_number)
    assert answer.json["data"]["iof_value"] == iof


@pytest.mark.parametrize(("person", "tax_number"), [("SIMPLES", CPF), ("MEI", CPF), ("PJ", CPF), ("PF", LETTERED_CNPJ)])
def test_the_kind_of_person_is_the_documents(shop: Shop, product: int, person: str, tax_number: str) -> None:
    answer = simulate(shop, product, person_type=person, tax_number=tax_number)
    assert (answer.status, answer.rules()) == (400, {"person_type": "differs_from_document"})


def test_a_past_release_takes_the_rates_of_its_day(shop: Shop, product: int) -> None:
    then = simulate(shop, product, release_date="2021-11-03", due_date="2021-12-03", value=500, cad_value=10)
    assert then.json["data"]["iof_value"] > simulate(shop, product, value=500, cad_value=10).json["data"]["iof_value"]
    older = simulate(shop, product, release_date="2015-01-21", due_date="2015-02-21")
    assert (older.status, older.json["code"]) == (422, "no_tax_rate")
    assert "22/01/2015" in older.json["message"]


@pytest.mark.parametrize(
    ("release", "due", "person", "iof"),
    [
        ("2015-01-22", "2015-02-22", "PF", 211.19),
        ("2020-04-03", "2020-05-03", "PF", 0.0),
        ("2020-11-26", "2020-12-26", "PJ", 0.0),
        ("2020-12-31", "2021-01-31", "MEI", 0.0),
    ],
)
def test_older_rates(shop: Shop, product: int, release: str, due: str, person: str, iof: float) -> None:
    document = CPF if person == "PF" else LETTERED_CNPJ
    changes = {"release_date": release, "due_date": due, "person_type": person, "tax_number": document}
    assert simulate(shop, product, None, **changes).json["data"]["iof_value"] == iof


class TestPricingRules:
    """How a product counts interest, spreads the debt and moves due dates; how long a first period is."""

    def test_a_lenders_schedule_by_calendar_days(self, shop: Shop) -> None:
        number = make_product(shop, day_count="calendar_days")
        # In April 2020 there was no IOF, so that what is asked for is what is financed.
        asked: dict[str, Any] = {
            "release_date": "2020-04-10",
            "due_date": "2020-04-20",
            "monthly_tax": 1,
            "value": 1018.91,
        }
        data = simulate(shop, number, **asked).json["data"]
        assert (data["gross_value"], data["iof_value"], data["grace_interest_value"]) == (1018.91, 0.0, 0.0)
        assert (data["day_count"], data["annual_tax"]) == ("calendar_days", 12.6825)
        assert data["installments"][0]["interest"] == 3.34
        monthly = simulate(shop, make_product(shop), **asked).json["data"]
        assert (monthly["day_count"], monthly["grace_interest_value"]) == ("monthly", -6.79)
        assert monthly["annual_tax"] == 12.6825
        assert monthly["installments"][0]["previous_balance"] == 1012.12
        compound = simulate(shop, make_product(shop, grace="compound"), **asked).json["data"]
        assert compound["grace_interest_value"] == -6.75

    def test_sac(self, shop: Shop) -> None:
        number = make_product(shop, amortization="sac")
        data = simulate(shop, number).json["data"]
        values = [row["value"] for row in data["installments"]]
        assert values == sorted(values, reverse=True)
        assert len({row["amortization"] for row in data["installments"][:-1]}) == 1
        assert data["installment_value"] == values[0]
        assert (data["amortization"], data["installments"][-1]["balance"]) == ("sac", 0.0)
        assert data["iof_value"] < 211.92

    def test_due_dates_move_to_business_days(self, shop: Shop) -> None:
        number = make_product(shop, due_day_rule="next_business_day", day_count="calendar_days")
        asked: dict[str, Any] = {"release_date": "2026-10-15", "due_date": "2026-11-15", "installments": 4}
        data = simulate(shop, number, **asked).json["data"]
        # A Sunday and a holiday, a Tuesday, a Friday, and the Monday of Carnival's week before Ash Wednesday.
        days = [row["due_date"] for row in data["installments"]]
        assert days == ["2026-11-16", "2026-12-15", "2027-01-15", "2027-02-15"]
        assert (data["first_due_date"], data["last_due_date"]) == (days[0], days[-1])
        stays = simulate(shop, make_product(shop, day_count="calendar_days"), **asked).json["data"]
        assert stays["first_due_date"] == "2026-11-15"
        assert data["installments"][0]["interest"] > stays["installments"][0]["interest"]

    @pytest.mark.parametrize("day_count", ["monthly", "calendar_days"])
    @pytest.mark.parametrize("amortization", ["price", "sac"])
    @pytest.mark.parametrize("rule", ["same_day", "next_business_day"])
    def test_a_kept_offer_is_the_answered_price(self, shop: Shop, day_count: str, amortization: str, rule: str) -> None:
        number = make_product(shop, day_count=day_count, amortization=amortization, due_day_rule=rule)
        asked: dict[str, Any] = {
            "due_date": "2025-09-06",
            "installments": 37,
            "cad_value": 55.5,
            "only_simulation": False,
        }
        data = simulate(shop, number, **asked).json["data"]
        offer = open_catalogue().find_offer(shop.partner_id, data["offer_id"])
        assert offer is not None
        loan = loan_of(offer.terms)
        for row, shown in zip(loan.rows, data["installments"], strict=True):
            assert row.due_date.isoformat() == shown["due_date"]
            assert (row.interest, row.amortization) == (cents(shown["interest"]), cents(shown["amortization"]))
        assert (loan.iof, loan.gross, loan.total) == tuple(
            cents(data[name]) for name in ("iof_value", "gross_value", "total_value")
        )
        assert str(loan.cet_annual) == f"{data['cet_annual']:.2f}"
        assert (loan.terms.day_count, loan.terms.amortization, loan.terms.due_day_rule) == (
            day_count,
            amortization,
            rule,
        )
        assert loan.installment_value == offer.terms.installment_value == cents(data["installment_value"])

    def test_a_cost_of_more_than_a_thousand_percent_is_not_priced(self, shop: Shop, product: int) -> None:
        answer = simulate(shop, product, due_date="2025-08-02", installments=1, cad_value=500, value=1000)
        assert (answer.status, answer.json["code"]) == (422, "not_priceable")


def test_numbers_may_be_text_and_a_document_a_number(shop: Shop, product: int) -> None:
    plain = simulate(shop, product).json["data"]
    drifted = simulate(
        shop,
        product,
        value="10000.00",
        monthly_tax=" 2.5 ",
        installments="12",
        tax_number=int(CPF),
        product_id=str(product),
        release_date="2025-08-01T00:00:00",
    )
    assert drifted.status == 200
    plain.pop("valid_until"), drifted.json["data"].pop("valid_until")
    assert drifted.json["data"] == plain


def test_the_products_own_fee_when_none_is_asked_for(shop: Shop) -> None:
    number = make_product(shop, cad_value={"min": 0, "max": 500, "default": 75.5}, insurance=1)
    data = simulate(shop, number).json["data"]
    assert (data["fee_value"], data["insurance_value"]) == (75.5, 100.0)
    assert data["cet_breakdown"]["services"]["value"] == 100.0
    assert simulate(shop, number, cad_value=0).json["data"]["fee_value"] == 0.0


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"value": 99.99}, {"value": "below_minimum"}),
        ({"value": 1_000_000.01}, {"value": "above_maximum"}),
        ({"installments": 121}, {"installments": "above_maximum"}),
        ({"monthly_tax": 0.09}, {"monthly_tax": "below_minimum"}),
        ({"monthly_tax": "10.000001"}, {"monthly_tax": "above_maximum"}),
        ({"cad_value": 500.01}, {"cad_value": "above_maximum"}),
        ({"due_date": "2026-08-03"}, {"due_date": "above_maximum"}),
        ({"value": 1, "installments": 500}, {"value": "below_minimum", "installments": "above_maximum"}),
    ],
)
def test_outside_the_products_bounds(shop: Shop, product: int, changes: dict[str, Any], broken: dict[str, str]) -> None:
    answer = simulate(shop, product, **changes)
    assert (answer.status, answer.json["code"]) == (422, "out_of_bounds")
    assert answer.rules() == broken
    assert all(field in answer.json["message"] for field in broken)


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 100},
        {"value": 1_000_000},
        {"installments": 1},
        {"installments": 120},
        {"monthly_tax": 0.1},
        {"monthly_tax": 10},
        {"cad_value": 0},
        {"cad_value": 500},
        {"value": 100, "installments": 120, "monthly_tax": 10},
    ],
)
def test_the_bounds_themselves_are_inside(shop: Shop, product: int, changes: dict[str, Any]) -> None:
    assert simulate(shop, product, **changes).status == 200


def test_a_product_that_is_not_there_not_ours_not_caas_or_off(open_shop: OpenShop) -> None:
    shop, other = open_shop(), open_shop()
    foreign = make_product(other)
    for number in (foreign, 999, 10**12 - 1):
        answer = simulate(shop, number)
        assert (answer.status, answer.json["code"]) == (404, "product_not_found")
        assert str(number) in answer.json["message"]
    loan, off = make_product(shop, type="LOAN"), make_product(shop, active=False)
    persons = make_product(shop, person_types=["PF"])
    for number, code, changes in (
        (loan, "not_a_caas_product", {}),
        (off, "product_inactive", {}),
        (persons, "borrower_not_served", {"person_type": "PJ", "tax_number": LETTERED_CNPJ}),
    ):
        answer = simulate(shop, number, **changes)
        assert (answer.status, answer.json["code"]) == (422, code)


def test_a_first_instalment_falls_due_after_the_release(shop: Shop, product: int) -> None:
    answer = simulate(shop, product, due_date="2025-08-01")
    assert (answer.status, answer.json["code"]) == (422, "first_due_not_after_release")


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({name: ...}, {name: "missing"})
        for name in ("value", "tax_number", "person_type", "release_date", "due_date", "monthly_tax", "product_id")
    ]
    + [
        ({"installments": ...}, {"installments": "missing"}),
        ({"value": "dez"}, {"value": "number"}),
        ({"value": 10.001}, {"value": "too_many_decimals"}),
        ({"value": "100.000"}, {"value": "too_many_decimals"}),
        ({"value": "1.000,00"}, {"value": "thousands_mark"}),
        ({"value": "1e3"}, {"value": "exponent"}),
        ({"value": -1}, {"value": "sign"}),
        ({"cad_value": "1.000"}, {"cad_value": "too_many_decimals"}),
        ({"installments": 0}, {"installments": "greater_than_equal"}),
        ({"product_id": -1}, {"product_id": "greater_than_equal"}),
        ({"value": True}, {"value": "number"}),
        ({"value": "١٠٠٠"}, {"value": "number"}),
        ({"installments": 12.5}, {"installments": "int_type"}),
        ({"monthly_tax": "2,5"}, {"monthly_tax": "decimal_comma"}),
        ({"tax_number": "529.982.247-26"}, {"tax_number": "cpf_cnpj"}),
        ({"person_type": "XX"}, {"person_type": "enum"}),
        ({"release_date": "01/08/2025"}, {"release_date": "date"}),
        ({"release_date": "2025-02-30"}, {"release_date": "date"}),
        ({"release_date": "2026-11-30T::::"}, {"release_date": "date"}),
        ({"release_date": "2026-11-30T10:00:00"}, {"release_date": "day_without_zone"}),
        ({"due_date": "2999-01-01"}, {"due_date": "date_range"}),
        ({"only_simulation": "talvez"}, {"only_simulation": "bool_type"}),
        ({"only_simulation": "yes"}, {"only_simulation": "bool_type"}),
        ({"only_simulation": 0}, {"only_simulation": "bool_type"}),
    ],
)
def test_a_request_that_cannot_be_read(shop: Shop, changes: dict[str, Any], rules: dict[str, str]) -> None:
    answer = simulate(shop, 1, **changes)
    assert (answer.status, answer.rules()) == (400, rules)


def test_no_log_holds_a_document(shop: Shop, product: int, logged: StringIO) -> None:
    simulate(shop, product, only_simulation=False)
    simulate(shop, product, value="x")
    assert CPF not in logged.getvalue()
    assert "529.982.247-25" not in logged.getvalue()


FIELDS = list(simulation(1, cad_value=0))
awkward = json_values | st.sampled_from(
    ["1e5", "Infinity", 1e300, 10**400, 0.1 + 0.2, "0001-01-01", "2100-12-31", "2000-01-01", "9999-12-31", "-0", CPF]
)


@fuzz
@given(changes=st.dictionaries(st.sampled_from(FIELDS), awkward, max_size=4), kept=st.booleans())
def test_hostile_simulations(shop: Shop, changes: dict[str, Any], kept: bool) -> None:
    number = make_product(shop, first_due_days={"min": 1, "max": 366})
    check_caas(simulate(shop, number, only_simulation=kept, **{k: v for k, v in changes.items() if k[0] != "o"}))
    check_caas(simulate(shop, number, **changes))


def test_an_empty_fee_is_one_left_out(shop: Shop, product: int) -> None:
    empty, left_out = (simulate(shop, product, cad_value=sent).json["data"] for sent in ("", ...))
    assert {**empty, "valid_until": ""} == {**left_out, "valid_until": ""}
