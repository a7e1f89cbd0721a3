"""What tests of logs listen with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from logging import DEBUG, Handler, LogRecord, StreamHandler, getLogger

import pytest

from lastro.aws.log import logger
from lastro.kernel.errors import LastroError


class Ear(Handler):
    """Keeps every record of every library, fields and chained errors included."""

    def __init__(self) -> None:
        super().__init__(DEBUG)
        self.heard: list[str] = []
        self.written = StringIO()

    def everything(self) -> str:
        return "\n".join([*self.heard, self.written.getvalue()])

    def emit(self, record: LogRecord) -> None:
        self.heard.append(f"{record.getMessage()} {record.__dict__!r}")
        error = record.exc_info[1] if record.exc_info else None
        while error is not None:
            self.heard.append(f"{error!s} {error!r}")
            error = error.__cause__ or error.__context__


@contextmanager
def listening(loud: Sequence[str] = ()) -> Iterator[Ear]:
    """Everything logged meanwhile, and the text of every error of ours that is made; ``loud`` loggers tell all."""
    ear = Ear()
    root, ours = getLogger(), logger.registered_handler
    assert isinstance(ours, StreamHandler)
    before = ours.setStream(ear.written)
    levels = {name: getLogger(name).level for name in loud}
    made = LastroError.__init__

    def listen(self: LastroError, detail: str, *, code: str | None = None) -> None:
        ear.heard.append(detail)
        made(self, detail, code=code)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LastroError, "__init__", listen)
        for name in loud:
            getLogger(name).setLevel(DEBUG)
        root.addHandler(ear)
        try:
            yield ear
        finally:
            root.removeHandler(ear)
            ours.setStream(before)
            for name, level in levels.items():
                getLogger(name).setLevel(level)
