"""The launcher itself: what it answers when up, what it refuses, and that it leaves nothing behind."""

import gzip
import json
import os
import signal
import socket
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.cloud.background import RunningCloud, on_free_ports, start_launcher
from sandbox.cloud.processes import running_processes
from sandbox.cloud.settings import HOST, Settings
from tests.journeys.patience import ASK, LONGEST

pytestmark = pytest.mark.journey


def processes_of(settings: Settings) -> list[str]:
    """Commands still running that name one of the cloud's ports or its folder."""
    marks = (str(settings.local), str(settings.sandbox_port))
    return [each.command for each in running_processes() if any(mark in each.command for mark in marks)]


def test_credentials_name_what_a_partner_needs(cloud: RunningCloud) -> None:
    credentials = cloud.credentials
    assert credentials["base_url"] == cloud.base_url
    assert credentials["sandbox_url"] == cloud.sandbox_url
    assert credentials["aws_endpoint_url"] == cloud.aws_endpoint_url
    assert isinstance(credentials["store_id"], int)
    assert isinstance(credentials["other_partner"]["store_id"], int)
    assert credentials["api_key"] != credentials["other_partner"]["api_key"]
    assert len(credentials["lead_cpf"]) == 11


def test_health_answers_at_the_documented_path(cloud: RunningCloud) -> None:
    assert ASK.get(f"{cloud.base_url}/health").status_code == 200


@pytest.mark.parametrize("path", ["/no/such/path", "/health%0A", "/%0A", "/api/v1/banks%0D%0A", "/a\\b", "/"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_path_is_not_found_in_the_shape_of_every_error(cloud: RunningCloud, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": f"Bearer {cloud.credentials['api_key']}"}):
        answer = ASK.request(method, f"{cloud.base_url}{path}", headers=headers)
        assert answer.status_code == 404, path
        assert answer.headers["Content-Type"] == "application/json"
        body = answer.json()
        assert body["error"] == {"message": "Endpoint requested not found", "status": 404}
        assert (body["status"], body["code"]) == (404, "no_such_operation")


def test_a_newline_in_a_variable_of_a_path_is_refused_in_the_shape_of_every_error(cloud: RunningCloud) -> None:
    key = {"Authorization": f"Bearer {cloud.credentials['api_key']}"}
    for document in ("529%0A98224725", "%0a52998224725", "52998224725%0D"):
        answer = ASK.get(f"{cloud.base_url}/api/v1/banks_api/leads/{document}", headers=key)
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.json()["error"]["status"] == answer.json()["status"] == answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "cpf_cnpj"


def test_a_masked_cnpj_in_a_path_is_one_variable(cloud: RunningCloud) -> None:
    # The public client's journey opens a second store.
    asked = {"Authorization": f"Bearer {cloud.credentials['api_key']}", "Store-Id": str(cloud.credentials["store_id"])}
    answer = ASK.get(f"{cloud.base_url}/api/v1/banks_api/leads/11.222.333%2F0001-81", headers=asked)
    assert (answer.status_code, answer.json()["code"]) == (404, "lead_not_found")


def test_a_refused_key_is_told_what_is_asked_for(cloud: RunningCloud) -> None:
    answer = ASK.get(f"{cloud.base_url}/api/v1/stores")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_head_and_options_are_answered(cloud: RunningCloud) -> None:
    for path in ("/health", "/docs", "/openapi.json", "/asyncapi.json"):
        head = ASK.head(f"{cloud.base_url}{path}")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Type"] == ASK.get(f"{cloud.base_url}{path}").headers["Content-Type"]
    for path in ("/health", "/api/v1/banks_api/simulations", "/no/such/path"):
        preflight = ASK.options(f"{cloud.base_url}{path}", headers={"Origin": "https://painel.example.com"})
        assert preflight.status_code == 204
        assert "Access-Control-Allow-Origin" not in preflight.headers


def test_the_description_travels_small_and_once(cloud: RunningCloud) -> None:
    address = f"{cloud.base_url}/openapi.json"
    plain = ASK.get(address, headers={"Accept-Encoding": "identity"})
    small = ASK.get(address, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.json() == plain.json()
    assert int(small.headers["Content-Length"]) * 5 < int(plain.headers["Content-Length"])
    for answer in (plain, small):
        assert answer.headers["ETag"].startswith('W/"')
        assert answer.headers["Vary"] == "Accept-Encoding"
    again = ASK.get(address, headers={"If-None-Match": small.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_body_in_latin_1_is_refused(cloud: RunningCloud) -> None:
    body = '{"lead": {"cpf_cnpj": "52998224725", "name": "João Conceição"}}'.encode("latin-1")
    key = {"Authorization": f"Bearer {cloud.credentials['api_key']}", "Content-Type": "application/json"}
    answer = ASK.post(f"{cloud.base_url}/api/v1/banks_api/leads", content=body, headers=key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["rule"] == "not_utf_8"


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_compressed_body_is_read_and_a_broken_one_refused(
    cloud: RunningCloud, coding: str, compress: Callable[[bytes], bytes]
) -> None:
    login = {name: cloud.credentials[name] for name in ("client_id", "client_secret")}
    plain = json.dumps({**login, "scopes": ["api-external"]}).encode()
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    answer = ASK.post(f"{cloud.base_url}/client/auth", content=compress(plain), headers=headers)
    assert answer.status_code == 200, answer.text
    for broken in (plain, compress(plain)[:-4]):
        assert ASK.post(f"{cloud.base_url}/client/auth", content=broken, headers=headers).status_code == 400


def test_a_schedule_runs_now(cloud: RunningCloud) -> None:
    answer = ASK.post(f"{cloud.sandbox_url}/schedules/sync_status/run", json={"business_date": "2026-11-20"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["operation"] == "sync_status"


def test_the_live_page_shows_what_functions_count(cloud: RunningCloud) -> None:
    assert "figures.json" in ASK.get(f"{cloud.sandbox_url}/figures").text
    assert ASK.post(f"{cloud.sandbox_url}/schedules/watch_negativations/run").status_code == 200
    deadline = time.monotonic() + LONGEST
    while True:
        shown = ASK.get(f"{cloud.sandbox_url}/figures.json").json()["figures"]
        late = next((each for each in shown if each["name"] == "LateRemovals"), None)
        if late:
            break
        assert time.monotonic() < deadline, shown
        time.sleep(0.2)
    assert (late["dimensions"], late["unit"], late["total"]) == ({}, "Count", 0)


def test_an_unknown_schedule_is_not_found(cloud: RunningCloud) -> None:
    assert ASK.post(f"{cloud.sandbox_url}/schedules/no_such_thing/run").status_code == 404


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"business_date": "yesterday"}', b'{"day": "2026-11-20"}'])
def test_a_schedule_refuses_any_other_body(cloud: RunningCloud, body: bytes) -> None:
    assert ASK.post(f"{cloud.sandbox_url}/schedules/sync_status/run", content=body).status_code == 422


def test_no_log_of_the_cloud_holds_a_document_or_a_key(cloud: RunningCloud) -> None:
    document = cloud.credentials["lead_cpf"]
    path = f"{cloud.base_url}/api/v1/banks_api/leads/{document}"
    assert ASK.get(path, headers=cloud.headers).status_code == 200
    assert ASK.get(path, headers={"Authorization": f"Bearer {document}"}).status_code == 401
    secrets = [document, cloud.credentials["api_key"], cloud.credentials["other_partner"]["api_key"]]
    texts = {log.name: log.read_text(errors="replace") for log in cloud.logs.iterdir()}
    assert "ministack.log" in texts
    assert [name for name, text in texts.items() if any(secret in text for secret in secrets)] == []


def test_everything_listens_on_loopback_only(cloud: RunningCloud) -> None:
    listening: dict[int, set[str]] = {}
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        address, port = local.split(":")
        if state == "0A":
            listening.setdefault(int(port, 16), set()).add(address)
    loopback = "0100007F"
    assert [listening[port] for port in cloud.settings.ports.values()] == [{loopback}] * 3


def test_a_taken_port_is_refused_by_name(tmp_path: Path) -> None:
    settings = on_free_ports(tmp_path)
    with socket.socket() as squatter:
        squatter.bind((HOST, settings.sandbox_port))
        squatter.listen()
        with start_launcher(settings) as launcher:
            output = "".join(launcher.output)
            assert launcher.process.wait(LONGEST) == 1
    assert f"port {settings.sandbox_port} is taken" in output
    assert "LASTRO_SANDBOX_PORT" in output
    assert "LASTRO_AWS_PORT" not in output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_leaves_nothing_running(cloud: RunningCloud, tmp_path: Path, number: signal.Signals) -> None:
    settings = on_free_ports(tmp_path)
    with start_launcher(settings) as launcher:
        printed = []
        for line in launcher.output:
            printed.append(line)
            if line == "ready\n":
                break
        assert printed[-1] == "ready\n", printed
        assert not any("deploy" in line for line in printed), "the cloud that runs already left what to start from"
        ASK.get(f"{settings.base_url}/health").raise_for_status()
        assert processes_of(settings)
        launcher.process.send_signal(number)
        assert launcher.process.wait(LONGEST) == 0
    assert processes_of(settings) == []
    assert not settings.credentials.exists()
    assert not settings.scratch.exists()
    for port in settings.ports.values():
        with socket.socket() as probe:
            assert probe.connect_ex((HOST, port)) != 0


def test_a_dead_child_stops_the_cloud_and_is_named(tmp_path: Path) -> None:
    settings = on_free_ports(tmp_path)
    with start_launcher(settings) as launcher:
        output = []
        for line in launcher.output:
            output.append(line)
            if line.strip() == "ready":
                ministack = RunningCloud(settings, {}).pids["ministack"]
                os.kill(ministack, signal.SIGKILL)
        assert launcher.process.wait(LONGEST) == 1
    assert "ministack was killed by SIGKILL" in "".join(output)
    assert processes_of(settings) == []
