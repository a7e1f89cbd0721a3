"""Joins the use cases of debtors and boletos to their adapters, once per process, and opens the stores of all parts."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.kernel.retention import PersonalData
    from lastro.negativations.approvals.store import SettingsStore
    from lastro.negativations.boletos.keeping import Boletos
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.collection.store import ParametersStore
    from lastro.negativations.debtors.keeping import Debtors
    from lastro.negativations.debtors.store import DebtorStore
    from lastro.negativations.events.store import EventStore
    from lastro.negativations.listings.store import ListingStore
    from lastro.negativations.payments import BoletoChange

Result = TypeVar("Result")


@cache
def open_table() -> Table:
    return Table()


@cache
def open_debtor_store() -> DebtorStore:
    from lastro.negativations.debtors.store import DebtorStore

    return DebtorStore(open_table())


@cache
def open_boleto_store() -> BoletoStore:
    from lastro.negativations.boletos.store import BoletoStore

    return BoletoStore(open_table())


@cache
def open_debtors() -> Debtors:
    from lastro.negativations.debtors.keeping import Debtors

    return Debtors(open_debtor_store(), CLOCK)


@cache
def open_boletos() -> Boletos:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.boletos.keeping import Boletos

    return Boletos(open_boleto_store(), open_debtor_store(), open_partner_branches(), CLOCK, _follow)


def _follow(change: BoletoChange) -> None:
    """What listings make of a change; most calls of boletos change nothing."""
    from lastro.negativations.listings.wiring import open_follower

    open_follower()(change)


@cache
def open_personal_data() -> PersonalData:
    """What debtors, boletos and listings keep of people."""
    from lastro.negativations.endings.retention import DebtorData
    from lastro.negativations.endings.store import DebtStore

    return DebtorData(DebtStore(open_table()))


@cache
def open_listing_store() -> ListingStore:
    from lastro.negativations.listings.store import ListingStore

    return ListingStore(open_table())


@cache
def open_event_store() -> EventStore:
    from lastro.negativations.events.store import EventStore

    return EventStore(open_table())


@cache
def open_settings_store() -> SettingsStore:
    from lastro.negativations.approvals.store import SettingsStore

    return SettingsStore(open_table())


@cache
def open_parameters_store() -> ParametersStore:
    from lastro.negativations.collection.store import ParametersStore

    return ParametersStore(open_table())


def wait_for(work: Coroutine[Any, Any, Result]) -> Result:
    from lastro.aws.entrypoints.loop import run_to_end

    return run_to_end(work)
