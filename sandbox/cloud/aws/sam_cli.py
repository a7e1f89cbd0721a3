"""SAM CLI as it is, but what it finds out again and again is found out once.

- `sam build` asks the runtime's interpreter for its version in a process of its own for every function, some three
  hundred.
- Both check, for each of more than a hundred readings of a template, the policies that SAM itself ships.
- `sam deploy` reads each nested template several times, two hundred readings in all, in Python: a third of a first
  deployment. libyaml reads them.

Run as a file by the interpreter of SAM's environment, which holds nothing of ours.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml


def main() -> None:
    read_by_libyaml()
    check_once()
    ask_once()
    from samcli.cli.main import cli

    cli(prog_name="sam")


def read_by_libyaml() -> None:
    """Before anything of SAM's is imported: it puts its short forms into the loader of this name."""
    if yaml.__with_libyaml__:
        yaml.SafeLoader = yaml.CSafeLoader  # type: ignore[assignment, misc]


def check_once() -> None:
    """Let the policies that SAM ships be read and checked once; who expands them keeps nothing of a template."""
    from samtranslator.translator import translator

    translator.make_policy_template_for_function_plugin = cache(translator.make_policy_template_for_function_plugin)


def ask_once() -> None:
    """Let interpreters be asked for their version once each. What is no answer is asked for again."""
    from aws_lambda_builders.workflows.python_pip.validator import PythonRuntimeValidator

    ask = PythonRuntimeValidator.validate

    @cache
    def answer(runtime: str, architecture: str, path: str) -> Any:
        return ask(PythonRuntimeValidator(runtime, architecture), path)

    def validate(validator: Any, path: str) -> Any:
        validator._valid_runtime_path = answer(validator.runtime, validator.architecture, path)
        return validator._valid_runtime_path

    PythonRuntimeValidator.validate = validate


if __name__ == "__main__":
    main()
