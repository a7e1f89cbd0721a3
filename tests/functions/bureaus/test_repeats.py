"""The same document again: answered out of what is stored, asked when somebody may force it, once at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from lastro.bureaus.store.inquiries import InquiryStore
from tests.functions.bureaus.office import RESTRICTED, Office, new_calls


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


def test_an_inquiry_that_came_to_nothing_leaves_the_answer_before_it_in_force(office: Office) -> None:
    shop, _ = office.open_integrated()
    first = office.inquire(shop).json["data"]
    office.clock.advance(days=5)
    office.town.script("serasa", {"when": {"operation": "inquiry"}, "outcome": "bad_request"})
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
