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
    PROPOSALS,
    QUEUES,
    ROLES,
    ROOT,
    STATE,
    TEMPLATE,
    events_of,
    list_calls,
    load_template,
)

MOST = 480
ROOM = 60
"""HTTP functions for which there is room, however many there are; each is a resource of its own alone."""

BROUGHT = 3
"""What SAM makes beside what is written: the API's deployment and stage, and the permission to ask the authorizer."""

MOST_PARTS = 300
"""API Gateway's resources of one API, unless more are asked for (docs/deploying.md): the parts of its paths."""


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
    # A mapping for each queue that is read; a rule or filter, and a permission, for what else calls a function.
    events = len(events_of("SQS")) + 2 * len(events_of("Schedule")) + 2 * len(events_of("CloudWatchLogs"))
    assert len(expanded) == len(load_template()["Resources"]) + events + BROUGHT
    assert len(expanded) + ROOM < MOST


def test_the_api_has_room(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [call["Path"].strip("/").split("/") for _, _, call in list_calls()]
    parts = {tuple(path[:end]) for path in paths for end in range(len(path) + 1)}
    with capsys.disabled():
        print(f"\nAPI: {len(paths)} calls, {len(parts)} parts of paths")
    assert len(parts) <= MOST_PARTS


def test_the_root_holds_functions_the_api_layers_and_stacks(expanded: dict[str, str]) -> None:
    services = {kind.rpartition("::")[0] for kind in expanded.values()}
    assert services == {"AWS::Lambda", "AWS::ApiGateway", "AWS::Events", "AWS::Logs", "AWS::CloudFormation"}
    stacks = {name for name, kind in expanded.items() if kind == "AWS::CloudFormation::Stack"}
    assert stacks == {"State", "Pools", "Queues", "Roles", "Operator", "Alarms", "Dashboard", "AccessLog", "Edge"}


@pytest.mark.parametrize(
    "path",
    [STATE, QUEUES, CONDITIONS, PROPOSALS, ROLES, POOLS, OPERATOR, ALARMS, DASHBOARD, ACCESS_LOG, EDGE, ANALYSIS],
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
        *((load_template(p), p.parent) for p in (STATE, QUEUES, CONDITIONS, PROPOSALS, ALARMS)),
    ):
        for resource in template["Resources"].values():
            if resource["Type"] == "AWS::CloudFormation::Stack":
                assert (folder / resource["Properties"]["TemplateURL"]).is_file()
