"""Whatever a caller sends, the answer is below 500 and every refusal has the documented shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.functions.conftest import OpenShop
from tests.functions.invocation import CPF, LETTERED_CNPJ, UNCHANGED, Answer, Shop, call_function, sample_event

fuzz = settings(
    max_examples=25,
    deadline=None,
    # One table serves all examples of a test: what an earlier example left behind is part of the attack.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.sampled_from(
        ["", " ", "\x00", "é" * 200, CPF, LETTERED_CNPJ, "1990-05-17", "-1", "9" * 400, "NaN", "١٢٣٤٥٦٧٨"]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=8,
)
path_texts = st.text(max_size=60) | st.sampled_from([CPF, "529.982.247-25", "%", "%FF%FE", "%00", "0" * 400, "341"])
query_values = path_texts | st.lists(path_texts, max_size=4)
documents = st.sampled_from([CPF, "529.982.247-25", LETTERED_CNPJ, "11144477735"])

LEAD: dict[str, Any] = json.loads(sample_event("simulations", "create_lead")["body"])["lead"]
LEAD_FIELDS = [*LEAD, *(f"address.{name}" for name in LEAD["address"])]


@st.composite
def spoilt_leads(draw: st.DrawFn) -> dict[str, Any]:
    """The sample lead with some of its fields replaced by anything."""
    lead = {**LEAD, "cpf_cnpj": draw(documents), "address": dict(LEAD["address"])}
    for field in draw(st.lists(st.sampled_from(LEAD_FIELDS), max_size=3, unique=True)):
        outer, _, inner = field.partition(".")
        if not inner:
            lead[outer] = draw(json_values)
        elif isinstance(lead["address"], dict):
            lead["address"][inner] = draw(json_values)
    return lead


def check(answer: Answer) -> None:
    assert answer.status < 500
    assert answer.headers["x-request-id"]
    if answer.status == 204:
        assert answer.text == ""
    elif answer.status < 300:
        assert isinstance(answer.json, dict)
    else:
        assert answer.status in {400, 403, 404, 409, 413, 422}
        problem = answer.json
        assert problem["error"] == {"message": problem["detail"], "status": answer.status}
        assert problem["status"] == answer.status
        assert problem["type"].startswith("urn:lastro:error:")
        assert problem["title"]
        assert problem["instance"].startswith("urn:lastro:request:")
        assert bool(problem["errors"]) == (answer.status == 422 or problem["code"] == "ambiguous_request")
        for error in problem["errors"]:
            assert set(error) == {"field", "rule", "message"}
            assert all(error.values())


@pytest.fixture
def ready_shop(open_shop: OpenShop) -> Shop:
    return open_shop(ready=("341",))


@fuzz
@given(lead=spoilt_leads(), key=st.none() | st.text(max_size=300))
def test_a_lead_created(ready_shop: Shop, lead: dict[str, Any], key: str | None) -> None:
    check(
        call_function(
            "simulations", "create_lead", shop=ready_shop, body={"lead": lead}, headers={"Idempotency-Key": key}
        )
    )


@fuzz
@given(operation=st.sampled_from(["replace_lead", "update_lead"]), lead=spoilt_leads(), document=documents | path_texts)
def test_a_lead_changed(ready_shop: Shop, operation: str, lead: dict[str, Any], document: str) -> None:
    call_function("simulations", "create_lead", shop=ready_shop)
    path = {"cpf_cnpj": document}
    check(call_function("simulations", operation, shop=ready_shop, path=path, body={"lead": lead}))
    # What was accepted can be read again.
    check(call_function("simulations", "list_leads", shop=ready_shop))


@fuzz
@given(
    operation=st.sampled_from(["create_lead", "replace_lead", "update_lead"]),
    body=json_values | st.dictionaries(st.sampled_from(["lead", "cpf_cnpj", "idempotency_key"]), json_values),
)
def test_a_body_of_any_shape(ready_shop: Shop, operation: str, body: Any) -> None:
    check(call_function("simulations", operation, shop=ready_shop, body=json.dumps(body)))


@fuzz
@given(operation=st.sampled_from(["create_lead", "update_lead"]), body=st.text() | st.just('{"lead":' * 5000))
def test_a_body_that_is_any_text(ready_shop: Shop, operation: str, body: str) -> None:
    check(call_function("simulations", operation, shop=ready_shop, body=body))


@pytest.mark.parametrize(
    "value",
    [
        "1e999",
        "-1e999",
        "9" * 5000,
        "-" + "9" * 5000,
        "1." + "0" * 5000,
        r'"\ud800"',
        r'"\u0000"',
        '"\x7f"',
        "[" * 3000,
    ],
    ids=["inf", "-inf", "huge", "-huge", "long", "surrogate", "nul", "delete", "deep"],
)
def test_json_values_python_cannot_easily_hold(ready_shop: Shop, value: str) -> None:
    call_function("simulations", "create_lead", shop=ready_shop)
    fields = ("monthly_income", "name", "cpf_cnpj", "email", "birthdate", "address", "x")
    leads = [f'{{"{field}": {value}}}' for field in fields] + [f'{{"address": {{"number": {value}}}}}']
    for lead in leads:
        check(call_function("simulations", "update_lead", shop=ready_shop, body=f'{{"lead": {lead}}}'))
    credentials = f'{{"bank_credential": {{"client_id": {value}, "client_secret": "x"}}}}'
    path = {"store_id": str(ready_shop.store_ids[0]), "bank_code": "341"}
    check(call_function("access", "put_bank_credentials", shop=ready_shop, path=path, body=credentials))


@fuzz
@given(code=st.sampled_from(["341", "033", "999"]) | path_texts, store=st.just(None) | path_texts, body=json_values)
def test_credentials(ready_shop: Shop, code: str, store: str | None, body: Any) -> None:
    path = {"store_id": store if store is not None else str(ready_shop.store_ids[0]), "bank_code": code}
    body = {"bank_credential": body}
    check(call_function("access", "put_bank_credentials", shop=ready_shop, path=path, body=body))


@fuzz
@given(fields=st.dictionaries(st.sampled_from(["client_id", "client_secret", "x"]), json_values))
def test_credential_fields(ready_shop: Shop, fields: dict[str, Any]) -> None:
    path = {"store_id": str(ready_shop.store_ids[0]), "bank_code": "341"}
    body = {"bank_credential": fields}
    check(call_function("access", "put_bank_credentials", shop=ready_shop, path=path, body=body))


READING = [
    ("access", "list_integrated_banks"),
    ("access", "list_stores"),
    ("access", "list_banks"),
    ("access", "get_current_user"),
    ("simulations", "list_leads"),
    ("simulations", "get_lead"),
    ("simulations", "delete_lead"),
    ("simulations", "get_lead_required_fields"),
    ("simulations", "list_domains"),
]


@fuzz
@given(
    operation=st.sampled_from(READING),
    query=st.none()
    | st.dictionaries(
        st.sampled_from(["page", "per_page", "types", "types[]", "bank_codes", "bank_codes[]", "cpf_cnpj", "x"]),
        query_values.filter(lambda value: value != []),
    ),
    document=path_texts,
    store=st.just(UNCHANGED) | path_texts,
)
def test_paths_queries_and_store_headers(
    ready_shop: Shop, operation: tuple[str, str], query: dict[str, Any] | None, document: str, store: Any
) -> None:
    path = {"cpf_cnpj": document, "store_id": document}
    check(call_function(*operation, shop=ready_shop, store_id=store, path=path, query=query))
