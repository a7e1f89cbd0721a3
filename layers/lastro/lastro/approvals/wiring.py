"""Joins the use cases of approvals to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.approvals.rules.store import RuleStore
from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lastro.approvals.assignments.assigning import Assigning, AssignmentReading
    from lastro.approvals.authorities.usecases import Authorities
    from lastro.approvals.evaluation.usecases import Evaluation
    from lastro.approvals.reservations.cancelling import Cancelling
    from lastro.approvals.reservations.deciding import Decisions
    from lastro.approvals.reservations.reading import ReservationReading
    from lastro.approvals.reservations.reserving import Reservations
    from lastro.approvals.rules.usecases import Rules
    from lastro.approvals.sales.selling import SaleReading, Selling
    from lastro.kernel.retention import PersonalData


@cache
def _table() -> Table:
    return Table()


@cache
def open_rules() -> Rules:
    """Use cases of rules."""
    from lastro.approvals.rules.usecases import Rules

    return Rules(RuleStore(_table()), CLOCK)


@cache
def open_evaluation() -> Evaluation:
    """Flows against rules."""
    from lastro.approvals.evaluation.usecases import Evaluation

    return Evaluation(RuleStore(_table()))


@cache
def open_authorities() -> Authorities:
    """Who approves."""
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.authorities.usecases import Authorities

    return Authorities(AuthorityStore(_table()), CLOCK)


@cache
def open_reservations() -> Reservations:
    """Making reservations."""
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.reservations.reserving import Reservations
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.bureaus.wiring import open_subject_scores
    from lastro.customers.wiring import open_known_customers

    return Reservations(
        ReservationStore(_table()),
        RuleStore(_table()),
        AuthorityStore(_table()),
        open_subject_scores(),
        open_known_customers(),
        CLOCK,
    )


@cache
def open_decisions() -> Decisions:
    """Deciding on reservations."""
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.reservations.deciding import Decisions
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.bureaus.wiring import open_subject_scores

    return Decisions(ReservationStore(_table()), AuthorityStore(_table()), open_subject_scores(), CLOCK)


@cache
def open_cancelling() -> Cancelling:
    """Cancelling reservations."""
    from lastro.approvals.reservations.cancelling import Cancelling
    from lastro.approvals.reservations.store import ReservationStore

    return Cancelling(ReservationStore(_table()), CLOCK)


@cache
def open_personal_data() -> Sequence[PersonalData]:
    """What reservations, sales and assignments keep of people."""
    from lastro.approvals.assignments.store import AssignmentStore
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.approvals.sales.store import SaleStore
    from lastro.approvals.service import keep_personal_data

    table = _table()
    return keep_personal_data(ReservationStore(table), SaleStore(table), AssignmentStore(table), CLOCK)


@cache
def open_reservation_reading() -> ReservationReading:
    """Reading reservations."""
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.reservations.reading import ReservationReading
    from lastro.approvals.reservations.store import ReservationStore

    return ReservationReading(ReservationStore(_table()), AuthorityStore(_table()))


@cache
def open_selling() -> Selling:
    """Selling what was reserved."""
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.approvals.sales.selling import Selling
    from lastro.approvals.sales.store import SaleStore
    from lastro.customers.wiring import open_known_customers

    return Selling(SaleStore(_table()), ReservationStore(_table()), open_known_customers(), CLOCK)


@cache
def open_sale_reading() -> SaleReading:
    """Reading sales."""
    from lastro.approvals.sales.selling import SaleReading
    from lastro.approvals.sales.store import SaleStore

    return SaleReading(SaleStore(_table()))


@cache
def open_assigning() -> Assigning:
    """Assigning what was sold."""
    from lastro.approvals.assignments.assigning import Assigning
    from lastro.approvals.assignments.store import AssignmentStore
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.sales.store import SaleStore
    from lastro.customers.wiring import open_known_customers

    table = _table()
    return Assigning(AssignmentStore(table), SaleStore(table), AuthorityStore(table), open_known_customers(), CLOCK)


@cache
def open_assignment_reading() -> AssignmentReading:
    """Reading assignments."""
    from lastro.approvals.assignments.assigning import AssignmentReading
    from lastro.approvals.assignments.store import AssignmentStore

    return AssignmentReading(AssignmentStore(_table()))
