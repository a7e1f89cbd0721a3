"""How large the stacks get: CloudFormation takes 500 resources of each."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from sandbox.cloud.settings import Settings
from tests.template import expansion
from tests.template.source import (
    ACCESS_LOG,
    ALARMS,
    ANALYSIS,
    CONDITIONS,
    DASHBOARD,
    EDGE,
    OPERATOR,
    POOLS,
    QUEUES,
    ROLES,
    ROOT,
    STATE,
    TEMPLATE,
    events_of,
    load_template,
    resources_of,
)

MOST = 480
ROOM = 100
"""HTTP functions still to come when there were so many; each is itself and one permission."""

TARGET = 261
"""What the root may hold with the functions that it has; it grows with them and their events, by what they cost."""
TARGET_EVENTS = 36
"""A mapping for each queue that is read, a rule and a permission for each schedule and each subscription."""
TARGET_FUNCTIONS = 91
TARGET_CALLS = 113


@pytest.fixture(scope="module")
def expanded() -> dict[str, str]:
    """The root as the SAM transform leaves it."""
    settings = Settings.from_environment(os.environ)
    environment = {**settings.base_environment(), "PYTHONPATH": str(ROOT)}
    command = [str(settings.cloud_bin / "python"), expansion.__file__, str(TEMPLATE)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_the_root_has_room(expanded: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    kinds = Counter(expanded.values())
    with capsys.disabled():
        print(f"\nroot: {len(expanded)} resources, {kinds['AWS::Lambda::Function']} functions")
    functions, calls = len(resources_of("AWS::Serverless::Function")), len(events_of("Api"))
    events = len(events_of("SQS")) + 2 * len(events_of("Schedule")) + 2 * len(events_of("CloudWatchLogs"))
    grown = (functions - TARGET_FUNCTIONS) + (calls - TARGET_CALLS) + (events - TARGET_EVENTS)
    assert len(expanded) <= TARGET + grown
    assert len(expanded) + 2 * (ROOM - (functions - TARGET_FUNCTIONS)) < MOST


def test_the_root_holds_functions_the_api_layers_and_stacks(expanded: dict[str, str]) -> None:
    services = {kind.rpartition("::")[0] for kind in expanded.values()}
    assert services == {"AWS::Lambda", "AWS::ApiGateway", "AWS::Events", "AWS::Logs", "AWS::CloudFormation"}
    stacks = {name for name, kind in expanded.items() if kind == "AWS::CloudFormation::Stack"}
    assert stacks == {"State", "Pools", "Queues", "Roles", "Operator", "Alarms", "Dashboard", "AccessLog", "Edge"}


@pytest.mark.parametrize(
    "path",
    [STATE, QUEUES, CONDITIONS, ROLES, POOLS, OPERATOR, ALARMS, DASHBOARD, ACCESS_LOG, EDGE, ANALYSIS],
    ids=lambda path: path.stem,
)
def test_a_nested_stack_has_room(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = load_template(path)
    with capsys.disabled():
        print(f"\n{path.stem}: {len(template['Resources'])} resources")
    assert len(template["Resources"]) < MOST
    # CloudFormation's own limits of a template.
    assert len(template.get("Parameters", {})) <= 200
    assert len(template.get("Outputs", {})) <= 200


def test_nested_templates_are_taken_where_they_lie() -> None:
    for template, folder in (
        (load_template(), ROOT),
        *((load_template(p), p.parent) for p in (STATE, QUEUES, CONDITIONS, ALARMS)),
    ):
        for resource in template["Resources"].values():
            if resource["Type"] == "AWS::CloudFormation::Stack":
                assert (folder / resource["Properties"]["TemplateURL"]).is_file()
