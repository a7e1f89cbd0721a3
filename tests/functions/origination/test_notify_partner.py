"""The partner hears of every change, as it was, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.clock import MovableClock
from tests.functions.invocation import Shop, call_function
from tests.functions.origination.analysis.analysis_desk import AnalysisDesk, Killed, dying_at_transaction, products
from tests.functions.origination.journey import DOCUMENTS, CaasClient, ClientLibrary
from tests.functions.webhooks.partner_town import PartnerTown


@pytest.fixture
def desk(analysis_desk: AnalysisDesk) -> AnalysisDesk:
    return analysis_desk


def told(one: dict[str, Any]) -> tuple[str, list[str]]:
    """Statuses of a notice's process and proposals."""
    return one["body"]["status"], [proposal["lastStatus"] for proposal in one["body"]["proposals"]]


def listen(desk: AnalysisDesk, town: PartnerTown) -> Shop:
    body = {"url": town.callback(desk.partner_id), "authentication": {"type": "BEARER", "token": "exemplo"}}
    shop = CaasClient(desk.partner_id, "", "", ())
    assert call_function("webhooks", "put_callback", shop=shop, body=body).status == 200
    return shop


def test_every_change_is_told_as_the_process_itself(desk: AnalysisDesk, town: PartnerTown) -> None:
    shop = listen(desk, town)
    process_id = desk.signed_up()
    desk.tell()
    desk.propose(process_id, products=products(1))
    desk.analyze()
    desk.tell()
    arrived = town.arrived(desk.partner_id)
    assert arrived[-1]["body"] == desk.status(process_id).json
    assert {one["headers"]["authorization"] for one in arrived} == {"Bearer exemplo"}
    assert len({one["headers"]["webhook-id"] for one in arrived}) == len(arrived) == 5
    listed = call_function("webhooks", "list_deliveries", shop=shop, query={"subject": process_id}).json
    assert {(one["event"], one["status"]) for one in listed["deliveries"]} == {("process_changed", "delivered")}
    stored = desk.store.find_process(process_id)
    assert stored is not None
    assert stored.steps == ()


def test_answers_follow_the_credential_and_notices_the_one_that_registered(
    desk: AnalysisDesk, town: PartnerTown
) -> None:
    listen(desk, town)
    desk.credential = ClientLibrary
    process_id = desk.signed_up()
    assert desk.propose(process_id, products=products(1)).json["status"] == "PROPOSAL_ANALISIS"
    assert desk.status(process_id).json["status"] == "PROPOSAL_ANALISIS"
    desk.credential = CaasClient
    assert desk.status(process_id).json["status"] == "PROPOSAL_ANALYSIS"
    desk.tell()
    statuses = [told(one)[0] for one in town.arrived(desk.partner_id)]
    assert statuses[-1] == "PROPOSAL_ANALISIS"
    assert "PROPOSAL_ANALYSIS" not in statuses


def test_changes_told_late_are_told_as_they_were(
    desk: AnalysisDesk, town: PartnerTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(desk, town)
    monkeypatch.setattr(type(desk.clock), "now", _tick)
    process_id = desk.signed_up()
    csn = desk.propose(process_id, products=products(2)).json["proposals"][0]["customerServiceNumber"]
    desk.analyze()
    desk.move_documents(csn)
    desk.analyze()
    # Nothing was told until now, when everything is over.
    desk.tell()
    arrived = sorted(town.arrived(desk.partner_id), key=_progress)
    assert [told(one) for one in arrived] == [
        ("SIGNUP_COMPLETED", []),
        ("PROPOSAL_ANALYSIS", ["PRE_PROCESSAMENTO"]),
        ("PROPOSAL_CREATED", ["PRE_APROVADO"]),
        ("PROPOSAL_CREATED", ["AGUARDANDO_DOCUMENTOS"]),
        ("PROPOSAL_CREATED", ["EM_ANALISE_OPERACIONAL"]),
    ]
    owed = [one["body"]["proposals"][0]["pendentDocuments"] for one in arrived[1:]]
    assert owed == [list(DOCUMENTS)] * 3 + [[]]


def _tick(clock: MovableClock) -> datetime:
    """Time goes on by a second whenever somebody looks."""
    clock.moment += timedelta(seconds=1)
    return clock.moment


def _progress(one: dict[str, Any]) -> tuple[str, ...]:
    body = one["body"]
    return (body["lastUpdated"], *(proposal["lastUpdated"] for proposal in body["proposals"]))


def test_without_a_callback_nothing_is_kept(desk: AnalysisDesk) -> None:
    process_id = desk.signed_up()
    desk.tell()
    shop = CaasClient(desk.partner_id, "", "", ())
    assert call_function("webhooks", "list_deliveries", shop=shop).json["deliveries"] == []
    stored = desk.store.find_process(process_id)
    assert stored is not None
    assert stored.steps == ()


def test_a_notice_made_twice_is_one_notice(desk: AnalysisDesk, town: PartnerTown) -> None:
    listen(desk, town)
    desk.signed_up()
    records = desk.records("Notices")
    with dying_at_transaction(1, "DeleteItem"), pytest.raises(Killed):
        desk.deliver("Notices", records)
    assert desk.deliver("Notices", records) == []
    desk.tell()
    assert len(town.arrived(desk.partner_id)) == 1
