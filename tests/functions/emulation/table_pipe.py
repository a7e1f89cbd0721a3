"""The pipe of ``infrastructure/analysis.yaml`` over moto: stream, filter, template, Firehose and what is lost.

No emulator works one with this target. What AWS does with a pipe's settings (EventBridge user guide: "Event patterns",
"Input transformation", "Batching and concurrency", "Error handling") is done here with the settings of the template
itself, on records as DynamoDB Streams gives them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.functions.emulation.whole_clients import open_session, open_whole_client
from tests.template.source import ANALYSIS, STATE, load_template

Record = dict[str, Any]

_RESOURCES: dict[str, Any] = load_template(ANALYSIS)["Resources"]
_PIPE: dict[str, Any] = _RESOURCES["Pipe"]["Properties"]
_SOURCE: dict[str, Any] = _PIPE["SourceParameters"]["DynamoDBStreamParameters"]
_DELIVERY: dict[str, Any] = _RESOURCES["Delivery"]["Properties"]["ExtendedS3DestinationConfiguration"]
_BUCKET, _STREAM, _LOST = "outcomes", "delivery", "lost"


class TablePipe:
    """Carries what the table's stream holds to files. ``refuses`` are lines that Firehose does not take."""

    def __init__(self, table: str) -> None:
        state = load_template(STATE)["Resources"]["Table"]["Properties"]["StreamSpecification"]["Fn::If"][1]
        self._table = table
        open_whole_client("dynamodb").update_table(
            TableName=table, StreamSpecification={"StreamEnabled": True, **state}
        )
        self._bucket = open_whole_client("s3")
        place = {"LocationConstraint": self._bucket.meta.region_name}
        self._bucket.create_bucket(Bucket=_BUCKET, CreateBucketConfiguration=place)
        self._delivery = open_whole_client("firehose")
        self._delivery.create_delivery_stream(
            DeliveryStreamName=_STREAM,
            DeliveryStreamType="DirectPut",
            ExtendedS3DestinationConfiguration={
                "BucketARN": f"arn:aws:s3:::{_BUCKET}",
                "RoleARN": "arn:aws:iam::123456789012:role/delivery",
                "Prefix": _DELIVERY["Prefix"].partition("!")[0],
            },
        )
        self._queue = open_whole_client("sqs")
        self._lost = self._queue.create_queue(QueueName=_LOST)["QueueUrl"]
        self.refuses: Callable[[dict[str, str]], bool] = lambda line: False
        self.tries = 0

    def read(self) -> list[Record]:
        """Every record of the stream, as its API gives it."""
        # moto does not know the address by account that a stream's name leads to.
        streams: Any = open_session().create_client(
            "dynamodbstreams", endpoint_url=f"https://streams.dynamodb.{self._bucket.meta.region_name}.amazonaws.com"
        )
        [found] = streams.list_streams(TableName=self._table)["Streams"]
        [shard] = streams.describe_stream(StreamArn=found["StreamArn"])["StreamDescription"]["Shards"]
        iterator = streams.get_shard_iterator(
            StreamArn=found["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        records: list[Record] = streams.get_records(ShardIterator=iterator)["Records"]
        return records

    def carry(self, records: Sequence[Record]) -> None:
        """Hand records over, a batch at a time."""
        patterns = [json.loads(each["Pattern"]) for each in _PIPE["SourceParameters"]["FilterCriteria"]["Filters"]]
        passed = [record for record in records if any(_agrees(pattern, record) for pattern in patterns)]
        for start in range(0, len(passed), _SOURCE["BatchSize"]):
            self._deliver(passed[start : start + _SOURCE["BatchSize"]])

    def lines(self) -> list[dict[str, str]]:
        """What the files hold, line by line."""
        files = self._bucket.list_objects_v2(Bucket=_BUCKET, Prefix="conditions/").get("Contents", [])
        texts = [self._bucket.get_object(Bucket=_BUCKET, Key=each["Key"])["Body"].read().decode() for each in files]
        return [json.loads(line) for text in texts for line in text.splitlines()]

    def lost(self) -> list[str]:
        found = self._queue.receive_message(QueueUrl=self._lost, MaxNumberOfMessages=10).get("Messages", [])
        return [each["Body"] for each in found]

    def _deliver(self, batch: Sequence[Record]) -> None:
        """A batch that is refused in part is halved until each record is through, or has had its tries."""
        if not batch or self._put(batch):
            return
        if len(batch) > 1 and _SOURCE["OnPartialBatchItemFailure"] == "AUTOMATIC_BISECT":
            middle = len(batch) // 2
            self._deliver(batch[:middle])
            self._deliver(batch[middle:])
            return
        if not any(self._put(batch) for _ in range(_SOURCE["MaximumRetryAttempts"])):
            first, last = (batch[at]["dynamodb"]["SequenceNumber"] for at in (0, -1))
            assert _SOURCE["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["Lost", "Arn"]}}
            told = {"DDBStreamBatchInfo": {"startSequenceNumber": first, "endSequenceNumber": last}}
            self._queue.send_message(QueueUrl=self._lost, MessageBody=json.dumps(told))

    def _put(self, batch: Sequence[Record]) -> bool:
        self.tries += 1
        lines = [_fill(_PIPE["TargetParameters"]["InputTemplate"], record) for record in batch]
        taken = [line for line in lines if not self.refuses(json.loads(line))]
        if taken:
            [processor] = _DELIVERY["ProcessingConfiguration"]["Processors"]
            [delimiter] = processor["Parameters"]
            assert (processor["Type"], delimiter["ParameterValue"]) == ("AppendDelimiterToRecord", "\\n")
            self._delivery.put_record_batch(
                DeliveryStreamName=_STREAM, Records=[{"Data": f"{line}\n".encode()} for line in taken]
            )
        return len(taken) == len(lines)


def _agrees(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event has what a pattern names: one of the values told, or any where it only has to be there."""
    for name, wanted in pattern.items():
        found = event.get(name)
        if isinstance(wanted, Mapping):
            if not isinstance(found, Mapping) or not _agrees(wanted, found):
                return False
        elif not any((name in event) is one["exists"] if isinstance(one, Mapping) else found == one for one in wanted):
            return False
    return True


def _fill(template: str, record: Mapping[str, Any]) -> str:
    """A template with the values at its paths; what a record does not have leaves nothing between the quotes."""

    def value(path: re.Match[str]) -> str:
        found: Any = record
        for name in path[1].split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return "" if found is None else json.dumps(found).strip('"')

    return re.sub(r"<\$\.([\w.]+)>", value, template)
