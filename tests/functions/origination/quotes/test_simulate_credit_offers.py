"""Simulations that keep an offer, and those that ask for the amount of an instalment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import end_of_day, format_moment, local_date
from lastro.origination.pricing.quotation import loan_of
from lastro.origination.products.wiring import open_catalogue
from tests.functions.conftest import OpenShop
from tests.functions.invocation import CPF, Shop
from tests.functions.origination.products.products import cents, make_product, simulate


@pytest.fixture
def product(shop: Shop) -> int:
    return make_product(shop)


class TestOffers:
    def test_only_a_wanted_offer_is_kept(self, shop: Shop, product: int, table: Table) -> None:
        assert simulate(shop, product, only_simulation=True).json["data"]["offer_id"] is None
        offer_id = simulate(shop, product, only_simulation=False).json["data"]["offer_id"]
        assert len(offer_id) == 32
        assert table.get(keys.offer(offer_id)) is not None

    def test_an_offer_stands_as_long_as_its_product_says(self, shop: Shop) -> None:
        for days in (2, 7):
            number = make_product(shop, offer_days=days)
            until = datetime.fromisoformat(simulate(shop, number).json["data"]["valid_until"])
            assert until == end_of_day(local_date(datetime.now(UTC)) + timedelta(days=days)).astimezone(UTC).replace(
                microsecond=999_000
            )

    def test_a_kept_offer_is_the_price_that_was_answered(self, shop: Shop, open_shop: OpenShop) -> None:
        number = make_product(shop, insurance=1.5, grace="compound")
        answer = simulate(shop, number, only_simulation=False, cad_value=99.9, due_date="2025-11-15")
        data = answer.json["data"]
        offer = open_catalogue().find_offer(shop.partner_id, data["offer_id"])
        assert offer is not None
        assert (offer.product_id, offer.tax_number, format_moment(offer.valid_until)) == (
            number,
            CPF,
            data["valid_until"],
        )
        loan = loan_of(offer.terms)
        assert (loan.gross, loan.total) == (cents(data["gross_value"]), cents(data["total_value"]))
        assert [row.value for row in loan.rows] == [cents(row["value"]) for row in data["installments"]]
        assert str(loan.cet_annual) == f"{data['cet_annual']:.2f}"
        assert loan.grace_interest == cents(data["grace_interest_value"])
        assert loan.breakdown.services.value == 15000
        assert open_catalogue().find_offer(open_shop().partner_id, data["offer_id"]) is None

    def test_the_same_key_keeps_one_offer(self, shop: Shop, product: int) -> None:
        first, again = (simulate(shop, product, "one", only_simulation=False) for _ in range(2))
        assert first.json == again.json
        other = simulate(shop, product, "one", only_simulation=False, value=5000)
        assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
        assert simulate(shop, product, "one").json["data"]["offer_id"] is None

    def test_a_quote_is_the_simulations_price(self, shop: Shop, product: int) -> None:
        from lastro.origination.processes.model import AskedCredit

        found = open_catalogue().find(shop.partner_id, product)
        assert found is not None
        terms = found.quote(AskedCredit(10_000_00, 0, 12, "2.5", date(2025, 8, 1), date(2025, 9, 1)))
        assert (terms.iof, terms.gross, terms.principal) == (211_92, 10_211_92, 10_211_92)
        assert (terms.installment_value, terms.cet_annual) == (995_53, "40.03")
        assert terms.monthly_rate == "2.5"


class TestInverseQuestions:
    """``installment_value`` or ``gross_value`` in place of ``value``."""

    def test_the_answer_has_all_three(self, shop: Shop, product: int) -> None:
        straight = simulate(shop, product).json["data"]
        for name, asked in (("installment_value", 995.53), ("gross_value", 10211.92)):
            question: dict[str, Any] = {name: asked}
            found = simulate(shop, product, value=..., **question).json["data"]
            assert found[name] == asked
            assert found["net_value"] >= 10000
            again = simulate(shop, product, value=found["net_value"]).json["data"]
            assert [again[key] for key in ("net_value", "installment_value", "gross_value")] == [
                found[key] for key in ("net_value", "installment_value", "gross_value")
            ]
            # A cent more borrowed is another gross amount, and in time another instalment.
            more = simulate(shop, product, value=round(found["net_value"] + 0.01, 2)).json["data"]
            assert more[name] > asked
        assert straight["gross_value"] == 10211.92

    def test_a_figure_that_no_value_gives_is_met_from_below(self, shop: Shop) -> None:
        # 10 % in one instalment: each cent borrowed is more than one paid back.
        number = make_product(shop)
        asked: dict[str, Any] = {
            "installments": 1,
            "monthly_tax": 10,
            "release_date": "2020-04-03",
            "due_date": "2020-05-03",
        }
        found = simulate(shop, number, value=..., installment_value=1100.05, **asked).json["data"]
        assert (found["net_value"], found["installment_value"]) == (1000.05, 1100.05)
        over = simulate(shop, number, value=..., installment_value=1100.00, **asked).json["data"]
        assert (over["net_value"], over["installment_value"]) == (1000.0, 1100.0)
        leap = simulate(shop, number, value=..., installment_value=1100.06, **asked).json["data"]
        assert (leap["net_value"], leap["installment_value"]) == (1000.05, 1100.05)

    def test_an_offer_found_so_is_kept(self, shop: Shop, product: int) -> None:
        data = simulate(shop, product, value=..., gross_value=5000, only_simulation=False).json["data"]
        offer = open_catalogue().find_offer(shop.partner_id, data["offer_id"])
        assert offer is not None
        assert (offer.terms.gross, offer.terms.net) == (5_000_00, cents(data["net_value"]))

    @pytest.mark.parametrize(
        ("changes", "rules"),
        [
            ({"value": ...}, {"value": "missing"}),
            ({"gross_value": 1}, {"value": "one_of", "gross_value": "one_of"}),
            (
                {"gross_value": 1, "installment_value": 2},
                {"value": "one_of", "gross_value": "one_of", "installment_value": "one_of"},
            ),
        ],
    )
    def test_exactly_one_is_given(
        self, shop: Shop, product: int, changes: dict[str, Any], rules: dict[str, str]
    ) -> None:
        answer = simulate(shop, product, **changes)
        assert (answer.status, answer.json["code"], answer.rules()) == (400, "invalid_input", rules)

    @pytest.mark.parametrize(
        ("changes", "rules"),
        [
            ({"gross_value": 100, "cad_value": 100}, {"gross_value": "below_minimum"}),
            ({"installment_value": 0.01, "cad_value": 100}, {"installment_value": "below_minimum"}),
            ({"gross_value": 50}, {"value": "below_minimum"}),
            ({"installment_value": 10**9}, {"value": "above_maximum"}),
            ({"gross_value": 5000, "installments": 121}, {"installments": "above_maximum"}),
        ],
    )
    def test_the_products_bounds_hold(
        self, shop: Shop, product: int, changes: dict[str, Any], rules: dict[str, str]
    ) -> None:
        answer = simulate(shop, product, value=..., **changes)
        assert (answer.status, answer.json["code"], answer.rules()) == (422, "out_of_bounds", rules)


@pytest.mark.parametrize("empty", [None, "", " "])
def test_an_empty_amount_is_one_left_out(shop: Shop, product: int, empty: str | None) -> None:
    plain = simulate(shop, product, only_simulation=empty, gross_value=empty, installment_value=empty)
    assert plain.json == simulate(shop, product).json
    assert simulate(shop, product, value=empty, gross_value=1000).json["data"]["gross_value"] <= 1000
    assert simulate(shop, product, value=empty).rules() == {"value": "missing"}
