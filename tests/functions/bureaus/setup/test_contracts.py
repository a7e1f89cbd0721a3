"""What a contract frees, and the keys that a bureau gave to this system rather than to an integration."""

from __future__ import annotations

from typing import Any

from lastro.aws.secrets import Secrets
from tests.functions.bureaus.office import CLEAN, COMPANY, RESTRICTED, Office
from tests.functions.emulation.process import SECRETS_PREFIX

INTEGRATOR = "bureaus/integrators/connect_sa"


def test_a_feature_outside_the_contract_is_named_and_costs_nothing(office: Office) -> None:
    shop, _ = office.open_integrated(features=["SCORE_POSITIVO", "QSA"])
    before = office.town.count("serasa")
    for document, wanted in ((CLEAN, "RENDA_ESTIMADA_PF"), (COMPANY, "QSA_COMPLETO")):
        answer = office.inquire(shop, document, features=["SCORE_POSITIVO", wanted])
        assert (answer.status, answer.rules()) == (422, {"bureau_inquiry.features": "not_contracted"})
    assert office.town.count("serasa") == before
    asked = office.inquire(shop, COMPANY, features=["SCORE_POSITIVO", "QSA"]).json["data"]
    assert (asked["status"], asked["features"]) == ("done", ["SCORE_POSITIVO", "QSA"])


def test_a_contracted_feature_reaches_a_bureau_that_publishes_none(office: Office) -> None:
    shop, _ = office.open_integrated("connect_sa", features=["ENDERECOS"])
    assert office.inquire(shop, features=["ENDERECOS"]).json["data"]["status"] == "done"
    assert office.town.ledger("connect_sa")["calls"][-1]["features"] == ["ENDERECOS"]


def test_the_integrators_keys_come_from_the_vault_and_are_read_afresh_once_refused(office: Office) -> None:
    shop, integration = office.open_integrated("connect_sa")
    secrets = Secrets(SECRETS_PREFIX)

    def told() -> Any:
        path = {"integration_id": str(integration["id"]), "field": "inquiry_password"}
        answer = office.call("test_bureau_secret", shop, path=path, body=None)
        return answer.json["data"]["accepted"]

    secrets.store(INTEGRATOR, {"idclient": "17", "apikey": "invalid-key"})
    try:
        assert told() is False
        refused = office.inquire(shop, CLEAN).json["data"]
        assert (refused["status"], refused["failure"]["code"]) == ("failed", "invalid_bureau_credentials")
        secrets.store(INTEGRATOR, {"idclient": "17", "apikey": "a-key"})
        assert office.inquire(shop, RESTRICTED).json["data"]["status"] == "done"
        assert told() is True
    finally:
        secrets.remove(INTEGRATOR)


def test_a_test_service_on_this_machine_stands_in_for_production(office: Office) -> None:
    shop, _ = office.open_integrated("spc_brasil", environment="production")
    asked = office.inquire(shop, CLEAN, report="257").json["data"]
    assert (asked["status"], asked["environment"]) == ("done", "production")
