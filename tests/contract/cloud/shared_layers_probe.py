"""Run by the cloud environment's interpreter: two workers of one function with two layers, their answers as JSON."""

import base64
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from sandbox.cloud.processes import function_workers
from sandbox.cloud.workers.forked_workers import MARKS
from sandbox.cloud.workers.shared_layers import share_layers

HANDLER = """
import io, os, sys
early = "pydantic" in sys.modules
import first, second

def handler(event, context):
    for line in event.get("lines", ()):
        print(line)
    print(event.get("last", ""), end="")
    if event.get("replaces"):
        sys.stderr = io.StringIO()
    if event.get("fails"):
        raise ValueError("as asked")
    return {
        "event": event,
        "process": os.getpid(),
        "code": os.getcwd(),
        "layers": [first.__file__, second.__file__],
        "own": os.environ["OWN"],
        "parent": os.getppid(),
        "shared": early,
        "variables": sorted(os.environ),
        "path": sys.path,
    }
"""


TELLING: list[dict[str, Any]] = [{"lines": ["a", "b"]}, {"lines": ["c"]}, {"lines": ["d"], "fails": True}]
TELLING_OTHERWISE: list[dict[str, Any]] = [
    {"lines": ["e"], "last": "no end"},
    {"lines": ["f", "\0these were the lines of the call"]},
    {"lines": ["g"], "replaces": True},
    {"lines": ["h"], "last": "none either", "fails": True},
]


def zipped(name: str, text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        # With no time of its own, so that the same text is the same content.
        archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()


def publish(name: str) -> dict[str, Any]:
    """A layer with one module or package of that name, as a function's configuration names it."""
    content = zipped(f"python/{name}/__init__.py" if name in MARKS else f"python/{name}.py", "")
    body = {"Content": {"ZipFile": base64.b64encode(content).decode()}}
    _, _, answer = lambda_svc._publish_layer_version(name, body)
    return {"Arn": json.loads(answer)["LayerVersionArn"], "CodeSize": len(content)}


def main() -> None:
    share_layers()
    layers = [publish("first"), publish("second")]
    config = {
        "FunctionName": "probe",
        "FunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:probe",
        "Runtime": "python3.13",
        "Handler": "app.handler",
        "Timeout": 20,
        "Layers": layers,
        "Environment": {"Variables": {"OWN": "kept"}},
    }
    code = zipped("app.py", HANDLER)
    libraries = {**config, "Layers": [*layers, *map(publish, MARKS)]}
    workers = [lambda_runtime.acquire_worker("probe", config, code)[0] for _ in range(2)]
    answers = [worker.invoke({"number": number}, "id") for number, worker in enumerate(workers)]
    forked = [lambda_runtime.acquire_worker("forked", libraries, code)[0] for _ in range(2)]
    answers += [worker.invoke({"number": number}, "id") for number, worker in enumerate(forked)]
    processes = [worker._proc for worker in forked]
    named = [sorted(function_workers(os.getpid(), name)) for name in ("probe", "forked")]
    told = [
        [worker.invoke({"number": 0, **event}, "id")["log"] for event in TELLING] for worker in (workers[0], forked[0])
    ]
    told.append([forked[1].invoke({"number": 0, **event}, "id")["log"] for event in TELLING_OTHERWISE])
    lambda_runtime.kill_workers(forked)
    ended = [process.poll() is not None for process in processes]
    unchanged = all(worker.config == config and worker.config["Layers"] == layers for worker in workers)
    lambda_runtime.kill_workers(workers)
    kept = [Path(path).is_file() for path in answers[0].get("result", {}).get("layers", [])]
    unknown = {**config, "Layers": [{"Arn": layers[0]["Arn"][:-1] + "9", "CodeSize": 9}]}
    refused = lambda_runtime.acquire_worker("other", unknown, code)[0]
    try:
        refused.invoke({}, "id")
        refusal = ""
    except RuntimeError as error:
        refusal = str(error)
    print(
        json.dumps(
            {
                "answers": answers,
                "unchanged": unchanged,
                "kept": kept,
                "refusal": refusal,
                "ended": ended,
                "told": told,
                "named": named,
            }
        )
    )


if __name__ == "__main__":
    main()
