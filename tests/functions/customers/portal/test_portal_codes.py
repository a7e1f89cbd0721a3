"""Carrying a code to its person: once, or not at all, whatever the carrier does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from typing import Any

import pytest

from lastro.aws import notifiers
from lastro.customers.portal.logins import wiring as logins
from lastro.customers.portal.logins.messages import CodeAsked
from lastro.customers.portal.logins.store import LoginStore
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.queues.delivery import Delivery
from tests.functions.customers.portal.portal_town import PortalTown


def test_a_code_that_was_certainly_not_sent_is_sent_later(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = town.ask()
    records = town.take()
    with monkeypatch.context() as away:
        away.setattr(notifiers.SesMail, "send", fail(Retryable("no", code="carrier_unavailable")))
        assert town.deliver(records) == [records[0]["messageId"]]
    assert town.deliver(records, attempt=2) == []
    assert town.deliver(records, attempt=3) == []
    [code] = town.codes()
    assert town.confirm(asked.json["portal_login"]["id"], code).status == 200


@pytest.mark.parametrize("fault", [Unknown("lost", code="carrier_in_doubt"), KeyError("died")])
def test_a_code_that_may_have_been_sent_is_never_sent_again(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    town.ask()
    records = town.take()
    with monkeypatch.context() as away:
        away.setattr(notifiers.SesMail, "send", fail(fault))
        town.deliver(records)
    for attempt in (2, 3):
        assert town.deliver(records, attempt=attempt) == []
    assert town.outbox() == []
    assert town.log_in()


def test_what_the_carrier_refuses_goes_to_the_dead_letters(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    town.ask()
    records = town.take()
    monkeypatch.setattr(notifiers.SesMail, "send", fail(Permanent("no", code="not_sent")))
    assert town.deliver(records) == [records[0]["messageId"]]
    assert "message stuck" in logged.getvalue()


def test_two_deliveries_at_once_send_one_code(town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = town.ask()
    message = CodeAsked(partner_id=town.shop.partner_id, login_id=asked.json["portal_login"]["id"])
    sending = logins.open_sending()
    meeting, claim = Barrier(2), LoginStore.claim

    def meet(store: LoginStore, *told: Any) -> bool:
        meeting.wait(10)
        return claim(store, *told)

    monkeypatch.setattr(LoginStore, "claim", meet)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: sending.process(Delivery(name, message)), "ab"))
    assert len(town.outbox()) == 1


def fail(fault: Exception) -> Any:
    def send(*_: Any) -> str:
        raise fault

    return send
