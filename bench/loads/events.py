"""Events as API Gateway and SQS hand them to a function, for a partner of the running cloud."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

REGION = "us-east-1"
_API = f"arn:aws:execute-api:{REGION}:000000000000:bench/live"

Event = dict[str, Any]


def authorizer_event(headers: Mapping[str, str]) -> Event:
    return {"type": "REQUEST", "methodArn": f"{_API}/GET/bench", "headers": dict(headers)}


def http_event(
    method: str,
    headers: Mapping[str, str],
    authorizer: Mapping[str, Any],
    *,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    body: object = None,
) -> Event:
    """A proxy event; ``authorizer`` is the context of the authorizer's answer."""
    return {
        "resource": "/bench",
        "path": "/bench",
        "httpMethod": method,
        "headers": dict(headers),
        "pathParameters": dict(path) if path else None,
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} if query else None,
        "requestContext": {"requestId": str(uuid.uuid4()), "authorizer": dict(authorizer)},
        "isBase64Encoded": False,
        "body": None if body is None else json.dumps(body),
    }


def queue_event(messages: Sequence[Mapping[str, Any]], queue_url: str) -> Event:
    """Messages as a queue gave them (``MessageId``, ``ReceiptHandle``, ``Body``) as one batch, first delivery."""
    account, name = queue_url.split("/")[-2:]
    return {
        "Records": [
            {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "body": message["Body"],
                "attributes": {"ApproximateReceiveCount": "1"},
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:{REGION}:{account}:{name}",
                "awsRegion": REGION,
            }
            for message in messages
        ]
    }
