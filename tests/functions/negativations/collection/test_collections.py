"""Collection parameters and runs through their functions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import format_moment
from lastro.negativations.boletos.store import BoletoStore
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import RunKey, RunStatus
from lastro.negativations.collection.runs.store import RunStore
from tests.functions.bureaus.office import Office
from tests.functions.invocation import OTHER_CPF, Shop, load_function, sample_event
from tests.functions.negativations.ledger import Ledger
from tests.functions.negativations.registry import Registry

REMIND = {"step": 1, "days_overdue": 5, "action": "remind"}
NOTARY = {"step": 5, "days_overdue": 60, "action": "notary"}
ANALYSIS = {"step": 5, "days_overdue": 45, "action": "credit_analysis"}


def put(ledger: Ledger, *steps: dict[str, Any], branch_id: int | None = None, **changes: Any) -> Any:
    wanted = {"enabled": True, "steps": list(steps), **changes}
    return ledger.call(
        "put_collection_parameters",
        path={"branch_id": str(branch_id or ledger.branch_id)},
        body={"collection_parameters": wanted},
    )


def run(operation: str, day: str | None = None) -> dict[str, int]:
    event = sample_event("negativations", operation)
    event["detail"] = {"business_date": day} if day else {}
    counts: dict[str, int] = load_function("negativations", operation).handler(event, None)
    return counts


def test_parameters_are_put_shown_and_listed(ledger: Ledger) -> None:
    answer = put(ledger, REMIND, NOTARY, state="sp", yearly_holidays=["01-25"], single_holidays=["2026-06-04"])
    assert answer.status == 200, answer.text
    kept = answer.json["data"]
    assert (kept["state"], kept["yearly_holidays"], kept["single_holidays"]) == ("SP", ["01-25"], ["2026-06-04"])
    assert [step["notice"] is not None for step in kept["steps"]] == [False, True]
    assert "não é feito automaticamente" in kept["steps"][1]["notice"]
    shown = ledger.call("get_collection_parameters", path={"branch_id": str(ledger.branch_id)})
    assert shown.json["data"] == kept
    assert ledger.call("list_collection_parameters").json["data"] == [kept]
    ledger.clock.advance(hours=1)
    again = put(ledger, REMIND, NOTARY, state="SP", yearly_holidays=["01-25"], single_holidays=["2026-06-04"])
    assert again.json["data"]["updated_at"] == kept["updated_at"]


@pytest.mark.parametrize(
    ("steps", "field", "rule"),
    [
        ([NOTARY, REMIND], "steps.1.step", "step_order"),
        ([REMIND, {**NOTARY, "days_overdue": 5}], "steps.1.days_overdue", "step_order"),
        ([{**REMIND, "action": "credit_analysis"}], "steps.0.action", "last_step"),
        ([{**NOTARY, "action": "remind"}], "steps.0.action", "last_step"),
        ([{**NOTARY, "days_overdue": 1801}], "steps.0.days_overdue", "less_than_equal"),
        ([], "steps", "too_short"),
    ],
)
def test_steps_out_of_order_are_named(ledger: Ledger, steps: list[dict[str, Any]], field: str, rule: str) -> None:
    answer = put(ledger, *steps)
    assert answer.rules()[f"collection_parameters.{field}"] == rule


@pytest.mark.parametrize("day", ["25-01", "02-30", "13-01", "1-25", "0125"])
def test_a_holiday_is_a_day_of_a_year(ledger: Ledger, day: str) -> None:
    answer = put(ledger, REMIND, NOTARY, yearly_holidays=[day])
    assert answer.rules() == {"collection_parameters.yearly_holidays.0": "yearly_day"}


def test_a_branch_that_is_not_there_has_no_collection(ledger: Ledger, open_shop: Callable[[], Shop]) -> None:
    assert put(ledger, REMIND, NOTARY, branch_id=999).json["code"] == "branch_not_found"
    nothing = ledger.call("get_collection_parameters", path={"branch_id": str(ledger.branch_id)})
    assert (nothing.status, nothing.json["code"]) == (404, "collection_parameters_not_found")
    put(ledger, REMIND, NOTARY)
    other = open_shop()
    assert ledger.call("list_collection_parameters", shop=other).json["data"] == []


def test_a_day_is_run_through_the_schedule_the_queue_and_the_sweep(
    ledger: Ledger, table: Table, queue_url: str, open_shop: Callable[[], Shop]
) -> None:
    put(ledger, REMIND, NOTARY)
    boletos = [ledger.add_boleto(ledger.add_debtor(), f"b-{number}", due_on="2026-01-01") for number in range(3)]
    ledger.change(boletos[0]["id"], status="disputed")
    assert run("run_collection", "2026-03-02")["queued"] == 1
    deliver(queue_url)
    [told] = ledger.call("list_collection_runs", query={"branch_id": str(ledger.branch_id)}).json["data"]
    assert (told["id"], told["status"]) == (f"{ledger.branch_id}-2026-03-02", "finished")
    assert (told["looked_at"], told["queued"], told["worked"]) == (3, 2, 2)
    assert (told["done"], told["excluded"], told["failed"]) == ({"notary": 2}, {"disputed": 1}, {})
    kept = RunStore(table).find(RunKey(ledger.shop.partner_id, ledger.branch_id, date(2026, 3, 2)))
    assert kept is not None
    assert (kept.status, format_moment(kept.ended_at)) == (RunStatus.FINISHED, told["ended_at"])
    assert run("sync_collection")["finished"] == 0
    stored = BoletoStore(table).find(ledger.shop.partner_id, boletos[1]["id"])
    assert stored is not None
    assert stored.collection_step == 5
    assert ledger.read(boletos[1]["id"])["collection_step"] == 5
    assert run("run_collection", "2026-03-02")["finished"] == 1
    assert run("run_collection", "2026-03-03")["queued"] == 1
    deliver(queue_url)
    pages = [ledger.call("list_collection_runs", query={"per_page": "1"}).json]
    pages.append(ledger.call("list_collection_runs", query={"per_page": "1", "cursor": pages[0]["next_cursor"]}).json)
    assert [page["data"][0]["business_date"] for page in pages] == ["2026-03-03", "2026-03-02"]
    assert pages[1]["next_cursor"] is None
    assert ledger.call("list_collection_runs", shop=open_shop(), query={}).json["data"] == []
    assert ledger.call("list_collection_runs", query={"cursor": "x"}).rules() == {"cursor": "cursor"}


def test_a_branch_without_an_integration_is_blocked_in_words(ledger: Ledger, queue_url: str) -> None:
    put(ledger, REMIND, ANALYSIS)
    assert run("run_collection", "2026-03-02")["blocked"] == 1
    [told] = ledger.call("list_collection_runs", query={}).json["data"]
    assert (told["status"], told["blocked_code"]) == ("blocked", "branch_without_integration")
    assert told["blocked_message"].startswith("Esta filial não tem integração")


AUTOMATIC = {
    "environment": "production",
    "automatic": True,
    "fields": {"restriction_code": "TI", "removal_code": "01"},
}


def test_what_is_due_is_listed_by_the_routine_and_only_once(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at("connect_sa", **AUTOMATIC)
    ledger, queue_url = registry.ledger, open_client("sqs").get_queue_url(QueueName="collections")["QueueUrl"]
    assert put(ledger, REMIND, ANALYSIS, listing_cost_cents=350).status == 200
    due = registry.add_debt(due_on="2026-01-10")
    lacking = registry.add_boleto(ledger.add_debtor(OTHER_CPF), due_on="2026-01-10")
    for _ in range(2):
        run("run_collection", "2026-03-02")
        deliver(queue_url)
    run("sync_collection")
    [told] = [
        each
        for each in ledger.call("list_collection_runs", query={}).json["data"]
        if each["branch_id"] == ledger.branch_id
    ]
    assert (told["status"], told["listed"], told["failed"]) == ("finished", 1, {"invalid_input": 1})
    assert told["cost_cents"] == 350
    [listing] = ledger.call("list_negativations", query={}).json["data"]
    assert (listing["boleto_id"], listing["origin"]) == (due["id"], "automatic")
    assert [ledger.read(each["id"])["collection_step"] for each in (due, lacking)] == [5, 0]


def test_a_default_code_that_disappeared_blocks_the_run_until_it_is_mended(
    open_registry_at: Callable[..., Registry],
) -> None:
    registry = open_registry_at("credito_na_medida", automatic=True)
    ledger, office = registry.ledger, Office(registry.clock, registry.town, "")
    [integration] = office.call("list_bureau_integrations", ledger.shop).json["data"]
    path = {"integration_id": str(integration["id"])}
    codes = office.call("refresh_restriction_codes", ledger.shop, path=path, body=None).json["data"]["codes"]

    def known(kind: str, person: str) -> str:
        found = [each["code"] for each in codes if each["kind"] == kind and each["person"] in (None, person)]
        return str(found[0])

    put(ledger, REMIND, ANALYSIS)

    def name_code(code: str) -> None:
        legal, removal = known("inclusion", "legal"), known("removal", "natural")
        fields = {"restriction_code": code, "legal_person_restriction_code": legal, "removal_code": removal}
        body = {"bureau_integration": {"fields": fields}}
        assert office.call("update_bureau_integration", ledger.shop, path=path, body=body).status == 200

    def tell() -> Any:
        run("run_collection", "2026-03-05")
        [told] = ledger.call("list_collection_runs", query={"branch_id": str(ledger.branch_id)}).json["data"]
        return told

    name_code("SUMIU")
    blocked = tell()
    assert (blocked["status"], blocked["blocked_code"]) == ("blocked", "default_code_disappeared")
    assert "restriction_code SUMIU" in blocked["blocked_message"]
    name_code(known("inclusion", "natural"))
    assert (tell()["status"], tell()["blocked_code"]) == ("running", None)


def test_a_homologation_lists_nobody(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at("connect_sa", **{**AUTOMATIC, "environment": "homologation"})
    ledger, queue_url = registry.ledger, open_client("sqs").get_queue_url(QueueName="collections")["QueueUrl"]
    put(ledger, REMIND, ANALYSIS)
    registry.add_debt(due_on="2026-01-10")
    run("run_collection", "2026-03-04")
    deliver(queue_url)
    [told] = ledger.call("list_collection_runs", query={"branch_id": str(ledger.branch_id)}).json["data"]
    assert (told["excluded"], told["listed"]) == ({"homologation": 1}, 0)
    assert ledger.call("list_negativations", query={}).json["data"] == []


def deliver(queue_url: str) -> None:
    """Deliver what waits until nothing does."""
    sqs = open_client("sqs")
    while received := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        event = sample_event("negativations", "work_collection")
        sample = event["Records"][0]
        event["Records"] = [
            {**sample, "messageId": each["MessageId"], "body": each["Body"], "receiptHandle": each["ReceiptHandle"]}
            for each in received
        ]
        assert load_function("negativations", "work_collection").handler(event, None) == {"batchItemFailures": []}
        for each in received:
            CollectionMessage.model_validate_json(each["Body"])
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=each["ReceiptHandle"])


@pytest.fixture
def queue_url(table: Table, monkeypatch: pytest.MonkeyPatch) -> str:
    url = str(open_client("sqs").create_queue(QueueName="collections")["QueueUrl"])
    monkeypatch.setenv("LASTRO_COLLECTIONS_QUEUE_URL", url)
    monkeypatch.setenv("LASTRO_LISTINGS_QUEUE_URL", url)
    return url
