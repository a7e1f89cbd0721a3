"""What plus returns make of simulations: bounded by the store's rules, in every bank's words, with what they cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lastro.kernel.banks import BANKS
from tests.functions.invocation import Answer, Shop, call_function
from tests.functions.simulations.pipeline import Pipeline, sample_purchase

Json = dict[str, Any]


def create_rule(shop: Shop, **rule: Any) -> Answer:
    body, headers = {"plus_return_rule": rule}, {"Idempotency-Key": None}
    made = call_function("simulations", "create_plus_return_rule", shop=shop, body=body, headers=headers)
    assert made.status == 201, made.text
    return made


def terms(*said: Json) -> Json:
    asked = [{"installments": 36, "down_payment": 3_000_000, **each} for each in said]
    return sample_purchase(conditions=asked)


def test_the_rule_bounds_what_is_asked_for_and_the_difference_is_shown(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    rule = create_rule(shop, bank_febraban_code="341", min_return=1, max_return=3, max_installments=36)
    rule_id = rule.json["plus_return_rule"]["id"]
    refused = pipeline.post(shop, terms({"min_return": 4}, {"max_return": 0}))
    assert refused.rules() == {
        "simulation.conditions.0.min_return": "outside_return_rule",
        "simulation.conditions.1.max_return": "outside_return_rule",
    }

    data = pipeline.finish(shop, terms({}, {"max_return": 2}, {"return_preference": "min"}))
    found: dict[str, list[Json]] = {"341": [], "422": []}
    for each in data["conditions"]:
        if each["original_condition_id"] is None:
            found[each["bank"]["febraban_code"]].append(each)
    assert [each["credit_condition_return"] for each in found["341"]] == ["3", "2", "1"]
    assert [each["credit_condition_return"] for each in found["422"]] == ["0", "0", "0"]
    assert {each["plus_return_rule_id"] for each in found["341"]} == {rule_id}
    assert {each["plus_return_rule_id"] for each in found["422"]} == {None}
    assert [(each["min_return"], each["max_return"]) for each in found["341"]] == [(1, 3), (1, 2), (1, 3)]
    costs = [each["difference_to_return_0"] for each in found["341"]]
    assert costs[0]["amount_paid_in_financing"] > costs[1]["amount_paid_in_financing"] > 0
    assert costs[0]["cet_annually"] > costs[1]["cet_annually"] > costs[2]["cet_annually"] > 0
    none = {"first_installment_value": 0, "amount_paid_in_financing": 0, "cet_monthly": 0, "cet_annually": 0}
    assert [each["difference_to_return_0"] for each in found["422"]] == [none] * 3
    bare = {
        each["amount_paid_in_financing"] - each["difference_to_return_0"]["amount_paid_in_financing"]
        for each in found["341"]
    }
    assert len(bare) == 1
    cets = {
        Decimal(str(each["cet_annually"])) - Decimal(str(each["difference_to_return_0"]["cet_annually"]))
        for each in found["341"]
    }
    assert len(cets) == 1


def test_every_bank_takes_the_return_in_its_own_words(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop(*BANKS)
    asked = {"min_return": 0, "max_return": 4, "return_preference": "max"}
    conditions = pipeline.finish(
        shop, sample_purchase(bank_febraban_codes=[], conditions=terms(asked)["simulation"]["conditions"])
    )["conditions"]
    originals = [each for each in conditions if each["original_condition_id"] is None]

    assert {each["bank"]["febraban_code"] for each in originals} == set(BANKS)
    for each in originals:
        assert (each["available"], each["credit_condition_return"]) == (True, "4"), each["bank"]
        assert each["difference_to_return_0"]["amount_paid_in_financing"] > 0


def test_an_answer_that_is_lost_on_either_price_is_looked_up(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop("341")
    pipeline.banks.script("341", {"outcome": "timeout_after_effect", "times": 1})
    [found] = pipeline.finish(
        shop,
        sample_purchase(bank_febraban_codes=["341"], conditions=terms({"min_return": 2})["simulation"]["conditions"]),
    )["conditions"][:1]
    assert (found["available"], found["credit_condition_return"]) == (True, "2")
    assert found["difference_to_return_0"]["amount_paid_in_financing"] > 0


def test_what_the_bank_suggests_has_the_return_of_the_rule_for_its_value(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop("341")
    create_rule(shop, min_financed_amount_cents=7_000_001, max_return=5)
    create_rule(shop, max_financed_amount_cents=7_000_000, max_return=2)
    pipeline.banks.script("341", {"minimum_down_payment": 3_000_000, "suggested_down_payment": 2_900_000})
    asked = {"process_bank_suggested_conditions": True, "bank_febraban_codes": ["341"]}
    body = sample_purchase(**asked, conditions=[{"installments": 36, "down_payment": 1_000_000}])
    generated = [each for each in pipeline.finish(shop, body)["conditions"] if each["original_condition_id"]]
    assert {each["down_payment"]: each["max_return"] for each in generated} == {2_900_000: 5, 3_000_000: 2}
    assert {each["credit_condition_return"] for each in generated if each["available"]} <= {"5", "2"}

    body["simulation"]["conditions"][0]["min_return"] = 3
    generated = [each for each in pipeline.finish(shop, body)["conditions"] if each["original_condition_id"]]
    assert [each["down_payment"] for each in generated] == [2_900_000]


def test_levels_in_digits_are_compared_as_they_are_read(pipeline: Pipeline) -> None:
    refused = pipeline.post(pipeline.open_shop("341"), terms({"min_return": "03", "max_return": " 02 "}))
    assert refused.rules()["simulation.conditions.0.min_return"] == "above_max_return"
