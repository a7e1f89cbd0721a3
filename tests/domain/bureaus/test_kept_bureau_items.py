"""Set-ups and inquiries are kept as texts: what was written before moments had types is read, and written the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.bureaus.inquiries.store import _inquiry_item, _last_item, _place, _to_entry, _to_inquiry, _to_last
from lastro.bureaus.model import InquiryStatus
from lastro.bureaus.setup.store import _branch_item, _integration_item, _to_branch, _to_integration
from lastro.bureaus.tokens.store import _record_item, _to_record
from lastro.kernel.callers.caller import Panel

AT = "2026-11-03T12:00:00.123Z"
MOMENT = datetime(2026, 11, 3, 12, 0, 0, 123_000, tzinfo=UTC)
INQUIRY: dict[str, Any] = {
    "entity": "inquiry",
    "schema": 1,
    "version": 1,
    "id": "i",
    "partner_id": "p",
    "created_at": AT,
    "status": "asking",
    "document": "52998224725",
    "subject": {"kind": "lead", "id": "l"},
    "purpose": "credit_analysis",
    "requested_by": "ana",
    "panel": "manager",
    "shared_key": False,
    "branch_id": 1,
    "billed_cnpj": "11222333000181",
    "store_id": None,
    "integration_id": 2,
    "provider": "serasa",
    "environment": "homologation",
    "report": "R",
    "features": ["A"],
    "federal_unit": None,
    "zip_code": None,
    "phone_number": None,
    "parameters": {},
    "source_id": None,
    "parts": [],
    "stored_features": [],
    "forced": False,
    "attempts": 1,
    "lease_until": AT,
    "ended_at": None,
    "outcome": {
        "code": None,
        "http_status": None,
        "billed": False,
        "cost": 0,
        "protocol": None,
        "score": None,
        "restricted": None,
        "notes": None,
        "notes_total": None,
        "raw_type": None,
        "attachment_type": None,
    },
    "by_owner_pk": "BUREAUS#p#INQUIRY",
    "by_owner_sk": f"{AT}#i#2#R#1#24d4b96f58da6d4a#asking#0#0##manager",
    "open_pk": "INQUIRIES",
    "open_sk": f"{AT}#i",
}


def kept(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the table gives it back."""
    return decode_item(encode_item(item))


def test_an_inquiry_and_its_place_in_the_log() -> None:
    inquiry = _to_inquiry(INQUIRY)
    assert (inquiry.created_at, inquiry.lease_until, inquiry.ended_at) == (MOMENT, MOMENT, None)
    # What is written again moves to one of the partitions that its kind is spread over since, and names its request.
    assert kept(_inquiry_item(inquiry)) == INQUIRY | {"open_pk": "INQUIRIES#01", "request_id": None}
    assert _place(inquiry) == INQUIRY["by_owner_sk"]
    entry = _to_entry(INQUIRY["by_owner_sk"])
    assert (entry.created_at, entry.status, entry.stored, entry.panel) == (
        MOMENT,
        InquiryStatus.ASKING,
        False,
        Panel.MANAGER,
    )
    again = _to_entry(INQUIRY["by_owner_sk"].replace("#asking#", "#stored#"))
    assert (again.status, again.stored) == (InquiryStatus.DONE, True)


def test_what_is_remembered_of_a_question() -> None:
    item = {
        "entity": "last_inquiry",
        "schema": 1,
        "version": 2,
        "inquiry_id": "i",
        "created_at": AT,
        "status": "failed",
        "features": ["A"],
        "answers": [{"inquiry_id": "j", "created_at": AT, "features": ["B"]}],
    }
    last = _to_last(item)
    assert (last.created_at, last.answers[0].created_at) == (MOMENT, MOMENT)
    assert kept(_last_item(last)) == item


def test_a_branch_and_an_integration() -> None:
    branch = {
        "entity": "branch",
        "schema": 1,
        "id": 1,
        "name": "Filial",
        "cnpj": "11222333000181",
        "created_at": AT,
        "updated_at": AT,
        "store_id": None,
        "integration_id": 2,
        "version": 3,
    }
    assert _to_branch(branch).updated_at == MOMENT
    assert kept(_branch_item(_to_branch(branch))) == branch
    integration = {
        "entity": "bureau_integration",
        "schema": 1,
        "id": 2,
        "provider": "serasa",
        "branch_id": 1,
        "environment": "homologation",
        "fields": {"reports": ["R"]},
        "secrets": {"password": AT},
        "credential": "c",
        "created_at": AT,
        "updated_at": AT,
        "panel": "manager",
        "shared_with": ["broker"],
        "automatic": False,
        "features": None,
        "prices": {"R": 100},
        "version": 1,
    }
    found = _to_integration(integration)
    assert (found.created_at, found.secrets, found.shared_with) == (MOMENT, {"password": MOMENT}, (Panel.BROKER,))
    assert kept(_integration_item(found)) == integration


def test_a_token() -> None:
    item = {
        "entity": "bureau_token",
        "schema": 1,
        "credential": "c",
        "partner_id": "p",
        "integration_id": 1,
        "version": 1,
        "expires_at": 0,
        "refresh_at": 0,
        "lease_until": 0,
        "failed_at": 0,
        "failure": "",
        "updated_at": AT,
    }
    assert _to_record(item).updated_at == MOMENT
    assert kept(_record_item(_to_record(item))) == item
    assert _to_record(item | {"updated_at": None}).updated_at is None
