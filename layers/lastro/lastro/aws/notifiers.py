"""Messages to people: e-mail by Amazon SES, text messages by Amazon SNS. Each call sends once at most.

Neither knows a request again, so a call whose answer was lost is in doubt and is never repeated here.
"""

from __future__ import annotations

from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from lastro.aws.clients import open_client
from lastro.aws.log import logger
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown

_NOT_REACHED = (ConnectTimeoutError, EndpointConnectionError)
"""No connection came about: nothing was sent."""
_LATER = frozenset({"TooManyRequestsException", "LimitExceededException", "Throttling", "ThrottlingException"})
_TOO_MANY = 429
_SERVER_ERROR = 500


class _Message(Protocol):
    """What is carried (``customers/portal/logins/ports.py``)."""

    @property
    def address(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...


class SesMail:
    """E-mails from ``sender``, an address that SES has verified."""

    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, notification: _Message) -> str:
        """Raises ``Retryable``, ``Unknown`` or ``Permanent`` ``not_sent``; the id of SES otherwise."""
        if not self.sender:
            raise Permanent("no sender is set for e-mails", code="no_sender")
        content = {
            "Simple": {
                "Subject": {"Data": notification.subject, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": notification.text, "Charset": "UTF-8"}},
            }
        }
        try:
            answer = open_client("sesv2").send_email(
                FromEmailAddress=self.sender, Destination={"ToAddresses": [notification.address]}, Content=content
            )
        except (BotoCoreError, ClientError) as error:
            raise _fault("email", error) from error
        return str(answer["MessageId"])


class SnsText:
    """Text messages to phones as ``+55…``; the subject is not sent."""

    def send(self, notification: _Message) -> str:
        """Raises ``Retryable``, ``Unknown`` or ``Permanent`` ``not_sent``; the id of SNS otherwise."""
        kind = {"DataType": "String", "StringValue": "Transactional"}
        try:
            answer = open_client("sns").publish(
                PhoneNumber=notification.address,
                Message=notification.text,
                MessageAttributes={"AWS.SNS.SMS.SMSType": kind},
            )
        except (BotoCoreError, ClientError) as error:
            raise _fault("sms", error) from error
        return str(answer["MessageId"])


def _fault(carrier: str, error: BotoCoreError | ClientError) -> LastroError:
    """What a failure says of the message. The text of a fault may name the address, so its kind has to do."""
    answer: Any = error.response if isinstance(error, ClientError) else {}
    code = answer.get("Error", {}).get("Code", "")
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    logger.warning("message not carried", carrier=carrier, fault=type(error).__name__, reason=code)
    if isinstance(error, _NOT_REACHED) or code in _LATER or status == _TOO_MANY:
        return Retryable("the carrier did not take the message", code="carrier_unavailable")
    if not isinstance(error, ClientError) or status >= _SERVER_ERROR:
        return Unknown("the carrier may have taken the message", code="carrier_in_doubt")
    return Permanent("the carrier refuses the message", code="not_sent")
