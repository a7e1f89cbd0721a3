"""A bank refuses a lead without what its list requires, and the list is what the API tells beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lastro.simulations.conditions.reasons import Reason
from tests.functions.invocation import CPF, Shop, call_function
from tests.functions.simulations.pipeline import NO_ADVICE, Pipeline, sample_lead, sample_purchase


def required_of(shop: Shop, code: str) -> Iterator[dict[str, Any]]:
    """Each field that the bank asks for, emptied, as a PATCH of the lead says it."""
    answer = call_function(
        "simulations", "get_lead_required_fields", shop=shop, path={"cpf_cnpj": CPF}, query={"bank_codes": code}
    )
    for name, asking in answer.json["data"]["requirements"].items():
        if isinstance(asking, dict):
            yield from ({name: {inner: None}} for inner in asking)
        elif name != "cpf_cnpj":
            yield {name: None}


def reason_of(pipeline: Pipeline, shop: Shop, code: str) -> str | None:
    asked = [{"installments": 12, "down_payment": 3_000_000}]
    simulation = pipeline.finish(shop, sample_purchase(bank_febraban_codes=[code], conditions=asked))
    [reason] = {condition["reason_identifier"] for condition in simulation["conditions"]}
    assert reason is None or isinstance(reason, str)
    return reason


@pytest.mark.parametrize("code", ["422", "623"])
def test_what_is_required_and_missing_is_told(pipeline: Pipeline, code: str) -> None:
    pipeline.banks.script(code, NO_ADVICE)
    shop = pipeline.open_shop(code)
    required = list(required_of(shop, code))
    assert len(required) >= 4
    for change in required:
        # As it was before, then without this one field.
        for operation, lead in (("replace_lead", sample_lead()), ("update_lead", change)):
            answer = call_function("simulations", operation, shop=shop, path={"cpf_cnpj": CPF}, body={"lead": lead})
            assert answer.status == 200, answer.text
        assert reason_of(pipeline, shop, code) == Reason.MISSING_LEAD_FIELDS, change
    body = {"lead": sample_lead()}
    assert call_function("simulations", "replace_lead", shop=shop, path={"cpf_cnpj": CPF}, body=body).status == 200
    assert reason_of(pipeline, shop, code) is None
