"""What a function may ask of AWS: its role's statements, which neither moto nor the local cloud holds it to.

A statement allows actions, of the table or of its indexes, on rows whose partition keys are all like one of its
patterns (``ForAllValues:StringLike`` of ``dynamodb:LeadingKeys``). Of other services the actions are looked at, and the
names of files and secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lastro.aws.services.json_service import PROTOCOLS
from tests.template.source import reached_by, resources_of, role_of, statements_of

_ACTIONS = {
    "s3:HeadObject": "s3:GetObject",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "sqs:SendMessageBatch": "sqs:SendMessage",
}
"""Of requests that are not called as what allows them."""
_OF_VERSIONS = {"s3:GetObject": "s3:GetObjectVersion", "s3:PutObjectTagging": "s3:PutObjectVersionTagging"}
_OF_TESTS = frozenset({"dynamodb:Scan", "sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"})
"""What tests alone ask, also while a function runs: Lambda itself takes messages, and nothing scans the table."""
_WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem"}
_PARTITION = re.compile(r"(#?\w+) = (:\w+)")
_BEFORE = re.compile(r".*(Arn|SecretsPrefix)\}/")
"""Of a resource what stands before the name of a file or a secret."""
_INSERTED = re.compile(r"'(\w+)': \?")

Need = tuple[str, Sequence[str], str]
"""An action, the partition keys that it reaches, and whether those are of the table or of an index."""


def find_denied(operation: str, service: str, asked: str, parameters: Mapping[str, Any]) -> str | None:
    """What of a request the role of an operation's function does not allow; ``None`` when it allows all of it."""
    if f"{service}:{asked}" in _OF_TESTS:
        return None
    if service == "dynamodb":
        for need in _needs(asked, parameters):
            if not any(_allows(statement, need) for statement in _granted(operation)):
                return f"dynamodb:{need[0]} of {', '.join(need[1])} ({need[2]})"
        return None
    if service in PROTOCOLS and asked in PROTOCOLS[service].unsigned:
        return None
    action, name = _named(service, asked, parameters)
    if any(action in statement["Action"] and _reaches(statement, name) for statement in _granted(operation)):
        return None
    return f"{action} {name}".rstrip()


def _named(service: str, asked: str, parameters: Mapping[str, Any]) -> tuple[str, str]:
    """The action of a request, and the file or the secret that it is about."""
    action = _ACTIONS.get(f"{service}:{asked}", f"{service}:{asked}")
    match service:
        case "s3":
            if "VersionId" in parameters:
                action = _OF_VERSIONS[action]
            return action, str(parameters.get("Key", ""))
        case "secretsmanager":
            # AWS ends the name of a secret's resource by a hyphen and six characters.
            secret = str(parameters.get("SecretId") or parameters.get("Name"))
            return action, secret.partition("/")[2] + "-"
    return action, ""


def _reaches(statement: Mapping[str, Any], name: str) -> bool:
    patterns = [resource.get("Fn::Sub", "") for resource in reached_by(statement)]
    beginnings = tuple(_BEFORE.sub("", pattern).removesuffix("*") for pattern in patterns)
    return not name or name.startswith(beginnings)


@cache
def _granted(operation: str) -> Sequence[Mapping[str, Any]]:
    functions = resources_of("AWS::Serverless::Function").values()
    [function] = [each for each in functions if Path(each["CodeUri"]).name == operation]
    return statements_of(role_of(function))


def _allows(statement: Mapping[str, Any], need: Need) -> bool:
    action, keys, place = need
    if f"dynamodb:{action}" not in statement["Action"]:
        return False
    patterns = statement.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ["*"])
    beginnings = tuple(pattern.removesuffix("*") for pattern in patterns)
    return place in _places(statement) and all(key.startswith(beginnings) for key in keys)


def _places(statement: Mapping[str, Any]) -> set[str]:
    return {"index" if "Fn::Sub" in resource else "table" for resource in reached_by(statement)}


def _needs(asked: str, parameters: Mapping[str, Any]) -> Iterator[Need]:
    match asked:
        case "TransactWriteItems":
            for write in parameters["TransactItems"]:
                for kind, told in write.items():
                    yield _WRITES[kind], [_key_of(told)], "table"
        case "BatchExecuteStatement":
            for each in parameters["Statements"]:
                at = _INSERTED.findall(each["Statement"]).index("PK")
                yield "PartiQLInsert", [each["Parameters"][at]["S"]], "table"
        case "BatchGetItem":
            [told] = parameters["RequestItems"].values()
            yield asked, [key["PK"]["S"] for key in told["Keys"]], "table"
        case "BatchWriteItem":
            [requests] = parameters["RequestItems"].values()
            yield asked, [_key_of(told) for each in requests for told in each.values()], "table"
        case "Query":
            found = _PARTITION.match(parameters["KeyConditionExpression"])
            assert found is not None
            value = parameters["ExpressionAttributeValues"][found[2]]
            yield asked, [value["S"]], "index" if "IndexName" in parameters else "table"
        case _:
            yield asked, [_key_of(parameters)], "table"


def _key_of(told: Mapping[str, Any]) -> str:
    item = told["Key"] if "Key" in told else told["Item"]
    return str(item["PK"]["S"])
