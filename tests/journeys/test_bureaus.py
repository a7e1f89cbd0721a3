"""Credit bureaus on the local cloud: from an integration to a report, and tokens that expire while inquiries run."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.kernel.documents import Cnpj, Cpf
from sandbox.cloud.background import RunningCloud
from tests.journeys.documents import spell_documents
from tests.journeys.partner import Plumbing
from tests.journeys.patience import ASK, LONGEST

pytestmark = pytest.mark.journey

SECRET = "segredo-da-jornada"
FIELDS: dict[str, dict[str, Any]] = {
    "serasa": {
        "client_id": "empresa-exemplo",
        "client_secret": SECRET,
        "reports": ["RELATORIO_BASICO_PF_PME", "RELATORIO_BASICO_PJ_PME"],
    },
    "credito_na_medida": {"client_id": "empresa-exemplo", "client_secret": SECRET},
    "connect_sa": {
        "login": "empresa",
        "inquiry_password": SECRET,
        "pefin_password": SECRET,
        "plan": "CREDNET_TOP",
    },
    "spc_brasil": {"login": "empresa", "password": SECRET},
}
REPORTS = {"spc_brasil": "634"}
CLEAN, SLOW = "99999910173", "99999911579"


CPFS = spell_documents(Cpf, "8888", 5)
CNPJS = spell_documents(Cnpj, "77JORNADA", 3)


@dataclass
class Desk:
    """A partner that asks bureaus over HTTP."""

    cloud: RunningCloud
    api: httpx.Client = field(init=False)
    sandbox: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.api = httpx.Client(base_url=self.cloud.base_url, headers=self.cloud.headers, timeout=LONGEST)
        self.sandbox = httpx.Client(base_url=self.cloud.sandbox_url, timeout=LONGEST)

    def open_branch(self, provider: str) -> int:
        """A branch of its own with an integration."""
        branch = {"name": f"Filial {provider}", "cnpj": next(CNPJS)}
        made = self.api.post("/api/v1/branches", json={"branch": branch})
        assert made.status_code == 201, made.text
        branch_id = int(made.json()["data"]["id"])
        integration = {"provider": provider, "branch_id": branch_id, "environment": "homologation"}
        body = {"bureau_integration": {**integration, "fields": FIELDS[provider]}}
        linked = self.api.post("/api/v1/bureau_integrations", json=body)
        assert linked.status_code == 201, linked.text
        assert SECRET not in linked.text
        return branch_id

    def inquire(self, branch_id: int, document: str, *, headers: dict[str, str] | None = None, **asked: Any) -> Any:
        body = {"document": document, "purpose": "credit_analysis", "requested_by": "jornada", "branch_id": branch_id}
        sent = {"bureau_inquiry": {**body, **asked}}
        return self.api.post("/api/v1/bureau_inquiries", json=sent, headers=headers)

    def read(self, inquiry_id: str) -> dict[str, Any]:
        answer = self.api.get(f"/api/v1/bureau_inquiries/{inquiry_id}")
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def wait(self, inquiry_id: str, seconds: float = LONGEST) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while (inquiry := self.read(inquiry_id))["status"] in ("queued", "asking"):
            assert time.monotonic() < deadline, inquiry
            threading.Event().wait(0.2)
        return inquiry

    def logins(self, provider: str) -> int:
        return len(self.sandbox.get(f"/bureaus/{provider}/ledger").json()["logins"])

    def expire_tokens(self, provider: str) -> None:
        assert self.sandbox.post(f"/bureaus/{provider}/expire_tokens").status_code == 204

    def run_schedule(self, name: str) -> None:
        assert self.sandbox.post(f"/schedules/{name}/run").status_code == 200


@pytest.fixture
def desk(cloud: RunningCloud) -> Iterator[Desk]:
    found = Desk(cloud)
    found.sandbox.delete("/scripts")
    yield found
    found.sandbox.delete("/scripts")


@pytest.mark.parametrize("provider", BUREAUS)
def test_from_an_integration_to_the_downloaded_answer(desk: Desk, provider: str) -> None:
    branch_id = desk.open_branch(provider)
    second = {"provider": provider, "branch_id": branch_id, "environment": "homologation", "fields": FIELDS[provider]}
    refused = desk.api.post("/api/v1/bureau_integrations", json={"bureau_integration": second})
    assert (refused.status_code, refused.json()["code"]) == (409, "branch_has_integration")
    subject = {"type": "client", "id": f"cliente-{provider}-{branch_id}"}
    answer = desk.inquire(branch_id, CLEAN, report=REPORTS.get(provider), subject=subject)
    assert answer.status_code == 201, answer.text
    inquiry = answer.json()["data"]
    assert inquiry["status"] == "done", inquiry
    assert inquiry["result"]["identity"]["document"] == CLEAN
    for name, content_type in inquiry["files"].items():
        link = desk.api.get(f"/api/v1/bureau_inquiries/{inquiry['id']}/download", params={"file": name}).json()["data"]
        fetched = ASK.get(link["url"])
        assert fetched.status_code == 200, fetched.text
        assert fetched.headers["content-type"].startswith(content_type)
        assert fetched.content
    history = desk.api.get(f"/api/v1/bureau_subjects/client/{subject['id']}/inquiries").json()["data"]
    assert [row["id"] for row in history] == [inquiry["id"]]
    again = desk.inquire(branch_id, CLEAN, report=REPORTS.get(provider)).json()["data"]
    assert (again["repeated_from"], again["alerts"][0]["code"]) == (inquiry["id"], "repeated_within_interval")


def test_a_slow_bureau_is_waited_for_in_the_background(desk: Desk) -> None:
    branch_id = desk.open_branch("serasa")
    answer = desk.inquire(branch_id, SLOW, headers={"Prefer": "respond-async"})
    assert (answer.status_code, answer.json()["data"]["result"]) == (202, None), "it was waited for"
    assert answer.headers["Preference-Applied"] == "respond-async"
    inquiry = desk.wait(answer.json()["data"]["id"])
    assert (inquiry["status"], inquiry["result"]["identity"]["document"]) == ("done", SLOW)


def test_tokens_expire_while_inquiries_run_and_nobody_notices(desk: Desk) -> None:
    branch_id = desk.open_branch("serasa")
    assert desk.inquire(branch_id, next(CPFS)).json()["data"]["status"] == "done"
    before, expiries = desk.logins("serasa"), 4
    documents = [next(CPFS) for _ in range(64)]
    at_once = threading.Semaphore(0)

    def ask(document: str) -> str:
        answer = desk.inquire(branch_id, document)
        at_once.release()
        # A machine too busy to answer in time answers 202, and goes on.
        assert answer.status_code in (201, 202), answer.text
        ended = desk.wait(answer.json()["data"]["id"])
        return str(ended["failure"] or ended["status"])

    found: list[str] = []
    with ThreadPoolExecutor(12) as pool:
        for start in range(0, len(documents), len(documents) // expiries):
            # One expiry in the midst of each wave: an inquiry logs in anew once, so it may meet one and not two.
            wave = pool.map(ask, documents[start : start + len(documents) // expiries])
            for _ in range(len(documents) // expiries // 2):
                at_once.acquire()
            desk.expire_tokens("serasa")
            desk.run_schedule("refresh_bureau_tokens")
            found += wave
            # Whom the expiry came too late for did not notice it: the next wave must not meet it beside its own.
            assert ask(next(CPFS)) == "done"
            while at_once.acquire(blocking=False):
                pass
    assert found == ["done"] * len(documents)
    assert desk.logins("serasa") - before <= expiries


def test_the_report_and_its_files(desk: Desk) -> None:
    branch_id = desk.open_branch("serasa")
    asked = [desk.inquire(branch_id, next(CPFS)).json()["data"]["id"] for _ in range(3)]
    day = desk.read(asked[0])["created_at"][:10]
    period = {"start": "2020-01-01", "end": "2020-01-01"}
    assert desk.api.get("/api/v1/bureau_inquiries_report", params=period).json()["data"] == []
    year = {"start": f"{int(day[:4]) - 1}-12-31", "end": f"{day[:4]}-12-31", "branch_id": str(branch_id)}
    report = desk.api.get("/api/v1/bureau_inquiries_report", params={**year, "per_page": "2"}).json()
    assert (report["totals"]["inquiries"], len(report["data"])) == (3, 2)
    cursor = {**year, "per_page": "2", "cursor": report["next_cursor"]}
    rest = desk.api.get("/api/v1/bureau_inquiries_report", params=cursor).json()
    assert [row["id"] for row in (*report["data"], *rest["data"])] == asked[::-1]
    for kind in ("csv", "xlsx"):
        body = {"report": {**year, "branch_id": branch_id, "format": kind}}
        made = desk.api.post("/api/v1/bureau_inquiries_report/files", json=body)
        assert made.status_code == 201, made.text
        content = ASK.get(made.json()["data"]["url"]).content
        assert content.startswith(b"\xef\xbb\xbfData;") if kind == "csv" else zipfile.is_zipfile(io.BytesIO(content))


def test_no_log_holds_a_document_or_a_secret(desk: Desk, cloud: RunningCloud) -> None:
    branch_id = desk.open_branch("connect_sa")
    document = next(CPFS)
    assert desk.inquire(branch_id, document).status_code == 201
    access = {"access_request": {"document": document, "requested_by": "encarregado"}}
    answer = desk.api.post("/api/v1/bureau_access_requests", json=access)
    assert [row["requested_by"] for row in answer.json()["data"]["consulters"]] == ["jornada"]
    logs = Plumbing(cloud).read_logs()
    assert "create_bureau_inquiry" in logs
    assert document not in logs
    assert SECRET not in logs
