"""What the SAM transform makes of a template: prints its resources as JSON, type by logical id.

Run by the local cloud's interpreter, where the translator is installed: `python expansion.py template.yaml`.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def expand(text: str) -> dict[str, str]:
    """Type by logical id of every resource that CloudFormation would make."""
    # Only the local cloud's environment has the translator.
    translator = import_module("samtranslator.translator.transform")
    template: dict[str, Any] = import_module("samtranslator.yaml_helper").yaml_parse(text)
    for resource in template["Resources"].values():
        # The transform takes what `sam package` leaves: addresses of uploaded files.
        for name in {"CodeUri", "ContentUri"} & set(resource.get("Properties", {})):
            resource["Properties"][name] = "s3://uploads/code.zip"
    expanded = translator.transform(template, {}, None)
    return {name: resource["Type"] for name, resource in expanded["Resources"].items()}


if __name__ == "__main__":
    print(json.dumps(expand(Path(sys.argv[1]).read_text(encoding="utf-8"))))
