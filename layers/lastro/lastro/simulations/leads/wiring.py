"""Joins the lead use cases to the table, once per process."""

from __future__ import annotations

from functools import cache

from lastro.aws.table import Table
from lastro.kernel.calendar import SystemClock
from lastro.simulations.leads.service import Leads
from lastro.simulations.leads.store import LeadStore


@cache
def open_leads() -> Leads:
    return Leads(LeadStore(Table()), SystemClock())
