"""The steps of ``bench.post``, each a process that sees one commit's tree only: record, play, measure.

A file of its own that imports nothing of this tree: of an earlier commit it drives that commit's code.
"""

import asyncio
import base64
import importlib.util
import json
import os
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

BANKS = ("341", "033", "655", "623", "422")
CPF = "52998224725"
TABLE, QUEUE = "bench", "conditions"
VARIABLES = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "LASTRO_TABLE": TABLE,
    "LASTRO_SECRETS_PREFIX": "bench",
    "LASTRO_REQUESTS_A_SECOND": "1000000",
    "LASTRO_SIMULATIONS_IN_FLIGHT": "1000000",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
}
CONTEXT = SimpleNamespace(function_name="bench", get_remaining_time_in_millis=lambda: 30_000)

Handler = Callable[[Any, Any], Any]


def load(tree: str, context: str, operation: str) -> Handler:
    """The handler of a function of the tree."""
    path = Path(tree) / "functions" / context / operation / "app.py"
    spec = importlib.util.spec_from_file_location(operation, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    handler: Handler = module.handler
    return handler


def call(handler: Handler, event: Any) -> None:
    """Invoke and insist on a good answer."""
    answer = handler(event, CONTEXT)
    assert answer["statusCode"] < 300, answer


def record(tree: str, recording: str) -> None:
    """Seed with the tree's own code over moto, POST, and keep what AWS was asked and answered."""
    import botocore.session
    from moto import mock_aws
    from moto.core.botocore_stubber import BotocoreStubber

    lock, answered, answer = RLock(), [], BotocoreStubber.__call__

    def keep(stubber: Any, *arguments: Any, **options: Any) -> Any:
        # moto is not made for the threads that messages are sent from.
        with lock:
            given = answer(stubber, *arguments, **options)
            if given is not None:
                answered.append((options["request"], given))
            return given

    BotocoreStubber.__call__ = keep  # type: ignore[assignment]  # for the life of this process
    _ask_moto()
    with mock_aws():
        session = botocore.session.get_session()
        _create_table(session.create_client("dynamodb"))
        sqs: Any = session.create_client("sqs")
        addresses = {bank: sqs.create_queue(QueueName=f"{QUEUE}{bank}")["QueueUrl"] for bank in BANKS}
        # One queue for all banks is what the compared commit has.
        variables = {
            "LASTRO_CONDITIONS_QUEUE_URLS": json.dumps(addresses),
            "LASTRO_QUEUE_URL": sqs.create_queue(QueueName=QUEUE)["QueueUrl"],
        }
        os.environ.update(variables)
        event = _seed(tree)
        create = load(tree, "simulations", "create_simulation")
        call(create, event)
        answered.clear()
        call(create, event)
    kept = [
        {
            "target": _text(request.headers["X-Amz-Target"]),
            "request": json.loads(request.body),
            "answer": base64.b64encode(given.content).decode(),
        }
        for request, given in answered
    ]
    Path(recording).write_text(json.dumps({"event": event, "variables": variables, "kept": kept}))
    print(json.dumps(Counter(each["target"].partition(".")[2] for each in kept)))


def _ask_moto() -> None:
    """What is sent by no client of botocore's, which would ask moto by itself, asks it as well."""
    from botocore.httpsession import URLLib3Session
    from moto.core.models import botocore_stubber

    def send(_: URLLib3Session, request: Any) -> Any:
        return botocore_stubber("before-send", request=request)

    # For the life of this process.
    patch.object(URLLib3Session, "send", send).start()


def _create_table(client: Any) -> None:
    indexes = [(None, "PK", "SK"), ("by_owner", "by_owner_pk", "by_owner_sk"), ("open", "open_pk", "open_sk")]
    schemas = {
        index: [{"AttributeName": first, "KeyType": "HASH"}, {"AttributeName": second, "KeyType": "RANGE"}]
        for index, first, second in indexes
    }
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for _, *names in indexes for name in names],
        KeySchema=schemas.pop(None),
        GlobalSecondaryIndexes=[
            {"IndexName": index, "KeySchema": schema, "Projection": {"ProjectionType": "KEYS_ONLY"}}
            for index, schema in schemas.items()
        ],
    )


def _seed(tree: str) -> Any:
    """A partner's store with five banks and one lead; the event of the POST."""
    try:
        command = importlib.import_module("lastro.operator.command")
        banks = importlib.import_module("lastro.kernel.banks").BANKS
    except ImportError:
        command = importlib.import_module("lastro.access.command")
        banks = importlib.import_module("lastro.banks.catalog").BANKS
    registration = command.open_registration()
    partner = command.create_partner(registration, "Rede Exemplo")["partner_id"]
    store = command.create_store(registration, partner, "Loja", "11222333000181", BANKS)["store_id"]

    def event(body: Any, path: dict[str, str] | None = None) -> Any:
        headers = {"Store-Id": str(store), "Content-Type": "application/json"}
        return {
            "resource": "/bench",
            "path": "/bench",
            "httpMethod": "POST",
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "pathParameters": path,
            "queryStringParameters": None,
            "multiValueQueryStringParameters": None,
            "requestContext": {
                "requestId": "bench",
                "authorizer": {"partner_id": partner, "store_ids": str(store), "scopes": "*"},
                "identity": {"sourceIp": "10.0.0.1"},
            },
            "isBase64Encoded": False,
            "body": json.dumps(body),
        }

    for bank in BANKS:
        credential = dict.fromkeys(banks[bank].credential_fields, "exemplo")
        where = {"store_id": str(store), "bank_code": bank}
        call(load(tree, "access", "put_bank_credentials"), event({"bank_credential": credential}, where))
    lead = json.loads((Path(tree) / "events/simulations/create_lead.json").read_text(encoding="utf-8"))["body"]
    call(load(tree, "simulations", "create_lead"), event({"lead": {**json.loads(lead)["lead"], "cpf_cnpj": CPF}}))
    # Earlier commits have it elsewhere.
    loads = "bench.loads.purchase" if (Path(tree) / "bench/loads").is_dir() else "bench.purchase"
    return event(importlib.import_module(loads).purchase(CPF, suggestions=False))


def _kind(target: str, body: Any) -> tuple[str, int, str]:
    """What tells one answer from another: the operation, how many messages, which item."""
    item = body.get("Key", {}).get("PK", {}).get("S", "").partition("#")[0]
    return target, len(body.get("Entries", ())), item


async def play(recording: str, delay_ms: str) -> None:
    """Answer as was recorded; the port is the first line told. A sequence has come far, so that many may be taken."""
    answers: dict[tuple[str, int, str], bytes] = {}
    for each in json.loads(Path(recording).read_text())["kept"]:
        answer = re.sub(rb'("value":\s*\{"N":\s*")\d+', rb"\g<1>100000000", base64.b64decode(each["answer"]))
        answers[_kind(each["target"], each["request"])] = answer

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not reader.at_eof():
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                # Who asks has ended.
                break
            length, target = (
                re.search(name + rb": (\S+)", head, re.IGNORECASE) for name in (b"content-length", b"target")
            )
            assert length is not None
            assert target is not None
            body = json.loads(await reader.readexactly(int(length[1])))
            answer = answers[_kind(_text(target[1]), body)]
            await asyncio.sleep(int(delay_ms) / 1000)
            told = f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\nx-amz-crc32: {zlib.crc32(answer)}\r\n\r\n"
            writer.write(told.encode() + answer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def measure(tree: str, recording: str, port: str, rounds: str) -> None:
    """Milliseconds of warm POSTs: the best of processor time, the median of the clock."""
    recorded = json.loads(Path(recording).read_text())
    here = f"http://127.0.0.1:{port}"
    for name, value in recorded["variables"].items():
        os.environ[name] = re.sub(r"https?://[^/]+", here, value)
    os.environ["AWS_ENDPOINT_URL"] = here
    create = load(tree, "simulations", "create_simulation")
    for _ in range(5):
        call(create, recorded["event"])
    processor, clock = [], []
    for _ in range(int(rounds)):
        started, began = time.process_time(), time.perf_counter()
        call(create, recorded["event"])
        processor.append(time.process_time() - started)
        clock.append(time.perf_counter() - began)
    print(json.dumps({"processor": min(processor) * 1000, "clock": sorted(clock)[len(clock) // 2] * 1000}))


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def main(step: str, tree: str, *arguments: str) -> None:
    """One step over one tree."""
    sys.path[:0] = [f"{tree}/layers/lastro", tree]
    os.environ.update(VARIABLES)
    os.environ.pop("AWS_ENDPOINT_URL", None)
    if step == "play":
        asyncio.run(play(*arguments))
    else:
        steps: dict[str, Callable[..., None]] = {"record": record, "measure": measure}
        steps[step](tree, *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
