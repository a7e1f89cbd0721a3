"""Integrations: the fields of the forms, secrets that go in and never come out, codes and settings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.bureaus.providers.catalogue import BUREAUS
from tests.functions.bureaus.office import FIELDS, SECRET, Office
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.invocation import CNPJ, LETTERED_CNPJ, Shop, call_function


def path_of(integration: dict[str, Any], **more: str) -> dict[str, str]:
    return {"integration_id": str(integration["id"]), **more}


def secret_name(integration: dict[str, Any], field: str, environment: str = "homologation") -> str:
    return f"{SECRETS_PREFIX}/bureaus/integrations/{integration['id']}/{environment}/{field}"


def stored_secret(integration: dict[str, Any], field: str, environment: str = "homologation") -> str:
    name = secret_name(integration, field, environment)
    value: str = json.loads(open_client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])["value"]
    return value


@pytest.mark.parametrize("provider", BUREAUS)
def test_an_integration_has_the_fields_of_its_provider(office: Office, provider: str) -> None:
    shop, integration = office.open_integrated(provider)
    facts, sent = BUREAUS[provider], FIELDS[provider]
    assert set(integration["fields"]) == {name for name in facts.plain_fields if name in sent}
    assert {secret["name"] for secret in integration["secrets"]} == set(facts.secret_fields)
    assert all(secret["replaced_at"] for secret in integration["secrets"])
    shown = office.call("get_bureau_integration", shop, path=path_of(integration))
    assert (shown.status, shown.json["data"]) == (200, integration)
    assert office.call("list_bureau_integrations", shop).json["data"] == [integration]
    for field in facts.secret_fields:
        assert stored_secret(integration, field) == sent[field]


@pytest.mark.parametrize("provider", BUREAUS)
def test_no_answer_holds_a_secret(office: Office, provider: str) -> None:
    shop, integration = office.open_integrated(provider)
    path = path_of(integration)
    answers = [
        office.call("get_bureau_integration", shop, path=path),
        office.call("list_bureau_integrations", shop),
        office.call("update_bureau_integration", shop, path=path, body={"bureau_integration": {"automatic": True}}),
        office.call("list_branches", shop),
    ]
    assert all(SECRET not in answer.text for answer in answers)
    assert SECRET not in json.dumps(integration)


@pytest.mark.parametrize(
    ("provider", "fields", "field", "rule"),
    [
        ("serasa", {"client_secret": None}, "bureau_integration.fields.client_secret", "missing"),
        ("serasa", {"client_secret": " "}, "bureau_integration.fields.client_secret", "missing"),
        ("serasa", {"client_secret": "a\nb"}, "bureau_integration.fields.client_secret", "length"),
        ("serasa", {"reports": ["RELATORIO_INEXISTENTE"]}, "bureau_integration.fields.reports", "unknown_report"),
        ("serasa", {"reports": []}, "bureau_integration.fields.reports", "list_type"),
        ("serasa", {"federal_unit": "XX"}, "bureau_integration.fields.federal_unit", "federal_unit"),
        ("serasa", {"retailer_document": "52998224725"}, "bureau_integration.fields.retailer_document", "cnpj"),
        ("serasa", {"plan": "x"}, "bureau_integration.fields.plan", "unknown_field"),
        ("connect_sa", {"sms_on_inclusion": "S"}, "bureau_integration.fields.sms_on_inclusion", "bool_type"),
        ("connect_sa", {"responsible_cpf": "11222333000181"}, "bureau_integration.fields.responsible_cpf", "cpf"),
        ("connect_sa", {"plan": "Crednet Top"}, "bureau_integration.fields.plan", "code"),
        ("credito_na_medida", {"removal_code": "a b"}, "bureau_integration.fields.removal_code", "code"),
        ("spc_brasil", {"login": 7}, "bureau_integration.fields.login", "string_type"),
    ],
)
def test_a_wrong_field_is_named(office: Office, provider: str, fields: dict[str, Any], field: str, rule: str) -> None:
    shop = office.open_shop()
    asked = {
        "provider": provider,
        "branch_id": office.add_branch(shop),
        "environment": "homologation",
        "fields": {**FIELDS[provider], **fields},
    }
    answer = office.call("create_bureau_integration", shop, body={"bureau_integration": asked})
    assert (answer.status, answer.rules()) == (422, {field: rule})


@pytest.mark.parametrize(
    ("provider", "field", "sent", "kept"),
    [
        ("serasa", "retailer_document", 11222333000181, "11222333000181"),
        ("serasa", "retailer_document", 191, "00000000000191"),
        ("connect_sa", "responsible_cpf", 191, "00000000191"),
    ],
)
def test_a_document_kept_as_a_number_gets_its_zeros_back(
    office: Office, provider: str, field: str, sent: int, kept: str
) -> None:
    shop = office.open_shop()
    asked = {
        "provider": provider,
        "branch_id": office.add_branch(shop),
        "environment": "homologation",
        "fields": {**FIELDS[provider], field: sent},
    }
    answer = office.call("create_bureau_integration", shop, body={"bureau_integration": asked})
    assert (answer.status, answer.json["data"]["fields"][field]) == (201, kept)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"provider": "boa_vista"}, "bureau_integration.provider"),
        ({"environment": "sandbox"}, "bureau_integration.environment"),
        ({"panel": "broker", "shared_with": ["agency"]}, "bureau_integration.shared_with"),
        ({"prices": {"RELATORIO_INEXISTENTE": 1}}, "bureau_integration.prices"),
        ({"features": ["ITEM_INEXISTENTE"]}, "bureau_integration.features"),
        ({"features": ["QSA", "a b"]}, "bureau_integration.features.1"),
        ({"prices": {"RELATORIO_BASICO_PF_PME": 1.5}}, "bureau_integration.prices.RELATORIO_BASICO_PF_PME"),
    ],
)
def test_a_wrong_integration_is_refused(office: Office, changes: dict[str, Any], field: str) -> None:
    shop = office.open_shop()
    asked = {"provider": "serasa", "branch_id": office.add_branch(shop), "environment": "homologation"}
    body = {"bureau_integration": {**asked, "fields": FIELDS["serasa"], **changes}}
    answer = office.call("create_bureau_integration", shop, body=body)
    assert answer.status == 422
    assert field in answer.rules()


def test_the_same_key_makes_one_integration(office: Office) -> None:
    shop = office.open_shop()
    asked = {"provider": "serasa", "branch_id": office.add_branch(shop), "environment": "homologation"}
    body = {"bureau_integration": {**asked, "fields": FIELDS["serasa"]}}
    first, second = (
        office.call("create_bureau_integration", shop, body=body, headers={"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert (first.status, second.status, second.json) == (201, 201, first.json)


def test_a_change_keeps_what_was_not_sent(office: Office) -> None:
    shop, integration = office.open_integrated("connect_sa")
    body = {"bureau_integration": {"fields": {"plan": "CREDNET_LIGHT", "responsible_cpf": None}, "automatic": True}}
    changed = office.call("update_bureau_integration", shop, path=path_of(integration), body=body).json["data"]
    assert changed["fields"] == {"login": "empresa", "plan": "CREDNET_LIGHT", "sms_on_inclusion": True}
    assert changed["automatic"]["enabled"] is True
    refused = office.call(
        "update_bureau_integration",
        shop,
        path=path_of(integration),
        body={"bureau_integration": {"fields": {"login": None}}},
    )
    assert refused.rules() == {"bureau_integration.fields.login": "required"}


def test_contracted_features_are_told_changed_and_taken_back(office: Office) -> None:
    shop, integration = office.open_integrated(features=["SCORE_POSITIVO", "QSA", "QSA"])
    path = path_of(integration)
    assert integration["features"] == ["SCORE_POSITIVO", "QSA"]

    def change(**sent: Any) -> Any:
        answer = office.call("update_bureau_integration", shop, path=path, body={"bureau_integration": sent})
        return answer.json["data"]["features"] if answer.status == 200 else answer.rules()

    assert change(automatic=True) == ["SCORE_POSITIVO", "QSA"]
    assert change(features=["INEXISTENTE"]) == {"bureau_integration.features": "unknown_feature"}
    assert change(features=[]) == []
    assert office.call("get_bureau_integration", shop, path=path).json["data"]["features"] == []
    assert change(features=None) is None
    assert office.open_integrated()[1]["features"] is None


def test_a_plan_that_nobody_published_may_be_contracted_and_priced(office: Office) -> None:
    plan = {"fields": {"plan": "CREDNET_PLUS"}, "prices": {"CREDNET_PLUS": 450}}
    shop, integration = office.open_integrated("connect_sa", **plan)
    assert (integration["fields"]["plan"], integration["prices"]) == ("CREDNET_PLUS", {"CREDNET_PLUS": 450})
    assert office.inquire(shop).json["data"]["report"] == "CREDNET_PLUS"


def test_another_environment_wants_its_own_secrets(office: Office) -> None:
    shop, integration = office.open_integrated("connect_sa")
    body: dict[str, Any] = {"bureau_integration": {"environment": "production"}}
    refused = office.call("update_bureau_integration", shop, path=path_of(integration), body=body)
    assert refused.rules() == {"bureau_integration.fields": "secrets_required"}
    body["bureau_integration"]["fields"] = {"inquiry_password": "nova", "pefin_password": "outra"}
    changed = office.call("update_bureau_integration", shop, path=path_of(integration), body=body)
    assert (changed.status, changed.json["data"]["environment"]) == (200, "production")
    assert stored_secret(integration, "pefin_password", "production") == "outra"
    assert stored_secret(integration, "inquiry_password") == SECRET  # the other environment's own, untouched


def test_a_removed_integration_takes_its_link_and_secrets_along(office: Office) -> None:
    shop, integration = office.open_integrated()
    assert office.call("delete_bureau_integration", shop, path=path_of(integration)).status == 204
    assert office.call("get_bureau_integration", shop, path=path_of(integration)).status == 404
    [branch] = office.call("list_branches", shop).json["data"]
    assert branch["bureau_integration_id"] is None
    name = secret_name(integration, "client_secret")
    assert "DeletedDate" in open_client("secretsmanager").describe_secret(SecretId=name)
    office.add_integration(shop, branch["id"], "spc_brasil")


# each secret on its own ---------------------------------------------------------------------------------------------


def test_one_password_is_replaced_and_the_other_stays(office: Office) -> None:
    shop, integration = office.open_integrated("connect_sa")
    before = {secret["name"]: secret["replaced_at"] for secret in integration["secrets"]}
    office.clock.advance(days=40)
    path = path_of(integration, field="pefin_password")
    answer = office.call("replace_bureau_secret", shop, path=path, body={"secret": {"value": " nova senha "}})
    assert answer.status == 200
    assert "nova senha" not in answer.text
    after = {secret["name"]: secret["replaced_at"] for secret in answer.json["data"]["secrets"]}
    assert after["inquiry_password"] == before["inquiry_password"]
    assert after["pefin_password"] > before["pefin_password"]
    assert stored_secret(integration, "pefin_password") == "nova senha"
    assert stored_secret(integration, "inquiry_password") == SECRET


@pytest.mark.parametrize("value", [None, "", 7, "a\x00b", "x" * 513])
def test_a_secret_that_cannot_travel_is_refused(office: Office, value: Any) -> None:
    shop, integration = office.open_integrated()
    path = path_of(integration, field="client_secret")
    answer = office.call("replace_bureau_secret", shop, path=path, body={"secret": {"value": value}})
    assert (answer.status, answer.rules()) == (422, {"secret.value": "secret"})
    assert stored_secret(integration, "client_secret") == SECRET


def test_what_is_no_secret_of_the_provider_is_not_found(office: Office) -> None:
    shop, integration = office.open_integrated()
    for field in ("federal_unit", "pefin_password"):
        path = path_of(integration, field=field)
        answer = office.call("replace_bureau_secret", shop, path=path, body={"secret": {"value": "x"}})
        assert (answer.status, answer.json["code"]) == (404, "unknown_secret")


@pytest.mark.parametrize(("provider", "field"), [("serasa", "client_secret"), ("connect_sa", "inquiry_password")])
def test_a_secret_is_tested_at_the_bureau(office: Office, provider: str, field: str) -> None:
    shop, integration = office.open_integrated(provider)
    path = path_of(integration, field=field)
    stored = office.call("test_bureau_secret", shop, path=path, body=None)
    assert (stored.status, stored.json["data"]["accepted"]) == (200, True), stored.text
    office.town.script(provider, {"when": {"operation": "login"}, "outcome": "invalid_credentials"})
    refused = office.call("test_bureau_secret", shop, path=path, body={"secret": {"value": "errada"}})
    told = refused.json["data"]
    assert (refused.status, told["accepted"], told["code"]) == (200, False, "invalid_bureau_credentials")
    assert told["message"].startswith("As credenciais")
    assert stored_secret(integration, field) == SECRET


# codes --------------------------------------------------------------------------------------------------------------


def refresh_codes(office: Office, shop: Shop, integration: dict[str, Any]) -> dict[str, Any]:
    answer = office.call("refresh_restriction_codes", shop, path=path_of(integration), body=None)
    assert answer.status == 200, answer.text
    data: dict[str, Any] = answer.json["data"]
    return data


def test_codes_are_pulled_and_a_vanished_default_blocks_automatic_runs(office: Office) -> None:
    shop, integration = office.open_integrated("credito_na_medida", automatic=True)
    path = path_of(integration)
    assert office.call("list_restriction_codes", shop, path=path).json["data"]["refreshed_at"] is None
    pulled = refresh_codes(office, shop, integration)
    assert pulled["codes"]
    assert pulled["products"]
    assert office.call("list_restriction_codes", shop, path=path).json["data"] == pulled
    inclusion = next(code["code"] for code in pulled["codes"] if code["kind"] == "inclusion")
    legal = next(c["code"] for c in pulled["codes"] if c["kind"] == "inclusion" and c["person"] in (None, "legal"))
    removal = next(code["code"] for code in pulled["codes"] if code["kind"] == "removal")
    fields = {"restriction_code": inclusion, "legal_person_restriction_code": legal, "removal_code": removal}
    body: dict[str, Any] = {"bureau_integration": {"fields": fields}}
    good = office.call("update_bureau_integration", shop, path=path, body=body).json["data"]
    assert good["automatic"] == {"enabled": True, "blocked_by": None, "missing_codes": []}
    body["bureau_integration"]["fields"] = {"removal_code": "SUMIU"}
    gone = office.call("update_bureau_integration", shop, path=path, body=body).json["data"]
    assert gone["automatic"] == {
        "enabled": True,
        "blocked_by": "default_code_disappeared",
        "missing_codes": ["removal_code"],
    }
    assert refresh_codes(office, shop, integration)["missing_codes"] == ["removal_code"]


def test_settings_have_defaults_and_are_replaced_whole(office: Office) -> None:
    shop = office.open_shop()
    shown = office.call("get_bureau_settings", shop).json["data"]
    assert shown == {"enabled": True, "repeat_days": 30, "force_panels": ["manager"], "updated_at": None}
    for days in (0, 90):
        office.put_settings(shop, repeat_days=days, force_panels=["manager", "broker"])
        shown = office.call("get_bureau_settings", shop).json["data"]
        assert (shown["repeat_days"], shown["force_panels"]) == (days, ["manager", "broker"])
    wrong = {"bureau_settings": {"enabled": True, "repeat_days": 366}}
    answer = office.call("put_bureau_settings", shop, body=wrong)
    assert answer.rules() == {"bureau_settings.repeat_days": "less_than_equal"}


def test_providers_are_described(office: Office) -> None:
    data = call_function("bureaus", "list_bureaus").json["data"]
    assert [each["code"] for each in data] == list(BUREAUS)
    serasa = data[0]
    secret = next(field for field in serasa["fields"] if field["name"] == "client_secret")
    assert (secret["secret"], secret["label"]) == (True, "Client Secret")
    assert serasa["natural_features"]


def test_the_sample_events_are_understood(office: Office) -> None:
    shop = office.open_shop()
    office.add_branch(shop, LETTERED_CNPJ)
    for operation in ("create_bureau_integration", "update_bureau_integration", "replace_bureau_secret"):
        assert call_function("bureaus", operation, shop=shop).status in (201, 404)
    assert call_function("bureaus", "put_bureau_settings", shop=shop).status == 200
    assert call_function("bureaus", "list_bureau_integrations", shop=shop).status == 200


@pytest.mark.parametrize(("field", "other"), [("provider", "connect_sa"), ("branch_id", 999), ("panel", "broker")])
def test_what_an_integration_is_cannot_change(office: Office, field: str, other: object) -> None:
    shop, integration = office.open_integrated()
    path = path_of(integration)
    same = {"bureau_integration": {field: integration[field], "automatic": False}}
    assert office.call("update_bureau_integration", shop, path=path, body=same).status == 200
    answer = office.call("update_bureau_integration", shop, path=path, body={"bureau_integration": {field: other}})
    assert (answer.status, answer.rules()) == (422, {f"bureau_integration.{field}": "unchangeable"})


@pytest.mark.parametrize("empty", [None, "", " "])
def test_what_an_integration_does_without_goes_back_to_what_it_was_made_with(office: Office, empty: Any) -> None:
    shop, integration = office.open_integrated("connect_sa", automatic=True, shared_with=["broker"], prices={})
    fields = {"sms_on_inclusion": empty}
    body = {"bureau_integration": {"automatic": empty, "shared_with": empty, "features": empty, "fields": fields}}
    changed = office.call("update_bureau_integration", shop, path=path_of(integration), body=body).json["data"]
    assert (changed["automatic"]["enabled"], changed["shared_with"], changed["features"]) == (False, [], None)
    assert "sms_on_inclusion" not in changed["fields"]
    made = {"automatic": empty, "panel": empty, "shared_with": empty, "features": empty, "prices": empty}
    _, bare = office.open_integrated("connect_sa", **made)
    assert (bare["automatic"]["enabled"], bare["panel"], bare["shared_with"]) == (False, "manager", [])


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize("field", ["provider", "branch_id", "panel", "environment", "fields"])
def test_what_an_integration_needs_cannot_be_emptied(office: Office, field: str, empty: str | None) -> None:
    shop, integration = office.open_integrated()
    body = {"bureau_integration": {field: empty}}
    answer = office.call("update_bureau_integration", shop, path=path_of(integration), body=body)
    assert (answer.status, answer.rules()) == (422, {f"bureau_integration.{field}": "required"})


@pytest.mark.parametrize("empty", [None, ""])
def test_what_an_integration_may_lack_is_cleared_by_null_and_empty_alike(office: Office, empty: str | None) -> None:
    shop, integration = office.open_integrated()
    path = path_of(integration)
    told = {"shared_with": ["broker"], "features": [], "prices": {"RELATORIO_BASICO_PF_PME": 350}}
    office.call("update_bureau_integration", shop, path=path, body={"bureau_integration": told})
    body = {"bureau_integration": dict.fromkeys(told, empty)}
    changed = office.call("update_bureau_integration", shop, path=path, body=body).json["data"]
    assert (changed["shared_with"], changed["features"], changed["prices"]) == ([], None, {})


def test_a_change_of_nothing_leaves_an_integration_as_it_was(office: Office) -> None:
    shop, integration = office.open_integrated()
    path = path_of(integration)
    before = office.call("get_bureau_integration", shop, path=path, query=None).json["data"]
    for sent in ({}, {"automatic": before["automatic"]["enabled"]}, {"prices": before["prices"]}):
        answer = office.call("update_bureau_integration", shop, path=path, body={"bureau_integration": sent})
        assert answer.json["data"] == before


def test_the_cnpj_of_a_branch_cannot_change(office: Office) -> None:
    shop = office.open_shop()
    path = {"branch_id": str(office.add_branch(shop))}
    same = {"branch": {"cnpj": CNPJ, "name": "Filial Sul"}}
    assert office.call("update_branch", shop, path=path, body=same).json["data"]["name"] == "Filial Sul"
    answer = office.call("update_branch", shop, path=path, body={"branch": {"cnpj": "99.888.777/0001-00"}})
    assert (answer.status, answer.rules()) == (422, {"branch.cnpj": "unchangeable"})
