"""Sending to SQS: ten messages a request, every refused entry noticed.

Each message names the partner it is worked for as its ``MessageGroupId``: with one a standard queue is a fair queue, in
which a partner with few messages does not wait behind one with many (docs/decisions/0013-queues.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lastro.aws.clients import open_client
from lastro.aws.log import logger
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import BATCH, Outgoing


class Queue:
    """A standard queue by its URL."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def _client(self) -> Any:
        return open_client("sqs")

    def send(self, messages: Sequence[Outgoing], *, delay: int = 0) -> None:
        """Send messages, batches side by side, to be handed out after so many seconds.

        Raises ``Retryable`` when the queue cannot be reached or still refuses some entry after a second try; those
        sent may be delivered again by whoever repeats the call.
        """
        batches = [messages[start : start + BATCH] for start in range(0, len(messages), BATCH)]
        if len(batches) <= 1:
            for batch in batches:
                self._send_batch(batch, delay)
            return
        sent = [_senders().submit(self._send_batch, batch, delay) for batch in batches]
        wait(sent)
        for each in sent:
            each.result()

    def count_waiting(self) -> int:
        """About how many messages nobody has taken yet. Raises ``Retryable`` when the queue cannot be reached."""
        name = "ApproximateNumberOfMessages"
        try:
            answer = self._client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[name])
        except (BotoCoreError, ClientError) as error:
            logger.warning("queue did not answer", fault=type(error).__name__)
            raise Retryable("the queue does not say what waits in it", code="queue_unreachable") from error
        return int(answer["Attributes"][name])

    def _send_batch(self, messages: Sequence[Outgoing], delay: int) -> None:
        entries = [
            {
                "Id": str(position),
                "MessageBody": message.body(),
                "MessageGroupId": message.group,
                **({"DelaySeconds": delay} if delay else {}),
            }
            for position, message in enumerate(messages)
        ]
        for _ in range(2):
            answer = self._request(entries)
            refused = {failure["Id"] for failure in answer.get("Failed", [])}
            entries = [entry for entry in entries if entry["Id"] in refused]
            if not entries:
                return
        logger.warning("queue refused messages", messages=len(entries))
        raise Retryable(f"the queue refused {len(entries)} messages", code="queue_refused")

    def _request(self, entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        try:
            answer: Mapping[str, Any] = self._client.send_message_batch(QueueUrl=self.url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            logger.warning("queue did not answer", messages=len(entries), fault=type(error).__name__)
            raise Retryable("the queue did not take the messages", code="queue_unreachable") from error
        return answer


@cache
def _senders() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="batches")
