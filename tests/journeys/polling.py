"""A poller in a process of its own: takes a batch off a function's queues and hands it on, until somebody kills it.

The local AWS polls in a thread of the process whose memory is the table: nobody can kill that one alone.

``polling.py ENDPOINT OPERATION STEP HIDDEN SECONDS`` says when it is at the step, and waits there to be killed. What it
took is seen again after HIDDEN seconds. It takes nothing any more after SECONDS, and ends with its standard input.
"""

from __future__ import annotations

import json
import sys
import time
from threading import Thread
from typing import Any

import boto3
from botocore.config import Config

from sandbox.cloud.settings import REGION

TAKEN, HANDED_ON, WORKED = "taken", "handed on", "seen worked"
STEPS = (TAKEN, HANDED_ON, WORKED)
"""Messages are out of sight; the function has them; it has worked them, and nobody has deleted them."""


def main() -> None:
    endpoint_url, operation, step, hidden, seconds = sys.argv[1:]
    session = boto3.session.Session("test", "test", region_name=REGION)
    config = Config(connect_timeout=5, read_timeout=60, retries={"total_max_attempts": 1})
    sqs, lambdas = (session.client(name, endpoint_url=endpoint_url, config=config) for name in ("sqs", "lambda"))
    function = f"lastro-{operation}"
    mappings = lambdas.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    records = take(sqs, [mapping["EventSourceArn"] for mapping in mappings], int(hidden), float(seconds))
    if records and step != TAKEN:
        asking = Thread(
            target=lambdas.invoke, kwargs={"FunctionName": function, "Payload": json.dumps({"Records": records})}
        )
        asking.daemon = True
        asking.start()
        if step == WORKED:
            asking.join()
    print(f"{len(records)} messages {step}" if records else "nothing to take", flush=True)
    sys.stdin.read()


def take(sqs: Any, sources: list[str], hidden: int, seconds: float) -> list[dict[str, Any]]:
    """The first batch that any of the queues has, as records of an event; empty when none has one in time."""
    urls = {arn: sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"] for arn in sources}
    asked = {"MaxNumberOfMessages": 10, "VisibilityTimeout": hidden, "AttributeNames": ["All"]}
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for arn, url in urls.items():
            if taken := sqs.receive_message(QueueUrl=url, **asked).get("Messages"):
                return [as_record(arn, message) for message in taken]
        time.sleep(0.05)
    return []


def as_record(arn: str, message: dict[str, Any]) -> dict[str, Any]:
    """A message as Lambda's poller hands it on."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": REGION,
    }


if __name__ == "__main__":
    main()
