"""What goes wrong while a journey runs: processes killed, messages doubled and out of order, a front door that dies.

Everything is drawn from one seed; what was done and when is told by ``log``.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import httpx
from botocore.config import Config

from lastro.kernel.calendar import format_moment, read_moment
from lastro.origination.disbursements.model import ROW, SETTLING
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import HOST, REGION
from sandbox.cloud.workers.nursery import OFF
from tests.journeys.patience import LONGEST
from tests.journeys.polling import HANDED_ON, STEPS, take

ROOT = Path(__file__).resolve().parents[2]

MOST_HARMS = 12
"""Of one round: a system that is killed again and again gets nowhere, and proves nothing."""

SWEEPS = (
    "sync_status",
    "sync_steps",
    "sync_payouts",
    "sync_deliveries",
    "sync_inquiries",
    "sync_proposals",
    "sync_retention",
)
"""Schedules that only look after what is owed: whatever their clock says, nothing may be lost or done twice."""

JUMPS = (-65.0, -10.0, 10.0, 65.0)
"""Seconds: less and more than a lease or a pause is long, less than anybody waits in a round."""

HIDDEN = 30
"""Seconds for which nobody else sees what is about to be doubled: longer than that takes."""

ONE_ANSWER = 70.0
"""Seconds: a little more than the front door waits for the API."""

AGAIN = {502, 503, 504}
"""What a call is answered whose process died under it, or that never reached one."""


@dataclass
class FrontDoor:
    """A gateway of its own in front of the cloud's API, killed and started again.

    Its port is held here, or somebody else could take it in between: who connects meanwhile waits for the next one.
    """

    cloud: RunningCloud
    port: socket.socket = field(init=False)
    api_id: str = field(init=False)
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.port = socket.create_server((HOST, 0))
        [api] = client(self.cloud, "apigateway").get_rest_apis()["items"]
        self.api_id = api["id"]
        self.open()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port.getsockname()[1]}"

    def lead(self, http: httpx.Client) -> None:
        """Have a partner's client come through this door, and ask again what is not answered in its time."""
        http.base_url, http.timeout = httpx.URL(self.url), httpx.Timeout(ONE_ANSWER)

    def open(self) -> None:
        self.process = open_front_door(self.port, self.cloud.aws_endpoint_url, self.api_id)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def open_front_door(port: socket.socket, aws_endpoint_url: str, api_id: str) -> subprocess.Popen[bytes]:
    """A gateway at a port that is held already. It ends with this process, not with the thread that opens it."""
    number = port.fileno()
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox.cloud.aws.gateway", str(number), aws_endpoint_url, api_id],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        pass_fds=[number],
    )


def client(cloud: RunningCloud, service: str) -> Any:
    """A client of the local AWS, which answers within half a minute or is asked again."""
    return boto3.session.Session("test", "test", region_name=REGION).client(
        service, endpoint_url=cloud.aws_endpoint_url, config=Config(connect_timeout=5, read_timeout=30)
    )


@dataclass
class Trouble:
    """A thread that does one harm after the other, at moments and in an order that its seed decides."""

    cloud: RunningCloud
    door: FrontDoor
    seed: int
    victims: Sequence[str]
    """Operations whose workers are killed."""
    consumers: Sequence[str]
    """Operations whose messages are doubled and shuffled."""
    thorough: bool = True
    """Whether the local AWS stands still, clocks jump and pollers are killed, too."""
    log: list[str] = field(default_factory=list)

    @property
    def patience(self) -> tuple[float, float]:
        """For how many seconds, at least and at most, messages are waited for."""
        return (2, 8) if self.thorough else (0.5, 2)

    @contextmanager
    def running(self) -> Iterator[None]:
        """All harms of the round, some while the block runs; then everything is on again, the clocks are right, and
        nothing is repaired.
        """
        try:
            with ThreadPoolExecutor(1) as thread:
                done = thread.submit(self._run)
                yield
        finally:
            set_clocks(self.cloud, 0)
        # What stopped the harms is told as the failure that it is.
        done.result()

    def _run(self) -> None:
        draw = random.Random(self.seed)
        harms: list[Callable[[random.Random], str]] = [self._kill, self._kill, self._kill, self._close, self._shuffle]
        if self.thorough:
            harms += [self._freeze, self._jump, self._kill_poller]
        begun = time.monotonic()
        # What a round sends is worked within seconds: who is to take some of it is there before it comes.
        first = [self._kill_poller, self._shuffle] if self.thorough else [self._shuffle]
        while len(self.log) < MOST_HARMS:
            time.sleep(draw.uniform(0.1, 0.9))
            harm = first.pop() if first else draw.choice(harms)
            self.log.append(f"{time.monotonic() - begun:.1f} s {harm(draw)}")

    def _kill(self, draw: random.Random) -> str:
        operation = draw.choice(self.victims)
        for worker in (workers := self.cloud.workers(operation)):
            _signal(worker, signal.SIGKILL)
        return f"killed {len(workers)} of {operation}"

    def _close(self, draw: random.Random) -> str:
        self.door.kill()
        time.sleep(draw.uniform(0, 0.5))
        self.door.open()
        return "killed the front door"

    def _freeze(self, draw: random.Random) -> str:
        """Stop the whole local AWS, pollers and workers of every queue with it, as a machine that is short of time."""
        pids = [self.cloud.pids["ministack"], *self.cloud.workers()]
        for pid in pids:
            _signal(pid, signal.SIGSTOP)
        time.sleep(seconds := draw.uniform(0.2, 1.5))
        for pid in pids:
            _signal(pid, signal.SIGCONT)
        return f"stopped the local AWS for {seconds:.1f} s"

    def _jump(self, draw: random.Random) -> str:
        """Put the clocks of all functions on or back in the midst of what they do, until the next jump, and run a
        schedule by them.
        """
        sweep, seconds = draw.choice(SWEEPS), draw.choice(JUMPS)
        set_clocks(self.cloud, seconds)
        answer = httpx.post(f"{self.cloud.sandbox_url}/schedules/{sweep}/run", timeout=LONGEST)
        # Another harm's victim may be the very worker that was to answer.
        assert answer.status_code in (200, 502), answer.text
        return f"put the clocks {seconds:+.0f} s off and ran {sweep}: {answer.status_code}"

    def _shuffle(self, draw: random.Random) -> str:
        """Stop the pollers of a function until something waits, put each message back twice in another order, go on."""
        operation = draw.choice(self.consumers)
        sqs = client(self.cloud, "sqs")
        with self._stopped_pollers(operation) as sources:
            taken = take(sqs, sources, HIDDEN, draw.uniform(*self.patience))
            if taken:
                source = taken[0]["eventSourceARN"]
                time.sleep(draw.uniform(0, 1))
                taken += take(sqs, [source], HIDDEN, 0.1)
                url = sqs.get_queue_url(QueueName=source.rpartition(":")[2])["QueueUrl"]
                again = [message for message in taken for _ in range(2)]
                draw.shuffle(again)
                for message in again:
                    sqs.send_message(QueueUrl=url, MessageBody=message["body"])
                for message in taken:
                    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["receiptHandle"])
        return f"stopped the pollers of {operation} and doubled {len(taken)} messages"

    @contextmanager
    def _stopped_pollers(self, operation: str) -> Iterator[list[str]]:
        """The queues of a function, which nobody polls meanwhile."""
        lambdas = client(self.cloud, "lambda")
        mappings = lambdas.list_event_source_mappings(FunctionName=f"lastro-{operation}")["EventSourceMappings"]
        for mapping in mappings:
            lambdas.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        try:
            yield [mapping["EventSourceArn"] for mapping in mappings]
        finally:
            for mapping in mappings:
                lambdas.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)

    def _kill_poller(self, draw: random.Random) -> str:
        """Have a process poll in the local AWS's stead, and kill it at one of its steps (``polling.py``)."""
        operation, step = draw.choice(self.consumers), draw.choice(STEPS)
        command = [sys.executable, "-m", "tests.journeys.polling", self.cloud.aws_endpoint_url, operation, step]
        command += [str(hidden := draw.randint(2, 15)), str(draw.uniform(*self.patience))]
        with (
            self._stopped_pollers(operation),
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as poller,
        ):
            assert poller.stdout is not None
            said = poller.stdout.readline().strip()
            if step == HANDED_ON:
                time.sleep(draw.uniform(0, 0.5))
            poller.kill()
        assert said, f"the poller of {operation} died before it was killed"
        return f"killed the poller of {operation}, which had {said}, seen again after {hidden} s"


def set_clocks(cloud: RunningCloud, seconds: float) -> None:
    """Have the clocks of all functions, those that run among them, be off by this much."""
    # In its place: who looks at a file that is shorter for a moment is killed for it.
    with cloud.settings.clock.open("r+b", buffering=0) as file:
        file.write(OFF.pack(round(seconds * 1000)))


def let_payouts_settle(cloud: RunningCloud) -> int:
    """Have the payer's time to list a payout be over for each that was about to be sent, as if that had been earlier.

    Whoever looks after one whose process died there waits so long before it sends it again. How many there were.
    """
    table = client(cloud, "dynamodb")
    [name] = table.list_tables()["TableNames"]
    scan = table.get_paginator("scan").paginate(
        TableName=name,
        FilterExpression="SK = :row AND #fields.#status = :requested AND #fields.sends > :none",
        ExpressionAttributeNames={"#fields": "fields", "#status": "status"},
        ExpressionAttributeValues={":row": {"S": ROW}, ":requested": {"S": "requested"}, ":none": {"N": "0"}},
    )
    settling = [item for page in scan for item in page["Items"]]
    for item in settling:
        sent_at = item["fields"]["M"]["last_sent_at"]
        earlier = format_moment(read_moment(sent_at["S"]) - SETTLING)
        with suppress(table.exceptions.ConditionalCheckFailedException):
            table.update_item(
                TableName=name,
                Key={"PK": item["PK"], "SK": item["SK"]},
                UpdateExpression="SET #fields.last_sent_at = :earlier",
                ConditionExpression="#fields.last_sent_at = :seen",
                ExpressionAttributeNames={"#fields": "fields"},
                ExpressionAttributeValues={":earlier": {"S": earlier}, ":seen": sent_at},
            )
    return len(settling)


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def insist(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """Ask as a partner does whose connection breaks: the same request again, until somebody answers it."""
    deadline = time.monotonic() + LONGEST
    last = ""
    while True:
        try:
            answer = ask()
            if answer.status_code not in AGAIN:
                return answer
            last = f"{answer.status_code} {answer.text}"
        except httpx.TransportError as error:
            last = repr(error)
        assert time.monotonic() < deadline, f"nobody ever answered but: {last}"
        time.sleep(0.2)


def explain_dead_letters(cloud: RunningCloud) -> list[str]:
    """Empty every queue of dead letters and give back their bodies."""
    sqs = client(cloud, "sqs")
    found = []
    for url in sqs.list_queues().get("QueueUrls", []):
        while "DeadLetters" in url:
            messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
            for message in messages:
                found.append(message["Body"])
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            if not messages:
                break
    return found
