"""What ``DELETE /scripts`` forgets: every part of the sandbox says what is its own."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

_FORGET = web.AppKey("forget_scripts", list[Callable[[], None]])


def on_clear(app: web.Application, forget: Callable[[], None]) -> None:
    """Have ``forget`` called whenever scripts are deleted."""
    if _FORGET not in app:
        app[_FORGET] = []
    app[_FORGET].append(forget)


def clear_everything(app: web.Application) -> None:
    for forget in app.get(_FORGET, ()):
        forget()
