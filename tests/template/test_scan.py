"""What checkov finds is accepted by name and with a reason, or fails; what is accepted is still found, or fails."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.template.scan import Accepted, Finding, compare, read_accepted, read_report
from tests.template.source import ALL, ROOT

ENTRY = Accepted("CKV_1", "a title", ("AWS::S3::Bucket.*", "AWS::KMS::Key.Key"), "a reason")


def test_what_is_found_and_not_accepted_is_told() -> None:
    found = [
        Finding("CKV_1", "AWS::S3::Bucket.Documents"),
        Finding("CKV_1", "AWS::KMS::Key.Key"),
        Finding("CKV_1", "AWS::KMS::Key.Other"),
        Finding("CKV_2", "AWS::S3::Bucket.Documents"),
    ]
    assert compare(found, [ENTRY]) == (found[2:], [])


def test_what_is_accepted_and_no_longer_found_is_told() -> None:
    assert compare([Finding("CKV_1", "AWS::S3::Bucket.A")], [ENTRY]) == ([], ["CKV_1 AWS::KMS::Key.Key"])
    assert compare([], [ENTRY]) == ([], ["CKV_1 AWS::S3::Bucket.*", "CKV_1 AWS::KMS::Key.Key"])


def test_every_template_is_scanned() -> None:
    assert sorted(ALL) == sorted([ROOT / "template.yaml", *(ROOT / "infrastructure").glob("*.yaml")])


def test_every_acceptance_has_a_reason_and_stands_once() -> None:
    accepted = read_accepted()
    assert len({entry.check for entry in accepted}) == len(accepted) > 0
    for entry in accepted:
        assert len(entry.why) > 40, entry.check
        assert entry.title
        assert entry.where
        assert all(pattern.count("*") <= 1 and "::" in pattern for pattern in entry.where), "a type at least"


def report(**summary: int) -> str:
    failed: list[dict[str, Any]] = [
        {"check_id": "CKV_1", "check_name": "a title", "resource": "AWS::S3::Bucket.A", "file_path": "/t.yaml"}
    ]
    made = {"passed": 3, "parsing_errors": 0, **summary}
    return json.dumps({"summary": made, "results": {"failed_checks": failed}})


def test_a_report_is_read_only_where_every_template_was() -> None:
    assert read_report(report()) == [Finding("CKV_1", "AWS::S3::Bucket.A", "a title")]
    for broken in (report(parsing_errors=1), report(passed=0)):
        with pytest.raises(ValueError, match="not every template was read"):
            read_report(broken)
