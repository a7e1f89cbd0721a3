"""Whatever a caller sends to the bureau endpoints, the answer is below 500 and refusals have the one shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.functions.bureaus.office import CLEAN, FIELDS, Office
from tests.functions.invocation import CNPJ, LETTERED_CNPJ, Answer, Shop, sample_event

fuzz = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(["", "\x00", "é" * 200, CLEAN, LETTERED_CNPJ, CNPJ, "manager", "serasa", "9" * 400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=6,
)
texts = st.text(max_size=40) | st.sampled_from(
    ["%", "%00", "%FF", "0", "-1", "1e9", "9" * 30, "client_secret", "#", "~"]
)
SAMPLES = {
    name: json.loads(sample_event("bureaus", name)["body"])
    for name in (
        "create_branch",
        "update_branch",
        "link_bureau_integration",
        "create_bureau_integration",
        "update_bureau_integration",
        "replace_bureau_secret",
        "put_bureau_settings",
        "create_bureau_inquiry",
        "create_access_request",
        "export_bureau_inquiries",
    )
}
READS = (
    "list_bureau_inquiries",
    "report_bureau_inquiries",
    "list_subject_inquiries",
    "get_bureau_inquiry",
    "get_branch",
)


def check(answer: Answer) -> None:
    assert answer.status < 500, answer.text
    if answer.status >= 400:
        assert answer.status in {400, 403, 404, 409, 413, 422}
        assert answer.json["type"].startswith("urn:lastro:error:")
        if answer.status == 422:
            assert answer.json["detail"]


@pytest.fixture
def busy(office: Office) -> tuple[Shop, dict[str, Any]]:
    return office.open_integrated()


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A sample body with some of its fields replaced by anything."""
    name = draw(st.sampled_from(sorted(SAMPLES)))
    body: dict[str, Any] = json.loads(json.dumps(SAMPLES[name]))
    [(wrapper, inner)] = body.items()
    for field in draw(st.lists(st.sampled_from(sorted(inner)), max_size=2, unique=True)):
        inner[field] = draw(json_values)
    if "fields" in inner and isinstance(inner["fields"], dict):
        for field in draw(st.lists(st.sampled_from(sorted(FIELDS["serasa"])), max_size=2, unique=True)):
            inner["fields"][field] = draw(json_values)
    return name, {wrapper: inner}


@fuzz
@given(call=spoilt(), key=st.none() | st.text(max_size=260))
def test_spoilt_bodies(
    office: Office, busy: tuple[Shop, dict[str, Any]], call: tuple[str, dict[str, Any]], key: str | None
) -> None:
    name, body = call
    shop, integration = busy
    if "branch_id" in body.get("bureau_inquiry", {}) and body["bureau_inquiry"]["branch_id"] == 1:
        body["bureau_inquiry"]["branch_id"] = integration["branch_id"]
    path = sample_event("bureaus", name)["pathParameters"]
    known = {"branch_id": str(integration["branch_id"]), "integration_id": str(integration["id"])}
    path = {part: known.get(part, value) for part, value in path.items()} if path else None
    check(office.call(name, shop, path=path, body=body, headers={"Idempotency-Key": key}))
    # What was accepted can be read again.
    check(office.call("list_bureau_integrations", shop))
    check(office.call("list_bureau_inquiries", shop, query=None))


@fuzz
@given(name=st.sampled_from(sorted(SAMPLES)), body=json_values | st.text())
def test_bodies_of_any_shape(office: Office, busy: tuple[Shop, dict[str, Any]], name: str, body: Any) -> None:
    sent = body if isinstance(body, str) else json.dumps(body)
    check(office.call(name, busy[0], path=sample_event("bureaus", name)["pathParameters"], body=sent))


@fuzz
@given(name=st.sampled_from(READS), value=texts, query=st.dictionaries(texts, texts, max_size=3))
def test_paths_and_queries_of_any_text(
    office: Office, busy: tuple[Shop, dict[str, Any]], name: str, value: str, query: dict[str, str]
) -> None:
    path = sample_event("bureaus", name)["pathParameters"]
    sent = dict.fromkeys(path, value) if path else None
    named = {"cursor": value, "per_page": value, "start": value, "end": value, "report": value}
    check(office.call(name, busy[0], path=sent, query={**named, **query}))
