"""Lines go to the request log in the form in which CloudWatch Logs sends them."""

from __future__ import annotations

import base64
import gzip
import json

from sandbox.cloud.aws.request_log import batch


def test_a_batch_is_an_event_of_a_subscription() -> None:
    event = batch([{"timestamp": 7, "message": "a", "logStreamName": "s"}, {"timestamp": 8, "message": "b"}])
    told = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
    assert told["messageType"] == "DATA_MESSAGE"
    assert [(each["timestamp"], each["message"]) for each in told["logEvents"]] == [(7, "a"), (8, "b")]
    assert len({each["id"] for each in told["logEvents"]}) == 2
