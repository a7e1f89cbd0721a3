"""One line per step, with its seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Step:
    """A step under way. What it is noted to have done is printed after its name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.note = ""


@contextmanager
def step(name: str) -> Iterator[Step]:
    """Time a step and print its line when it ends well. A failure prints nothing here: its report says more."""
    started = time.monotonic()
    current = Step(name)
    yield current
    print(f"{time.monotonic() - started:6.1f} s  {name:<12} {current.note}".rstrip(), flush=True)
