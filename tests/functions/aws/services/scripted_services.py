"""Clients of ``lastro/aws/services`` whose connections are a script: what is sent is kept, and answered in turn."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.model import ServiceModel

from lastro.aws.services.json_service import JsonService
from tests.functions.emulation.whole_clients import open_session

REGION = "sa-east-1"
KEY = {"PK": {"S": "a"}, "SK": {"S": "b"}}
MOMENT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
QUEUE = "https://sqs.sa-east-1.amazonaws.com/1/q"
SIGNED = {"Message": b"\x00\xffa", "MessageType": "RAW", "SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256"}

CALLS: dict[str, dict[str, dict[str, Any]]] = {
    "dynamodb": {
        "get_item": {"TableName": "t", "Key": KEY, "ConsistentRead": True},
        "batch_get_item": {"RequestItems": {"t": {"Keys": [KEY], "ConsistentRead": True}}},
        "query": {
            "TableName": "t",
            "KeyConditionExpression": "#n0 = :v0",
            "ExpressionAttributeNames": {"#n0": "PK"},
            "ExpressionAttributeValues": {":v0": {"S": "ação"}},
            "ScanIndexForward": False,
            "Limit": 2,
            "ExclusiveStartKey": KEY,
        },
        "put_item": {"TableName": "t", "Item": {**KEY, "L": {"L": [{"NULL": True}, {"N": "1"}, {"NS": ["1"]}]}}},
        "delete_item": {"TableName": "t", "Key": KEY},
        "update_item": {"TableName": "t", "Key": KEY, "UpdateExpression": "SET #n0 = :v0", "ReturnValues": "ALL_NEW"},
        "transact_write_items": {"TransactItems": [{"Delete": {"TableName": "t", "Key": KEY}}]},
        "batch_write_item": {"RequestItems": {"t": [{"PutRequest": {"Item": KEY}}]}},
        "batch_execute_statement": {
            "Statements": [{"Statement": "INSERT INTO \"t\" VALUE {'PK': ?}", "Parameters": [KEY["PK"]]}]
        },
        "scan": {"TableName": "t", "ConsistentRead": True},
        "describe_table": {"TableName": "t"},
        "restore_table_to_point_in_time": {
            "SourceTableName": "table",
            "TargetTableName": "other",
            "RestoreDateTime": MOMENT,
        },
        "update_time_to_live": {
            "TableName": "t",
            "TimeToLiveSpecification": {"Enabled": True, "AttributeName": "expires"},
        },
        "update_continuous_backups": {
            "TableName": "t",
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        },
        "update_table": {"TableName": "t", "DeletionProtectionEnabled": True},
    },
    "sqs": {
        "send_message_batch": {
            "QueueUrl": QUEUE,
            "Entries": [{"Id": "0", "MessageBody": "é", "MessageGroupId": "g", "DelaySeconds": 3}],
        },
        "get_queue_attributes": {"QueueUrl": QUEUE, "AttributeNames": ["ApproximateNumberOfMessages"]},
        "change_message_visibility_batch": {
            "QueueUrl": QUEUE,
            "Entries": [{"Id": "0", "ReceiptHandle": "h", "VisibilityTimeout": 5}],
        },
    },
    "secretsmanager": {
        "get_secret_value": {"SecretId": "s", "VersionId": "0" * 32},
        "put_secret_value": {"SecretId": "s", "SecretString": "{}"},
        "create_secret": {"Name": "s", "SecretString": "{}"},
        "delete_secret": {"SecretId": "s", "RecoveryWindowInDays": 7},
    },
    "kms": {
        "sign": {"KeyId": "k", **SIGNED},
        "verify": {"KeyId": "k", **SIGNED, "Signature": b"\x01\x02"},
        "get_public_key": {"KeyId": "k"},
    },
}
POOL = {"UserPoolId": "sa-east-1_Pool1"}
LOGIN = {"ClientId": "1example23456789", "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "u"}}
CALLS["cognito-idp"] = {
    "admin_add_user_to_group": {**POOL, "Username": "u", "GroupName": "manager"},
    "admin_create_user": {**POOL, "Username": "u", "TemporaryPassword": "Exemplo-1", "MessageAction": "SUPPRESS"},
    "admin_delete_user": {**POOL, "Username": "u"},
    "admin_disable_user": {**POOL, "Username": "u"},
    "admin_initiate_auth": {**POOL, **LOGIN},
    "admin_respond_to_auth_challenge": {
        **POOL,
        "ClientId": LOGIN["ClientId"],
        "ChallengeName": "CUSTOM_CHALLENGE",
        "Session": "s" * 20,
        "ChallengeResponses": {"USERNAME": "u", "ANSWER": "a"},
    },
    "admin_set_user_password": {**POOL, "Username": "u", "Password": "Exemplo-1", "Permanent": True},
    "admin_user_global_sign_out": {**POOL, "Username": "u"},
    "associate_software_token": {"Session": "s" * 20},
    "initiate_auth": LOGIN,
    "respond_to_auth_challenge": {"ClientId": LOGIN["ClientId"], "ChallengeName": "MFA_SETUP", "Session": "s" * 20},
    "revoke_token": {"ClientId": LOGIN["ClientId"], "Token": "t"},
    "verify_software_token": {"Session": "s" * 20, "UserCode": "123456"},
}
EVERY_CALL = [(service, name) for service, calls in CALLS.items() for name in calls]


class Sent(Exception):
    def __init__(self, request: AWSPreparedRequest) -> None:
        self.request = request


class _Raw:
    """What urllib3 would read from a connection."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


def answered(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> AWSResponse:
    told: Any = {"Content-Length": str(len(body)), **(headers or {})}
    return AWSResponse("https://service.example/", status, told, _Raw(body))


class Script:
    """In place of connections: what is sent is kept, and answered in turn."""

    def __init__(self, *answers: AWSResponse | Exception) -> None:
        self.sent: list[Any] = []
        self._answers = list(answers)

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        self.sent.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


GOOD = answered(200, b"{}")


def client(service: str, *answers: AWSResponse | Exception) -> tuple[Any, Script]:
    script = Script(*answers)
    made: Any = JsonService(service)
    made._connections = script
    return made, script


def describe(service: str) -> ServiceModel:
    return open_session().get_service_model(service)


def operation_of(service: str, name: str) -> str:
    return next(each for each in describe(service).operation_names if xform_name(each) == name)


def failure(status: int, code: str = "InternalServerError", **headers: str) -> AWSResponse:
    return answered(status, json.dumps({"__type": code}).encode(), headers)


def text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
