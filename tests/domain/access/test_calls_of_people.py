"""Who logs in to the panel may do by a GET that changes something only what it may do by any other call."""

from __future__ import annotations

import pytest

from lastro.kernel.callers.jobs import Area, Job, area_of, opens, opens_to_seller

SELLS = {Job.MANAGER, Job.ANALYST, Job.BROKER, Job.AGENCY}


def may(method: str, path: str) -> set[Job]:
    return {job for job in Job if opens(job, method, path)}


@pytest.mark.parametrize("leaf", ["activate", "deactivate", "persist_cnpj_bank_credentials"])
def test_stores_are_switched_and_linked_by_who_keeps_the_integration(leaf: str) -> None:
    assert may("GET", f"/api/v1/stores/{{store_id}}/{leaf}") == {Job.MANAGER, Job.OPERATOR}
    assert may("POST", "/api/v1/stores") == {Job.MANAGER, Job.OPERATOR}
    assert may("GET", "/api/v1/stores") == set(Job)


@pytest.mark.parametrize("leaf", ["get_ownership", "leave_ownership"])
def test_proposals_are_worked_by_who_sells_and_read_by_who_approves(leaf: str) -> None:
    assert may("GET", f"/api/v1/proposals/{{proposal_id}}/{leaf}") == SELLS
    assert may("POST", "/api/v1/proposals/{proposal_id}/proposal_attempts") == SELLS
    assert may("GET", "/api/v1/proposals/{proposal_id}") == SELLS | {Job.APPROVER}
    assert may("GET", "/api/v1/users/proposals_filter_list") == SELLS | {Job.APPROVER}


def test_notices_are_seen_and_sent_again_by_who_keeps_the_integration() -> None:
    deliveries = "/api/external/v2.1/callbacks/deliveries"
    assert may("GET", deliveries) == may("POST", f"{deliveries}/{{id}}/resend") == {Job.MANAGER, Job.OPERATOR}


def test_a_flow_is_held_against_a_rule_by_who_reads_rules_or_sells() -> None:
    assert may("POST", "/api/v1/approval_rules/{approval_rule_id}/evaluate") == SELLS | {Job.APPROVER}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_has_no_area_is_open_to_managers_alone(method: str) -> None:
    assert area_of(method, "/api/v1/forgotten") is Area.OTHER
    assert may(method, "/api/v1/forgotten") == {Job.MANAGER}
    assert not any(opens_to_seller(job, method, "/api/v1/forgotten") for job in (Job.BROKER, Job.AGENCY))
