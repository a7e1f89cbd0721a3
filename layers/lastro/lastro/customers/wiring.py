"""Joins the use cases of customers to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.customers.people.keeping import Customers
    from lastro.customers.people.reading import CustomerReading
    from lastro.customers.people.store import CustomerStore
    from lastro.kernel.retention import PersonalData


@cache
def _store() -> CustomerStore:
    from lastro.aws.dynamodb.table import Table
    from lastro.customers.people.store import CustomerStore

    return CustomerStore(Table())


@cache
def open_customers() -> Customers:
    """Use cases that write customers."""
    from lastro.customers.people.keeping import Customers

    return Customers(_store(), CLOCK)


@cache
def open_reading() -> CustomerReading:
    """Use cases that read them."""
    from lastro.customers.people.reading import CustomerReading

    return CustomerReading(_store(), CLOCK)


@cache
def open_personal_data() -> PersonalData:
    """What customers keep of people."""
    from lastro.customers.service import keep_personal_data

    return keep_personal_data(_store())
