"""How many calls a caller may make, counted by processes that share what they know only now and then. Pure.

Calls are counted in windows of ``WINDOW`` seconds. A process counts for itself and tells the others, through a counter
of the caller and the window, every time it has made a share of the quota; what it hears back is what all have told. So
an ordinary call asks nobody, no counter is written oftener than ``SHARES`` times a window and process, and who keeps
within the quota is never refused. What processes have not told yet may pass beyond it: at most a share of each.
"""

from __future__ import annotations

from lastro.kernel.dataclass import dataclass

WINDOW = 10
"""Seconds that a quota is counted over: a caller may use those of all ten in the first."""

SHARES = 256
"""A process tells what it made when that is the quota's 256th part, at least one call."""


@dataclass(frozen=True)
class Limits:
    """What the operator allows a partner; ``None``: what the deployment allows everybody."""

    requests_a_second: int | None = None
    simulations_in_flight: int | None = None


DEFAULT = Limits()


@dataclass(frozen=True)
class Quota:
    """So many requests in a window, under a name that callers read."""

    name: str
    requests: int

    @property
    def share(self) -> int:
        """Calls that a process makes before it tells of them."""
        return max(1, self.requests // SHARES)

    @property
    def policy(self) -> str:
        """The member of ``RateLimit-Policy`` (docs/sources.md)."""
        return f'"{self.name}";q={self.requests};w={WINDOW}'


def a_second(name: str, requests: int) -> Quota:
    """The quota of who may make so many requests a second."""
    return Quota(name, requests * WINDOW)


@dataclass()
class Tally:
    """What this process knows of one caller in one window: calls of its own, told or not, and those told by all."""

    untold: int = 0
    told_by_all: int = 0
    heard: bool = False


@dataclass(frozen=True)
class Turn:
    """What becomes of one call. ``telling`` are the calls to tell of now, ``remaining`` what is left as far as is known
    (``None``: the others were not heard yet), ``seconds`` go by until the window ends.
    """

    admitted: bool
    window: int
    seconds: int
    remaining: int | None
    telling: int = 0

    def headers(self, quota: Quota) -> dict[str, str]:
        """The fields that tell a caller of its quota (docs/sources.md)."""
        told = {"RateLimit-Policy": quota.policy}
        if self.remaining is not None:
            told["RateLimit"] = f'"{quota.name}";r={self.remaining};t={self.seconds}'
        return told


class Meter:
    """The calls of one process. Callers of windows gone by are forgotten."""

    def __init__(self) -> None:
        self._window = 0
        self._tallies: dict[str, Tally] = {}

    def take(self, caller: str, quota: Quota, now: float) -> Turn:
        """Count a call at ``now`` (seconds since 1970), or refuse it: a refused call is not counted."""
        window = int(now) // WINDOW
        if window != self._window:
            self._window, self._tallies = window, {}
        seconds = max(1, (window + 1) * WINDOW - int(now))
        tally = self._tallies.setdefault(caller, Tally())
        if tally.told_by_all + tally.untold >= quota.requests:
            return Turn(admitted=False, window=window, seconds=seconds, remaining=0)
        tally.untold += 1
        telling = tally.untold if tally.untold >= quota.share else 0
        left = quota.requests - tally.told_by_all - tally.untold
        return Turn(
            admitted=True,
            window=window,
            seconds=seconds,
            remaining=left if tally.heard else None,
            telling=telling,
        )

    def hear(self, caller: str, turn: Turn, told_by_all: int) -> None:
        """What the counter says once the calls of ``turn`` are told."""
        tally = self._tallies.get(caller)
        if tally is None or turn.window != self._window:
            return
        tally.untold = max(0, tally.untold - turn.telling)
        tally.told_by_all = max(tally.told_by_all, told_by_all)
        tally.heard = True
