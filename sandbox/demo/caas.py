"""The CaaS journey: from a simulation to a signed, disbursed and endorsed CCB, as a partner's script goes it."""

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.live import Live
from rich.table import Table

from lastro.kernel.calendar import local_date
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure
from sandbox.demo import caas_requests as bodies
from sandbox.demo.formats import percent, summary

TARGET_SECONDS = 6.0
"""Our own time for the whole journey once every function is warm, with sandbox services that answer at once."""

WARM_UP_CPF, CPF = bodies.make_cpf(999999123), bodies.make_cpf(999999124)
RECEIVER = "demo"
_POLL_SECONDS = 0.05
_LONGEST_SECONDS = 90.0


def run(cloud: RunningCloud, console: Console) -> None:
    """Walk the journey twice, the first time to warm the functions up. CloudFailure when it leads anywhere else."""
    files = cloud.settings.local / "contracts"
    files.mkdir(parents=True, exist_ok=True)
    with httpx.Client(base_url=cloud.base_url, timeout=30) as http:
        _register_callback(cloud, http)
        console.print("\nPrimeira volta, para aquecer as funções")
        _walk(Walk(cloud, http, WARM_UP_CPF, files), lambda _: None)
        console.print("Segunda volta: um crédito de R$ 10.000,00 em 12 parcelas, da simulação ao endosso\n")
        walk = Walk(cloud, http, CPF, files)
        _show(walk, console)
        console.print(f"CCB gerada:   {walk.paths['contract']}")
        console.print(f"CCB assinada: {walk.paths['signed']}")
        console.print(f"Avisos recebidos no endereço de callback: {_count_notices(cloud, walk.process_id)}")
    verdict = "dentro" if walk.seconds < TARGET_SECONDS else "acima"
    console.print(f"Tempo total: {_seconds(walk.seconds)} s, {verdict} da meta de {_seconds(TARGET_SECONDS)} s")


@dataclass
class Stage:
    """One row of the table."""

    name: str
    status: str = "…"
    note: str = ""
    seconds: float = 0.0


@dataclass
class Walk:
    """One person's journey and what it left behind."""

    cloud: RunningCloud
    http: httpx.Client
    cpf: str
    files: Path
    stages: list[Stage] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    process_id: str = ""
    csn: str = ""
    seconds: float = 0.0

    @property
    def product_id(self) -> int:
        return int(self.cloud.credentials["caas_product_id"])

    def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """One call of the API. CloudFailure with an answer outside 2xx."""
        answer = self.http.request(method, f"/api/external{path}", json=body, headers=self.headers)
        if answer.is_error:
            raise CloudFailure(f"{method} answered {answer.status_code}: {answer.text[:2000]}")
        found: dict[str, Any] = answer.json()
        return found

    def wait(self, read: Callable[[], dict[str, Any] | None], what: str) -> dict[str, Any]:
        """Read until there is something. CloudFailure when it takes far too long."""
        deadline = time.monotonic() + _LONGEST_SECONDS
        while (found := read()) is None:
            if time.monotonic() > deadline:
                raise CloudFailure(f"{what} did not come within {_LONGEST_SECONDS:.0f} s")
            time.sleep(_POLL_SECONDS)
        return found

    def proposal_in(self, *statuses: str, contract: bool = False) -> dict[str, Any] | None:
        """The proposal once it is in one of these statuses (and has its contract, where that is asked for)."""
        found = self.call("GET", f"/v2.1/proposals/{self.csn}")
        if found["lastStatus"] in ("REPROVADO", "EXPIRADO", "PENDENTE", "ESTORNO"):
            raise CloudFailure(f"the proposal ended in {found['lastStatus']}: {found['reasons']}")
        return found if found["lastStatus"] in statuses and (found["hasContracts"] or not contract) else None

    def save(self, name: str, text: str) -> None:
        self.paths[name] = self.files / f"{self.csn}-{name}.pdf"
        self.paths[name].write_bytes(base64.b64decode(text))


def _walk(walk: Walk, changed: Callable[[Walk], None]) -> None:
    """Every stage in turn; ``changed`` is told whenever a row of the table did."""
    started = time.monotonic()
    today = local_date(datetime.now(UTC))

    @contextmanager
    def stage(name: str) -> Iterator[Stage]:
        row = Stage(name)
        walk.stages.append(row)
        changed(walk)
        begun = time.monotonic()
        yield row
        row.seconds = time.monotonic() - begun
        walk.seconds = time.monotonic() - started
        changed(walk)

    with stage("Token") as row:
        _log_in(walk, row)
    with stage("Simulação") as row:
        offer_id = _simulate(walk, row, today)
    with stage("Cadastro") as row:
        _sign_up(walk, row)
    with stage("Proposta") as row:
        _propose(walk, row, today, offer_id)
    with stage("Documentos") as row:
        _hand_in(walk, row)
    with stage("Contrato") as row:
        checksum = _fetch_contract(walk, row)
    with stage("Assinatura") as row:
        _sign(walk, row, checksum)
    with stage("Desembolso") as row:
        _wait_for_the_money(walk, row)
    with stage("Endosso") as row:
        _endorse(walk, row)


def _log_in(walk: Walk, row: Stage) -> None:
    credentials = walk.cloud.credentials
    body = {name: credentials[name] for name in ("client_id", "client_secret")}
    token = walk.call("POST", "/client/auth", {**body, "scopes": list(bodies.SCOPES)})
    walk.headers = {"Authorization": f"Bearer {token['access_token']}"}
    row.status, row.note = "válido", f"até {token['expire_at']}"


def _simulate(walk: Walk, row: Stage, today: date) -> str:
    made = walk.call("POST", "/caas/simulation", bodies.simulation(walk.cpf, walk.product_id, today, keep=True))
    data = made["data"]
    cet = percent(float(data["cet_annual"]))
    row.status = "oferta mantida"
    row.note = f"12 x {_reais(data['installment_value'])}, IOF {_reais(data['iof_value'])}, CET {cet} a.a."
    return str(data["offer_id"])


def _sign_up(walk: Walk, row: Stage) -> None:
    made = walk.call("POST", "/v2.1/process/simple_signup", bodies.signup(walk.cpf, datetime.now(UTC)))
    walk.process_id = str(made["id"])

    def read() -> dict[str, Any] | None:
        # Each look counts towards the limit of calls about a CPF: not too many of them.
        time.sleep(2 * _POLL_SECONDS)
        found = walk.call("GET", f"/v2/process/status/{walk.process_id}")
        return None if found["status"] == "SIGNUP_ANALISIS" else found

    status = walk.wait(read, "the signup's analysis")["status"]
    if status != "SIGNUP_COMPLETED":
        raise CloudFailure(f"the signup ended in {status}")
    row.status, row.note = status, f"processo {walk.process_id}"


def _propose(walk: Walk, row: Stage, today: date, offer_id: str) -> None:
    asked = bodies.asked_product(walk.product_id, today, offerId=offer_id)
    made = walk.call("POST", f"/v2.1/process/proposal/{walk.process_id}", bodies.proposal([asked]))
    walk.csn = str(made["proposals"][0]["customerServiceNumber"])
    found = walk.wait(lambda: walk.proposal_in("AGUARDANDO_DOCUMENTOS"), "the proposal's analysis")
    row.status, row.note = found["lastStatus"], f"proposta {walk.csn}; Serasa: {_asked_of_the_bureau(walk)}"


def _asked_of_the_bureau(walk: Walk) -> str:
    """What the inquiry of the analysis found, from the person's history."""
    path = f"/api/v1/bureau_subjects/client/{walk.process_id}/inquiries"
    answer = walk.http.get(path, headers=walk.cloud.headers)
    if answer.is_error or len(answer.json()["data"]) != 1:
        raise CloudFailure(f"the analysis left no inquiry behind: {answer.status_code} {answer.text[:400]}")
    return summary(answer.json()["data"][0])


def _hand_in(walk: Walk, row: Stage) -> None:
    for kind in bodies.DOCUMENTS:
        walk.call("PUT", f"/v2/process/document/{walk.process_id}", bodies.document(kind))
    found = walk.wait(lambda: walk.proposal_in("EM_ANALISE_OPERACIONAL"), "the analysis of the documents")
    row.status, row.note = found["lastStatus"], ", ".join(bodies.DOCUMENTS)


def _fetch_contract(walk: Walk, row: Stage) -> str:
    walk.wait(lambda: walk.proposal_in("EM_ANALISE_OPERACIONAL", contract=True), "the contract")
    [contract] = walk.call("GET", f"/v2.1/contract/{walk.csn}")["contracts"]
    walk.save("contract", contract["contract"])
    row.status, row.note = "CCB gerada", f"SHA-256 {contract['checksum'][:16]}…"
    return str(contract["checksum"])


def _sign(walk: Walk, row: Stage, checksum: str) -> None:
    body = {"aceptedCheckSum": checksum, "logData": bodies.log_data(datetime.now(UTC))}
    walk.call("POST", f"/v2.1/contract/{walk.csn}", body)
    row.status, row.note = "CONTRATADO", "aceite eletrônico registrado com as evidências"


def _wait_for_the_money(walk: Walk, row: Stage) -> None:
    found = walk.wait(lambda: walk.proposal_in("LIBERADO"), "the money")
    data = walk.call("GET", f"/v2.1/proposals/{walk.csn}/disbursement")["data"]
    row.status, row.note = found["lastStatus"], f"{data['method']} de {_reais(data['value'])}, {data['reference']}"


def _endorse(walk: Walk, row: Stage) -> None:
    path = f"/v2.1/proposals/{walk.csn}/endorsements"
    made = walk.call("POST", path, bodies.endorsement(bodies.FUND))["data"]

    def read() -> dict[str, Any] | None:
        answer = walk.http.get(f"/api/external/v2.1/contract/{walk.csn}/signed", headers=walk.headers)
        found: dict[str, Any] = answer.json()
        return found if answer.is_success and found["endorsements"] else None

    signed = walk.wait(read, "the signed contract")
    walk.save("signed", signed["contract"]["contract"])
    row.status = "endossado"
    row.note = f"{made['endorser']['name']} → {made['endorsee']['name']}"


def _show(walk: Walk, console: Console) -> None:
    """The live table on a terminal, a line for each stage elsewhere."""
    if not console.is_terminal:

        def print_last(changed: Walk) -> None:
            row = changed.stages[-1]
            if row.seconds:
                console.print(f"{_seconds(row.seconds):>6} s  {row.name:<11} {row.status:<23} {row.note}")

        _walk(walk, print_last)
        console.print()
        return
    with Live(_table(walk), console=console, refresh_per_second=12) as live:
        _walk(walk, lambda changed: live.update(_table(changed)))


def _table(walk: Walk) -> Table:
    table = Table(title=f"Crédito em {_seconds(walk.seconds)} s", box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("Etapa", "Situação"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Resultado", overflow="ellipsis", no_wrap=True)
    table.add_column("s", justify="right", no_wrap=True)
    for row in walk.stages:
        done = row.seconds > 0
        seconds = _seconds(row.seconds) if done else ""
        table.add_row(row.name, row.status, row.note, seconds, style="green" if done else "dim")
    return table


def _register_callback(cloud: RunningCloud, http: httpx.Client) -> None:
    """Have every change told to the sandbox's receiver."""
    httpx.delete(f"{cloud.sandbox_url}/callbacks/{RECEIVER}").raise_for_status()
    body = {"url": f"{cloud.sandbox_url}/callbacks/{RECEIVER}", "authentication": {"type": "URL"}}
    answer = http.put("/api/external/v2.1/callback", json=body, headers=cloud.headers)
    if answer.is_error:
        raise CloudFailure(f"the callback was refused: {answer.status_code} {answer.text[:400]}")


def _count_notices(cloud: RunningCloud, process_id: str) -> int:
    notices = httpx.get(f"{cloud.sandbox_url}/callbacks/{RECEIVER}").raise_for_status().json()["notices"]
    return sum(process_id in notice["text"] for notice in notices)


def _reais(value: float) -> str:
    return "R$ " + f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _seconds(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
