"""Joins the use cases of customers to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.aws.dynamodb.table import Table
    from lastro.customers.classes.defining import Classes
    from lastro.customers.classes.overriding import Overrides
    from lastro.customers.classes.reevaluation import Reevaluation
    from lastro.customers.classes.store import ClassStore
    from lastro.customers.journeys.showing import Journeys
    from lastro.customers.people.keeping import Customers
    from lastro.customers.people.reading import CustomerReading
    from lastro.customers.people.store import CustomerStore
    from lastro.customers.service import CustomerRecords, Exposures, KnownCustomers, KnownPeople
    from lastro.kernel.retention import PersonalData


@cache
def _table() -> Table:
    from lastro.aws.dynamodb.table import Table

    return Table()


@cache
def _store() -> CustomerStore:
    from lastro.customers.people.store import CustomerStore

    return CustomerStore(_table())


@cache
def _classes() -> ClassStore:
    from lastro.customers.classes.store import ClassStore

    return ClassStore(_table())


@cache
def open_customers() -> Customers:
    """Use cases that write customers."""
    from lastro.customers.people.keeping import Customers

    return Customers(_store(), _classes(), CLOCK)


@cache
def open_reading() -> CustomerReading:
    """Use cases that read them."""
    from lastro.customers.people.reading import CustomerReading

    return CustomerReading(_store(), CLOCK)


@cache
def open_exposures() -> Exposures:
    """What customers declare of being politically exposed, for the contracts of who is one."""
    from lastro.customers.service import Exposures

    return Exposures(_store())


@cache
def open_journeys() -> Journeys:
    """A customer at a glance."""
    from lastro.customers.journeys.showing import Journeys
    from lastro.customers.journeys.store import TallyStore

    return Journeys(_store(), _classes(), TallyStore(_table()), CLOCK)


@cache
def open_classes() -> Classes:
    """Defining classes and reading them."""
    from lastro.customers.classes.defining import Classes

    return Classes(_classes(), CLOCK)


@cache
def open_overrides() -> Overrides:
    """Classes that a person sets, and the history of a customer's class."""
    from lastro.customers.classes.overriding import Overrides

    return Overrides(_store(), _classes(), CLOCK)


@cache
def open_reevaluation() -> Reevaluation:
    """Evaluating customers by criteria that changed."""
    from lastro.customers.classes.reevaluation import Reevaluation

    return Reevaluation(_store(), _classes(), CLOCK)


@cache
def open_records() -> CustomerRecords:
    """Customers as another context puts them before banks."""
    from lastro.customers.service import CustomerRecords

    return CustomerRecords(_store())


@cache
def open_known_customers() -> KnownCustomers:
    """What other contexts ask of customers."""
    from lastro.customers.service import KnownCustomers

    return KnownCustomers(_store())


@cache
def open_known_people() -> KnownPeople:
    """Whom a partner knows."""
    from lastro.aws.dynamodb.table import Table
    from lastro.customers.portal.store import PortalStore
    from lastro.customers.service import KnownPeople

    return KnownPeople(_store(), PortalStore(Table()))


@cache
def open_personal_data() -> PersonalData:
    """What customers keep of people."""
    from lastro.aws.dynamodb.table import Table
    from lastro.customers.portal.logins.wiring import open_pool
    from lastro.customers.portal.store import PortalStore
    from lastro.customers.service import keep_personal_data

    return keep_personal_data(_store(), PortalStore(Table()), open_pool())
