"""What a reader of one value says when it cannot read it: it knows no place and no vendor."""

from __future__ import annotations


class Odd(ValueError):
    """What stands there is not what was ``expected``."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected
