"""A simulation that is final tells its partner so: one signed notice, even if the process dies right after closing."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator

import pytest

from lastro.aws.clients import open_client
from lastro.simulations import wiring as simulations_wiring
from tests.functions.emulation.faults import failing
from tests.functions.emulation.process import clear_process
from tests.functions.emulation.resources import create_queue
from tests.functions.invocation import Shop, call_function, load_function
from tests.functions.simulations.pipeline import Pipeline, conditions_at, open_bank_town, sample_purchase
from tests.functions.webhooks.conftest import Desk

SELLER = "111.444.777-35"


@pytest.fixture
def pipeline(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipeline]:
    """The simulation functions beside the webhook functions of the desk."""
    with open_bank_town() as banks:
        queue_url = create_queue("conditions")
        monkeypatch.setenv("LASTRO_CONDITIONS_QUEUE_URLS", conditions_at(queue_url))
        monkeypatch.setenv("LASTRO_BANKS_URL", banks.url)
        monkeypatch.setattr(simulations_wiring, "CLOCK", desk.clock)
        load_function.cache_clear()
        yield Pipeline(desk.clock, banks, queue_url)
        clear_process()


@pytest.fixture
def partner(pipeline: Pipeline) -> Shop:
    return pipeline.open_shop()


def deliver(desk: Desk) -> None:
    assert desk.work_off() == []


def test_the_partner_hears_once_what_it_would_read(desk: Desk, pipeline: Pipeline, partner: Shop) -> None:
    secret = call_function("webhooks", "rotate_signing_secret", shop=partner).json["secret"]
    purchase = sample_purchase(webhook_url=f"{desk.town.callback('a')}?token=x", seller_cpf=SELLER)
    simulation = pipeline.finish(partner, purchase)
    deliver(desk)
    [arrived] = desk.town.arrived("a")
    assert arrived["query"] == {"token": "x"}
    told = arrived["body"]
    assert told["event"] == "processed_simulation"
    store = told["simulation"].pop("store")
    seller = told["simulation"].pop("seller")
    assert told["simulation"] == simulation
    assert simulation["pending"] == 0
    assert store == {"id": partner.store_ids[0], "name": "Loja", "cnpj": "11.222.333/0001-81"}
    assert seller == {"id": None, "name": None, "cpf": SELLER}
    headers = arrived["headers"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{arrived['text']}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    desk.sweep()
    desk.clock.advance(minutes=10)
    desk.sweep()
    desk.deliver(desk.take())
    assert len(desk.town.arrived("a")) == 1
    listed = call_function("webhooks", "list_deliveries", shop=partner, query={"subject": simulation["uuid"]}).json
    [delivery] = listed["deliveries"]
    assert (delivery["event"], delivery["status"], delivery["tries"]) == ("processed_simulation", "delivered", 1)


def test_without_an_address_nothing_is_told(desk: Desk, pipeline: Pipeline, partner: Shop) -> None:
    pipeline.finish(partner)
    assert desk.take() == []
    assert call_function("webhooks", "list_deliveries", shop=partner, query=None).json["deliveries"] == []


def test_a_process_that_dies_right_after_the_close_leaves_the_notice_to_the_sweep(
    desk: Desk, pipeline: Pipeline, partner: Shop
) -> None:
    purchase = sample_purchase(webhook_url=desk.town.callback("a"), process_bank_suggested_conditions=False)
    posted = pipeline.post(partner, purchase)
    records = pipeline.take()
    with _dies_when_sending(desk.queue_url), pytest.raises(_Killed):
        pipeline.deliver(records)
    uuid = posted.json["data"]["uuid"]
    # Closed for good, and nobody was told yet.
    assert pipeline.read(partner, uuid).json["data"]["finished_at"]
    assert desk.take() == []
    assert pipeline.deliver(records, attempt=2) == []
    assert desk.town.arrived("a") == []
    desk.clock.advance(seconds=61)
    assert desk.sweep() == 1
    deliver(desk)
    [arrived] = desk.town.arrived("a")
    assert arrived["body"]["simulation"]["uuid"] == uuid


def test_the_close_and_its_notice_are_stored_together_or_not_at_all(
    desk: Desk, pipeline: Pipeline, partner: Shop
) -> None:
    pipeline.post(
        partner, sample_purchase(webhook_url=desk.town.callback("a"), process_bank_suggested_conditions=False)
    )
    records = pipeline.take()
    with failing("dynamodb", "TransactWriteItems", RuntimeError("refused")):
        assert len(pipeline.deliver(records)) == len(records)
    assert call_function("webhooks", "list_deliveries", shop=partner, query=None).json["deliveries"] == []
    assert pipeline.deliver(records, attempt=2) == []
    deliver(desk)
    assert len(desk.town.arrived("a")) == 1


def test_an_address_that_may_not_be_called_is_refused_when_posted(pipeline: Pipeline, partner: Shop) -> None:
    for url, rule in (
        ("https://10.0.0.1/x", "address_not_public"),
        ("https://169.254.169.254/x", "address_not_public"),
        ("https://2130706433/x", "address_malformed"),
        ("https://meusite.com.br:99999/", "address_malformed"),
    ):
        answer = pipeline.post(partner, sample_purchase(webhook_url=url))
        assert (answer.status, answer.rules()) == (422, {"simulation.webhook_url": rule}), url


def test_loopback_is_refused_unless_the_template_allows_it(
    pipeline: Pipeline, partner: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LASTRO_LOOPBACK_CALLBACKS")
    clear_process()
    load_function.cache_clear()
    answer = pipeline.post(partner, sample_purchase(webhook_url="http://127.0.0.1:3001/callbacks/a"))
    assert answer.rules() == {"simulation.webhook_url": "address_not_https"}


class _Killed(BaseException):
    """The process dies here."""


class _dies_when_sending:  # noqa: N801 - used as a verb
    """Meanwhile the process dies when it sends to one queue."""

    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def _react(self, params: dict[str, object], **_: object) -> None:
        if params["QueueUrl"] == self._queue_url:
            raise _Killed

    def __enter__(self) -> None:
        open_client("sqs").meta.events.register("provide-client-params.sqs.SendMessageBatch", self._react)

    def __exit__(self, *_: object) -> None:
        open_client("sqs").meta.events.unregister("provide-client-params.sqs.SendMessageBatch", self._react)
