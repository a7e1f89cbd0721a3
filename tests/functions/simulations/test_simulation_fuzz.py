"""Whatever is sent to the simulation functions, the answer is below 500 and in the documented shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastro.aws.clients import open_client
from tests.functions.invocation import CPF, UNCHANGED, Answer, Shop, call_function
from tests.functions.simulations.pipeline import Pipeline, sample_purchase

fuzz = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(max_size=20) | st.sampled_from(
    ["", " ", "\x00", "\ud800", "é" * 200, CPF, "341", "M22", "2026-02-30", "-1", "9" * 400, "1e999", "https://a/\n"]
)
numbers = st.integers() | st.sampled_from([-1, 0, 10**12, 10**13, 2**63, -(10**40), 10**40])
json_values = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)

PURCHASE = sample_purchase()["simulation"]
PLACES = [
    *((name,) for name in PURCHASE),
    *(("vehicle", name) for name in [*PURCHASE["vehicle"], "credere_vehicle_model_id"]),
    *(("conditions", position) for position in (0, 1)),
    *(("conditions", 1, name) for name in [*PURCHASE["conditions"][1], "bank_febraban_code", "financed_amount"]),
    ("bank_febraban_codes", 0),
    ("retrieve_lead", "cpf_cnpj"),
    ("webhook_url",),
]


@pytest.fixture(scope="module")
def shop(shared_pipeline: Pipeline) -> Iterator[Shop]:
    """The functions' shop; no message of it is ever worked."""
    yield shared_pipeline.open_shop()
    sqs = open_client("sqs")
    sqs.purge_queue(QueueUrl=shared_pipeline.queue_url)


def fits(outer: Any, step: Any) -> bool:
    """Whether there is something at ``step``: an earlier change may have put anything there."""
    if isinstance(outer, list):
        return isinstance(step, int) and step < len(outer)
    return isinstance(outer, dict) and step in outer


@st.composite
def spoilt_purchases(draw: st.DrawFn) -> dict[str, Any]:
    """The sample purchase with some of its values replaced by anything."""
    body = sample_purchase()
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4, unique=True)):
        outer: Any = body["simulation"]
        for step in place[:-1]:
            outer = outer[step] if fits(outer, step) else None
        if isinstance(outer, dict) or fits(outer, place[-1]):
            outer[place[-1]] = draw(json_values)
    return body


def check(answer: Answer) -> None:
    assert answer.status in {200, 400, 403, 404, 409, 413, 422}, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    answer.text.encode()
    if answer.status > 200:
        assert answer.json["error"]["status"] == answer.json["status"] == answer.status
        # What could be read in two ways names its fields as well.
        ambiguous = answer.status == 400 and answer.json["code"] == "ambiguous_request"
        assert bool(answer.json["errors"]) == (answer.status == 422 or ambiguous)


@fuzz
@given(body=spoilt_purchases(), key=st.none() | st.text(max_size=300))
def test_a_purchase_spoilt_somewhere(
    shared_pipeline: Pipeline, shop: Shop, body: dict[str, Any], key: str | None
) -> None:
    answer = shared_pipeline.post(shop, body, key=key)
    check(answer)
    if answer.status == 200:
        # What was accepted can be read, alone and in the list.
        assert shared_pipeline.read(shop, answer.json["data"]["uuid"]).status == 200
        check(shared_pipeline.page(shop, {"per_page": "1"}))


@fuzz
@given(body=json_values | st.fixed_dictionaries({"simulation": json_values}))
def test_a_body_of_any_shape(shared_pipeline: Pipeline, shop: Shop, body: Any) -> None:
    check(shared_pipeline.post(shop, json.dumps(body)))


@fuzz
@given(text=st.text(max_size=200) | st.text(alphabet='{}[]":,0123456789.eE-+tfn\\u \n', max_size=60))
def test_a_body_that_is_any_text(shared_pipeline: Pipeline, shop: Shop, text: str) -> None:
    check(shared_pipeline.post(shop, text))


@pytest.mark.parametrize("depth", [100, 300, 5_000, 100_000])
def test_a_body_nested_beyond_reason(shared_pipeline: Pipeline, shop: Shop, depth: int) -> None:
    for opening, closing in (("[", "]"), ('{"simulation":', "}")):
        check(shared_pipeline.post(shop, '{"simulation": ' + opening * depth + "1" + closing * depth + "}"))


@fuzz
@given(
    query=st.none() | st.dictionaries(st.sampled_from(["after", "page", "per_page", "sort", "page[]", "x"]), texts),
    uuid=texts,
    store=st.just(UNCHANGED) | texts,
)
def test_paths_queries_and_store_headers(
    shared_pipeline: Pipeline, shop: Shop, query: dict[str, Any] | None, uuid: str, store: Any
) -> None:
    check(call_function("simulations", "list_simulations", shop=shop, store_id=store, query=query))
    check(call_function("simulations", "get_simulation", shop=shop, store_id=store, path={"uuid": uuid}, query=query))
