"""The bureau journey: one branch at each bureau, the same people asked everywhere, and keys that expire meanwhile."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from lastro.kernel.calendar import local_date
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure
from sandbox.demo.caas_requests import make_cpf
from sandbox.demo.formats import reais, summary

SECRET = "segredo-da-demonstracao"
_PF, _PJ = "RELATORIO_BASICO_PF_PME", "RELATORIO_BASICO_PJ_PME"


@dataclass(frozen=True)
class Contract:
    """What a partner has agreed on with one bureau; ``prices`` in cents by report, ``pj`` the report on companies."""

    name: str
    cnpj: str
    fields: dict[str, Any]
    prices: dict[str, int]
    pf: str | None = None
    pj: str | None = None


CONTRACTS = {
    "serasa": Contract(
        "Serasa",
        "99MATRIZ000154",
        {"client_id": "demo", "client_secret": SECRET, "reports": [_PF, _PJ], "federal_unit": "SP"},
        {_PF: 390, _PJ: 890},
    ),
    "credito_na_medida": Contract(
        "Crédito na Medida", "99MATRIZ000235", {"client_id": "demo", "client_secret": SECRET}, {}
    ),
    "connect_sa": Contract(
        "Connect SA",
        "99MATRIZ000316",
        {"login": "demo", "inquiry_password": SECRET, "pefin_password": SECRET, "plan": "CREDNET_TOP"},
        {"CREDNET_TOP": 450},
    ),
    "spc_brasil": Contract(
        "SPC Brasil", "99MATRIZ000405", {"login": "demo", "password": SECRET}, {"634": 310, "679": 720}, "634", "679"
    ),
}
SUBJECTS = (
    ("99999910173", "pessoa sem anotações"),
    ("99999910254", "pessoa com dívidas"),
    ("99999910416", "escore não calculado"),
    ("99TESTE1000110", "empresa, CNPJ com letras"),
    ("99999910769", "não encontrada"),
)
"""Test documents of ``docs/test-documents.md``."""

PEOPLE, EXPIRIES, AT_ONCE = 60, 3, 6


def run(cloud: RunningCloud, console: Console) -> None:
    """Ask every bureau about everybody, then go on asking while keys expire. CloudFailure when an inquiry is lost."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=40) as api:
        desk = Desk(cloud, api)
        branches = {provider: desk.integrate(provider) for provider in CONTRACTS}
        console.print("\nQuatro filiais, cada uma com a sua integração; os mesmos documentos em todos os birôs\n")
        console.print(_answers(desk, branches))
        _ask_again(desk, branches["serasa"], console)
        _renew(desk, branches["serasa"], console)
        _report(desk, console, cloud.settings.local / "reports")


@dataclass(frozen=True)
class Desk:
    """Speaks to the API as the demo partner."""

    cloud: RunningCloud
    api: httpx.Client

    def call(self, method: str, path: str, body: object = None, **options: Any) -> Any:
        """One call of the API. CloudFailure with an answer outside 2xx."""
        answer = self.api.request(method, path, json=body, **options)
        if answer.is_error:
            raise CloudFailure(f"{method} {path} answered {answer.status_code}: {answer.text[:2000]}")
        return answer.json()

    def integrate(self, provider: str) -> int:
        """A branch with an integration; its number."""
        contract = CONTRACTS[provider]
        branch = {"name": f"Filial {contract.name}", "cnpj": contract.cnpj}
        branch_id = int(self.call("POST", "/api/v1/branches", {"branch": branch})["data"]["id"])
        integration = {
            "provider": provider,
            "branch_id": branch_id,
            "environment": "homologation",
            "fields": contract.fields,
            "prices": contract.prices,
        }
        self.call("POST", "/api/v1/bureau_integrations", {"bureau_integration": integration})
        return branch_id

    def inquire(self, branch_id: int, document: str, report: str | None = None) -> dict[str, Any]:
        asked = {
            "document": document,
            "purpose": "credit_analysis",
            "requested_by": "demonstracao",
            "branch_id": branch_id,
            **({"report": report} if report else {}),
        }
        data: dict[str, Any] = self.call("POST", "/api/v1/bureau_inquiries", {"bureau_inquiry": asked})["data"]
        return data

    def sandbox(self, method: str, path: str) -> httpx.Response:
        return httpx.request(method, self.cloud.sandbox_url + path, timeout=60).raise_for_status()

    def count_logins(self) -> int:
        return len(self.sandbox("GET", "/bureaus/serasa/ledger").json()["logins"])


def _answers(desk: Desk, branches: dict[str, int]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Documento", no_wrap=True)
    for contract in CONTRACTS.values():
        table.add_column(contract.name)
    for document, story in SUBJECTS:
        cells = []
        for provider, branch_id in branches.items():
            contract = CONTRACTS[provider]
            report = contract.pj if len(document) == len(contract.cnpj) else contract.pf
            cells.append(_cell(desk.inquire(branch_id, document, report)))
        table.add_row(story, *cells)
    return table


def _cell(inquiry: dict[str, Any]) -> str:
    """``escore 870, nada consta, custo R$ 3,90``."""
    if inquiry["status"] != "done":
        return str(inquiry["failure"]["message"])
    return f"{summary(inquiry)}, custo {reais(inquiry['cost'])}"


def _ask_again(desk: Desk, branch_id: int, console: Console) -> None:
    again = desk.inquire(branch_id, SUBJECTS[0][0])
    if not again["repeated_from"]:
        raise CloudFailure("a repeat within the interval was asked again")
    console.print(f"Repetida: {again['alerts'][0]['message']} Custo {reais(again['cost'])}.")


def _renew(desk: Desk, branch_id: int, console: Console) -> None:
    """Keys expire while inquiries run: each expiry costs one login, and nobody who asks notices."""
    before, started = desk.count_logins(), time.monotonic()
    documents = [make_cpf(888800000 + number) for number in range(PEOPLE)]
    size = PEOPLE // EXPIRIES
    done = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for start in range(0, PEOPLE, size):
            wave: Sequence[str] = documents[start : start + size]
            answers = pool.map(lambda document: desk.inquire(branch_id, document), wave)
            desk.sandbox("POST", "/bureaus/serasa/expire_tokens")
            done += sum(answer["status"] == "done" for answer in answers)
    logins, seconds = desk.count_logins() - before, time.monotonic() - started
    console.print(
        f"Renovação: {PEOPLE} consultas, {AT_ONCE} de cada vez, com {EXPIRIES} vencimentos da chave no meio: {done} "
        f"respondidas, {PEOPLE - done} perdidas, {logins} logins, {seconds:.1f} s".replace(".", ",")
    )
    if done != PEOPLE:
        raise CloudFailure("an inquiry was lost while a key was renewed")


def _report(desk: Desk, console: Console, files: Path) -> None:
    day = local_date(datetime.now(UTC)).isoformat()
    period = {"start": day, "end": day}
    totals = desk.call("GET", "/api/v1/bureau_inquiries_report", params=period)["totals"]
    console.print(f"Relatório de hoje: {totals['inquiries']} consultas, {reais(totals['cost'])}")
    files.mkdir(parents=True, exist_ok=True)
    for kind in ("csv", "xlsx"):
        body = {"report": {**period, "format": kind}}
        made = desk.call("POST", "/api/v1/bureau_inquiries_report/files", body)["data"]
        path = files / f"consultas.{kind}"
        path.write_bytes(httpx.get(made["url"]).raise_for_status().content)
        console.print(f"  {path}")
