"""Sending to SQS: ten messages a request, every refused entry noticed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from lastro.aws.clients import open_client
from lastro.errors import Retryable

_BATCH = 10


class Queue:
    """A standard queue by its URL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = open_client("sqs")

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        """Send JSON messages, batches side by side.

        Raises ``Retryable`` when some entry is still refused after a second try; those sent may be delivered again by
        whoever repeats the call.
        """
        batches = [bodies[start : start + _BATCH] for start in range(0, len(bodies), _BATCH)]
        if len(batches) <= 1:
            for batch in batches:
                self._send_batch(batch)
            return
        with ThreadPoolExecutor(max_workers=min(8, len(batches))) as pool:
            list(pool.map(self._send_batch, batches))

    def _send_batch(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        entries = [
            {"Id": str(position), "MessageBody": json.dumps(body, separators=(",", ":"))}
            for position, body in enumerate(bodies)
        ]
        for _ in range(2):
            answer = self._client.send_message_batch(QueueUrl=self.url, Entries=entries)
            refused = {failure["Id"] for failure in answer.get("Failed", [])}
            entries = [entry for entry in entries if entry["Id"] in refused]
            if not entries:
                return
        raise Retryable(f"the queue refused {len(entries)} messages", code="queue_refused")
