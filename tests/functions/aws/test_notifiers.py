"""Who carries messages to people: one contract, kept by SES and SNS and by what stands in for them in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from lastro.aws import notifiers
from lastro.aws.clients import open_client
from lastro.aws.notifiers import SesMail, SnsText
from lastro.customers.portal.logins.model import Channel
from lastro.customers.portal.logins.ports import Notification, Notifier
from lastro.customers.portal.logins.texts import word_code
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from tests.functions.emulation.process import REGION
from tests.functions.emulation.whole_clients import open_whole_client

SENDER = "portal@example.com"
ADDRESSES = {Channel.EMAIL: "ana@example.com", Channel.SMS: "+5511987654321"}


@dataclass
class Outbox:
    """Keeps what it is given; ``fault`` it raises instead."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    fault: LastroError | None = None

    def send(self, notification: Notification) -> str:
        if self.fault:
            raise self.fault
        self.sent.append((notification.address, notification.text))
        return f"message-{len(self.sent)}"


@dataclass(frozen=True)
class Carrier:
    """One notifier, what it has carried, and a way to let it fail."""

    channel: Channel
    notifier: Notifier
    carried: Callable[[], list[tuple[str, str]]]
    fail: Callable[[str], None]


THROTTLED: Any = {"Error": {"Code": "Throttled"}, "ResponseMetadata": {"HTTPStatusCode": 429}}
BROKEN: Any = {"Error": {"Code": "Internal"}, "ResponseMetadata": {"HTTPStatusCode": 500}}
FAULTS: dict[str, tuple[type[LastroError], Exception]] = {
    "not reached": (Retryable, EndpointConnectionError(endpoint_url="https://carrier.example")),
    "no connection": (Retryable, ConnectTimeoutError(endpoint_url="https://carrier.example")),
    "throttled": (Retryable, ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Send")),
    "throttled by another name": (Retryable, ClientError(THROTTLED, "Send")),
    "no answer": (Unknown, ReadTimeoutError(endpoint_url="https://carrier.example")),
    "broken": (Unknown, ClientError(BROKEN, "Send")),
    "refused": (Permanent, ClientError({"Error": {"Code": "MessageRejected"}}, "Send")),
}


@pytest.fixture(params=["memory", "ses", "sns"])
def carrier(request: pytest.FixtureRequest, aws: None, monkeypatch: pytest.MonkeyPatch) -> Carrier:
    if request.param == "memory":
        outbox = Outbox()

        def fail_outbox(name: str) -> None:
            outbox.fault = FAULTS[name][0]("no", code="x")

        return Carrier(Channel.EMAIL, outbox, lambda: outbox.sent, fail_outbox)

    def fail(name: str) -> None:
        def stop(*_: Any, **__: Any) -> None:
            raise FAULTS[name][1]

        stopped = type("Stopped", (), {"send_email": stop, "publish": stop})()
        monkeypatch.setattr(notifiers, "open_client", lambda _: stopped)

    if request.param == "ses":
        open_whole_client("ses").verify_email_identity(EmailAddress=SENDER)
        mails = ses_backends[DEFAULT_ACCOUNT_ID][REGION]
        return Carrier(
            Channel.EMAIL,
            SesMail(SENDER),
            lambda: [(mail.destinations["ToAddresses"][0], mail.body) for mail in mails.sent_messages],
            fail,
        )
    texts = sns_backends[DEFAULT_ACCOUNT_ID][REGION]
    return Carrier(Channel.SMS, SnsText(), lambda: list(texts.sms_messages.values()), fail)


def test_a_message_arrives_as_it_was_given_once(carrier: Carrier) -> None:
    message = word_code(carrier.channel, ADDRESSES[carrier.channel], "048213")
    first, second = carrier.notifier.send(message), carrier.notifier.send(message)
    assert first
    assert first != second
    assert carrier.carried() == [(message.address, message.text)] * 2


@pytest.mark.parametrize("name", FAULTS)
def test_a_failure_says_whether_the_message_may_have_been_taken(carrier: Carrier, name: str) -> None:
    carrier.fail(name)
    with pytest.raises(FAULTS[name][0]) as raised:
        carrier.notifier.send(word_code(carrier.channel, ADDRESSES[carrier.channel], "048213"))
    assert "048213" not in str(raised.value)
    assert carrier.carried() == []


@pytest.mark.parametrize("service", ["sesv2", "sns"])
def test_a_carrier_is_asked_once(aws: None, service: str) -> None:
    assert open_client(service).meta.config.retries["total_max_attempts"] == 1


def test_an_email_without_a_sender_is_refused(aws: None) -> None:
    with pytest.raises(Permanent) as raised:
        SesMail("").send(word_code(Channel.EMAIL, "ana@example.com", "048213"))
    assert raised.value.code == "no_sender"


def test_a_text_message_fits_one_part(aws: None) -> None:
    """160 letters of the GSM alphabet (3GPP TS 23.038), of which none here is beyond ASCII."""
    text = word_code(Channel.SMS, "+5511987654321", "048213").text
    assert len(text) <= 160
    assert text.isascii()
    assert "048213" in text


def test_a_message_is_never_shown() -> None:
    assert "048213" not in repr(word_code(Channel.EMAIL, "ana@example.com", "048213"))
