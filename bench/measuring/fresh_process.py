"""Functions in fresh processes that see what they see on Lambda: their own folder, their layers and boto3's family.

`python -I -S` leaves out the user's and the environment's packages. The build is copied first, so that nobody who
builds meanwhile changes what is measured.
"""

import asyncio
import compileall
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.cloud.build import build
from sandbox.cloud.settings import REGION, Settings

_RUNTIME_PACKAGES = ("boto3", "botocore", "s3transfer", "urllib3", "jmespath", "dateutil", "six.py")
_COOKBOOK_PACKAGES = ("aws_lambda_env_modeler", "aws_xray_sdk", "cachetools", "wrapt")
"""What the cookbook's handler needs beside them and the layers."""
REFERENCE, COOKBOOK = "reference", "cookbook"
"""Handlers that functions are compared with: ``bench/compared/<name>_handler.py``."""

_ENDPOINT = "AWS_ENDPOINT_URL"


@dataclass(frozen=True)
class BuiltFunction:
    """A function of the template: context and operation as its folder names them, and what calls it."""

    context: str
    operation: str
    trigger: str
    folder: Path
    variables: Mapping[str, str]
    """What the template sets, values that only a deployment knows replaced by their names."""
    layers: tuple[Path, ...] = ()
    """Layers beside the two that every function has."""

    @property
    def module(self) -> str:
        return f"{self.operation}_handler" if self.trigger == REFERENCE else "app"


@dataclass(frozen=True)
class BuiltSystem:
    """A copy of the built functions and layers."""

    functions: tuple[BuiltFunction, ...]
    reference: BuiltFunction
    cookbook: BuiltFunction
    layers: tuple[Path, ...]
    home: Path

    def path_of(self, function: BuiltFunction) -> list[str]:
        """The import path of a function, in Lambda's order."""
        return [str(folder) for folder in (function.folder, *function.layers, *self.layers)]

    def run(
        self,
        function: BuiltFunction,
        program: str,
        *,
        variables: Mapping[str, str] | None = None,
        options: tuple[str, ...] = (),
        stdin: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """Run a program with the function's import path as its first argument. CalledProcessError when it fails."""
        environment = {
            "HOME": str(self.home),
            "PATH": os.environ.get("PATH", ""),
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_LAMBDA_FUNCTION_NAME": function.operation,
            **function.variables,
            **(variables or {}),
        }
        return subprocess.run(
            [sys.executable, "-I", "-S", *options, "-c", program, json.dumps(self.path_of(function)), function.module],
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            cwd=self.home,
        )


EVERY = "LASTRO_BENCH_EVERY"
"""Set to 1 it makes benchmarks of functions measure every one, which takes several times as long."""
ONLY = "LASTRO_BENCH_ONLY"
"""Operations, with commas between them, that benchmarks of functions measure instead of one of each kind."""


def choose(functions: Iterable[BuiltFunction]) -> tuple[BuiltFunction, ...]:
    """One function of each kind, the first by name: those of the API by context and layers, where somebody waits for
    the start, the others by what calls them and layers.

    A function that all others of its kind resemble tells of them; the choice stays the same from run to run.
    """
    ordered = sorted(functions, key=lambda each: each.operation)
    if named := os.environ.get(ONLY):
        return tuple(function for function in ordered if function.operation in named.split(","))
    if os.environ.get(EVERY) == "1":
        return tuple(ordered)
    kinds: dict[tuple[str, str, tuple[Path, ...]], BuiltFunction] = {}
    for function in ordered:
        context = function.context if function.trigger == "http" else ""
        kinds.setdefault((function.trigger, context, function.layers), function)
    return tuple(kinds.values())


@contextmanager
def built_system() -> Iterator[BuiltSystem]:
    """Build what changed and hand over a copy. CloudFailure when the build fails."""
    settings = Settings.from_environment(os.environ)
    settings.logs.mkdir(parents=True, exist_ok=True)
    asyncio.run(build(settings))
    with tempfile.TemporaryDirectory(prefix="lastro-bench-") as made:
        folder = Path(made)
        built = folder / "built"
        shutil.copytree(settings.built_template.parent, built)
        runtime = folder / "runtime"
        _link_installed(runtime, _RUNTIME_PACKAGES)
        cookbook = folder / "cookbook"
        _link_installed(cookbook, _COOKBOOK_PACKAGES)
        compared = folder / "compared"
        compared.mkdir()
        for name in (REFERENCE, COOKBOOK):
            shutil.copy(settings.project / "bench/compared" / f"{name}_handler.py", compared)
        compileall.compile_dir(compared, quiet=2)
        home = folder / "home"
        home.mkdir()
        yield BuiltSystem(
            functions=tuple(_functions(settings.project / "template.yaml", built)),
            reference=BuiltFunction("bench", REFERENCE, REFERENCE, compared, {}),
            cookbook=BuiltFunction("bench", COOKBOOK, REFERENCE, compared, {}, (cookbook,)),
            layers=(built / "LastroLayer/python", built / "DependenciesLayer/python", runtime),
            home=home,
        )


def _link_installed(folder: Path, packages: Iterable[str]) -> None:
    """Packages of this environment and nothing else of it: what a runtime or a layer would bring along."""
    folder.mkdir()
    installed = Path(sysconfig.get_path("purelib"))
    for name in packages:
        (folder / name).symlink_to(installed / name)
        if (installed / name).is_file():
            compileall.compile_file(installed / name, quiet=2)
        else:
            compileall.compile_dir(installed / name, quiet=2)


_TRIGGERS = {"SQS": "queue", "Schedule": "schedule", "CloudWatchLogs": "log"}
"""What calls a function, by the kind of its event; the API calls those without any."""


class _TemplateLoader(yaml.SafeLoader):
    """Reads a template's short intrinsic functions as the values they are applied to."""


def _intrinsic(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return None


_TemplateLoader.add_multi_constructor("!", _intrinsic)


def _functions(template: Path, built: Path) -> Iterator[BuiltFunction]:
    parsed = yaml.load(template.read_text(encoding="utf-8"), Loader=_TemplateLoader)
    common = _variables(parsed["Globals"]["Function"])
    for name, resource in parsed["Resources"].items():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        properties = resource["Properties"]
        kinds = {event["Type"] for event in properties.get("Events", {}).values()}
        trigger = _TRIGGERS[kinds.pop()] if kinds else "authorizer" if name == "Authorize" else "http"
        _, context, operation = Path(properties["CodeUri"]).parts
        variables = {**common, **_variables(properties)}
        layers = tuple(built / layer / "python" for layer in properties.get("Layers", ()))
        yield BuiltFunction(context, operation, trigger, built / name, variables, layers)


def _variables(properties: Mapping[str, Any]) -> dict[str, str]:
    declared = properties.get("Environment", {}).get("Variables", {})
    return {name: value if isinstance(value, str) else name for name, value in declared.items() if name != _ENDPOINT}
