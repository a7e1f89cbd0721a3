"""The web panel and the customers' portal as they are served: files with immutable names, and each one's page.

A page allows no script but its own files, no frame around it, and no call but of its own origin and of where files
of imports are sent (``LASTRO_UPLOAD_ORIGINS``, origins parted by spaces). Style sheets that the component library
writes into the page carry the nonce of this very answer, so nothing else's are read (CSP level 3, section 6.1.12).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lastro.aws.entrypoints.http import Page
from lastro.aws.settings import find_setting

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PAGE = "index.html"
_REFERENCE = "reference.html"
_NONCE = "STYLE-NONCE"
_DEMO = "DEMO-PEOPLE"
_SAFE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_IMMUTABLE = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    **_SAFE,
}
_UNBUILT = """<!doctype html>
<html lang="pt-BR"><head><meta charset="utf-8"><title>Lastro</title></head>
<body><p>O painel ainda não foi construído: recarregue em instantes. Quem instala o Lastro o constrói com
<code>make build</code>.</p></body></html>
"""
_NO_REFERENCE = """<!doctype html>
<html lang="pt-BR"><head><meta charset="utf-8"><title>Lastro — API</title></head>
<body><p>A referência da API ainda não foi construída: recarregue em instantes, ou leia a descrição em
<a href="openapi.json">openapi.json</a>. Quem instala o Lastro a constrói com <code>make build</code>.</p></body></html>
"""


def read_files(folder: Path) -> dict[str, Page]:
    """Every file of the built panel by its name; none where it was not built."""
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return {
        path.name: Page(path.read_text(encoding="utf-8"), _TYPES[path.suffix], _IMMUTABLE)
        for path in found
        if path.suffix in _TYPES
    }


def build_page(files: Mapping[str, Page], nonce: str, name: str = _PAGE) -> Page:
    """The page of that name for one answer. ``nonce``: letters and digits that were never used before."""
    page = files[name].body if name in files else _UNBUILT
    uploads = (find_setting("LASTRO_UPLOAD_ORIGINS") or "").split() if name == _PAGE else ()
    named = page.replace(_DEMO, find_setting("LASTRO_DEMO_PEOPLE") or "")
    calls = " ".join(("connect-src 'self'", *uploads))
    return _answer(named, nonce, (calls, "img-src 'self' data: blob:", "frame-src blob:"))


def build_reference(files: Mapping[str, Page], nonce: str) -> Page:
    """The API's reference for one answer, from the same build.

    Its renderer writes style attributes into what it draws, which no nonce can name: those are let through, and style
    sheets are not (decision 0035).
    """
    page = files[_REFERENCE].body if _REFERENCE in files else _NO_REFERENCE
    return _answer(page, nonce, ("connect-src 'self'", "style-src-attr 'unsafe-inline'", "img-src 'self' data:"))


def _answer(page: str, nonce: str, more: tuple[str, ...]) -> Page:
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            *more,
        )
    )
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy,
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "X-Frame-Options": "DENY",
        **_SAFE,
    }
    return Page(page.replace(_NONCE, nonce), _TYPES[".html"], headers)
