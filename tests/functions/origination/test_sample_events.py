"""Each sample event, as it is, gets the answer it should get where nothing is stored yet."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.functions.invocation import load_function, sample_event
from tests.functions.origination.journey import Journey


@pytest.mark.parametrize(
    ("operation", "status"),
    [
        ("create_simple_signup", 201),
        ("create_proposal", 404),
        ("put_document", 404),
        ("get_process_status", 404),
        ("expire_proposals", 404),
        ("get_borrower", 200),
        ("list_proposals", 200),
        ("get_proposal", 404),
        ("get_document", 404),
        ("get_proposal_totals", 200),
    ],
)
def test_a_sample_event_is_understood(journey: Journey, operation: str, status: int) -> None:
    event = sample_event("origination", operation)
    assert event["resource"].startswith("/api/external/v2")
    event["requestContext"]["authorizer"]["partner_id"] = journey.partner_id
    answer = load_function("origination", operation).handler(event, SimpleNamespace(function_name=operation))
    assert answer["statusCode"] == status, answer["body"]
