"""A partner that collects debts: a branch with PEFIN, boletos from a file, days of collection, payments."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

import httpx

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure
from sandbox.demo.formats import amount

SECRET = "segredo-de-exemplo"
STEPS = (
    {"step": 1, "days_overdue": 5, "action": "remind"},
    {"step": 5, "days_overdue": 45, "action": "credit_analysis"},
)
LISTING_COST_CENTS = 350
LONGEST_SECONDS = 90.0
_POLL_SECONDS = 0.2
_HEADING = (
    *("document", "name", "sex", "birth_date", "mobile_phone", "public_body", "external_id", "contract_number"),
    *("nature_code", "due_on", "amount", "zip_code", "street", "number", "complement", "district", "city", "state"),
)

T = TypeVar("T")


@dataclass(frozen=True)
class Owed:
    """A line of the file: who owes what. ``amount`` as a spreadsheet has it; a CPF's person has sex and birth date."""

    document: str
    name: str
    number: str
    due_on: date
    cents: int = 189_90
    phone: str = "(11) 98765-4321"
    public_body: bool = False
    amount: str = ""

    def cells(self) -> Sequence[str]:
        natural = len(self.document) == len("52998224725")
        return (
            *(self.document, self.name, "F" if natural else "", "17/05/1990" if natural else "", self.phone),
            *("S" if self.public_body else "N", self.number, self.number, "TI"),
            *(f"{self.due_on:%d/%m/%Y}", self.amount or amount(self.cents)),
            *("01001-000", "Praça da Sé", "100", "Sala 2", "Sé", "São Paulo", "SP"),
        )


def spell_file(lines: Sequence[Owed]) -> bytes:
    """The CSV of an import."""
    return "\r\n".join(";".join(cells) for cells in (_HEADING, *(line.cells() for line in lines))).encode()


@dataclass(frozen=True)
class Creditor:
    """Speaks to the API as the demo partner; ``api`` has its base address and headers."""

    cloud: RunningCloud
    api: httpx.Client
    longest: float = LONGEST_SECONDS
    """How long in seconds it waits for what must come."""

    def call(self, method: str, path: str, body: object = None, **options: Any) -> Any:
        """One call of the API. CloudFailure with an answer outside 2xx."""
        answer = self.api.request(method, path, json=body, **options)
        if answer.is_error:
            raise CloudFailure(f"{method} {path} answered {answer.status_code}: {answer.text[:2000]}")
        return answer.json()

    def sandbox(self, method: str, path: str, body: object = None) -> httpx.Response:
        return httpx.request(method, self.cloud.sandbox_url + path, json=body, timeout=60).raise_for_status()

    def until(self, look: Callable[[], T], is_there: Callable[[T], bool]) -> T:
        """Look until it is there. CloudFailure with what was seen last when it takes far too long."""
        deadline = time.monotonic() + self.longest
        while not is_there(seen := look()):
            if time.monotonic() > deadline:
                raise CloudFailure(f"still waiting after {self.longest:.0f} s: {str(seen)[:2000]}")
            time.sleep(_POLL_SECONDS)
        return seen

    # setting up -------------------------------------------------------------------------------------------------------

    def open_branch(self, cnpj: str, credential: str = "basic") -> int:
        """A branch that lists at PEFIN by itself and hears from it, with ``basic`` or ``oauth``; its number.

        In production, as the integration says: a collection lists nobody through one of homologation.
        """
        branch = {"name": "Filial de cobrança", "cnpj": cnpj}
        branch_id = int(self.call("POST", "/api/v1/branches", {"branch": branch})["data"]["id"])
        integration = {
            "provider": "serasa",
            "branch_id": branch_id,
            "environment": "production",
            "automatic": True,
            "fields": {"client_id": "cobranca", "client_secret": SECRET, "reports": ["RELATORIO_BASICO_PF_PME"]},
        }
        self.call("POST", "/api/v1/bureau_integrations", {"bureau_integration": integration})
        path = f"/api/v1/negativation_settings/{branch_id}/events"
        address = self.call("PUT", path, {"events": {"credential": credential}})["data"]
        token_path = address["token_path"]
        at = {
            "url": self.cloud.base_url + address["path"],
            "token_url": self.cloud.base_url + token_path if token_path else None,
        }
        self.sandbox("PUT", "/bureaus/serasa/webhook", {**address, **at})
        return branch_id

    def collect(self, branch_id: int) -> None:
        """A reminder after five days, a listing after forty-five; deadlines by the holidays of São Paulo."""
        parameters = {"enabled": True, "steps": STEPS, "state": "SP", "listing_cost_cents": LISTING_COST_CENTS}
        self.call("PUT", f"/api/v1/collection_parameters/{branch_id}", {"collection_parameters": parameters})

    # what happens -----------------------------------------------------------------------------------------------------

    def import_file(self, branch_id: int, content: bytes) -> dict[str, Any]:
        """Send a file to where the API says; the import when it has come to its end."""
        begun = self.call("POST", "/api/v1/imports", {"import": {"format": "csv", "branch_id": branch_id}})["data"]
        httpx.put(begun["upload_url"], content=content, timeout=60).raise_for_status()
        path = f"/api/v1/imports/{begun['id']}"
        return self.until(lambda: self.call("GET", path)["data"], lambda told: told["status"] not in _GOING_ON)

    def run_day(self, branch_id: int, business_date: date) -> dict[str, Any]:
        """The collection of a day, from its schedule to its end; the run as it is told."""
        self.start_day(business_date)
        return self.until(lambda: self.find_run(branch_id, business_date), lambda run: run.get("status") in _RUN_ENDS)

    def start_day(self, business_date: date) -> dict[str, int]:
        body = {"business_date": business_date.isoformat()}
        counts: dict[str, int] = self.sandbox("POST", "/schedules/run_collection/run", body).json()["result"]
        return counts

    def sweep(self, business_date: date) -> None:
        """Have what is due looked at as of a day: notices that have run their time by then are done with."""
        body = {"business_date": business_date.isoformat()}
        self.sandbox("POST", "/schedules/sync_negativations/run", body)

    def find_run(self, branch_id: int, business_date: date) -> dict[str, Any]:
        """A run as it is told; empty where there is none."""
        query = {"branch_id": str(branch_id), "per_page": "100"}
        runs = self.call("GET", "/api/v1/collection_runs", params=query)["data"]
        return next((run for run in runs if run["business_date"] == business_date.isoformat()), {})

    def listings(self, branch_id: int, **query: str) -> list[dict[str, Any]]:
        """Listings of a branch, newest first."""
        sent = {"branch_id": str(branch_id), "per_page": "100", **query}
        found: list[dict[str, Any]] = self.call("GET", "/api/v1/negativations", params=sent)["data"]
        return found

    def settle(self, boleto_id: str, cents: int, day: date) -> None:
        """All of a debt is paid, and the money is available on the same day."""
        paid = {"paid_on": day.isoformat(), "available_on": day.isoformat(), "amount_cents": cents}
        self.call("POST", f"/api/v1/boletos/{boleto_id}/settlement", {"settlement": paid})

    def count_late(self, business_date: date) -> int:
        """How many removals are past their last day on a day, whoever's they are."""
        body = {"business_date": business_date.isoformat()}
        return int(self.sandbox("POST", "/schedules/watch_negativations/run", body).json()["result"]["late"])

    def acts(self, contract: str) -> list[str]:
        """What PEFIN did about a contract: ``include``, ``remove``, in their order."""
        calls = self.sandbox("GET", "/bureaus/serasa/ledger").json()["calls"]
        return [each["operation"] for each in calls if each["key"] == contract and each["outcome"] in _EFFECTIVE]


_GOING_ON = ("waiting", "running")
_RUN_ENDS = ("finished", "blocked")
_EFFECTIVE = ("answered", "timeout_after_effect")
DAY = timedelta(days=1)
