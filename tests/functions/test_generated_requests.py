"""Who knows nothing but the published schemas is mostly understood."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lastro.aws.requests import read_request
from lastro.kernel.errors import InvalidInput
from tests.functions.described import DESCRIBED, WITH_BODY, operation_of
from tests.functions.generated_bodies import bodies_of
from tests.functions.invocation import sample_event

RELATED = {
    "create_simulation": "down payments up to the asset's value, the banks of the catalogue, years that have come",
    "create_product": "each range from its lower to its higher bound",
}
"""Calls whose fields hold each other in ways that JSON Schema cannot say, and how."""
SAID_BY_THE_PATH = {"replace_lead": "lead.cpf_cnpj", "update_lead": "lead.cpf_cnpj"}
"""Fields that may be left out, or repeat what the path says."""
EXAMPLES = 40


@pytest.mark.parametrize("name", WITH_BODY)
def test_what_the_schema_allows_is_mostly_accepted(name: str) -> None:
    operation = operation_of(name)
    assert operation.request is not None
    request, event = operation.request, sample_event(operation.route.context, name)
    refusals: list[str | None] = []

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def count(data: st.DataObject) -> None:
        body = data.draw(bodies_of(DESCRIBED[name]))
        if name in SAID_BY_THE_PATH:
            outer, _, inner = SAID_BY_THE_PATH[name].partition(".")
            body[outer].pop(inner, None)
        try:
            read_request(request, {**event, "body": json.dumps(body)})
            refusals.append(None)
        except InvalidInput as error:
            refusals.append(error.detail)

    count()
    assert (refusals.count(None) * 2 > len(refusals)) == (name not in RELATED), refusals[:5]
