"""Reading a simulation while it fills and once it is final."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lastro.aws.clients import open_client
from tests.functions.emulation.faults import watch
from tests.functions.emulation.process import TABLE
from tests.functions.simulations.pipeline import NO_ADVICE, Pipeline, sample_purchase


def words(text: str) -> set[str]:
    return set(text.split())


# The fields of the simulations hub (docs/sources.md), and what Lastro adds.
SIMULATION_FIELDS = words(
    "uuid assets_value created_at success error reason seller_cpf process_bank_suggested_conditions process_task items"
    " payload lead vehicle conditions pending finished_at"
)
VEHICLE_FIELDS = words(
    "id asset_value chassi_code color fuel_type km_mileage license_plate_code licensing_uf manufacture_year model_year"
    " renavam_code zero_km vehicle_model"
)
MODEL_FIELDS = words(
    "id available brand model_name version category fipe_code fuel_type molicar_code year_start year_end"
)
CONDITION_FIELDS = words(
    "id installments down_payment financed_amount available success error reason reason_identifier"
    " credit_condition_code credit_condition_description credit_condition_return pre_approval_status run_pre_approval"
    " pre_aproval_task first_installment_value last_installment_value fixed_installments payment_flow"
    " amount_paid_in_financing include_financial_protection_insurance products_options process_condition_payload"
    " process_task suggestion_reason original_condition_id bank_minimum_down_payment bank_down_payment_suggestion"
    " bank_available_amount interest_monthly interest_annually cet_monthly cet_annually expenses min_return max_return"
    " return_preference quota_preference bank created_at processed_at expires_at"
)
EXPENSE_FIELDS = words("id type value fixed_value min_value max_value percentage over_total payload")


def check_fields(simulation: dict[str, Any]) -> None:
    assert simulation.keys() >= SIMULATION_FIELDS
    assert simulation["payload"].keys() >= {"application_id"}
    assert simulation["vehicle"].keys() >= VEHICLE_FIELDS
    assert simulation["vehicle"]["vehicle_model"].keys() >= MODEL_FIELDS
    for item in simulation["items"]:
        assert item.keys() >= {"id", "type", "value"}
    for condition in simulation["conditions"]:
        assert condition.keys() >= CONDITION_FIELDS
        assert condition["bank"].keys() >= {"id", "febraban_code", "name", "nickname"}
        for expense in condition["expenses"]:
            assert expense.keys() >= EXPENSE_FIELDS
            assert expense["payload"].keys() >= {"bank_expense_id", "credere_type"}
        for task in (condition["process_task"], condition["pre_aproval_task"]):
            assert task is None or task.keys() >= {"ended_at", "error", "result"}


def test_every_published_field_is_there_before_and_after(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    check_fields(pipeline.post(shop).json["data"])
    simulation = pipeline.finish(shop)
    check_fields(simulation)
    assert simulation["process_task"] == {
        "ended_at": simulation["finished_at"],
        "error": False,
        "result": {"success": True},
    }


def test_suggestions_grow_the_simulation_and_then_it_is_final(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", {"minimum_down_payment": 3_000_000, "suggested_down_payment": 4_000_000})
    shop = pipeline.open_shop("341")
    body = sample_purchase(bank_febraban_codes=["341"])
    uuid = pipeline.post(shop, body).json["data"]["uuid"]
    pendings = [2]
    while records := pipeline.take():
        for record in records:
            assert pipeline.deliver([record]) == []
            simulation = pipeline.read(shop, uuid).json["data"]
            pendings.append(simulation["pending"])
            assert (simulation["finished_at"] is None) == (simulation["pending"] > 0)
    assert pendings == [2, 3, 4, 3, 2, 1, 0]
    originals = {c["id"]: c for c in simulation["conditions"] if c["suggestion_reason"] is None}
    assert len(simulation["conditions"]) == 6
    for condition in simulation["conditions"]:
        assert condition["bank_minimum_down_payment"] == 3_000_000
        assert condition["bank_down_payment_suggestion"] == 4_000_000
        if condition["id"] in originals:
            assert condition["reason_identifier"] == "unsupported_down_payment_by_bank"
            continue
        original = originals[condition["original_condition_id"]]
        for field in ("installments", "include_financial_protection_insurance", "products_options", "bank"):
            assert condition[field] == original[field]
        for field in ("min_return", "max_return", "return_preference", "quota_preference", "release_date"):
            assert condition[field] == original[field]
        assert condition["down_payment"] == (
            3_000_000 if condition["suggestion_reason"] == "bank_minimum_down_payment" else 4_000_000
        )
        assert condition["available"] is True
    assert pipeline.take() == []


@pytest.mark.parametrize("code", ["341", "033", "655", "623", "422", "394"])
def test_the_figures_of_an_offer_agree(pipeline: Pipeline, code: str) -> None:
    pipeline.banks.script(code, NO_ADVICE)
    shop = pipeline.open_shop(code)
    asked = [
        {"installments": term, "down_payment": 3_000_000, "include_financial_protection_insurance": term == 48}
        for term in (1, 12, 48)
    ]
    body = sample_purchase(
        bank_febraban_codes=None, conditions=asked, accessory_value=70_001, insurance_value=33, documentation_value=7
    )
    simulation = pipeline.finish(shop, body)
    net = 10_000_000 - 3_000_000
    for condition in simulation["conditions"]:
        assert condition["available"], condition["reason"]
        term, flow = condition["installments"], condition["payment_flow"]
        assert list(flow) == [str(number) for number in range(1, term + 1)]
        values = list(flow.values())
        assert condition["first_installment_value"] == values[0]
        assert condition["last_installment_value"] == values[-1]
        assert condition["amount_paid_in_financing"] == sum(values)
        assert condition["fixed_installments"] == (len(set(values[:-1])) <= 1)
        expenses = {expense["type"]: expense["value"] for expense in condition["expenses"]}
        assert len(expenses) == len(condition["expenses"])
        assert all(isinstance(value, int) and value > 0 for value in expenses.values())
        assert (expenses["documentation"], expenses["accessory"], expenses["insurance"]) == (7, 70_001, 33)
        assert "iof_value" in expenses
        assert ("spf" in expenses) == (term == 48)
        assert condition["financed_amount"] == net + sum(expenses.values())
        monthly = solve(condition["financed_amount"], [(Decimal(n), v) for n, v in enumerate(values, start=1)])
        assert percent(monthly) == condition["interest_monthly"]
        assert percent((1 + monthly) ** 12 - 1) == condition["interest_annually"]
        # Accessories are received as the vehicle is: released value, and no cost.
        yearly = solve(net + 70_001, calendar_flow(condition, values))
        assert percent(yearly) == condition["cet_annually"]
        assert percent((1 + yearly) ** (Decimal(1) / 12) - 1) == condition["cet_monthly"]
        assert condition["cet_annually"] > condition["interest_annually"]


def test_a_cost_beyond_all_bounds_is_refused_with_its_reason(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    body = sample_purchase(
        bank_febraban_codes=None,
        conditions=[{"installments": term, "down_payment": 3_000_000} for term in (1, 48)],
        documentation_value=7_000_000,
    )
    dear, fair = pipeline.finish(pipeline.open_shop("341"), body)["conditions"]
    assert (dear["available"], dear["success"], dear["error"]) == (False, True, False)
    assert (dear["reason_identifier"], dear["cet_annually"], dear["payment_flow"]) == ("not_priceable", None, None)
    assert "mil por cento" in dear["reason"]
    assert fair["available"] is True
    assert 50 < fair["cet_annually"] < 1000


def calendar_flow(condition: dict[str, Any], values: list[int]) -> list[tuple[Decimal, int]]:
    """Years from the release to each due date, on calendar days, and the instalment due then."""
    released = date.fromisoformat(condition["release_date"])
    first = date.fromisoformat(condition["first_due_date"])
    flow = []
    for number, value in enumerate(values):
        months = first.month - 1 + number
        due = date(first.year + months // 12, months % 12 + 1, first.day)
        flow.append((Decimal((due - released).days) / 365, value))
    return flow


def solve(present: int, flow: list[tuple[Decimal, int]]) -> Decimal:
    """The rate a period at which ``flow`` is worth ``present``, by bisection: slow, and of no relation to our own."""
    low, high = Decimal(0), Decimal(10)
    for _ in range(60):
        middle = (low + high) / 2
        worth = sum(value / (1 + middle) ** period for period, value in flow)
        low, high = (middle, high) if worth > present else (low, middle)
    return low


def percent(rate: Decimal) -> float:
    return float((rate * 100).quantize(Decimal("0.01")))


@pytest.mark.parametrize("uuid", ["", " ", "..", "HEADER", "x#y", "é" * 64])
def test_a_path_that_names_no_simulation(pipeline: Pipeline, uuid: str) -> None:
    assert pipeline.read(pipeline.open_shop(), uuid).status == 404


def test_a_path_too_long_to_name_one(pipeline: Pipeline) -> None:
    answer = pipeline.read(pipeline.open_shop(), "x" * 65)
    assert (answer.status, answer.rules()) == (422, {"uuid": "string_too_long"})


def test_a_path_with_a_control_character(pipeline: Pipeline) -> None:
    answer = pipeline.read(pipeline.open_shop(), "%00")
    assert (answer.status, answer.rules()) == (422, {"uuid": "control_character"})


def test_one_query_reads_a_simulation_of_sixty_conditions(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    asked = [{"installments": 12 + number, "down_payment": 2_000_000} for number in range(30)]
    uuid = pipeline.post(shop, sample_purchase(conditions=asked)).json["data"]["uuid"]
    with watch("dynamodb", "Query") as queries:
        answer = pipeline.read(shop, uuid)
    assert len(answer.json["data"]["conditions"]) == 60
    assert len(queries) == 1
    assert queries[0]["ConsistentRead"] is True


def test_conditions_of_a_simulation_without_header_stay_unseen(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    uuid = pipeline.post(shop).json["data"]["uuid"]
    key = {"PK": {"S": f"SIM#{uuid}"}, "SK": {"S": "HEADER"}}
    open_client("dynamodb").delete_item(TableName=TABLE, Key=key)
    assert pipeline.read(shop, uuid).status == 404
