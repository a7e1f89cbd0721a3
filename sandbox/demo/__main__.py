"""Run one journey on a local cloud of its own: `python -m sandbox.demo [journey]`."""

import argparse
import os
import sys
import time
from collections.abc import Callable

import httpx
from rich.console import Console

from sandbox.cloud.background import RunningCloud, background_cloud
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.settings import Settings
from sandbox.demo import approvals, bureaus, caas, dealer, negativations, portal, simulation

JOURNEYS: dict[str, Callable[[RunningCloud, Console], None]] = {
    "approvals": approvals.run,
    "bureaus": bureaus.run,
    "caas": caas.run,
    "dealer": dealer.run,
    "negativations": negativations.run,
    "portal": portal.run,
    "simulation": simulation.run,
}

_PLAIN_WIDTH = 150


def main() -> int:
    """0 when the journey ended well, 1 when it did not, 130 on Ctrl-C. The cloud is stopped in every case."""
    parser = argparse.ArgumentParser(prog="sandbox.demo")
    parser.add_argument("journey", nargs="?", default="simulation", choices=sorted(JOURNEYS))
    journey = JOURNEYS[parser.parse_args().journey]
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    moments = [time.monotonic()]
    try:
        with background_cloud(Settings.from_environment(os.environ), console.print) as cloud:
            moments.append(time.monotonic())
            journey(cloud, console)
            moments.append(time.monotonic())
        moments.append(time.monotonic())
        console.print()
        for name, begun, ended in zip(("start", "journey", "stop"), moments, moments[1:], strict=False):
            console.print(f"{ended - begun:6.1f} s  {name}")
    except (CloudFailure, ValueError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except httpx.TransportError as failure:
        print(f"the local cloud stopped answering: {type(failure).__name__}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
