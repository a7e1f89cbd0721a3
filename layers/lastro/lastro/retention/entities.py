"""Every kind of row that the table holds, and what becomes of the person in it. A test compares it with the code.

A new kind of row is named here before it is written: under the record that ends it, as lapsing by itself, or as
holding nothing of a data subject.
"""

from __future__ import annotations

from collections.abc import Mapping

ENDED_WITH: Mapping[str, frozenset[str]] = {
    "lead": frozenset({"lead"}),
    "simulation": frozenset(
        {"simulation", "simulation_of_panel", "simulation_progress", "asked", "condition", "pre_approval"}
    ),
    "proposal": frozenset({"proposal", "proposal_of_panel", "proposal_activity"}),
    "customer": frozenset(
        {*("customer", "customer_name", "customer_document", "customer_class_change"), "customer_access"}
        | {"customer_tally", "leaving_customer"}
    ),
    "survey": frozenset({"sent_survey", "survey_of"}),
    "inquiry": frozenset({"inquiry", "inquiry_pointer", "inquiry_report", "last_inquiry"}),
    "reservation": frozenset({"reservation"}),
    "sale": frozenset({"sale", "sale_of_customer", "sale_of_reservation"}),
    "assignment": frozenset({"assignment", "assignment_of_customer"}),
    "process": frozenset({"process", "credit", "history", "step", "row", "facet", "registration", "relationship"}),
    "debtor": frozenset(
        {
            *("debtor", "boleto", "boleto_pointer", "boleto_change", "guarantee"),
            *("listing", "listing_pointer", "listing_lock", "listing_request", "listing_deadline", "listing_last_day"),
            *("bureau_event", "listing_order"),
        }
    ),
}
"""Rows by the record (``Record.kind``) with which they are erased, or made nobody's. Of those, what goes before its
record does so on the record's ``trims_on``, which a legal hold keeps: none has an ``expires``, but for surveys to
people of the portal, of whom there is no record.
"""

LAPSING = frozenset({"idempotency_record", "delivery", "delivery_of_store", "notice_body", "offer", "api_request"}) | {
    "delivery_of_panel",
    *("foreign_record", "collected_boleto", "taken_offer"),
    *("staff_member", "disclosure"),
    *("portal_person", "registration_change", "person_change", "ended_login", "portal_code_login", "portal_code"),
    "occurrence",
}
"""Rows whose ``expires`` ends them: first answers in a day, notices and lapsed offers in 30, the log of calls in 90,
records of bureaus that nobody asked for a year after they were seen last, the results of a collection in five years.
So do records of fields that were shown. People of the portal end a year after their access did, what they changed in
five years, their codes in a day, as who took an offer does after it ran out. So does a bureau's message, in a year,
while it belongs to no listing.
"""

OF_THE_RIGHT = frozenset(
    {"access_request", "retained", "legal_hold", "hold_in_force", "subject_request", "person_request"}
)
"""Rows that prove how the data subject's rights were answered: they stay, and name the document and nothing more."""

OF_NOBODY = frozenset(
    {
        "plus_return_rules",
        *("partner", "store", "partner_store", "api_key", "client", "callback", "signing_rotation"),
        *("product", "product_clauses", "approval_rule", "approval_rule_of_sale", "approval_authority"),
        "reserved_unit",
        *("bureau_settings", "branch", "branch_cnpj", "bureau_integration", "bureau_leftover"),
        *("bureau_hold", "closing_integration"),
        *("bureau_token", "restriction_codes", "receiver"),
        *("catalogue", "catalogue_part", "vehicle", "stock_name", "stock_change"),
        *("vehicle_price", "vehicle_price_change"),
        *("collection", "collection_run", "collection_walk", "listing_settings", "event_source", "pull"),
        "branch_event_source",
        *("pull_part", "boleto_import", "customer_classes"),
        *("survey", "survey_count", "protocol_filling"),
        *("portal_login", "registration_schedule", "bulletin", "bulletin_posting", "turn"),
        "staff_login",
    }
)
"""Rows of partners, stores and their set-up: no data subject is in them."""

BY_NUMBER = frozenset({"bulletin_receipt"})
"""Rows that know a person of the portal by the UUID of its access alone: they go with what is erased of a customer,
else they are nobody's once that has ended.
"""
