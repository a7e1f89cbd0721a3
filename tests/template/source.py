"""The templates as data, short forms kept apart from plain text: ``!Ref Table`` is ``{"Ref": "Table"}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "template.yaml"
STATE = ROOT / "infrastructure/state.yaml"
QUEUES = ROOT / "infrastructure/queues.yaml"
CONDITIONS = ROOT / "infrastructure/conditions.yaml"
PROPOSALS = ROOT / "infrastructure/proposals.yaml"
QUEUE = ROOT / "infrastructure/queue.yaml"
ROLES = ROOT / "infrastructure/roles.yaml"
POOLS = ROOT / "infrastructure/pools.yaml"
OPERATOR = ROOT / "infrastructure/operator.yaml"
ALARMS = ROOT / "infrastructure/alarms.yaml"
SCHEDULE = ROOT / "infrastructure/schedule.yaml"
DASHBOARD = ROOT / "infrastructure/dashboard.yaml"
ACCESS_LOG = ROOT / "infrastructure/access_log.yaml"
EDGE = ROOT / "infrastructure/edge.yaml"
ANALYSIS = ROOT / "infrastructure/analysis.yaml"
ALL = (
    TEMPLATE,
    STATE,
    QUEUES,
    CONDITIONS,
    PROPOSALS,
    QUEUE,
    ROLES,
    POOLS,
    OPERATOR,
    ALARMS,
    SCHEDULE,
    DASHBOARD,
    ACCESS_LOG,
    EDGE,
    ANALYSIS,
)

Resource = dict[str, Any]

PUBLIC: list[dict[str, list[str]]] = [{"NONE": []}]
"""What a call of the API says that asks for no credential."""


class _Loader(yaml.CSafeLoader):
    """Reads CloudFormation's short forms as their long ones."""


def _long_form(loader: yaml.CSafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = node.value
    if name == "GetAtt":
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


def _once(loader: yaml.CSafeLoader, node: yaml.MappingNode) -> Iterator[dict[str, Any]]:
    """A mapping; a key that is told twice would hide what was told first."""
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    assert len(keys) == len(set(keys)), f"told twice: {sorted({key for key in keys if keys.count(key) > 1})}"
    return loader.construct_yaml_map(node)


_Loader.add_multi_constructor("!", _long_form)
_Loader.add_constructor(yaml.SafeLoader.DEFAULT_MAPPING_TAG, _once)


def parse_template(text: str) -> dict[str, Any]:
    """A template's text as plain data."""
    loader = _Loader(text)
    try:
        parsed: dict[str, Any] = loader.get_single_data()
    finally:
        loader.dispose()
    return parsed


@cache
def load_template(path: Path = TEMPLATE) -> dict[str, Any]:
    """A template of this project, the root unless told otherwise."""
    return parse_template(path.read_text(encoding="utf-8"))


def resources_of(kind: str) -> dict[str, Resource]:
    """Logical ids and properties of every resource of a type, the nested stacks' among them."""
    return {
        name: resource.get("Properties", {})
        for path in ALL
        for name, resource in load_template(path)["Resources"].items()
        if resource["Type"] == kind
    }


def setting_of(function: Resource, name: str) -> Any:
    """A function's property, or what ``Globals`` says for all."""
    return function.get(name, load_template()["Globals"]["Function"].get(name))


def variables_of(function: Resource) -> dict[str, Any]:
    """The variables a function gets of its own, beside those of ``Globals``."""
    variables: dict[str, Any] = function.get("Environment", {}).get("Variables", {})
    return variables


def output_of(stack: str, value: Any) -> str | None:
    """The output of a nested stack that ``value`` takes, ``None`` for anything else."""
    taken = value.get("Fn::GetAtt") if isinstance(value, dict) else None
    if not taken or taken[0] != stack or not taken[1].startswith("Outputs."):
        return None
    return str(taken[1].removeprefix("Outputs."))


def walk(node: Any) -> Iterator[Any]:
    """A node and everything below it."""
    yield node
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for part in inner:
        yield from walk(part)


def events_of(kind: str) -> list[tuple[str, Resource, Resource]]:
    """Function name, function and event properties of every event of a kind."""
    return [
        (name, function, event["Properties"])
        for name, function in resources_of("AWS::Serverless::Function").items()
        for event in function.get("Events", {}).values()
        if event["Type"] == kind
    ]


def list_calls() -> list[tuple[str, Resource, Resource]]:
    """Function name, function and what is said of it for every call of the API: ``Method``, ``Path`` and ``Public``."""
    functions = resources_of("AWS::Serverless::Function")
    [api] = resources_of("AWS::Serverless::Api").values()
    return [
        (name, functions[name], {"Method": method, "Path": path, "Public": call.get("security") == PUBLIC})
        for path, methods in api["DefinitionBody"]["paths"].items()
        for method, call in methods.items()
        for name in [called_by(call)]
    ]


def called_by(call: Resource) -> str:
    """The function that a call of the API leads to."""
    uri = call["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    found = re.fullmatch(
        r"arn:\$\{AWS::Partition\}:apigateway:\$\{AWS::Region\}:lambda:path/2015-03-31/functions"
        r"/\$\{(\w+)\.Arn\}/invocations",
        uri,
    )
    assert found, uri
    return found[1]


# queues -------------------------------------------------------------------------------------------------------------


def list_queues() -> dict[str, dict[str, Any]]:
    """Each queue of the deployment by its name, with the parameters that ``queue.yaml`` takes for it."""
    defaults = {
        name: parameter["Default"]
        for name, parameter in load_template(QUEUE)["Parameters"].items()
        if "Default" in parameter
    }
    return {name: {**defaults, **stack["Parameters"]} for name, stack in queue_stacks().items()}


def queue_stacks() -> dict[str, Resource]:
    """The stack of each queue by the queue's name: those of banks are called by the code of their bank."""
    found: dict[str, Resource] = {}
    for path in (QUEUES, CONDITIONS, PROPOSALS):
        for name, resource in load_template(path)["Resources"].items():
            if resource["Properties"].get("TemplateURL") == "queue.yaml":
                found[name.replace("Bank", path.stem.title())] = resource["Properties"]
    return found


@dataclass(frozen=True, slots=True)
class BankQueues:
    """Queues of which each bank has one: the nested stack with them, who works them, and what senders are told."""

    path: Path
    stack: str
    arns: str
    variable: str
    consumer: str

    def name(self, code: str) -> str:
        """What the queue of a bank is called."""
        return f"{self.path.stem.title()}{code}"

    @property
    def names(self) -> set[str]:
        return {self.name(name.removeprefix("Bank")) for name in load_template(self.path)["Resources"]}


BANK_QUEUES = (
    BankQueues(CONDITIONS, "Conditions", "ConditionsArns", "LASTRO_CONDITIONS_QUEUE_URLS", "ProcessCondition"),
    BankQueues(PROPOSALS, "BankProposals", "BankProposalsArns", "LASTRO_PROPOSALS_QUEUE_URLS", "WorkProposal"),
)


def bank_queues_of(name: str) -> BankQueues | None:
    """Among the queues of which banks a queue is, if it is of one bank."""
    return next((each for each in BANK_QUEUES if name in each.names), None)


def queue_attributes(name: str) -> dict[str, str]:
    """What ``CreateQueue`` needs for a queue of the template, its redrive policy left out."""
    queue = list_queues()[name]
    return {key: str(queue[key]) for key in ("VisibilityTimeout", "MessageRetentionPeriod")}


def queue_variable(name: str) -> str:
    """The variable that tells a function the address of a queue; those of all banks share one."""
    of_banks = bank_queues_of(name)
    if of_banks is not None:
        return of_banks.variable
    return f"LASTRO_{name.upper()}_QUEUE_URL"


# schedules ----------------------------------------------------------------------------------------------------------


def list_schedules() -> dict[str, dict[str, Any]]:
    """Each function that a schedule runs by its name, with the parameters that ``schedule.yaml`` takes for it."""
    return {
        name: resource["Properties"]["Parameters"]
        for name, resource in load_template(ALARMS)["Resources"].items()
        if resource["Type"] == "AWS::CloudFormation::Stack"
    }


# rights -------------------------------------------------------------------------------------------------------------


def role_of(function: Resource) -> str:
    """The role of a function by its name in ``roles.yaml``."""
    role = output_of("Roles", function["Role"])
    assert role is not None, function["Role"]
    output = load_template(ROLES)["Outputs"][role]["Value"]
    assert output == {"Fn::GetAtt": [role, "Arn"]}
    return role


def policies_of(role: str) -> list[str]:
    """The names of a role's policies."""
    policies = load_template(ROLES)["Resources"][role]["Properties"]["ManagedPolicyArns"]
    return [policy["Ref"] for policy in policies]


def statements_of(role: str) -> list[dict[str, Any]]:
    """Every statement of a role's policies, but those that only a deployment with traces has."""
    resources = load_template(ROLES)["Resources"]
    return [
        statement
        for policy in policies_of(role)
        for statement in resources[policy]["Properties"]["PolicyDocument"]["Statement"]
        if "Fn::If" not in statement
    ]


def reached_by(statement: Mapping[str, Any]) -> list[Any]:
    """What a statement is about: a list, or a parameter that is one."""
    resources = statement.get("Resource", [])
    return resources if isinstance(resources, list) else [resources]


def queues_sent_to(function: Resource) -> set[str]:
    """Names of the queues that a function may send to."""
    named = {
        str(resource["Ref"])
        for statement in statements_of(role_of(function))
        if "sqs:SendMessage" in statement["Action"]
        for resource in reached_by(statement)
    }
    of_banks = {each.arns: each.names for each in BANK_QUEUES}
    return {name for each in named for name in of_banks.get(each, {each.removesuffix("Arn")})}
