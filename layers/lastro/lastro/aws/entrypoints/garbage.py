"""Garbage is collected from a function's first call on, and what its start made is never looked through again."""

import gc


def collect_from_now() -> None:
    """The start of a function is over: each entrypoint says so when it has made the handler.

    Only a process that stopped collecting for its start (`lastro/__init__.py`) freezes anything.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
