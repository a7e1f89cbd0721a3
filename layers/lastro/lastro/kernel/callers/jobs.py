"""What people who log in to the panel may call, by their job. Pure.

A call belongs to an area, found by its method and the longest declared path that begins its own. What a job does not
name is closed to it, and a call of no area is open to managers alone: forgetting one here opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lastro.kernel.dataclass import dataclass

_READING = frozenset({"GET", "HEAD"})
_EXTERNAL = "/api/external"


class Job(StrEnum):
    """What a person is in its partner's work; the groups of the user pool have these names."""

    MANAGER = "manager"
    ANALYST = "analyst"
    APPROVER = "approver"
    BROKER = "broker"
    AGENCY = "agency"
    OPERATOR = "operator"


class Area(StrEnum):
    """Calls that are given or kept from a job together."""

    SHARED = "shared"
    SIMULATIONS = "simulations"
    STOCK = "stock"
    CREDIT = "credit"
    CREDIT_DECISIONS = "credit_decisions"
    PAYMENTS = "payments"
    PRODUCTS = "products"
    BUREAUS = "bureaus"
    BUREAU_SETUP = "bureau_setup"
    LISTINGS = "listings"
    LISTING_DECISIONS = "listing_decisions"
    LISTING_SETUP = "listing_setup"
    RULES = "rules"
    RESERVATIONS = "reservations"
    RESERVATION_DECISIONS = "reservation_decisions"
    SALES = "sales"
    CUSTOMERS = "customers"
    CUSTOMER_CLASSES = "customer_classes"
    PORTAL = "portal"
    STORE_SETUP = "store_setup"
    INTEGRATION = "integration"
    DATA_SUBJECTS = "data_subjects"
    OTHER = "other"


_PATHS: Mapping[str, Area] = {
    "/api/v1/users/current": Area.SHARED,
    "/api/v1/stores": Area.SHARED,
    "/api/v1/banks": Area.SHARED,
    "/api/v1/domains": Area.SHARED,
    "/api/v1/vehicle_models": Area.SHARED,
    "/api/v1/stores/{store_id}/bank_credentials": Area.STORE_SETUP,
    "/api/v1/stores/{store_id}/activate": Area.STORE_SETUP,
    "/api/v1/stores/{store_id}/deactivate": Area.STORE_SETUP,
    "/api/v1/stores/{store_id}/persist_cnpj_bank_credentials": Area.STORE_SETUP,
    "/api/v1/users/proposals_filter_list": Area.SIMULATIONS,
    "/api/v1/proposals": Area.SIMULATIONS,
    "/api/v1/banks_api": Area.SIMULATIONS,
    "/api/v1/proposal_simulations": Area.SIMULATIONS,
    "/api/v1/vehicles": Area.STOCK,
    "/api/v1/vehicle_prices": Area.STOCK,
    "/api/v1/plus_return_rules": Area.STORE_SETUP,
    "/v2.1/proposals": Area.CREDIT,
    "/v2.1/process": Area.CREDIT,
    "/v2/process": Area.CREDIT,
    "/v2/borrower": Area.CREDIT,
    "/v2.1/contract": Area.CREDIT,
    "/v2/ccb/simulation": Area.CREDIT,
    "/caas/simulation": Area.CREDIT,
    "/v2.1/products": Area.PRODUCTS,
    "/v2.1/callback": Area.INTEGRATION,
    "/v2.1/callbacks/deliveries": Area.INTEGRATION,
    "/api/v1/bureau_inquiries": Area.BUREAUS,
    "/api/v1/bureau_inquiries_report": Area.BUREAUS,
    "/api/v1/bureau_subjects": Area.BUREAUS,
    "/api/v1/bureaus": Area.BUREAU_SETUP,
    "/api/v1/bureau_settings": Area.BUREAU_SETUP,
    "/api/v1/bureau_integrations": Area.BUREAU_SETUP,
    "/api/v1/branches": Area.BUREAU_SETUP,
    "/api/v1/debtors": Area.LISTINGS,
    "/api/v1/boletos": Area.LISTINGS,
    "/api/v1/negativations": Area.LISTINGS,
    "/api/v1/negativations_report": Area.LISTINGS,
    "/api/v1/bureau_arrivals": Area.LISTINGS,
    "/api/v1/imports": Area.LISTINGS,
    "/api/v1/negativation_settings": Area.LISTING_SETUP,
    "/api/v1/collection_parameters": Area.LISTING_SETUP,
    "/api/v1/collection_runs": Area.LISTING_SETUP,
    "/api/v1/approval_rules": Area.RULES,
    "/api/v1/approval_authorities": Area.RULES,
    "/api/v1/approval_rules/{approval_rule_id}/evaluate": Area.RESERVATIONS,
    "/api/v1/reservations": Area.RESERVATIONS,
    "/api/v1/sales": Area.SALES,
    "/api/v1/assignments": Area.SALES,
    "/api/v1/customers": Area.CUSTOMERS,
    "/api/v1/customer_classes": Area.CUSTOMER_CLASSES,
    "/api/v1/portal_people": Area.PORTAL,
    "/api/v1/registration_schedule": Area.PORTAL,
    "/api/v1/registration_changes": Area.PORTAL,
    "/api/v1/bulletins": Area.PORTAL,
    "/api/v1/surveys": Area.PORTAL,
    "/api/v1/survey_events": Area.PORTAL,
    "/api/v1/api_keys": Area.INTEGRATION,
    "/api/v1/clients": Area.INTEGRATION,
    "/api/v1/requests": Area.INTEGRATION,
    "/api/v1/data_subject_requests": Area.DATA_SUBJECTS,
    "/api/v1/legal_holds": Area.DATA_SUBJECTS,
    "/api/v1/disclosures": Area.DATA_SUBJECTS,
    "/api/v1/bureau_access_requests": Area.DATA_SUBJECTS,
}
_WRITING_PATHS: Mapping[str, Area] = {
    "/api/v1/disclosures": Area.SHARED,
    "/api/v1/stores": Area.INTEGRATION,
    "/v2.1/proposals/{customerServiceNumber}/decision": Area.CREDIT_DECISIONS,
    "/v2.1/proposals/{customerServiceNumber}/disbursement": Area.PAYMENTS,
    "/v2.1/proposals/{customerServiceNumber}/endorsements": Area.PAYMENTS,
    "/api/v1/negativations/{negativation_id}/approval": Area.LISTING_DECISIONS,
    "/api/v1/reservations/{reservation_id}/decision": Area.RESERVATION_DECISIONS,
    "/api/v1/assignments/{assignment_id}/decision": Area.RESERVATION_DECISIONS,
}
"""Writing there is more than writing in the area around."""


_READ_BY_POST = frozenset(
    {
        "/api/v1/disclosures",
        "/api/v1/approval_rules/{approval_rule_id}/evaluate",
        "/api/v1/bureau_inquiries_report/files",
        "/api/v1/negativations_report/files",
        "/api/v1/registration_changes/files",
        "/api/v1/surveys/{survey_id}/files",
    }
)
"""Who may read a report may have it as a file, who may read a record may have a masked field of it shown, and who may
read rules may have a flow held against one, of which nothing is kept, though each is asked for by a POST."""

_ACTING = frozenset(
    {
        "/api/v1/stores/{store_id}/activate",
        "/api/v1/stores/{store_id}/deactivate",
        "/api/v1/stores/{store_id}/persist_cnpj_bank_credentials",
        "/api/v1/plus_return_rules/{rule_id}/activate",
        "/api/v1/plus_return_rules/{rule_id}/deactivate",
        "/api/v1/proposals/{proposal_id}/get_ownership",
        "/api/v1/proposals/{proposal_id}/leave_ownership",
    }
)
"""Calls that change something though they are a GET."""


@dataclass(frozen=True)
class Grant:
    """Areas that a job reads, and those in which it also writes."""

    reads: frozenset[Area]
    writes: frozenset[Area]


_WORK = frozenset(
    {
        *(Area.SHARED, Area.SIMULATIONS, Area.STOCK, Area.CREDIT, Area.PRODUCTS, Area.BUREAUS, Area.BUREAU_SETUP),
        *(Area.LISTINGS, Area.LISTING_SETUP, Area.RULES, Area.RESERVATIONS, Area.SALES, Area.CUSTOMERS),
        Area.CUSTOMER_CLASSES,
    }
)
_SETUP = frozenset({Area.PRODUCTS, Area.BUREAU_SETUP, Area.LISTING_SETUP, Area.STORE_SETUP, Area.INTEGRATION})
_SELLING = Grant(
    frozenset({Area.SHARED, Area.SIMULATIONS, Area.STOCK, Area.RESERVATIONS, Area.PORTAL}),
    frozenset({Area.SIMULATIONS, Area.RESERVATIONS}),
)
GRANTS: Mapping[Job, Grant] = {
    Job.MANAGER: Grant(frozenset(Area), frozenset(Area)),
    Job.ANALYST: Grant(
        _WORK,
        frozenset(
            {
                *(Area.SIMULATIONS, Area.STOCK, Area.CREDIT, Area.BUREAUS, Area.LISTINGS),
                *(Area.RESERVATIONS, Area.SALES, Area.CUSTOMERS),
            },
        ),
    ),
    Job.APPROVER: Grant(_WORK, frozenset({Area.CREDIT_DECISIONS, Area.LISTING_DECISIONS, Area.RESERVATION_DECISIONS})),
    Job.BROKER: _SELLING,
    Job.AGENCY: _SELLING,
    Job.OPERATOR: Grant(
        _SETUP | {Area.SHARED},
        _SETUP,
    ),
}


_OF_NO_PANEL = frozenset(
    {
        *(Area.CREDIT, Area.CREDIT_DECISIONS, Area.PAYMENTS, Area.PRODUCTS),
        *(Area.RULES, Area.STORE_SETUP, Area.STOCK, Area.OTHER),
    }
)
"""Areas in which nothing is of one panel: who sells reads there what the whole store has, and changes it for all. What
no area was given is open to none of its keys either."""


def area_of(method: str, resource: str) -> Area:
    """The area of a call; ``resource`` is its path as declared, under ``/api/external`` or without."""
    path = resource.removeprefix(_EXTERNAL)
    known = _PATHS if method in _READING else {**_PATHS, **_WRITING_PATHS}
    found = [declared for declared in known if path == declared or path.startswith(f"{declared}/")]
    return known[max(found, key=len)] if found else Area.OTHER


def opens(job: Job, method: str, resource: str) -> bool:
    """Whether a person of this job may make such a call."""
    grant = GRANTS[job]
    path = resource.removeprefix(_EXTERNAL)
    reads = path in _READ_BY_POST or (method in _READING and path not in _ACTING)
    return area_of(method, resource) in (grant.reads if reads else grant.writes)


def opens_to_seller(job: Job, method: str, resource: str) -> bool:
    """Whether a key of a panel that sells may make such a call: where nothing is of its panel, what its people may."""
    return area_of(method, resource) not in _OF_NO_PANEL or opens(job, method, resource)
