"""The description in its readers' language: docstrings and fields are written in English, and published in Portuguese.

``portuguese.toml`` holds each paragraph beside the words it is published in. What it does not hold is published as it
stands, and named by ``missing_in``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).with_suffix(".toml")
_TOLD = frozenset({"summary", "description"})
_DATA = frozenset({"example", "value", "default", "enum", "const"})
_PARAGRAPHS = "\n\n"


@cache
def catalogue() -> dict[str, str]:
    """Portuguese by the paragraph in the code."""
    texts: dict[str, str] = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return texts


def in_portuguese(text: str) -> str:
    """A text as it is published."""
    return _PARAGRAPHS.join(catalogue().get(part, part) for part in text.split(_PARAGRAPHS))


def publish(node: Any) -> Any:
    """A part of the description with every text in Portuguese; examples stay as they are, but for their summaries."""
    if isinstance(node, list):
        return [publish(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: in_portuguese(value) if key in _TOLD and isinstance(value, str) else _published(key, value)
        for key, value in node.items()
    }


def _published(key: str, value: Any) -> Any:
    if key == "properties":  # names of fields, "value" among them, and no words of the description's own
        return {name: publish(each) for name, each in value.items()}
    # JSON Schema's examples are a list of values; those of a body are named, and each has a summary.
    return value if key in _DATA or (key == "examples" and isinstance(value, list)) else publish(value)


def texts_in(node: Any) -> Iterator[str]:
    """Every paragraph of a description, as it stands in ``node``."""
    if isinstance(node, list):
        for each in node:
            yield from texts_in(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in _TOLD and isinstance(value, str):
                yield from value.split(_PARAGRAPHS)
            elif key == "properties":
                yield from texts_in(list(value.values()))
            elif key not in _DATA and not (key == "examples" and isinstance(value, list)):
                yield from texts_in(value)
