"""A queue for each bank: what waits for one holds up no other, and what one does not take loses no other's."""

from __future__ import annotations

import json

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.queue import Queue
from lastro.financing import wiring
from lastro.financing.bank_work.dispatch import ProposalDispatch
from lastro.financing.bank_work.messages import ProposalQueued
from lastro.financing.records.store import ProposalStore
from lastro.kernel.banks import BANKS
from lastro.kernel.errors import Retryable
from tests.functions.emulation.process import TABLE
from tests.functions.emulation.resources import create_queue
from tests.functions.financing.conftest import Dealer
from tests.memory_queue import MemoryQueue


def test_an_attempt_is_sent_while_another_bank_takes_its_time(dealer: Dealer) -> None:
    made = dealer.propose("341", "422", several_banks=True)
    slow = dealer.take("341")
    assert len(slow) == 1

    assert dealer.work("422") == []

    shown = {each["bank"]["febraban_code"]: each["state"] for each in dealer.read(made["id"])["proposal_attempts"]}
    assert shown["341"] == "checagem"
    assert shown["422"] != "checagem"
    assert dealer.deliver(slow) == []
    assert "checagem" not in [each["state"] for each in dealer.read(made["id"])["proposal_attempts"]]


@pytest.mark.parametrize("broken", ["341", "422"])
def test_a_queue_that_takes_nothing_is_told_of_and_loses_no_other_banks_messages(dealer: Dealer, broken: str) -> None:
    made = dealer.propose("341", "422", several_banks=True)
    proposal = ProposalStore(Table(TABLE)).find(dealer.shop.partner_id, made["id"])
    assert proposal is not None
    queues = {bank: MemoryQueue(broken=bank == broken) for bank in ("341", "422")}
    messages = [
        ProposalQueued(partner_id=proposal.partner_id, proposal_id=proposal.id, position=each.position)
        for each in proposal.attempts
    ]
    with pytest.raises(Retryable):
        ProposalDispatch(queues.__getitem__).send(proposal, messages)
    sent = {bank: [each["position"] for each in queue.sent] for bank, queue in queues.items()}
    assert sent == {each.bank: [] if each.bank == broken else [each.position] for each in proposal.attempts}


def test_a_queue_out_of_reach_stops_the_sweep_of_no_other_bank(dealer: Dealer) -> None:
    first, second = dealer.propose("341"), dealer.propose("422")
    dealer.take()  # the messages are lost
    open_client("sqs").delete_queue(QueueUrl=dealer.queue_urls["341"])
    dealer.clock.advance(minutes=3)
    with pytest.raises(ExceptionGroup) as failed:
        dealer.run_schedule("sync_proposals")
    assert isinstance(failed.value.exceptions[0], Retryable)
    create_queue("proposals-341", "Proposals341")
    assert dealer.take("341") == []
    dealer.work("422")
    assert dealer.read(first["id"])["sent_to_bank"] is False
    assert dealer.read(second["id"])["sent_to_bank"] is True

    dealer.clock.advance(minutes=3)
    dealer.run_schedule("sync_proposals")
    dealer.work()
    assert dealer.read(first["id"])["sent_to_bank"] is True


def test_what_the_one_queue_of_before_holds_is_worked(dealer: Dealer) -> None:
    made = dealer.propose()
    dealer.take()
    before = create_queue("proposals-of-all", "Proposals")
    Queue(before).send([ProposalQueued(partner_id=dealer.shop.partner_id, proposal_id=made["id"], position=0)])
    assert dealer.deliver(dealer.take_of(before)) == []
    assert dealer.read(made["id"])["sent_to_bank"] is True


def test_the_addresses_come_from_one_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {bank: f"https://sqs.invalid/1/{bank}" for bank in BANKS}
    monkeypatch.setenv("LASTRO_PROPOSALS_QUEUE_URLS", json.dumps(addresses))
    assert {bank: wiring._queue.__wrapped__(bank).url for bank in BANKS} == addresses
