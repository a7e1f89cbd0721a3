"""Resident memory of functions' processes after one invocation: `python -m bench.memory`.

One function of each kind is measured, with LASTRO_BENCH_EVERY=1 every one. Each runs in a fresh process that sees
only its folder, the layers and boto3's family, against the AWS of the local cloud, and handles one real event: a
simulation of sixty conditions is created and read, ten conditions are worked at the banks. Peak and current memory are
the kernel's (``VmHWM``, ``VmRSS``), shared libraries included.
"""

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import botocore.session

from bench.loads.events import Event, authorizer_event, http_event, queue_event
from bench.loads.purchase import purchase
from bench.measuring.cloud import deployed_variables, open_cloud
from bench.measuring.figures import print_result
from bench.measuring.fresh_process import BuiltFunction, BuiltSystem, built_system, choose
from bench.measuring.machine import describe_machine
from lastro.kernel.banks import BANKS
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.seeding.seeds import LEAD_CPF
from sandbox.cloud.settings import PROJECT

TARGET_MB = 80.0

_OWN_CPF = "11144477735"
_LAST = ("delete_lead",)
"""Operations whose sample takes away what the others need."""

INVOKE = """
import importlib, json, sys, time
from types import SimpleNamespace
sys.path[:0] = json.loads(sys.argv[1])
event = json.load(sys.stdin)
started = time.perf_counter()
handler = importlib.import_module(sys.argv[2]).handler
loaded = time.perf_counter()
answer = handler(event, SimpleNamespace(function_name="bench"))
answered = time.perf_counter()
with open("/proc/self/status") as status:
    lines = [line.split() for line in status if line.startswith("Vm")]
megabytes = {words[0]: int(words[1]) / 1024 for words in lines}
print()
print(json.dumps({
    "answer": answer,
    "now_mb": megabytes["VmRSS:"],
    "peak_mb": megabytes["VmHWM:"],
    "first_invocation_ms": (answered - loaded) * 1000,
}))
"""


class Stage:
    """Invokes functions one after another, each with an event that leads to a good answer."""

    def __init__(self, cloud: RunningCloud, system: BuiltSystem, queue_url: str, sqs: Any) -> None:
        self._cloud = cloud
        self._system = system
        self._sqs = sqs
        self._queue_url = queue_url
        self._headers = cloud.headers
        self._functions = {function.operation: function for function in system.functions}
        self._allowed: dict[str, Any] = {}
        self.refused: dict[str, int | None] = {}

    def run(self) -> dict[str, dict[str, Any]]:
        """Figures by operation; ``refused`` then names those whose event did not lead to a good answer."""
        found: dict[str, dict[str, Any]] = {}
        answer = self._invoke("authorize", authorizer_event(self._headers), found)
        self._allowed = answer["context"]
        body = purchase(self._cloud.credentials["lead_cpf"], suggestions=True)
        created = self._invoke("create_simulation", self._http("POST", body=body), found)
        uuid_of = json.loads(created["body"])["data"]["uuid"]
        batch = self._sqs.receive_message(QueueUrl=self._queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        self._invoke("process_condition", queue_event(batch["Messages"], self._queue_url), found)
        self._invoke("get_simulation", self._http("GET", path={"uuid": uuid_of}), found)
        for function in sorted(choose(self._system.functions), key=lambda each: each.operation in _LAST):
            if function.operation not in found:
                self._invoke(function.operation, self._sample(function), found)
        return found

    def _sample(self, function: BuiltFunction) -> Event:
        """The function's sample event, sent by the demo partner about its own store.

        What a sample changes is not the demo's: a lead of another document, and credentials the store has already.
        """
        path = PROJECT / "events" / function.context / f"{function.operation}.json"
        text = path.read_text(encoding="utf-8")
        for spelling in (LEAD_CPF, f"{LEAD_CPF[:3]}.{LEAD_CPF[3:6]}.{LEAD_CPF[6:9]}-{LEAD_CPF[9:]}"):
            text = text.replace(spelling, _OWN_CPF)
        event: Event = json.loads(text)
        if function.trigger != "http":
            return event
        event["requestContext"]["authorizer"] = self._allowed
        event["headers"] = {**event["headers"], **self._headers}
        parameters = event.get("pathParameters") or {}
        if "store_id" in parameters:
            parameters["store_id"] = self._headers["Store-Id"]
        if function.operation == "put_bank_credentials":
            fields = BANKS[parameters["bank_code"]].credential_fields
            values = {field: f"sandbox-{field.replace('_', '-')}" for field in fields}
            event["body"] = json.dumps({"bank_credential": values})
        return event

    def _http(self, method: str, *, path: dict[str, str] | None = None, body: object = None) -> Event:
        return http_event(method, self._headers, self._allowed, path=path, body=body)

    def _invoke(self, operation: str, event: Event, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
        variables = {
            **deployed_variables(self._cloud, operation),
            "LASTRO_CONDITIONS_QUEUE_URLS": json.dumps(dict.fromkeys(BANKS, self._queue_url)),
        }
        function = self._functions[operation]
        output = self._system.run(function, INVOKE, variables=variables, stdin=json.dumps(event)).stdout
        result = json.loads(output.splitlines()[-1])
        answer: dict[str, Any] = result.pop("answer") or {}
        status = answer.get("statusCode")
        if (status is not None and status >= 400) or answer.get("batchItemFailures"):
            self.refused[operation] = status
        found[operation] = {
            "trigger": function.trigger,
            "status": status,
            **{name: round(value, 1) for name, value in result.items()},
        }
        return answer


@contextmanager
def _own_queue(cloud: RunningCloud) -> Iterator[tuple[str, Any]]:
    """A queue that the deployed consumer never sees."""
    environment = cloud.settings.client_environment()
    os.environ.update({name: value for name, value in environment.items() if name.startswith("AWS_")})
    sqs: Any = botocore.session.get_session().create_client("sqs")
    queue_url = sqs.create_queue(QueueName=f"bench-{uuid.uuid4()}")["QueueUrl"]
    yield queue_url, sqs
    sqs.delete_queue(QueueUrl=queue_url)


def run(cloud: RunningCloud) -> dict[str, Any]:
    with built_system() as system, _own_queue(cloud) as (queue_url, sqs):
        stage = Stage(cloud, system, queue_url, sqs)
        found = stage.run()
    by_memory = sorted(found, key=lambda name: -found[name]["peak_mb"])
    worst = found[by_memory[0]]
    return {
        "benchmark": "memory",
        "machine": describe_machine(),
        "functions": {name: found[name] for name in by_memory},
        "not_answered_well": stage.refused,
        "targets": {
            "peak_mb": {
                "target": TARGET_MB,
                "worst": worst["peak_mb"],
                "worst_function": by_memory[0],
                "met": worst["peak_mb"] <= TARGET_MB,
            }
        },
    }


def main() -> None:
    with open_cloud() as cloud:
        print_result(run(cloud))


if __name__ == "__main__":
    main()
