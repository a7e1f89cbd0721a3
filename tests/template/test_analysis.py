"""What is written for analysis: off unless asked for, ended conditions alone, and nothing that leads to a person."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.conditions.suggestions import SuggestionReason
from lastro.simulations.items import condition_item
from lastro.simulations.model import Condition, PreApprovalStatus, Pricing
from tests.template.source import ANALYSIS, STATE, load_template

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
RESOURCES: dict[str, Any] = load_template(ANALYSIS)["Resources"]
PIPE: dict[str, Any] = RESOURCES["Pipe"]["Properties"]
PERSONAL = ("lead", "payload", "options", "credit_condition_description")


def template_of_line() -> dict[str, str]:
    found: dict[str, str] = json.loads(PIPE["TargetParameters"]["InputTemplate"])
    return found


def test_it_is_off_unless_asked_for() -> None:
    template, state = load_template(), load_template(STATE)
    assert template["Parameters"]["Analysis"]["Default"] == "off"
    assert template["Resources"]["State"]["Properties"]["Parameters"]["Analysis"] == {"Ref": "Analysis"}
    assert state["Conditions"]["HasAnalysis"] == {"Fn::Equals": [{"Ref": "Analysis"}, "on"]}
    assert state["Resources"]["Outcomes"]["Condition"] == "HasAnalysis"
    assert state["Resources"]["Table"]["Properties"]["StreamSpecification"]["Fn::If"][0] == "HasAnalysis"


def test_only_conditions_that_ended_pass() -> None:
    [only] = PIPE["SourceParameters"]["FilterCriteria"]["Filters"]
    image = json.loads(only["Pattern"])["dynamodb"]["NewImage"]
    assert image == {"entity": {"S": ["condition"]}, "ended_at": {"S": [{"exists": True}]}}


def test_a_line_holds_fields_of_the_item_as_it_is_stored_and_nothing_of_persons() -> None:
    pricing = Pricing(1, (1,), (), "1.00", "1.00", "1.00", "1.00", date(2026, 4, 2))
    full = Condition(
        1, 0, "341", 12, 1, AT, {}, SuggestionReason.MINIMUM, 1, AT, True, True, False, Reason.GENERIC,
        PreApprovalStatus.APPROVED, AT,
        1, 1, 1, pricing,
    )  # fmt: skip
    item = decode_item(encode_item(condition_item(full)))
    for path in template_of_line().values():
        steps = re.fullmatch(r"<\$\.dynamodb\.(Keys\.PK|NewImage\.([a-z_]+)(?:\.M\.([a-z_]+))?)\.(S|N|BOOL)>", path)
        assert steps, path
        if steps[2]:
            value = item[steps[2]] if steps[3] is None else item[steps[2]][steps[3]]
            kind = {str: "S", bool: "BOOL", int: "N"}[type(value)]
            assert kind == steps[4], path
            assert steps[2] not in PERSONAL


def test_the_pipe_may_read_the_stream_write_the_delivery_and_nothing_else() -> None:
    [policy] = RESOURCES["ReadsTable"]["Properties"]["Policies"]
    actions = {action for each in policy["PolicyDocument"]["Statement"] for action in each["Action"]}
    assert {action.split(":")[0] for action in actions} == {"dynamodb", "firehose", "sqs"}
    assert not [action for action in actions if "*" in action]
    for name in ("ReadsTable", "WritesOutcomes"):
        [trust] = RESOURCES[name]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert "aws:SourceAccount" in trust["Condition"]["StringEquals"]
