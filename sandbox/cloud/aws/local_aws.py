"""The local AWS: starting it, deploying to it, and the few calls the launcher and the sandbox make to it.

The calls are plain HTTP: they need no boto3, which would cost the sandbox its start time and memory.
"""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import aiohttp

from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.processes import Child, run_tool
from sandbox.cloud.settings import HOST, STACK, STAGE, Settings
from sandbox.cloud.workers.nursery import CLOCK_FILE, OFF

_START_SECONDS = 20.0
_POLL_SECONDS = 0.05
_LONGEST = aiohttp.ClientTimeout(total=60)
"""Of one call: a local AWS that is up answers in far less."""
_SENDER = "portal@example.com"
_STACK_NAMESPACE = {"cfn": "http://cloudformation.amazonaws.com/doc/2010-05-15/"}


async def start_local_aws(settings: Settings, *, saving: bool = False) -> Child:
    """Start ministack on loopback with the state that lies ready, if one does; ``saving`` it again when it is stopped.

    It logs warnings only: a request line would carry documents in its path.
    """
    settings.clock.write_bytes(bytes(OFF.size))
    environment = {
        **settings.base_environment(),
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(settings.aws_port),
        "LAMBDA_EXECUTOR": "local",
        "LOG_LEVEL": "WARNING",
        "TMPDIR": str(settings.scratch),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(settings.state),
        "LASTRO_SAVING": "yes" if saving else "no",
        "LASTRO_LAYERS_DIR": str(settings.layers),
        CLOCK_FILE: str(settings.clock),
        "S3_DATA_DIR": str(settings.scratch / "s3"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "MINISTACK_REGION": settings.base_environment()["AWS_DEFAULT_REGION"],
    }
    # -P: the file's folder, whose modules have common names, stays off the path.
    command = [settings.cloud_bin / "python", "-P", settings.project / "sandbox/cloud/workers/shared_layers.py"]
    return await Child.start("ministack", command, environment, settings.logs, settings.scratch)


async def wait_until_answers(url: str, child: Child | None = None, seconds: float = _START_SECONDS) -> None:
    """Poll a URL until it answers 200. CloudFailure when the process dies first or the time is over."""
    deadline = time.monotonic() + seconds
    answer = "no answer"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds)) as session:
        while time.monotonic() < deadline:
            if child is not None and child.process.returncode is not None:
                raise await child.died()
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
                    answer = f"{response.status} {(await response.text())[:400]}"
            except (aiohttp.ClientError, TimeoutError) as error:
                answer = type(error).__name__
            await asyncio.sleep(_POLL_SECONDS)
    raise CloudFailure(f"{url} was not usable after {seconds:.0f} s: {answer}", child.log if child else None)


async def deploy(settings: Settings) -> None:
    """`sam deploy` of the built template. CloudFailure with the tool's output."""
    environment = {**settings.client_environment(), "SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.2"}
    parameters = {
        "AwsEndpointUrl": settings.aws_endpoint_url,
        "BanksUrl": settings.sandbox_url,
        "CallbackBase": settings.base_url,
        "BureausUrl": settings.sandbox_url,
        "PayoutsUrl": f"{settings.sandbox_url}/payouts",
        "PortalSender": _SENDER,
        "PythonRuntime": settings.runtime,
        "TimestampUrl": f"{settings.sandbox_url}/timestamps",
    }
    command = [
        *(*settings.sam, "deploy", "--template-file", settings.built_template, "--stack-name", STACK),
        *("--config-file", settings.project / "samconfig.toml", "--config-env", "local"),
        *("--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())),
    ]
    await run_tool("sam-deploy", command, environment, settings.logs, settings.project)


async def stack_outputs(settings: Settings) -> dict[str, str]:
    """Outputs of the deployed stack by their keys."""
    query = {"Action": "DescribeStacks", "Version": "2010-05-15", "StackName": STACK}
    async with (
        aiohttp.ClientSession(timeout=_LONGEST) as session,
        session.post(settings.aws_endpoint_url, data=query) as response,
    ):
        text = await response.text()
        if response.status != 200:
            raise CloudFailure(f"the stack cannot be described: {response.status} {text[:400]}")
    tree = ElementTree.fromstring(text)
    found: dict[str, str] = {}
    for member in tree.iterfind(".//cfn:Outputs/cfn:member", _STACK_NAMESPACE):
        key = member.findtext("cfn:OutputKey", namespaces=_STACK_NAMESPACE)
        value = member.findtext("cfn:OutputValue", namespaces=_STACK_NAMESPACE)
        if key and value:
            found[key] = value
    return found


async def verify_sender(settings: Settings) -> None:
    """Let the local SES send from the portal's address: who it knows is not among what is saved."""
    url = f"{settings.aws_endpoint_url}/v2/email/identities"
    async with (
        aiohttp.ClientSession(timeout=_LONGEST) as session,
        session.post(url, json={"EmailIdentity": _SENDER}) as response,
    ):
        text = await response.text()
        if response.status >= 300 and "AlreadyExists" not in text:
            raise CloudFailure(f"the sender cannot be verified: {response.status} {text[:400]}")


async def redeploy_api(settings: Settings, api_id: str) -> None:
    """Deploy the API's stage once more: a deployment captures the gateway's answers, and those came after the first."""
    url = f"{settings.aws_endpoint_url}/restapis/{api_id}/deployments"
    async with (
        aiohttp.ClientSession(timeout=_LONGEST) as session,
        session.post(url, json={"stageName": STAGE}) as response,
    ):
        if response.status >= 300:
            raise CloudFailure(f"the API cannot be deployed: {response.status} {(await response.text())[:400]}")


async def unsubscribe_logs(aws_endpoint_url: str) -> None:
    """Hand no lines of the log over, each at once: the sandbox does it in batches (``request_log.py``)."""
    async with _session() as session:
        for group in (await ask_logs(session, aws_endpoint_url, "DescribeLogGroups", {}))["logGroups"]:
            name = {"logGroupName": group["logGroupName"]}
            found = await ask_logs(session, aws_endpoint_url, "DescribeSubscriptionFilters", name)
            for each in found["subscriptionFilters"]:
                wanted = {**name, "filterName": each["filterName"]}
                await ask_logs(session, aws_endpoint_url, "DeleteSubscriptionFilter", wanted)


async def ask_logs(
    session: aiohttp.ClientSession, aws_endpoint_url: str, operation: str, wanted: dict[str, Any]
) -> dict[str, Any]:
    """Ask CloudWatch Logs. CloudFailure when it refuses."""
    headers = {"X-Amz-Target": f"Logs_20140328.{operation}", "Content-Type": "application/x-amz-json-1.1"}
    async with session.post(aws_endpoint_url, data=json.dumps(wanted), headers=headers) as response:
        text = await response.text()
        if response.status != 200:
            raise CloudFailure(f"{operation}: {response.status} {text[:400]}")
    answer: dict[str, Any] = json.loads(text or "{}")
    return answer


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=_LONGEST)


@dataclass(frozen=True)
class Invocation:
    """What a synchronous invocation gave: the function's answer, or its own error."""

    found: bool
    failed: bool
    payload: object


async def invoke(
    session: aiohttp.ClientSession, aws_endpoint_url: str, function_name: str, event: object
) -> Invocation:
    """Invoke a function and wait for its answer."""
    url = f"{aws_endpoint_url}/2015-03-31/functions/{function_name}/invocations"
    async with session.post(url, json=event) as response:
        payload = await response.json(content_type=None)
        failed = "X-Amz-Function-Error" in response.headers or response.status >= 300
        return Invocation(found=response.status != 404, failed=failed, payload=payload)
