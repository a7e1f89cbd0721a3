"""Products: made, read, listed, changed, each version kept, and nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.keys import origination as origination_keys
from lastro.aws.dynamodb.table import Put, Table
from lastro.origination.products.wiring import open_catalogue
from tests.functions.api.test_hostile_input import fuzz, json_values, path_texts
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Shop, call_function
from tests.functions.origination.caas import check_caas
from tests.functions.origination.products.products import WIDE, make_product

ISSUER: dict[str, Any] = WIDE["issuer"]


def patch(shop: Shop, product_id: int, **changes: Any) -> Any:
    return call_function("origination", "patch_product", shop=shop, path={"product_id": str(product_id)}, body=changes)


def read(shop: Shop, product_id: int, version: int | None = None) -> Any:
    query = {"version": str(version)} if version else None
    return call_function("origination", "get_product", shop=shop, path={"product_id": str(product_id)}, query=query)


def test_a_product_answers_what_was_sent_and_what_was_left_out(shop: Shop, call: Call) -> None:
    answer = call("origination", "create_product", shop=shop)
    assert answer.status == 201
    data = answer.json["data"]
    assert (data["product_id"], data["version"], data["type"]) == (1, 1, "CAAS")
    assert data["value"] == {"min": 100.0, "max": 1_000_000.0}
    assert data["monthly_tax"] == {"min": 0.1, "max": 10.0}
    assert data["cad_value"] == {"min": 0.0, "max": 500.0, "default": 0.0}
    assert data["late_payment"] == {"fine": 2.0, "interest": 1.0}
    assert data["offer_days"] == 2
    assert data["issuer"]["cnpj"] == "11.222.333/0001-81"
    assert read(shop, 1).json == answer.json


def test_how_a_product_prices_is_chosen_once_and_changed_like_the_rest(shop: Shop) -> None:
    plain = read(shop, make_product(shop)).json["data"]
    rules = ("day_count", "amortization", "due_day_rule")
    assert [plain[name] for name in rules] == ["monthly", "price", "same_day"]
    number = make_product(shop, day_count="calendar_days ", amortization="sac", due_day_rule="next_business_day")
    data = read(shop, number).json["data"]
    assert [data[name] for name in rules] == ["calendar_days", "sac", "next_business_day"]
    changed = patch(shop, number, amortization="price").json["data"]
    assert [changed[name] for name in rules] == ["calendar_days", "price", "next_business_day"]
    for name in rules:
        refused = patch(shop, number, **{name: "other"})
        assert (refused.status, refused.rules()) == (400, {name: "enum"})


def test_a_product_kept_before_it_could_choose_counts_by_months(shop: Shop, table: Table) -> None:
    number = make_product(shop, day_count="calendar_days", amortization="sac", due_day_rule="next_business_day")
    key = origination_keys.product(shop.partner_id, number)
    item = table.get(key)
    assert item is not None
    item = dict(item)
    for name in ("day_count", "amortization", "due_day_rule"):
        del item[name]
    table.transact([Put(key, item)])
    data = read(shop, number).json["data"]
    assert (data["day_count"], data["amortization"], data["due_day_rule"]) == ("monthly", "price", "same_day")


def test_numbers_are_used_by_one_partner_only(open_shop: OpenShop) -> None:
    first, second = open_shop(), open_shop()
    assert make_product(first) != make_product(second)


def test_the_same_key_makes_one_product(shop: Shop, call: Call) -> None:
    first, again = (call("origination", "create_product", shop=shop) for _ in range(2))
    assert first.json == again.json
    other = call("origination", "create_product", shop=shop, body={**WIDE, "name": "Outro"})
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert len(call_function("origination", "list_products", shop=shop).json["data"]) == 1


def test_a_change_keeps_what_it_does_not_name_and_makes_a_version(shop: Shop) -> None:
    number = make_product(shop, offer_days=5)
    before = read(shop, number).json["data"]
    answer = patch(shop, number, value={"max": "2000.50"}, eligibility={"minimum_age": 21}, active=False)
    assert answer.status == 200
    data = answer.json["data"]
    assert data["version"] == 2
    assert data["value"] == {"min": 100.0, "max": 2000.5}
    assert data["eligibility"] == {**before["eligibility"], "minimum_age": 21}
    changed = {"version", "value", "eligibility", "active", "updated_at"}
    assert {name for name in data if data[name] != before[name]} <= changed
    assert data["offer_days"] == 5
    assert read(shop, number, version=1).json["data"] == before
    assert read(shop, number, version=2).json["data"] == data
    assert read(shop, number, version=3).status == 404


OPTIONAL: dict[str, Any] = {
    "type": "LOAN",
    "active": False,
    "logo": "https://example.com/logo.png?size=2",
    "cad_value": {"min": 1, "max": 5, "default": 3},
    "first_due_days": {"min": 10, "max": 40},
    "insurance": 1.5,
    "grace": "compound",
    "day_count": "calendar_days",
    "amortization": "sac",
    "due_day_rule": "next_business_day",
    "person_types": ["MEI"],
    "eligibility": {"minimum_age": 21},
    "late_payment": {"fine": 1},
    "offer_days": 9,
    "contract_template": "ccb",
}


@pytest.mark.parametrize("empty", [None, "", " "])
def test_an_empty_field_is_one_left_out(shop: Shop, empty: str | None) -> None:
    bare = {name: WIDE[name] for name in ("name", "value", "installments", "monthly_tax", "issuer")}
    plain = read(shop, make_product(shop, **{**dict.fromkeys(OPTIONAL, empty), **bare})).json["data"]
    answer = call_function("origination", "create_product", shop=shop, body=bare, headers={"Idempotency-Key": None})
    moments = {"product_id", "version", "created_at", "updated_at"}
    left_out = {name: value for name, value in answer.json["data"].items() if name not in moments}
    assert {name: value for name, value in plain.items() if name not in moments} == left_out
    for name, value in OPTIONAL.items():
        number = make_product(shop, **{**dict.fromkeys(OPTIONAL), **bare, name: value})
        cleared = patch(shop, number, version=empty, **{name: empty})
        assert cleared.status == 200, name
        assert {name: value for name, value in cleared.json["data"].items() if name not in moments} == left_out
    number = make_product(shop, **OPTIONAL)
    inner = patch(shop, number, cad_value={"default": empty, "max": 8}, late_payment={"fine": empty}).json["data"]
    assert inner["cad_value"] == {"min": 1.0, "max": 8.0, "default": 1.0}
    assert inner["late_payment"] == {"fine": 2.0, "interest": 1.0}


@pytest.mark.parametrize("changes", [{}, {"name": WIDE["name"]}, {"value": {"max": "1000000.00"}}, {"issuer": ISSUER}])
def test_what_changes_nothing_makes_no_version(shop: Shop, changes: dict[str, Any]) -> None:
    number = make_product(shop)
    before = read(shop, number).json
    answer = patch(shop, number, **changes)
    assert (answer.status, answer.json) == (200, before)
    assert read(shop, number).json == before
    assert read(shop, number, version=2).status == 404
    assert patch(shop, number, version=1, name="Segunda").json["data"]["version"] == 2
    assert patch(shop, number, version=1, **changes).json["code"] == "product_changed"


def test_a_change_is_checked_as_a_whole(shop: Shop) -> None:
    number = make_product(shop)
    answer = patch(shop, number, value={"max": 50})
    assert (answer.status, answer.rules()) == (400, {"value": "range"})
    assert patch(shop, number, eligibility={"min_age": 21}).rules() == {"eligibility.min_age": "unknown_field"}
    for empty in (None, " "):
        assert patch(shop, number, value=empty).rules() == {"value": "required"}
        assert patch(shop, number, name=empty).rules() == {"name": "required"}
        assert patch(shop, number, value={"max": empty}).rules() == {"value.max": "required"}
    assert patch(shop, number, issuer={"cnpj": "11.222.333/0001-82"}).rules() == {"issuer.cnpj": "cnpj"}
    assert read(shop, number).json["data"]["version"] == 1


def test_a_change_of_an_older_version_is_refused(shop: Shop) -> None:
    number = make_product(shop)
    assert patch(shop, number, version=1, name="Segunda").status == 200
    answer = patch(shop, number, version=1, name="Terceira")
    assert (answer.status, answer.json["code"]) == (409, "product_changed")
    assert read(shop, number).json["data"]["name"] == "Segunda"


def test_two_changes_at_once_do_not_undo_each_other(shop: Shop, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    number = make_product(shop)
    from lastro.origination.products.store import ProductStore

    find = ProductStore.find

    def find_and_be_overtaken(self: ProductStore, partner_id: str, product_id: int) -> Any:
        found = find(self, partner_id, product_id)
        monkeypatch.setattr(ProductStore, "find", find)
        assert patch(shop, number, name="Primeira").status == 200
        return found

    monkeypatch.setattr(ProductStore, "find", find_and_be_overtaken)
    assert patch(shop, number, name="Segunda").json["code"] == "product_changed"
    assert read(shop, number).json["data"]["name"] == "Primeira"


def test_a_list_goes_on_where_it_ended(shop: Shop) -> None:
    numbers = [make_product(shop) for _ in range(5)]
    found: list[int] = []
    after: int | None = 0
    pages = 0
    while after is not None:
        query = {"per_page": "2", "after": str(after)}
        answer = call_function("origination", "list_products", shop=shop, query=query)
        found += [product["product_id"] for product in answer.json["data"]]
        after = answer.json["next_after"]
        pages += 1
    assert (found, pages) == (numbers, 3)


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"name": " "}, {"name": "string_too_short"}),
        ({"type": "CASA"}, {"type": "enum"}),
        ({"value": {"min": 0, "max": 10}}, {"value.min": "greater_than_equal"}),
        ({"value": {"min": 1.005, "max": 10}}, {"value.min": "too_many_decimals"}),
        ({"installments": {"min": 1.5, "max": 12}}, {"installments.min": "int_type"}),
        ({"installments": {"min": 1, "max": 481}}, {"installments.max": "less_than_equal"}),
        ({"monthly_tax": {"min": 3, "max": 2}}, {"monthly_tax": "range"}),
        ({"cad_value": {"max": 100, "default": 200}}, {"cad_value": "range"}),
        ({"person_types": []}, {"person_types": "too_short"}),
        ({"person_types": ["PX"]}, {"person_types.0": "enum"}),
        ({"eligibility": {"documents": ["RG"]}}, {"eligibility.documents.0": "enum"}),
        ({"eligibility": {"minimum_age": 70, "maximum_age": 60}}, {"eligibility": "range"}),
        ({"issuer": {"name": "Exemplo"}}, {"issuer.cnpj": "missing"}),
        ({"late_payment": {"fine": 2.01}}, {"late_payment.fine": "less_than_equal"}),
        ({"late_payment": {"interest": 1.01}}, {"late_payment.interest": "less_than_equal"}),
        ({"issuer": {**ISSUER, "address": " "}}, {"issuer.address": "missing"}),
        ({"issuer": {**ISSUER, "ombudsman": ""}}, {"issuer.ombudsman": "missing"}),
        ({"issuer": {**ISSUER, "email": "", "site": ""}}, {"issuer.email": "missing"}),
        ({"issuer": {**ISSUER, "email": "contato"}}, {"issuer.email": "email"}),
        ({"issuer": {**ISSUER, "site": "nenhum site"}}, {"issuer.site": "site"}),
        ({"logo": "javascript:alert(1)"}, {"logo": "https_address"}),
        ({"logo": "not a url"}, {"logo": "https_address"}),
        ({"logo": "http://example.com/logo.png"}, {"logo": "https_address"}),
        ({"logo": "https://user@example.com/logo.png"}, {"logo": "https_address"}),
        ({"logo": 'https://example.com/"><script>'}, {"logo": "https_address"}),
        ({"offer_days": 1}, {"offer_days": "greater_than_equal"}),
        ({"contract_template": "outro"}, {"contract_template": "unknown_template"}),
    ],
)
def test_what_a_product_may_not_be(shop: Shop, changes: dict[str, Any], rules: dict[str, str]) -> None:
    answer = call_function("origination", "create_product", shop=shop, body={**WIDE, **changes})
    assert (answer.status, answer.rules()) == (400, rules)


def test_words_may_have_spaces_and_numbers_may_be_text(shop: Shop) -> None:
    number = make_product(
        shop,
        type="CAAS ",
        person_types=["PF ", "MEI"],
        value={"min": " 100.00 ", "max": "1000"},
        eligibility={"documents": ["ADDRESS_PROOF ", "SELF", "SELF"]},
    )
    data = read(shop, number).json["data"]
    assert data["person_types"] == ["PF", "MEI"]
    assert data["eligibility"]["documents"] == ["ADDRESS_PROOF", "SELF"]


def test_the_authorizer_does_not_read_products(shop: Shop, table: Table) -> None:
    make_product(shop)
    at = access_keys.partner(shop.partner_id)
    assert {item["entity"] for item in table.query(at.pk, at_least=at.sk)} == {"partner", "partner_store"}


def test_the_catalogue_gives_active_products_and_their_rules(shop: Shop, open_shop: OpenShop) -> None:
    number = make_product(shop, late_payment={"fine": 1.5})
    catalogue = open_catalogue()
    found = catalogue.find(shop.partner_id, number)
    assert found is not None
    assert found.required_documents == ("SELF", "IDENTITY_FRONT", "IDENTITY_BACK")
    assert str(found.late_payment.fine) == "1.5"
    assert catalogue.find(open_shop().partner_id, number) is None
    patch(shop, number, active=False)
    assert catalogue.find(shop.partner_id, number) is None
    assert catalogue.find_product(shop.partner_id, number) is not None


@pytest.mark.parametrize("left_out", ["email", "site"])
def test_an_address_on_the_network_is_enough(shop: Shop, left_out: str) -> None:
    issuer = {name: value for name, value in ISSUER.items() if name != left_out}
    data = read(shop, make_product(shop, issuer=issuer)).json["data"]
    assert data["issuer"] == {**ISSUER, left_out: ""}


@pytest.mark.parametrize("changes", [{"type": "LOAN"}, {"active": False}])
def test_what_makes_no_contracts_needs_no_ombudsman(shop: Shop, changes: dict[str, Any]) -> None:
    bare = {"name": ISSUER["name"], "cnpj": ISSUER["cnpj"]}
    number = make_product(shop, issuer=bare, **changes)
    answer = patch(shop, number, type="CAAS", active=True)
    assert answer.status == 400
    assert answer.rules() == dict.fromkeys(("issuer.address", "issuer.email", "issuer.ombudsman"), "missing")
    assert patch(shop, number, type="CAAS", active=True, issuer=ISSUER).status == 200


FIELDS = [*WIDE, "insurance", "grace", "offer_days", "late_payment", "contract_template", "logo", "version"]
hostile_values = json_values | st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("min", "max", "default", "cnpj", "name", "documents", "fine"), json_values)
)


@fuzz
@given(changes=st.dictionaries(st.sampled_from(FIELDS), hostile_values, max_size=3), number=path_texts)
def test_hostile_products(shop: Shop, changes: dict[str, Any], number: str) -> None:
    make_product(shop)
    check_caas(call_function("origination", "create_product", shop=shop, body={**WIDE, **changes}))
    check_caas(patch(shop, 1, **changes))
    path = {"product_id": number}
    check_caas(call_function("origination", "get_product", shop=shop, path=path, query={"version": number}))
    check_caas(call_function("origination", "patch_product", shop=shop, path=path, body=changes))
    check_caas(call_function("origination", "list_products", shop=shop, query={"after": number, "per_page": number}))


@pytest.mark.parametrize("body", ["", "[]", "{", "1e999", '{"value": {"min": 1e999, "max": ' + "9" * 5000 + "}}"])
def test_broken_bodies(shop: Shop, body: str) -> None:
    for operation in ("create_product", "patch_product", "simulate_credit", "simulate_ccb"):
        answer = call_function("origination", operation, shop=shop, body=body)
        check_caas(answer)
        assert answer.status in (400, 404)


def test_a_product_names_a_branch_of_the_partners_own(open_shop: OpenShop) -> None:
    first, second = open_shop(), open_shop()
    branch = {"branch": {"name": "Matriz", "cnpj": "11.222.333/0001-81"}}
    made = call_function("bureaus", "create_branch", shop=first, body=branch)
    branch_id = made.json["data"]["id"]
    asking = {"external_data": True, "bureau_branch_id": branch_id, "bureau_report": "634"}
    number = make_product(first, eligibility=asking)
    kept = read(first, number).json["data"]["eligibility"]
    assert {name: kept[name] for name in asking} == asking
    wrong = {"eligibility.bureau_branch_id": "unknown_branch"}
    body = {**WIDE, "eligibility": asking}
    refused = call_function("origination", "create_product", shop=second, body=body)
    assert (refused.status, refused.rules()) == (400, wrong)
    for unknown in (branch_id + 999, 0, "sete"):
        assert patch(first, number, eligibility={"bureau_branch_id": unknown}).status == 400
    assert patch(first, number, eligibility={"bureau_branch_id": branch_id + 999}).rules() == wrong
    cleared = patch(first, number, eligibility={"bureau_branch_id": None})
    assert cleared.json["data"]["eligibility"]["bureau_branch_id"] is None


def test_a_product_says_nothing_that_a_contract_cannot_print(open_shop: OpenShop) -> None:
    issuer = {"name": "Сбер", "cnpj": "11.222.333/0001-81", "address": "улица", "ombudsman": "телефон"}
    body = {**WIDE, "name": "Кредит", "issuer": issuer}
    answer = call_function("origination", "create_product", shop=open_shop(), body=body)
    assert answer.status == 400
    assert answer.rules() == dict.fromkeys(("name", "issuer.name", "issuer.address", "issuer.ombudsman"), "undrawable")
