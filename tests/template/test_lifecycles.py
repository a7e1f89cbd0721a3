"""What is kept in files ends: by the day of its kind, or once it was marked, in every bucket there is."""

from __future__ import annotations

import re

import pytest

from lastro.aws.files import ERASABLE
from tests.template.source import ALL, ANALYSIS, ROOT, Resource, load_template

BUCKETS = {
    f"{path.stem}:{name}": resource["Properties"]
    for path in ALL
    for name, resource in load_template(path)["Resources"].items()
    if resource["Type"] == "AWS::S3::Bucket"
}
"""By template and name."""
PEOPLE = [name for name in BUCKETS if not name.startswith(ANALYSIS.stem)]
"""Those that hold data of people."""
DAYS = {"exports/": 7, "reports/": 1, "imports/": 30}
"""What ends without being marked, by how its names begin (docs/retention.md)."""
MARKED = {"documents/", "inquiries/"}
"""What ends with the record that it belongs to: a legal hold keeps both."""

SECRETS = {"partners/"}
"""No files."""


def rules_of(bucket: Resource) -> list[Resource]:
    rules: list[Resource] = bucket["LifecycleConfiguration"]["Rules"]
    assert all(rule["Status"] == "Enabled" for rule in rules)
    return rules


def is_versioned(bucket: Resource) -> bool:
    return bucket.get("VersioningConfiguration") == {"Status": "Enabled"}


@pytest.mark.parametrize("name", BUCKETS)
def test_what_ends_ends_in_every_version(name: str) -> None:
    for rule in rules_of(BUCKETS[name]):
        if "ExpirationInDays" in rule:
            later = {"NoncurrentDays": 1} if is_versioned(BUCKETS[name]) else None
            assert rule.get("NoncurrentVersionExpiration") == later, rule["Id"]


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_marked_is_removed(name: str) -> None:
    [rule] = [rule for rule in rules_of(BUCKETS[name]) if "TagFilters" in rule]
    assert rule["TagFilters"] == [ERASABLE]
    assert rule["ExpirationInDays"] == 1
    # Else it would be of some of the files alone.
    assert "Prefix" not in rule
    assert any(rule.get("ExpiredObjectDeleteMarker") for rule in rules_of(BUCKETS[name])) is is_versioned(BUCKETS[name])


def test_what_is_never_marked_ends_by_its_days() -> None:
    told = {
        rule["Prefix"]: rule["ExpirationInDays"]
        for bucket in BUCKETS.values()
        for rule in rules_of(bucket)
        if "Prefix" in rule
    }
    assert told == DAYS
    [rule] = [rule for rule in rules_of(BUCKETS["analysis:Outcomes"]) if "ExpirationInDays" in rule]
    assert "Prefix" not in rule


def test_names_of_files_begin_as_something_that_ends() -> None:
    """A new kind of file fails here by its name: say when it ends."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "layers/lastro/lastro").rglob("*.py"))
    named = set(re.findall(r'f"(\w+/)\{(?:\w+\.)?partner_id\}', source))
    assert named - SECRETS == {*DAYS, *MARKED}
