"""One try against real receivers: how long they have, and what their faults are called."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from lastro.aws.entrypoints.loop import event_loop
from lastro.webhooks.callbacks.addresses import AddressRule, IpAddress
from lastro.webhooks.deliveries import sender
from lastro.webhooks.deliveries.model import LEASE, Outcome
from lastro.webhooks.deliveries.sender import NoticeSender
from tests.functions.webhooks.partner_town import PartnerTown
from tests.template.source import resources_of, setting_of


def loopback(_host: str) -> Sequence[IpAddress]:
    """A name service that knows loopback."""
    return [ip_address("127.0.0.1")]


def post(url: str, **seconds: float) -> Outcome:
    async def once() -> Outcome:
        return await NoticeSender(loopback, AddressRule(loopback=True), **seconds).post(url, {}, b"{}")

    return event_loop().run(once())


def test_a_receiver_has_its_whole_time_from_the_moment_the_request_leaves(town: PartnerTown) -> None:
    town.answer_with("a", {"status": 200, "delay_ms": 1200})
    # More than there was to reach it, and no other limit cuts it short.
    assert post(town.callback("a"), reach_seconds=1.0, answer_seconds=60.0) == Outcome(code=200)
    assert post(town.callback("a"), reach_seconds=60.0, answer_seconds=0.1) == Outcome(fault="timeout")
    town.forget("a")


def test_no_limit_inside_undercuts_what_is_promised() -> None:
    client = NoticeSender(loopback, AddressRule())._client
    assert (client.timeout.read, client.timeout.write, client.timeout.pool) == (None, None, None)
    function = resources_of("AWS::Serverless::Function")["DeliverNotice"]
    assert sender.ANSWER_SECONDS == 10.0
    assert sender.TRY_SECONDS + 5 <= setting_of(function, "Timeout") < LEASE.total_seconds()


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://127.0.0.1:1/x", "no_connection"),
        ("https://127.0.0.1:{port}/callbacks/a", "tls_fault"),
    ],
)
def test_who_is_there_but_speaks_no_trusted_tls_is_told_from_who_is_not_there(
    town: PartnerTown, url: str, fault: str
) -> None:
    port = town.url.rpartition(":")[2]
    assert post(url.format(port=port)) == Outcome(fault=fault)
    assert town.arrived("a") == []
