"""Every function starts with nothing on its path but the two layers and what the Lambda runtime brings."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.markers import Marker

from tests.template.source import ROOT, load_template, resources_of, role_of, variables_of

FUNCTIONS = {
    str(function["CodeUri"]).removeprefix("functions/").strip("/"): function
    for function in resources_of("AWS::Serverless::Function").values()
}
RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3")
"""The Lambda runtime for Python: the AWS SDK with what it needs, and no more."""

BUILT = ROOT / ".aws-sam/build/DependenciesLayer/python"

PROBE = """
import gc, importlib, itertools, json, os, sys
gc.disable()
path, libraries, environment, functions = json.load(sys.stdin)
standard = set(sys.modules)
sys.path[:0] = path
os.environ.update(environment)
for library in libraries:
    importlib.import_module(library)

def load(name, folder, environment):
    os.environ.clear()
    os.environ.update(environment)
    sys.path.insert(0, folder)
    import app
    found = {each: getattr(module, "__file__", None) for each, module in sys.modules.items() if each not in standard}
    started = {"name": name, "callable": callable(app.handler), "modules": found, "collects": gc.isenabled()}
    print(json.dumps(started), flush=True)

def start(functions, depth):
    for first, group in itertools.groupby(functions, lambda each: each[0][depth:][:1]):
        alike = list(group)
        for some in [alike] if first and len(alike) > 1 else [[each] for each in alike]:
            child = os.fork()
            if child:
                if os.waitpid(child, 0)[1]:
                    sys.exit(f"one does not start of {[name for _, name, *_ in some]}")
                continue
            if len(some) > 1:
                importlib.import_module(first[0])
                start(some, depth + 1)
            else:
                load(*some[0][1:])
            os._exit(0)

start(sorted(functions), 0)
"""
"""Starts functions that have the same layers, each in a process of its own, forked from one that holds libraries and
then from one that holds what both would import of ours next: each imports the same in the same order as alone."""

LIBRARIES = ("pydantic", "aws_lambda_powertools.logging")
"""Of the layer that every function has; held by the process that functions are forked from."""
AWS = ("lastro.aws.clients",)
"""The same for functions that open clients."""

ENVIRONMENT = {
    "AWS_REGION": "sa-east-1",
    "AWS_DEFAULT_REGION": "sa-east-1",
    "AWS_LAMBDA_FUNCTION_NAME": "lastro",
    "AWS_EC2_METADATA_DISABLED": "true",
    # A value for every variable of ours that the template sets; none leads anywhere.
    **{
        name: "https://nowhere.invalid"
        for name in load_template()["Globals"]["Function"]["Environment"]["Variables"]
        if name.startswith("LASTRO_")
    },
}


CALLS_A_POOL = {"access/renew_session", "access/end_session"}
"""Calls of Cognito that need no permission: the token of the login is the credential."""
CALLS_OUT = {
    *("simulations/process_condition", "webhooks/deliver_notice", "origination/disburse"),
    "financing/work_proposal",
}
"""Those that speak HTTP to somebody at every call; nobody else waits for its client to load."""


OWN_LAYERS = {
    str(layer): str(properties["ContentUri"]).strip("/")
    for layer, properties in resources_of("AWS::Serverless::LayerVersion").items()
    if layer not in ("LastroLayer", "DependenciesLayer")
}
"""Layers beside the two that every function has, and their folders."""


def own_layers_of(name: str) -> list[str]:
    """Folders of the layers that a function has for itself."""
    return [OWN_LAYERS[layer["Ref"]] for layer in FUNCTIONS[name].get("Layers", []) if layer["Ref"] in OWN_LAYERS]


def locked(folder: str = "layers/dependencies") -> dict[str, str]:
    """Name to version of everything the lock of a layer, that of the dependencies, pins for this interpreter."""
    text = (ROOT / folder / "requirements.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)(?: ; ([^\\\n]+))?", text, re.MULTILINE)
    return {name: version for name, version, marker in pinned if not marker or Marker(marker).evaluate()}


def spell(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def link(folder: Path, distributions: Iterable[Distribution]) -> Path:
    """A folder that holds exactly what these distributions installed."""
    folder.mkdir()
    for found in distributions:
        for file in found.files or []:
            top = file.parts[0]
            target = folder / top
            if top not in ("..", "__pycache__") and not target.exists():
                target.symlink_to(Path(str(found.locate_file(top))))
    return folder


def is_built_for_us() -> bool:
    """Whether `sam build` left a layer that this interpreter can load and the lock describes."""
    core = BUILT / "pydantic_core"
    return versions_in(BUILT) == locked() and any(core.glob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"))


def versions_in(folder: Path) -> dict[str, str]:
    found = (path.name.removesuffix(".dist-info").rpartition("-") for path in folder.glob("*.dist-info"))
    return {spell(name): version for name, _, version in found}


STANDARD = Path(sysconfig.get_path("stdlib")).resolve().parent


@dataclass(frozen=True)
class Started:
    """A function's module after its import in a fresh process."""

    modules: Mapping[str, str | None]
    allowed: tuple[Path, ...]
    collects_garbage: bool

    @property
    def packages(self) -> set[str]:
        return {name.partition(".")[0] for name in self.modules}

    def strangers(self) -> list[str]:
        """Modules from anywhere but the function, the layers, the runtime and the standard library."""
        homes = tuple(f"{home}/" for home in (*self.allowed, STANDARD))
        files = {name: file for name, file in self.modules.items() if file}
        return [name for name, file in files.items() if "/site-packages/" in file or not file.startswith(homes)]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Started]:
    """Every function, imported in a process of its own."""
    folder = tmp_path_factory.mktemp("opt")
    dependencies = BUILT if is_built_for_us() else link(folder / "dependencies", map(distribution, locked()))
    runtime = link(folder / "runtime", map(distribution, RUNTIME))
    own = {
        layer: link(folder / layer.replace("/", "-"), map(distribution, locked(layer))) for layer in OWN_LAYERS.values()
    }

    def start(alike: tuple[tuple[str, ...], tuple[str, ...]]) -> dict[str, Started]:
        layers, libraries = alike
        shared = (ROOT / "layers/lastro", dependencies, *(own[layer] for layer in layers), runtime)
        names = [name for name in FUNCTIONS if (tuple(own_layers_of(name)), libraries_of(name)) == alike]
        functions = [(ours_in(name), name, str(ROOT / "functions" / name), environment_of(name)) for name in names]
        asked = json.dumps([[str(path) for path in shared], libraries, ENVIRONMENT, functions])
        command = [sys.executable, "-I", "-S", "-c", PROBE]
        done = subprocess.run(command, input=asked, env={}, cwd=folder, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert all(answer["callable"] for answer in answers)
        # The order of Lambda: the function, the layers, the runtime.
        return {
            answer["name"]: Started(
                answer["modules"], (ROOT / "functions" / answer["name"], *shared), answer["collects"]
            )
            for answer in answers
        }

    groups = {(tuple(own_layers_of(name)), libraries_of(name)) for name in FUNCTIONS}
    with ThreadPoolExecutor(2) as pool:
        started = {name: one for group in pool.map(start, sorted(groups)) for name, one in group.items()}
    assert started.keys() == FUNCTIONS.keys()
    return started


def libraries_of(name: str) -> tuple[str, ...]:
    """What may be loaded before a function is: nothing that a test wants it not to load."""
    if name == "access/authorize":
        return ()
    return LIBRARIES if role_of(FUNCTIONS[name]) == "LogWriter" else LIBRARIES + AWS


def ours_in(name: str) -> list[str]:
    """The modules of ours that a function's file imports, in their order."""
    tree = ast.parse((ROOT / "functions" / name / "app.py").read_text(encoding="utf-8"))
    found = [str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)]
    return [module for module in found if module.startswith("lastro.")]


def environment_of(name: str) -> dict[str, str]:
    return ENVIRONMENT | dict.fromkeys(variables_of(FUNCTIONS[name]), "https://nowhere.invalid")


def test_it_starts_from_the_layers_alone(subtests: pytest.Subtests, started: dict[str, Started]) -> None:
    for name in FUNCTIONS:
        with subtests.test(name=name):
            assert started[name].strangers() == []
            assert {"lastro", "app"} <= started[name].packages
            assert started[name].collects_garbage


def test_it_loads_nothing_it_does_not_use(subtests: pytest.Subtests, started: dict[str, Started]) -> None:
    for name in FUNCTIONS:
        with subtests.test(name=name):
            packages = started[name].packages
            assert not packages & {"boto3", "s3transfer", "aws_xray_sdk", "requests", "pkg_resources"}
            # Loaded with the first value they judge: half of a cold start is not spent on what a request may not hold.
            assert not packages & {"email_validator", "phonenumbers"}
            assert ("httpx" in packages) == (name in CALLS_OUT)
            if role_of(FUNCTIONS[name]) == "LogWriter" and name not in CALLS_A_POOL:
                # The logger's library imports the bare package, which is empty; whoever opens a client loads far more.
                assert [module for module in started[name].modules if module.startswith("botocore.")] == []
            # What makes botocore's clients comes with the first of them: a message to a person, a tag of a file.
            assert not {"botocore.session", "botocore.client"} & started[name].modules.keys()
            if name == "access/authorize":
                assert "pydantic" not in packages
            drawing = {"reportlab", "PIL", "jinja2", "pyhanko"} & packages
            assert not drawing or "layers/contracts" in own_layers_of(name)


def test_it_loads_another_context_through_its_service_only(
    subtests: pytest.Subtests, started: dict[str, Started]
) -> None:
    for name in FUNCTIONS:
        with subtests.test(name=name):
            modules = started[name].modules
            contexts = {path.parent.name for path in (ROOT / "layers/lastro/lastro").glob("*/service.py")}
            loaded = {module.split(".")[1] for module in modules if module.startswith("lastro.")}
            for other in loaded & contexts - {name.split("/")[0]}:
                assert f"lastro.{other}.service" in modules


def test_reports_of_bureaus_are_loaded_by_who_handles_them(
    subtests: pytest.Subtests, started: dict[str, Started]
) -> None:
    """Whoever asks the bureaus' context for a branch or a score starts without what a report is made of."""
    for name in FUNCTIONS:
        with subtests.test(name=name):
            if name.split("/")[0] in {"approvals", "negativations"}:
                assert "lastro.bureaus.reports.report" not in started[name].modules


def test_somebody_needs_each_library(started: dict[str, Started]) -> None:
    loaded = set().union(*(one.packages for one in started.values()))
    assert {"botocore", "httpx", "pydantic", "aws_lambda_powertools"} <= loaded
    # What functions are forked with is none of this: the authorizer is started with nothing.
    assert {"botocore", "aws_lambda_powertools"} <= started["access/authorize"].packages


def test_the_lock_is_what_the_tests_run_with() -> None:
    assert {name: distribution(name).version for name in locked()} == locked()
    assert "boto3" not in locked()
    assert "aws-xray-sdk" not in locked()


def test_our_layer_holds_our_package_only() -> None:
    layer = ROOT / "layers/lastro"
    code = {path.relative_to(layer).parts[0] for path in layer.rglob("*.py")}
    assert code == {"lastro"}
