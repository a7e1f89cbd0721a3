"""The same document again: answered out of what is stored, asked when somebody may force it, once at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lastro.aws.dynamodb.keys import bureaus as keys
from lastro.aws.dynamodb.table import Delete, Table
from lastro.bureaus.inquiries.store import InquiryStore
from lastro.bureaus.wiring import open_personal_data
from lastro.kernel.retention import Record
from tests.functions.bureaus.office import COMPANY, RESTRICTED, TIMEOUT, Office, new_calls
from tests.functions.invocation import Shop

PJ = "RELATORIO_BASICO_PJ_PME"


def test_a_repeat_within_the_interval_answers_what_is_stored_with_an_alert(office: Office) -> None:
    shop, _ = office.open_integrated(prices={"RELATORIO_BASICO_PF_PME": 350})
    first = office.inquire(shop).json["data"]
    before = office.town.count("serasa")
    office.clock.advance(days=29)
    again = office.inquire(shop, requested_by="outra.pessoa").json["data"]
    assert new_calls(office, "serasa", before) == (0, 0)
    assert (again["repeated_from"], again["requested_by"]) == (first["id"], "outra.pessoa")
    assert again["id"] != first["id"]
    assert (again["result"], again["billed"], again["cost"]) == (first["result"], False, 0)
    [alert] = again["alerts"]
    assert alert["code"] == "repeated_within_interval"
    assert "02/03/2026" in alert["message"]
    assert "01/04/2026" in alert["message"]
    assert office.read(shop, again["id"])["result"] == first["result"]
    office.clock.advance(days=1)
    assert office.inquire(shop).json["data"]["repeated_from"] is None
    assert new_calls(office, "serasa", before)[1] == 1


def test_a_stored_answer_is_no_answer_in_the_background(office: Office) -> None:
    shop, _ = office.open_integrated()
    asked = office.inquire(shop, prefer="respond-async", key="uma")
    assert (asked.status, asked.headers["Preference-Applied"]) == (202, "respond-async")
    office.deliver(office.take())
    for key in (None, "uma"):
        again = office.inquire(shop, prefer="respond-async", key=key)
        assert (again.status, again.json["data"]["status"]) == (201, "done")
        assert "Preference-Applied" not in again.headers
        assert again.headers["Location"].endswith(again.json["data"]["id"])


def test_only_who_may_forces_a_repeat(office: Office) -> None:
    shop, _ = office.open_integrated(shared_with=["broker"])
    office.inquire(shop)
    before = office.town.count("serasa")
    refused = office.inquire(shop, panel="broker", force=True)
    assert (refused.status, refused.json["code"]) == (403, "force_not_allowed")
    forced = office.inquire(shop, force=True).json["data"]
    assert (forced["status"], forced["forced"], forced["repeated_from"]) == ("done", True, None)
    assert new_calls(office, "serasa", before)[1] == 1


def test_features_that_were_not_asked_before_are_asked(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop)
    more = office.inquire(shop, features=["SCORE_POSITIVO"]).json["data"]
    assert more["repeated_from"] is None
    assert office.inquire(shop).json["data"]["repeated_from"] == more["id"]


def asked_features(office: Office, before: tuple[int, int]) -> list[list[str]]:
    """What each question since ``before`` named, as the bureau saw it."""
    calls = office.town.ledger("serasa")["calls"][before[1] :]
    return [call["features"] for call in calls if call["operation"] == "inquiry"]


def test_what_was_paid_for_answers_whichever_inquiries_hold_it(office: Office) -> None:
    shop, _ = office.open_integrated(prices={PJ: 390})
    before = office.town.count("serasa")
    limit = office.inquire(shop, COMPANY, features=["LIMITE_CREDITO"]).json["data"]
    office.clock.advance(days=1)
    owners = office.inquire(shop, COMPANY, features=["QSA"]).json["data"]
    both = office.inquire(shop, COMPANY, features=["LIMITE_CREDITO", "QSA"]).json["data"]
    assert asked_features(office, before) == [["LIMITE_CREDITO"], ["QSA"]]
    assert [each["cost"] for each in (limit, owners, both)] == [390, 390, 0]
    assert (both["repeated_from"], both["combined_from"]) == (owners["id"], [limit["id"]])
    assert both["stored_features"] == both["features"] == ["LIMITE_CREDITO", "QSA"]
    assert both["result"]["partners"] == owners["result"]["partners"] != []
    [alert] = both["alerts"]
    assert alert["code"] == "repeated_within_interval"
    assert "02/03/2026 e 03/03/2026" in alert["message"]
    assert "01/04/2026" in alert["message"]
    read = office.read(shop, both["id"])
    assert (read["result"], read["summary"]) == (both["result"], owners["summary"])


def test_only_what_is_missing_is_asked_and_the_stored_part_completes_it(office: Office) -> None:
    shop, _ = office.open_integrated(prices={PJ: 390})
    owners = office.inquire(shop, COMPANY, features=["QSA"]).json["data"]
    office.clock.advance(days=1)
    before = office.town.count("serasa")
    both = office.inquire(shop, COMPANY, features=["QSA", "LIMITE_CREDITO"]).json["data"]
    assert asked_features(office, before) == [["LIMITE_CREDITO"]]
    assert (both["status"], both["cost"], both["repeated_from"]) == ("done", 390, None)
    assert (both["features"], both["stored_features"]) == (["QSA", "LIMITE_CREDITO"], ["QSA"])
    assert both["combined_from"] == [owners["id"]]
    assert both["result"]["partners"] == owners["result"]["partners"] != []
    assert [alert["code"] for alert in both["alerts"]] == ["partly_stored"]
    assert office.read(shop, both["id"])["result"] == both["result"]
    # The stored part stays as old as it is: when its interval ends, it alone is asked again.
    office.clock.advance(days=29)
    again = office.inquire(shop, COMPANY, features=["QSA", "LIMITE_CREDITO"]).json["data"]
    assert asked_features(office, before) == [["LIMITE_CREDITO"], ["QSA"]]
    assert again["combined_from"] == [both["id"]]


def test_what_is_missing_is_asked_in_the_background_too(office: Office) -> None:
    shop, _ = office.open_integrated()
    owners = office.inquire(shop, COMPANY, features=["QSA"]).json["data"]
    before = office.town.count("serasa")
    queued = office.inquire(shop, COMPANY, features=["QSA", "LIMITE_CREDITO"], prefer="respond-async").json["data"]
    office.deliver(office.take())
    read = office.read(shop, queued["id"])
    assert asked_features(office, before) == [["LIMITE_CREDITO"]]
    assert (read["status"], read["combined_from"]) == ("done", [owners["id"]])
    assert read["result"]["partners"] == owners["result"]["partners"] != []


def test_a_forced_inquiry_does_not_displace_a_richer_one(office: Office) -> None:
    shop, _ = office.open_integrated()
    rich = office.inquire(shop, COMPANY, features=["QSA"]).json["data"]
    office.clock.advance(days=1)
    forced = office.inquire(shop, COMPANY, force=True).json["data"]
    before = office.town.count("serasa")
    assert office.inquire(shop, COMPANY, features=["QSA"]).json["data"]["repeated_from"] == rich["id"]
    assert office.inquire(shop, COMPANY).json["data"]["repeated_from"] == forced["id"]
    assert new_calls(office, "serasa", before) == (0, 0)


def test_other_parameters_are_another_question(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop)
    for changes in ({"parameters": {"SCORE": "HFIN"}}, {"federal_unit": "RJ"}):
        before = office.town.count("serasa")
        first = office.inquire(shop, **changes).json["data"]
        assert first["repeated_from"] is None
        assert office.inquire(shop, **changes).json["data"]["repeated_from"] == first["id"]
        assert new_calls(office, "serasa", before)[1] == 1


def test_an_answer_that_is_no_longer_kept_is_asked_again(office: Office) -> None:
    shop, _ = office.open_integrated()
    first = office.inquire(shop, COMPANY, features=["QSA"]).json["data"]
    both = office.inquire(shop, COMPANY, features=["QSA", "LIMITE_CREDITO"]).json["data"]
    Table().write(Delete(keys.inquiry_report(first["id"])))
    read = office.read(shop, both["id"])
    assert (read["result"]["partners"], [each["code"] for each in read["alerts"]]) == (None, ["part_no_longer_kept"])
    before = office.town.count("serasa")
    office.inquire(shop, COMPANY, features=["QSA", "LIMITE_CREDITO"])
    assert asked_features(office, before) == [["QSA", "LIMITE_CREDITO"]]


def record_of(shop: Shop, inquiry: dict[str, Any], document: str = RESTRICTED) -> Record:
    return Record(shop.partner_id, document, "inquiry", inquiry["id"])


def test_an_answer_that_goes_on_its_day_takes_no_newer_one_along(office: Office) -> None:
    shop, _ = office.open_integrated()
    first = office.inquire(shop, RESTRICTED).json["data"]
    office.clock.advance(days=366)
    newer = office.inquire(shop, RESTRICTED).json["data"]
    again = office.inquire(shop, RESTRICTED).json["data"]
    assert (newer["repeated_from"], again["repeated_from"]) == (None, newer["id"])
    data, before = open_personal_data(), office.town.count("serasa")
    days = [standing.trims_on for each in (first, again) if (standing := data.look(record_of(shop, each)))]
    assert days == [date(2027, 3, 3), None]
    for each in (first, again):
        data.trim(record_of(shop, each))
    assert office.read(shop, first["id"])["result"] is None
    assert office.inquire(shop, RESTRICTED).json["data"]["repeated_from"] == newer["id"]
    assert new_calls(office, "serasa", before) == (0, 0)
    data.trim(record_of(shop, newer))
    assert office.inquire(shop, RESTRICTED).json["data"]["repeated_from"] is None


def test_that_an_outcome_is_unknown_is_remembered_beyond_what_was_answered(office: Office) -> None:
    shop, _ = office.open_integrated()
    lost = office.inquire(shop, TIMEOUT).json["data"]
    data, record = open_personal_data(), record_of(shop, lost, TIMEOUT)
    data.trim(record)
    assert office.inquire(shop, TIMEOUT).json["code"] == "inquiry_outcome_unknown"
    assert data.end(record)
    assert office.inquire(shop, TIMEOUT).json["data"]["status"] == "done"


def test_an_inquiry_that_came_to_nothing_leaves_the_answer_before_it_in_force(office: Office) -> None:
    shop, _ = office.open_integrated()
    first = office.inquire(shop).json["data"]
    office.clock.advance(days=5)
    office.town.script("serasa", {"when": {"operation": "inquiry"}, "outcome": "invalid_document"})
    for changes in ({"force": True}, {"features": ["SCORE_POSITIVO"]}):
        assert office.inquire(shop, **changes).json["data"]["status"] == "failed"
    office.town.forget_scripts()
    before = office.town.count("serasa")
    again = office.inquire(shop).json["data"]
    assert (again["repeated_from"], again["cost"]) == (first["id"], 0)
    assert "02/03/2026" in again["alerts"][0]["message"]
    assert new_calls(office, "serasa", before) == (0, 0)
    office.clock.advance(days=25)
    assert office.inquire(shop).json["data"]["repeated_from"] is None


def test_without_an_interval_each_inquiry_is_asked(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.put_settings(shop, repeat_days=0)
    before = office.town.count("serasa")
    for _ in range(2):
        assert office.inquire(shop).json["data"]["repeated_from"] is None
    assert new_calls(office, "serasa", before)[1] == 2


def test_the_same_key_asks_once(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.put_settings(shop, repeat_days=0)
    before = office.town.count("serasa")
    first, second = (office.inquire(shop, key="uma") for _ in range(2))
    assert (first.status, second.status) == (201, 201)
    assert first.json == second.json
    assert new_calls(office, "serasa", before)[1] == 1
    other = office.inquire(shop, RESTRICTED, key="uma")
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")


def test_the_same_key_answers_its_inquiry_whatever_was_configured_since(office: Office) -> None:
    shop, integration = office.open_integrated()
    first = office.inquire(shop, key="uma")
    path = {"integration_id": str(integration["id"])}
    assert office.call("delete_bureau_integration", shop, path=path).status == 204
    assert office.inquire(shop, key="uma").json == first.json
    office.put_settings(shop, enabled=False)
    assert office.inquire(shop, key="uma").json == first.json
    assert office.inquire(shop, RESTRICTED, key="uma").json["code"] == "idempotency_key_reused"
    assert office.inquire(shop, key="outra").json["code"] == "bureaus_disabled"


def test_of_two_inquiries_at_once_one_is_asked(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, _ = office.open_integrated()
    before = office.town.count("serasa")
    add = InquiryStore.add
    seen: list[bool] = []

    def late(self: InquiryStore, *arguments: Any) -> bool:
        if not seen:
            seen.append(True)
            assert add(self, *_as_other(arguments))
        return add(self, *arguments)

    monkeypatch.setattr(InquiryStore, "add", late)
    answer = office.inquire(shop)
    assert (answer.status, answer.json["code"]) == (409, "inquiry_in_progress")
    assert new_calls(office, "serasa", before)[1] == 0


def _as_other(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    inquiry, *rest = arguments
    return (replace(inquiry, id=str(uuid4())), *rest)
