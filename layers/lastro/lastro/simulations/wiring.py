"""Joins the simulation use cases to their adapters, once per process; each function opens only what it uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import find_setting, read_setting
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.aws.queue import Queue
    from lastro.kernel.retention import PersonalData
    from lastro.simulations.completion.announcing import Announcer
    from lastro.simulations.conditions.bank_directory import StoreBanks
    from lastro.simulations.conditions.dispatch import ConditionDispatch
    from lastro.simulations.conditions.worker import ConditionWorker
    from lastro.simulations.leads.usecases import Leads
    from lastro.simulations.posting.creating import SimulationService
    from lastro.simulations.results.reading import SimulationReading
    from lastro.simulations.returns.usecases import ReturnRules
    from lastro.simulations.service import LentBanks, Offers
    from lastro.simulations.store import SimulationStore
    from lastro.simulations.sweep import SimulationSweep
    from lastro.vehicles.service import VehicleForSale
    from lastro.vendors.banks.gateway import WholeBank


@cache
def _store() -> SimulationStore:
    from lastro.simulations.store import SimulationStore

    return SimulationStore(Table())


@cache
def _queue(bank: str) -> Queue:
    """The queue of a bank's conditions. The variable holds all their addresses by the bank's code, as JSON."""
    from lastro.aws.queue import Queue

    addresses: dict[str, str] = json.loads(read_setting("LASTRO_CONDITIONS_QUEUE_URLS"))
    return Queue(addresses[bank])


@cache
def _dispatch() -> ConditionDispatch:
    from lastro.simulations.conditions.dispatch import ConditionDispatch

    return ConditionDispatch(_queue)


def _announcer() -> Announcer:
    from lastro.simulations.completion.announcing import Announcer
    from lastro.webhooks.wiring import open_queue

    return Announcer(_store(), open_queue())


@cache
def open_leads() -> Leads:
    """Prospective clients."""
    from lastro.simulations.leads.store import LeadStore
    from lastro.simulations.leads.usecases import Leads

    return Leads(LeadStore(Table()), CLOCK)


@cache
def open_return_rules() -> ReturnRules:
    """Stores' plus returns."""
    from lastro.simulations.returns.store import ReturnRuleStore
    from lastro.simulations.returns.usecases import ReturnRules

    return ReturnRules(ReturnRuleStore(Table()), CLOCK)


@cache
def open_service() -> SimulationService:
    """Use cases that create."""
    from lastro.simulations.posting.creating import SimulationService
    from lastro.webhooks.wiring import address_rule

    return SimulationService(_store(), _dispatch(), CLOCK, address_rule(), _most_in_flight, _find_vehicle)


def _find_vehicle(partner_id: str, store_id: int, vehicle_id: int) -> VehicleForSale | None:
    # Who names no vehicle of the stock does not wait for what reads it.
    from lastro.vehicles.wiring import open_showroom

    return open_showroom().find_vehicle(partner_id, store_id, vehicle_id)


def _most_in_flight() -> int:
    return int(find_setting("LASTRO_SIMULATIONS_IN_FLIGHT", "500"))


@cache
def open_reading() -> SimulationReading:
    """Use cases that read."""
    from lastro.simulations.results.reading import SimulationReading

    return SimulationReading(_store())


def open_lent_banks() -> LentBanks[WholeBank]:
    """Banks with their stores' credentials, for other contexts."""
    from lastro.simulations.service import LentBanks

    return LentBanks(_store_banks())


@cache
def _store_banks() -> StoreBanks[WholeBank]:
    """Banks with their stores' credentials, each over an HTTP client of its own.

    The HTTP library looks at every kept connection of a client for every call: those of other banks would cost as much
    as the call does.
    """
    from lastro.aws.secrets import Secrets
    from lastro.kernel.banks import BANKS
    from lastro.simulations.conditions.bank_directory import StoreBanks
    from lastro.vendors.banks.gateway import open_bank
    from lastro.vendors.banks.http import open_http

    url, clients = read_setting("LASTRO_BANKS_URL"), {code: open_http() for code in BANKS}

    def open_at(code: str, credentials: Mapping[str, str]) -> WholeBank:
        return open_bank(code, base_url=url, credentials=credentials, http=clients[code])

    return StoreBanks(Secrets(read_setting("LASTRO_SECRETS_PREFIX")), open_at)


@cache
def open_offers() -> Offers:
    """Offers that banks made, for other contexts."""
    from lastro.simulations.service import Offers

    return Offers(_store())


@cache
def open_worker() -> ConditionWorker:
    """The condition pipeline with its one HTTP client."""
    from lastro.simulations.conditions.worker import ConditionWorker

    return ConditionWorker(_store(), _dispatch(), _store_banks(), CLOCK, _announcer())


@cache
def open_personal_data() -> PersonalData:
    """What leads and simulations keep of people."""
    from lastro.simulations.leads.store import LeadStore
    from lastro.simulations.service import keep_personal_data

    return keep_personal_data(LeadStore(Table()), _store())


@cache
def open_sweep() -> SimulationSweep:
    """The sweep of unfinished simulations."""
    from lastro.simulations.sweep import SimulationSweep

    return SimulationSweep(_store(), _dispatch(), CLOCK, _announcer())
