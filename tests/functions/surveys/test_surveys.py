"""Surveys over the API: sent once on each event with its protocol, answered once, counted by trigger."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from threading import Barrier, Thread
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys import surveys as keys
from lastro.aws.dynamodb.table import Table, Update
from lastro.kernel.commits import TRANSACTION_CONFLICT
from lastro.kernel.errors import Retryable
from lastro.kernel.retention import Record
from lastro.operator.command import main
from lastro.surveys import sending
from lastro.surveys.model import Recipient
from lastro.surveys.protocols.filling import ProtocolFilling
from lastro.surveys.protocols.store import FillingStore
from lastro.surveys.store import SurveyStore
from lastro.surveys.wiring import open_personal_data
from tests.clock import MovableClock
from tests.functions.conftest import OpenShop
from tests.functions.customers.conftest import cpf_of
from tests.functions.customers.visitors import PERSON, schedule, staff_of, visit
from tests.functions.emulation.process import REGION
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import call_function, sample_event
from tests.functions.surveys.conftest import ASKED, Desk


def test_a_survey_is_sent_once_on_an_event_with_its_protocol(desk: Desk) -> None:
    survey, customer = desk.survey(), desk.customer()
    assert desk.tell(id="10751", customer_id=customer).json["survey_event"]["protocol"] == "10751"
    assert desk.deliver() == {"occurred": 1, "surveys_sent": 1, "unaddressed": 0}
    assert desk.tell(id="10751", customer_id=customer).status == 202
    assert desk.deliver() == {"occurred": 1, "surveys_sent": 0, "unaddressed": 0}
    assert desk.tell(customer_id=customer).json["survey_event"]["protocol"] == "88"
    assert desk.deliver()["surveys_sent"] == 1
    assert desk.deliver()["occurred"] == 0
    found = desk.sent(survey)
    assert [(each["protocol"], each["customer_id"], each["trigger"]) for each in found] == [
        ("88", customer, "ticket"),
        ("10751", customer, "ticket"),
    ]
    assert desk.result(survey)["sent"] == 2


def test_one_id_told_of_several_people_asks_each_of_them_once(desk: Desk) -> None:
    survey, first, second = desk.survey(), desk.customer(), desk.customer()
    joined = desk.visitor(customer_id=first, email=None, mobile=None)
    # Of one service, before any of it is worked; the last is the first again, by the other of its two numbers.
    for who in ({"customer_id": first}, {"customer_id": second}, {"portal_person_id": joined.person}):
        assert desk.tell(**who).status == 202
    assert desk.deliver()["surveys_sent"] == 2
    desk.tell(customer_id=second)
    assert desk.deliver()["surveys_sent"] == 0
    assert sorted((each["customer_id"], each["protocol"]) for each in desk.sent(survey)) == [
        (first, "88"),
        (second, "88"),
    ]


def test_a_reservation_tells_of_itself_in_its_own_transaction(desk: Desk) -> None:
    survey, customer = desk.survey(triggers=["reservation"]), desk.customer()
    assert call_function("approvals", "create_approval_rule", shop=desk.shop).status == 201
    event = sample_event("approvals", "create_reservation")
    assert customer == 1
    body = {"reservation": {**_reservation(event), "customer_id": customer}}
    made = call_function("approvals", "create_reservation", shop=desk.shop, body=body)
    assert made.status == 201, made.text
    assert call_function("approvals", "create_reservation", shop=desk.shop, body=body).json == made.json
    assert desk.deliver()["surveys_sent"] == 1
    [sent] = desk.sent(survey)
    assert (sent["protocol"], sent["trigger"]) == (str(made.json["reservation"]["id"]), "reservation")


def _reservation(event: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event["body"])["reservation"]
    return found


def test_an_update_of_a_registration_asks_its_person_once_a_time(desk: Desk) -> None:
    survey = desk.survey(triggers=["registration_update"])
    ana = desk.visitor()
    schedule(desk.call, desk.shop)
    form = {name: PERSON[name] for name in ("name", "mobile", "email")}
    for phone in (PERSON["mobile"], "+5511911112222"):
        body = {"registration_update": {**form, "mobile": phone}}
        assert desk.call("customers", "confirm_registration", shop=ana, body=body).status == 200
    assert desk.deliver()["surveys_sent"] == 2
    changed, same = desk.sent(survey)
    protocols = {each["protocol"] for each in (changed, same)}
    assert ana.person in protocols  # nothing changed the first time: the access's own id stands in
    assert len(protocols) == 2
    assert {each["portal_person_id"] for each in (changed, same)} == {ana.person}
    assert len(desk.own(ana)) == 2


def test_a_person_answers_once_as_itself_and_as_the_customer_it_is(desk: Desk, open_shop: OpenShop) -> None:
    survey, customer = desk.survey(lowest_score=1, highest_score=5), desk.customer()
    desk.tell(id="1", customer_id=customer)
    desk.deliver()
    late = desk.visitor(customer_id=customer, email=None, mobile=None)
    stranger = desk.visitor(kind="prospect")
    [own] = desk.own(late)
    assert (own["protocol"], own["score"], own["answered_at"]) == ("1", None, None)
    assert desk.own(stranger) == []
    assert desk.answer(stranger, own["id"], 5).json["code"] == "sent_survey_not_found"
    assert desk.answer(visit(open_shop(), late.person), own["id"], 5).status == 404
    for score in (0, 6):
        assert desk.answer(late, own["id"], score).rules() == {"answer.score": "out_of_scale"}
    first = desk.answer(late, own["id"], 4, "Tudo certo.")
    assert (first.status, first.json["survey"]["score"]) == (200, 4)
    assert desk.answer(late, own["id"], 4, "Tudo certo.").json == first.json
    for other in (desk.answer(late, own["id"], 5, "Tudo certo."), desk.answer(late, own["id"], 4)):
        assert (other.status, other.json["code"]) == (409, "survey_answered")
    result = desk.result(survey)
    assert (result["answered"], result["score_sum"], result["mean"]) == (1, 4, "4.00")
    assert [each["score"] for each in result["distribution"]] == [1, 2, 3, 4, 5]
    assert desk.own(late)[0]["text"] == "Tudo certo."


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    together, found = Barrier(len(calls)), []

    def go(ask: Callable[[], Any]) -> None:
        together.wait()
        found.append(ask())

    threads = [Thread(target=go, args=(each,)) for each in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_answers_at_once_one_is_kept_and_counted(desk: Desk) -> None:
    survey, ana = desk.survey(), desk.visitor()
    desk.tell(portal_person_id=ana.person)
    assert sum(each["surveys_sent"] for each in _at_once(desk.deliver, desk.deliver)) == 1
    [own] = desk.own(ana)
    answers = _at_once(*(lambda score=score: desk.answer(ana, own["id"], score) for score in (3, 9, 9, 10)))
    kept = desk.own(ana)[0]["score"]
    assert sorted(each.status for each in answers) == sorted(200 if each == kept else 409 for each in (3, 9, 9, 10))
    assert (desk.result(survey)["answered"], desk.result(survey)["score_sum"]) == (1, kept)


def test_results_are_told_by_trigger(desk: Desk) -> None:
    survey, ana = desk.survey(triggers=["ticket", "pre_registration"]), desk.visitor()
    for number, (feature, score) in enumerate(
        [("ticket", 10), ("ticket", 7), ("pre_registration", 8), ("pre_registration", None)]
    ):
        desk.tell(feature=feature, id=str(number), portal_person_id=ana.person)
        desk.deliver()
        if score is not None:
            waiting = next(each for each in desk.own(ana) if each["score"] is None)
            assert desk.answer(ana, waiting["id"], score).status == 200
    result = desk.result(survey)
    assert (result["sent"], result["answered"], result["score_sum"], result["mean"]) == (4, 3, 25, "8.33")
    registered, ticket = result["triggers"]
    assert (registered["trigger"], registered["sent"], registered["mean"]) == ("pre_registration", 2, "8.00")
    assert registered["answered"] == 1
    assert (ticket["trigger"], ticket["sent"], ticket["mean"]) == ("ticket", 2, "8.50")
    assert [each["count"] for each in ticket["distribution"]] == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]


def test_all_that_was_sent_is_exported_with_its_protocol(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LASTRO_INQUIRIES_BUCKET", "survey-reports")
    open_whole_client("s3").create_bucket(
        Bucket="survey-reports", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    survey, ana = desk.survey(), desk.visitor()
    desk.tell(id="=1+1", portal_person_id=ana.person)
    desk.deliver()
    desk.answer(ana, desk.own(ana)[0]["id"], 9, "Bom")
    for panel in ("manager", "broker"):
        made = desk.call(
            "surveys",
            "export_survey",
            shop=staff_of(desk.shop, panel),
            path={"survey_id": str(survey)},
            body={"report": {"format": "csv"}},
            headers={"Idempotency-Key": panel},
        )
        assert made.status == 201, made.text
    s3 = open_client("s3")
    bodies = [
        s3.get_object(Bucket="survey-reports", Key=each["Key"])["Body"].read().decode("utf-8-sig")
        for each in open_whole_client("s3").list_objects_v2(Bucket="survey-reports")["Contents"]
    ]
    rows = sorted(tuple(row) for body in bodies for row in csv.reader(io.StringIO(body), delimiter=";") if len(row) > 6)
    told = [row for row in rows if row[0] != "Protocolo"]
    assert {row[-1] for row in told} == {"Bom", "***"}
    assert {row[0] for row in told} == {"'=1+1"}


def test_brokers_read_what_was_written_masked_and_keep_nothing(desk: Desk, open_shop: OpenShop) -> None:
    survey, ana = desk.survey(), desk.visitor()
    desk.tell(portal_person_id=ana.person)
    desk.deliver()
    desk.answer(ana, desk.own(ana)[0]["id"], 9, "Bom")
    broker = Desk(desk.call, staff_of(desk.shop, "broker"))
    assert broker.sent(survey)[0]["text"] == "***"
    assert broker.create().json["code"] == "survey_managers_only"
    assert broker.tell(portal_person_id=ana.person).status == 403
    path, other = {"survey_id": str(survey)}, open_shop()
    for operation in ("get_survey", "report_survey", "list_sent_surveys"):
        assert desk.call("surveys", operation, shop=other, path=path).status == 404
    assert desk.call("surveys", "list_surveys", shop=other).json == {"surveys": [], "next_cursor": None}


def test_what_is_told_wrongly_is_refused_by_name(desk: Desk) -> None:
    ana, customer = desk.visitor(), desk.customer()
    assert desk.tell(feature="reservation", customer_id=customer).rules() == {"survey_event.feature": "told_by_system"}
    assert desk.tell().rules() == {"survey_event.customer_id": "required"}
    both = desk.tell(customer_id=customer, portal_person_id=ana.person)
    assert both.rules() == {"survey_event.customer_id": "required"}
    assert desk.tell(customer_id=999).rules() == {"survey_event.customer_id": "not_found"}
    assert desk.create(lowest_score=5, highest_score=4).rules() == {"survey.highest_score": "below_minimum"}
    assert desk.create(triggers=["visita"]).status == 422
    number = desk.survey()
    body = {"survey": {**ASKED, "highest_score": 5}}
    changed = desk.call("surveys", "replace_survey", shop=desk.shop, path={"survey_id": str(number)}, body=body)
    assert changed.rules() == {"survey.lowest_score": "cannot_change"}


def test_one_that_is_switched_off_sends_nothing_and_on_again_only_what_follows(desk: Desk) -> None:
    number, ana = desk.survey(), desk.visitor()

    def switch(*, enabled: bool) -> None:
        body = {"survey": {**ASKED, "enabled": enabled}}
        answer = desk.call("surveys", "replace_survey", shop=desk.shop, path={"survey_id": str(number)}, body=body)
        assert answer.json["survey"]["enabled"] is enabled

    switch(enabled=False)
    desk.tell(id="1", portal_person_id=ana.person)
    switch(enabled=True)
    desk.tell(id="2", portal_person_id=ana.person)
    desk.deliver()
    assert [each["protocol"] for each in desk.sent(number)] == ["2"]


def test_what_died_between_two_writes_is_sent_by_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    surveys, ana = [desk.survey(), desk.survey()], desk.visitor()
    desk.tell(id="1", portal_person_id=ana.person)
    send = SurveyStore.send

    def once(self: SurveyStore, sent: Any) -> bool:
        if sent.survey_id == surveys[1]:
            raise RuntimeError("died")
        return send(self, sent)

    with monkeypatch.context() as patched:
        patched.setattr(SurveyStore, "send", once)
        with pytest.raises(ExceptionGroup):
            desk.deliver()
    assert desk.deliver() == {"occurred": 1, "surveys_sent": 1, "unaddressed": 0}
    assert [len(desk.sent(each)) for each in surveys] == [1, 1]


@pytest.mark.parametrize(
    "fault", [Retryable("others keep writing", code=TRANSACTION_CONFLICT), ValueError("a fault of ours")]
)
def test_what_cannot_be_worked_stands_in_the_way_of_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    survey, ana = desk.survey(), desk.visitor()
    for number in ("1", "2"):
        desk.tell(id=number, portal_person_id=ana.person)
    send = SurveyStore.send

    def refuse_the_first(self: SurveyStore, sent: Any) -> bool:
        if sent.feature_id == "1":
            raise fault
        return send(self, sent)

    with monkeypatch.context() as patched:
        patched.setattr(SurveyStore, "send", refuse_the_first)
        # A run that has time for one of them.
        patched.setattr(sending, "within_time", lambda due, clock: islice(due, 1))
        with nullcontext() if isinstance(fault, Retryable) else pytest.raises(ExceptionGroup):
            assert desk.deliver()["occurred"] == 0
        assert desk.deliver()["occurred"] == 1
    assert [each["protocol"] for each in desk.sent(survey)] == ["2"]
    assert desk.deliver() == {"occurred": 1, "surveys_sent": 1, "unaddressed": 0}


@dataclass
class Passing(MovableClock):
    """A second passes whenever somebody looks."""

    def now(self) -> datetime:
        self.advance(seconds=1)
        return self.moment


def test_surveys_sent_before_there_were_protocols_are_filled_in_rounds(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    surveys, ana = [desk.survey(), desk.survey()], desk.visitor()
    for number in ("1", "2", None):
        desk.tell(id=number, portal_person_id=ana.person)
    desk.deliver()
    partner, table = desk.shop.partner_id, Table()
    places = [keys.sent_survey(partner, each["id"]) for survey in surveys for each in desk.sent(survey)]
    for place in places:
        table.write(Update(place, remove=("protocol",)))
    assert {each["protocol"] for each in desk.sent(surveys[0])} == {"1", "2", "88"}
    filling = ProtocolFilling(FillingStore(table), Passing())
    rounds = [filling.run(partner, timedelta(seconds=5)) for _ in range(8)]
    done = [each.done for each in rounds].index(True)
    assert done > 1
    assert [each.filled for each in rounds[: done + 1]] == sorted(each.filled for each in rounds[: done + 1])
    assert rounds[done].filled == rounds[done].walked == len(places)
    before = [table.get(place) for place in places]
    assert {row["protocol"] for row in before if row} == {"1", "2", "88"}
    FillingStore(table).keep(partner, rounds[done])
    assert main(["fill_protocols", "--partner", partner]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["walked"], told["filled"], told["done"]) == (len(places), 0, True)
    assert [table.get(place) for place in places] == before


def test_a_customers_surveys_are_exported_and_end_with_the_customer_and_counts_stay(desk: Desk) -> None:
    survey, customer = desk.survey(), desk.customer()
    desk.tell(id="1", customer_id=customer)
    desk.deliver()
    ana = desk.visitor(customer_id=customer, email=None, mobile=None)
    desk.answer(ana, desk.own(ana)[0]["id"], 9, "Bom")
    data, record = open_personal_data(), Record(desk.shop.partner_id, cpf_of(1), "survey", str(customer))
    exported = data.export(record)
    assert exported is not None
    assert [each["text"] for each in exported.data["surveys"]] == ["Bom"]
    assert data.end(record)
    assert data.end(record)
    assert (data.look(record), data.export(record)) == (None, None)
    assert (desk.sent(survey), desk.own(ana)) == ([], [])
    assert desk.result(survey)["answered"] == 1


def test_surveys_whose_removal_died_are_still_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What leads to them lapses by itself no more."""

    class Killed(BaseException):
        pass

    def die_behind(table: Table, found: Any) -> None:
        delete_many(table, found)
        raise Killed

    desk.survey()
    customer = desk.customer()
    desk.tell(id="1", customer_id=customer)
    desk.deliver()
    data, delete_many = open_personal_data(), Table.delete_many
    record = Record(desk.shop.partner_id, cpf_of(1), "survey", str(customer))
    with monkeypatch.context() as dying:
        dying.setattr(Table, "delete_many", die_behind)
        with pytest.raises(Killed):
            data.end(record)
    standing = data.look(record)
    assert standing is not None
    assert data.end(record)
    assert data.look(record) is None


def test_only_what_no_record_ends_lapses_by_itself(desk: Desk) -> None:
    desk.survey()
    customer, ana = desk.customer(), desk.visitor()
    desk.tell(id="1", customer_id=customer)
    desk.tell(id="2", portal_person_id=ana.person)
    desk.deliver()
    partner, table = desk.shop.partner_id, Table()
    for recipient, lapses in ((Recipient(customer_id=customer), False), (Recipient(person_id=ana.person), True)):
        [pointer] = table.query(keys.survey_of(partner, recipient.name).pk)
        sent = table.get(keys.sent_survey(partner, pointer["sent_id"]))
        assert sent is not None
        assert ("expires" in pointer, "expires" in sent) == (lapses, lapses)
