"""Who knows nothing but the published description is mostly understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lastro.aws.entrypoints.requests import read_request
from lastro.kernel.errors import AmbiguousRequest, InvalidInput
from tests.functions.api.described import DESCRIBED, WITH_BODY, operation_of, route_of
from tests.functions.api.generated.generated_bodies import bodies_of
from tests.functions.api.generated.related_fields import RELATED
from tests.functions.emulation.resources import create_queue
from tests.functions.invocation import Shop, call_function, sample_event

Rules = dict[str, str]
MOSTLY = 0.6
OF_THINGS_STORED = {
    **dict.fromkeys(("create_endorsement", "decide_proposal", "retry_disbursement", "sign_contract"), "a proposal"),
    **dict.fromkeys(("create_proposal", "put_document"), "a process"),
    **dict.fromkeys(("create_bureau_inquiry", "link_bureau_integration"), "an integration, its reports and features"),
    **dict.fromkeys(("update_branch", "update_bureau_integration"), "what cannot change, as it is"),
    **dict.fromkeys(("create_bureau_integration", "put_bank_credentials"), "the fields of one provider, as GET lists"),
    **dict.fromkeys(
        (
            "decide_negativation",
            "order_negativation_removal",
            "prove_negativation_notice",
            "record_negativation_notice",
            "remove_negativation",
            "resend_negativation",
        ),
        "a listing",
    ),
    **dict.fromkeys(("put_class_override", "revoke_class_override"), "a customer and a class"),
    "create_disclosure": "a record and one of its fields",
    "create_sale": "an approved reservation",
    **dict.fromkeys(("create_assignment", "decide_assignment"), "a sale and another customer"),
    "create_reservation": "a rule of its sale",
    "cancel_reservation": "a reservation",
    "decide_reservation": "a reservation",
    "create_negativation": "an overdue boleto of a debtor without gaps",
    "put_negativation_settings": "a branch",
    "create_boleto": "a debtor and a branch",
    **dict.fromkeys(("create_vehicle", "put_vehicle_price"), "a catalogue"),
    "create_financing_proposal": "a customer, and an offer that stands",
    "update_financing_proposal": "a proposal",
    "comment_proposal": "a proposal",
    "add_proposal_document": "a proposal",
    "create_proposal_attempt": "a proposal, and an offer that stands",
    "receive_proposal_event": "a secret address",
    "create_import": "a branch and a bucket",
    "create_simulation": "a lead, and banks that know the store",
    "export_negativations": "a period of at most 366 days, and a bucket",
    "put_negativation_events": "a branch, and a bureau that pushes",
    "receive_bureau_event": "a secret address",
    "issue_event_token": "a secret address",
    "resolve_bureau_arrival": "what a bureau told",
    "create_token": "a client and its secret",
    "confirm_portal_login": "a login whose code was sent",
    "refresh_portal_login": "a login that goes on",
    "export_bureau_inquiries": "a period of at most 366 days, and a bucket",
    "settle_boleto": "a boleto, and a payment of its days",
    "export_registration_changes": "a period of at most 366 days, and a bucket",
    "answer_survey": "a survey that was sent",
    "create_survey_event": "a feature that the partner tells of, and a customer",
    "export_survey": "a survey, and a bucket",
    "put_callback": "an address that leads somewhere",
    "simulate_credit": "a product and its bounds",
    "test_bureau_secret": "a bureau that answers",
}
"""Calls that are about something there is, and what."""


def share_accepted(name: str, examples: int, ask: Callable[[Any], Rules]) -> tuple[float, list[Rules]]:
    """Which share of the bodies that the description allows is taken, and why the others are not."""
    refusals: list[Rules] = []

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def count(data: st.DataObject) -> None:
        body = data.draw(bodies_of(DESCRIBED[name]))
        if name in RELATED:
            RELATED[name](body)
        refusals.append(ask(body))

    count()
    return refusals.count({}) / len(refusals), [each for each in refusals if each]


@pytest.mark.parametrize("name", WITH_BODY)
def test_what_the_description_allows_is_mostly_read(name: str) -> None:
    operation = operation_of(name)
    assert operation.request
    request, event = operation.request, sample_event(operation.route.context, name)

    def ask(body: Any) -> Rules:
        try:
            read_request(request, {**event, "body": json.dumps(body)})
        except InvalidInput as error:
            return {each.field: each.rule for each in error.errors}
        except AmbiguousRequest as error:  # a text with U+FFFD, which a description cannot leave out
            return {"": error.code}
        return {}

    share, refusals = share_accepted(name, 20, ask)
    assert share >= MOSTLY, refusals[:5]


@pytest.mark.parametrize("name", [name for name in WITH_BODY if name not in OF_THINGS_STORED])
def test_what_the_description_allows_is_mostly_done(name: str, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for queue in ("Analysis", "Notices", "Subjects", "Codes"):
        monkeypatch.setenv(f"LASTRO_{queue.upper()}_QUEUE_URL", create_queue(queue.lower(), queue))
    # What the numbers of the sample events name.
    for context, made in (
        ("bureaus", "create_branch"),
        ("bureaus", "create_bureau_integration"),
        ("origination", "create_product"),
        ("simulations", "create_lead"),
    ):
        assert call_function(context, made, shop=shop).status == 201

    def ask(body: Any) -> Rules:
        context = route_of(name).context
        answer = call_function(context, name, shop=shop, body=body, headers={"Idempotency-Key": None})
        assert answer.status < 500, answer.text
        refused = answer.status in (400, 415, 422)
        return {each["field"]: each["rule"] for each in answer.json["errors"]} or {"": "refused"} if refused else {}

    share, refusals = share_accepted(name, 10, ask)
    assert share >= MOSTLY, refusals[:5]


def test_what_is_listed_is_there() -> None:
    assert {*OF_THINGS_STORED, *RELATED} <= set(WITH_BODY)
