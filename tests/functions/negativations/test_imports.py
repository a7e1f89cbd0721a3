"""Imports through their functions: worked in steps, resumed after a crash, twice the same changes nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.negativations.imports import worker, writing
from lastro.negativations.imports.messages import ImportMessage
from lastro.negativations.imports.wiring import open_import_worker
from tests.functions.emulation.process import REGION
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Shop, load_function, sample_event
from tests.functions.negativations.ledger import Ledger

BUCKET = "lastro-test-imports"
HEADING = "document;name;external_id;due_on;amount;mobile_phone"


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(autouse=True)
def _stores(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    open_whole_client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    url = open_client("sqs").create_queue(QueueName="imports")["QueueUrl"]
    monkeypatch.setenv("LASTRO_INQUIRIES_BUCKET", BUCKET)
    monkeypatch.setenv("LASTRO_IMPORTS_QUEUE_URL", url)
    monkeypatch.setattr(worker, "STEP_LINES", 7)


def line(number: int, *, amount: str = "189,90", name: str = "Ana Exemplo") -> str:
    document = ("529.982.247-25", "111.444.777-35")[number % 2]
    return f"{document};{name};b-{number};05/01/2026;{amount};(11) 98765-4321"


def begin(ledger: Ledger, form: str = "csv", **headers: str) -> dict[str, Any]:
    body = {"import": {"format": form, "branch_id": ledger.branch_id}}
    answer = ledger.call("create_import", body=body, headers=headers)
    assert answer.status == 201, answer.text
    found: dict[str, Any] = answer.json["data"]
    return found


def send(ledger: Ledger, import_id: str, content: str | bytes) -> None:
    """Put the file where ``upload_url`` leads."""
    name = f"imports/{ledger.shop.partner_id}/{import_id}/file"
    body = content.encode() if isinstance(content, str) else content
    open_client("s3").put_object(Bucket=BUCKET, Key=name, Body=body)


def work(ledger: Ledger, import_id: str) -> dict[str, Any]:
    message = ImportMessage(partner_id=ledger.shop.partner_id, import_id=import_id)
    assert open_import_worker().process(Delivery("1", message)) == Done()
    return read(ledger, import_id)


def read(ledger: Ledger, import_id: str) -> dict[str, Any]:
    answer = ledger.call("get_import", path={"import_id": import_id})
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json["data"]
    return found


def import_file(ledger: Ledger, content: str | bytes, form: str = "csv") -> dict[str, Any]:
    begun = begin(ledger, form)
    send(ledger, begun["id"], content)
    return work(ledger, begun["id"])


def figures(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(told[name] for name in ("created", "changed", "unchanged", "failed"))


def errors_of(ledger: Ledger, import_id: str) -> list[list[str]]:
    name = f"imports/{ledger.shop.partner_id}/{import_id}/errors.csv"
    body = open_client("s3").get_object(Bucket=BUCKET, Key=name)["Body"].read().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body), delimiter=";"))


def test_a_file_is_imported_and_the_same_again_changes_nothing(ledger: Ledger) -> None:
    content = "\n".join([HEADING, *map(line, range(30))]) + "\n"
    first = import_file(ledger, content)
    assert (first["status"], first["progress_percent"], first["lines"]) == ("finished", 100, 30)
    assert figures(first) == (30, 0, 0, 0)
    listed = ledger.call("list_boletos", query={"per_page": "100"}).json["data"]
    assert len(listed) == 30
    assert {each["amount_cents"] for each in listed} == {18990}
    ledger.clock.advance(hours=1)
    again = import_file(ledger, content)
    assert figures(again) == (0, 0, 30, 0)
    assert ledger.call("list_boletos", query={"per_page": "100"}).json["data"] == listed


def test_a_boleto_that_two_lines_tell_otherwise_is_none_of_them(ledger: Ledger) -> None:
    lines = [line(number) for number in range(20)]
    content = "\n".join(
        [HEADING, *lines, line(3), line(4, amount="1,00"), line(5).replace("b-5", " b-5 "), "sem colunas"]
    )
    told = import_file(ledger, content)
    assert figures(told) == (18, 0, 1, 5)
    wrong = [(row[0], row[1], row[2]) for row in errors_of(ledger, told["id"])[1:]]
    twice = [(str(number), "external_id", "repeated") for number in (6, 7, 23, 24)]
    assert wrong == [*twice, ("25", "", "columns")]
    assert "linha 23" in errors_of(ledger, told["id"])[1][3]
    kept = {each["external_id"] for each in ledger.call("list_boletos", query={"per_page": "100"}).json["data"]}
    assert kept == {f"b-{number}" for number in range(20)} - {"b-4", "b-5"}


def test_a_file_in_the_place_of_the_one_that_is_worked_stops_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = begin(ledger)
    send(ledger, begun["id"], "\n".join([HEADING, *map(line, range(10))]))
    keep = writing.RowWriter.keep

    def replaced(*told: Any) -> Any:
        send(ledger, begun["id"], "\n".join([HEADING, *(line(number, amount="999,90") for number in range(10))]))
        return keep(*told)

    monkeypatch.setattr(writing.RowWriter, "keep", replaced)
    told = work(ledger, begun["id"])
    assert (told["status"], told["stopped_code"], figures(told)) == ("stopped", "file_replaced", (7, 0, 0, 0))
    assert {each["amount_cents"] for each in ledger.call("list_boletos", query={}).json["data"]} == {18990}


def test_what_differs_is_changed_and_what_is_left_empty_stays(ledger: Ledger) -> None:
    import_file(ledger, "\n".join([HEADING, line(1), line(2)]))
    less = "document;name;external_id;due_on;amount"
    told = import_file(ledger, "\n".join([less, line(1, amount="200").rpartition(";")[0], line(2).rpartition(";")[0]]))
    assert figures(told) == (0, 1, 1, 0)
    debtor = ledger.call("list_debtors", query={}).json["data"][0]
    assert debtor["mobile_phone"] == "+5511987654321"


def test_wrong_lines_are_told_with_line_field_and_rule(ledger: Ledger) -> None:
    told = import_file(
        ledger, "\r\n".join([HEADING, line(1), line(2, amount="1.234"), "x;y", line(3, name="A"), line(4)])
    )
    assert (told["status"], figures(told)) == ("finished", (2, 0, 0, 3))
    assert told["errors_url"]
    rows = errors_of(ledger, told["id"])
    assert rows[0] == ["linha", "campo", "regra", "mensagem"]
    assert [row[:3] for row in rows[1:]] == [
        ["3", "amount", "ambiguous"],
        ["4", "", "columns"],
        ["5", "name", "string_too_short"],
    ]


def test_ndjson_and_bytes_that_are_no_text(ledger: Ledger) -> None:
    good = (
        '{"document":"52998224725","name":"Ana Exemplo","external_id":"j-1","due_on":"2026-01-05","amount_cents":100}'
    )
    told = import_file(ledger, good.encode() + b"\n\xff\xfe\n" + b"\n", "ndjson")
    assert figures(told) == (1, 0, 0, 2)
    assert {row[2] for row in errors_of(ledger, told["id"])[1:]} == {"not_utf8", "json"}


def test_a_wrong_heading_stops_it(ledger: Ledger) -> None:
    told = import_file(ledger, "cpf;nome\n1;2\n")
    assert (told["status"], told["stopped_code"]) == ("stopped", "wrong_heading")
    assert ["1", "cpf", "unknown_column"] in [row[:3] for row in errors_of(ledger, told["id"])]


def test_lines_that_end_in_cr_alone_stop_it(ledger: Ledger) -> None:
    told = import_file(ledger, "\r".join([HEADING, line(1)]))
    assert (told["status"], told["stopped_code"]) == ("stopped", "wrong_heading")
    assert errors_of(ledger, told["id"])[1][:3] == ["1", "", "line_end"]


def test_another_debtor_of_a_known_boleto_is_told_by_its_column(ledger: Ledger) -> None:
    import_file(ledger, "\n".join([HEADING, line(1)]))
    told = import_file(ledger, "\n".join([HEADING, line(2).replace("b-2", "b-1")]))
    assert errors_of(ledger, told["id"])[1][:3] == ["2", "document", "unchangeable"]


def test_a_column_whose_name_is_a_formula_is_told_as_text(ledger: Ledger) -> None:
    told = import_file(ledger, f"{HEADING};=HYPERLINK(1)\n")
    assert ["1", "'=hyperlink(1)", "unknown_column"] in [row[:3] for row in errors_of(ledger, told["id"])]


@pytest.mark.parametrize(("most", "code"), [("MAX_ERRORS", "too_many_errors"), ("MAX_LINES", "too_many_lines")])
def test_a_file_that_is_something_else_is_stopped(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, most: str, code: str
) -> None:
    monkeypatch.setattr(worker, most, 3)
    told = import_file(ledger, "\n".join([HEADING, *(line(number, amount="1.234") for number in range(9))]))
    assert (told["status"], told["stopped_code"]) == ("stopped", code)


def test_an_empty_file_is_told_to_lack_its_columns(ledger: Ledger) -> None:
    assert import_file(ledger, "")["stopped_code"] == "wrong_heading"


@pytest.mark.parametrize("dies_at", range(0, 16, 2))
def test_whoever_dies_leaves_it_where_the_last_rows_were_kept(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    begun = begin(ledger)
    content = [f"{HEADING};sex", *(f"{line(number)};" for number in range(20))]
    # One is refused as it is read, one as it is weighed: a company has no sex.
    content[3] = f"{line(2, amount='1.234')};"
    content[14] = content[14].replace("111.444.777-35", "11.222.333/0001-81") + "F"
    send(ledger, begun["id"], "\n".join(content))
    monkeypatch.setattr(writing, "ROWS_TOGETHER", 3)
    use = open_import_worker()
    store = use.store
    put, keep = store.put, store.keep
    calls = iter(range(1000))

    def dying(act: Callable[..., Any]) -> Callable[..., Any]:
        def do(*asked: Any) -> Any:
            number = next(calls)
            if number == dies_at:
                raise Killed
            done = act(*asked)
            if number == dies_at + 1:
                raise Killed
            return done

        return do

    store.__dict__.update(put=dying(put), keep=dying(keep))
    for _ in range(3):
        try:
            work(ledger, begun["id"])
        except Killed:
            continue
    told = read(ledger, begun["id"])
    assert (told["status"], figures(told)) == ("finished", (18, 0, 0, 2))
    assert [row[:3] for row in errors_of(ledger, begun["id"])[1:]] == [
        ["4", "amount", "ambiguous"],
        ["15", "sex", "natural_person_only"],
    ]
    assert len(ledger.call("list_boletos", query={"per_page": "100"}).json["data"]) == 18


def test_two_workers_of_one_import_count_each_line_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = begin(ledger)
    send(ledger, begun["id"], "\n".join([HEADING, *map(line, range(20))]))
    monkeypatch.setattr(writing, "ROWS_TOGETHER", 3)
    store = open_import_worker().store
    met: list[bool] = []
    keep = store.keep

    def overtake(*asked: Any) -> bool:
        if not met:
            met.append(True)
            work(ledger, begun["id"])
        return keep(*asked)

    store.__dict__.update(keep=overtake)
    told = work(ledger, begun["id"])
    assert (told["status"], figures(told)) == ("finished", (20, 0, 0, 0))


def test_a_file_that_is_not_there_is_waited_for_and_given_up(ledger: Ledger) -> None:
    begun = begin(ledger)
    assert (begun["status"], begun["lines_a_second"]) == ("waiting", 0)
    assert f"imports/{ledger.shop.partner_id}/{begun['id']}/file" in begun["upload_url"]
    message = ImportMessage(partner_id=ledger.shop.partner_id, import_id=begun["id"])
    assert open_import_worker().process(Delivery("1", message)) == Again()
    ledger.clock.advance(hours=3)
    told = work(ledger, begun["id"])
    assert (told["status"], told["stopped_code"]) == ("abandoned", "file_not_sent")


def test_the_queue_and_the_sweep_work_it_on(ledger: Ledger) -> None:
    begun = begin(ledger)
    url = open_client("sqs").get_queue_url(QueueName="imports")["QueueUrl"]
    [first] = open_client("sqs").receive_message(QueueUrl=url)["Messages"]
    send(ledger, begun["id"], "\n".join([HEADING, line(1)]))
    sweep = load_function("negativations", "sync_imports").handler
    assert sweep(sample_event("negativations", "sync_imports"), None) == {"imports": 0}
    ledger.clock.advance(minutes=11)
    assert sweep(sample_event("negativations", "sync_imports"), None) == {"imports": 1}
    [again] = open_client("sqs").receive_message(QueueUrl=url)["Messages"]
    assert json.loads(again["Body"]) == json.loads(first["Body"])
    assert json.loads(first["Body"])["request_id"]
    assert sweep(sample_event("negativations", "sync_imports"), None) == {"imports": 0}
    event = sample_event("negativations", "work_import")
    event["Records"][0]["body"] = first["Body"]
    assert load_function("negativations", "work_import").handler(event, None) == {"batchItemFailures": []}
    assert figures(read(ledger, begun["id"])) == (1, 0, 0, 0)


def test_the_same_key_begins_one_import(ledger: Ledger, open_shop: Callable[[], Shop]) -> None:
    key = {"Idempotency-Key": "k-1"}
    assert begin(ledger, **key)["id"] == begin(ledger, **key)["id"]
    body = {"import": {"format": "csv", "branch_id": 999}}
    assert ledger.call("create_import", body=body).rules() == {"import.branch_id": "unknown_branch"}
    begun = begin(ledger)
    foreign = ledger.call("get_import", shop=open_shop(), path={"import_id": begun["id"]})
    assert (foreign.status, foreign.json["code"]) == (404, "import_not_found")
