"""Which paths the template declares, and the function behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "template.yaml"
EXTERNAL = "/api/external"
"""Before the paths of the CaaS API; each answers the same without it."""


UNTOLD = ("head", "options")
"""Methods that are no operations of their own."""
PAGES = ("/panel", "/portal")
"""Before the paths of the panel's and the portal's own files and logins, which are no part of the API."""
PUBLIC: list[dict[str, list[str]]] = [{"NONE": []}]
"""What a call that carries no key says of ``security``."""
STATELESS = "Roles.Outputs.LogWriter"
"""The role that reaches nothing but the log."""


class _TemplateLoader(yaml.CSafeLoader):
    """Reads ``!Ref`` and the other short forms as the plain value they carry; none of them matters here."""


def _plain(loader: yaml.CSafeLoader, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return node.value


_TemplateLoader.add_multi_constructor("!", _plain)


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path. ``public`` calls carry no key; ``stateful`` ones reach something that may be busy."""

    method: str
    path: str
    context: str
    operation: str
    public: bool
    stateful: bool

    @property
    def source(self) -> Path:
        return ROOT / "functions" / self.context / self.operation / "app.py"


def load_template(path: Path = TEMPLATE) -> dict[str, Any]:
    """The template as plain data."""
    loader = _TemplateLoader(path.read_text(encoding="utf-8"))
    try:
        template: dict[str, Any] = loader.get_single_data()
    finally:
        loader.dispose()
    return template


def list_routes(template: Mapping[str, Any]) -> list[Route]:
    """Every call of the API, in the order of the functions; a path under ``/api/external`` stands for both.

    The files of the panel and the portal are left out. ``HEAD`` is told with the ``GET`` that it belongs to,
    ``OPTIONS`` to nobody but browsers.
    """
    calls: dict[str, list[tuple[str, str, bool]]] = {}
    for path, methods in template["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"].items():
        for method, call in methods.items():
            calls.setdefault(_function(call), []).append((method, path, call.get("security") == PUBLIC))
    routes = []
    for name, resource in template["Resources"].items():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        properties = resource["Properties"]
        _, context, operation = properties["CodeUri"].strip("./").split("/")
        own = calls.get(name, [])
        external = {(method, path.removeprefix(EXTERNAL)) for method, path, _ in own if EXTERNAL in path}
        routes += [
            Route(
                method=method,
                path=path,
                context=context,
                operation=operation,
                public=public,
                stateful=properties["Role"] != STATELESS,
            )
            for method, path, public in own
            if (method, path) not in external and method not in UNTOLD and not path.startswith(PAGES)
        ]
    return routes


def _function(call: Mapping[str, Any]) -> str:
    """The function that a call leads to: the last that its integration names."""
    uri: str = call["x-amazon-apigateway-integration"]["uri"]
    return uri.rpartition("${")[2].partition(".Arn}")[0]


def environment_of(template: Mapping[str, Any]) -> dict[str, str]:
    """A value for every variable of ours that a function may read while it is imported; none leads anywhere."""
    properties = [resource.get("Properties", {}) for resource in template["Resources"].values()]
    settings = [each.get("Environment", {}) for each in (template["Globals"]["Function"], *properties)]
    names = {name: None for each in settings for name in each.get("Variables", {})}
    values = {name: "https://banks.invalid" for name in names if name.startswith("LASTRO_")}
    return {"AWS_DEFAULT_REGION": "sa-east-1", "AWS_EC2_METADATA_DISABLED": "true", **values}
