"""The template as data, short forms kept apart from plain text: ``!Ref Table`` is ``{"Ref": "Table"}``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "template.yaml"

Resource = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms as their long ones."""


def _long_form(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
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


_Loader.add_multi_constructor("!", _long_form)


def parse_template(text: str) -> dict[str, Any]:
    """A template's text as plain data."""
    loader = _Loader(text)
    try:
        parsed: dict[str, Any] = loader.get_single_data()
    finally:
        loader.dispose()
    return parsed


@cache
def load_template() -> dict[str, Any]:
    """The template of this project."""
    return parse_template(TEMPLATE.read_text(encoding="utf-8"))


def resources_of(kind: str) -> dict[str, Resource]:
    """Logical ids and properties of every resource of a type."""
    return {
        name: resource.get("Properties", {})
        for name, resource in load_template()["Resources"].items()
        if resource["Type"] == kind
    }


def setting_of(function: Resource, name: str) -> Any:
    """A function's property, or what ``Globals`` says for all."""
    return function.get(name, load_template()["Globals"]["Function"].get(name))


def queue_attributes(name: str) -> dict[str, str]:
    """What ``CreateQueue`` needs for a queue of the template, its redrive policy left out."""
    wanted = ("VisibilityTimeout", "MessageRetentionPeriod")
    properties = resources_of("AWS::SQS::Queue")[name]
    return {key: str(properties[key]) for key in wanted if key in properties}
