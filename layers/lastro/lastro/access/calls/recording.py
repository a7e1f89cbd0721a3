"""Lines of the log become rows of partners' request logs."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lastro.access.calls.model import Call, read_line
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.access.calls.store import CallStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recorder:
    """Keeps what functions said of requests."""

    calls: CallStore

    def keep(self, lines: Sequence[Mapping[str, Any]]) -> int:
        """Keep each request once, however often its line comes; how many there were.

        A line that lacks something, as one that another version of the code wrote may, is passed over and told.
        """
        found: dict[str, Call] = {}
        for line in lines:
            try:
                call = read_line(line)
            except (KeyError, TypeError, ValueError) as error:
                _log.error("line cannot be kept", extra={"fault": type(error).__name__})
                continue
            found[call.id] = call
        self.calls.put_calls(list(found.values()))
        return len(found)
