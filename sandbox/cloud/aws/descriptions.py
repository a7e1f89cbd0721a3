"""Cuts botocore's descriptions of services down to what is called: `python -m sandbox.cloud.aws.descriptions`.

A client is made from a description of every operation of its service; reading that of S3 takes longer than all else
that making the client does. What is kept is written beside ``lastro/aws/sessions.py``; a test compares it with the
botocore that is installed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import botocore.session

from lastro.aws.sessions import DESCRIPTIONS

CALLED: Mapping[str, tuple[str, ...]] = {
    "s3": ("GetObject", "HeadObject", "ListObjectVersions", "PutObject", "PutObjectTagging"),
}
"""Operations that ``lastro/aws`` calls, by service; of the others the whole description is small enough."""


def cut_description(service: str) -> tuple[str, str]:
    """Where a service's description lies below a folder of descriptions, and the text of what is kept of it."""
    loader = botocore.session.get_session().get_component("data_loader")
    version = loader.determine_latest_version(service, "service-2")
    name = f"{service}/{version}/service-2"
    whole, _ = loader.load_data_with_path(name)
    operations = {operation: whole["operations"][operation] for operation in CALLED[service]}
    shapes = {shape: whole["shapes"][shape] for shape in sorted(_reached(operations, whole["shapes"]))}
    kept = {**whole, "operations": _without_texts(operations), "shapes": _without_texts(shapes)}
    kept.pop("documentation", None)
    return f"{name}.json", json.dumps(kept, separators=(",", ":")) + "\n"


def _reached(operations: Mapping[str, Any], shapes: Mapping[str, Any]) -> set[str]:
    """Names of the shapes that requests, answers and errors of the operations are made of."""
    found: set[str] = set()
    waiting = list(_names(operations))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _names(shapes[name])
    return found


def _names(described: Any) -> Iterator[str]:
    if isinstance(described, list):
        for each in described:
            yield from _names(each)
    elif isinstance(described, dict):
        for name, inner in described.items():
            if name == "shape" and isinstance(inner, str):
                yield inner
            else:
                yield from _names(inner)


def _without_texts(described: Any) -> Any:
    if isinstance(described, list):
        return [_without_texts(each) for each in described]
    if isinstance(described, dict):
        # A member may itself be called documentation; what documents is a text.
        kept = (pair for pair in described.items() if not (pair[0] == "documentation" and isinstance(pair[1], str)))
        return {name: _without_texts(inner) for name, inner in kept}
    return described


def main() -> None:
    """Write the descriptions."""
    for service in CALLED:
        place, text = cut_description(service)
        path = DESCRIPTIONS / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
