"""The table and the queues of the template over moto."""

from __future__ import annotations

from lastro.aws.clients import open_client
from tests.functions.emulation.whole_clients import open_whole_client
from tests.template.source import queue_attributes, resources_of


def create_table(name: str) -> None:
    """The table of the template under another name."""
    [table] = resources_of("AWS::DynamoDB::Table").values()
    wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    open_whole_client("dynamodb").create_table(TableName=name, **{key: table[key] for key in wanted})


def create_queue(name: str, resource: str = "Conditions341") -> str:
    """A queue as in the template, that of a bank's conditions unless told otherwise; its address."""
    made = open_client("sqs").create_queue(QueueName=name, Attributes=queue_attributes(resource))
    return str(made["QueueUrl"])
