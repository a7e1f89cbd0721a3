"""The little Markdown our descriptions use: paragraphs, lists, code and bold."""

from __future__ import annotations

import re
from html import escape


def render_inline(text: str) -> str:
    """One line: ``code`` between back quotes, bold between double asterisks; everything else is text."""
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)


def render_text(text: str) -> str:
    """Paragraphs and lists."""
    blocks = []
    for block in re.split(r"\n{2,}", text.strip()):
        lines = block.split("\n")
        if all(line.startswith("- ") for line in lines):
            items = "".join(f"<li>{render_inline(line[2:])}</li>" for line in lines)
            blocks.append(f"<ul>{items}</ul>")
        elif block:
            blocks.append(f"<p>{render_inline(' '.join(lines))}</p>")
    return "".join(blocks)
