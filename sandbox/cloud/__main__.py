"""python -m sandbox.cloud up"""

import argparse
import asyncio
import os
import signal
import sys

from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.launcher import run_cloud
from sandbox.cloud.settings import Settings


async def up(settings: Settings) -> int:
    """Run the cloud until Ctrl-C or SIGTERM. 0 when asked to stop, 1 when a step failed or a process died."""
    running = asyncio.ensure_future(run_cloud(settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        print("stopped", flush=True)
        return 0
    except CloudFailure as failure:
        print(failure.report(), file=sys.stderr, flush=True)
        return 1
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="sandbox.cloud", description="The whole system on this machine.")
    parser.add_argument("action", choices=["up"], help="bring it up in the foreground")
    parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
    except ValueError as error:
        parser.error(str(error))
    return asyncio.run(up(settings))


if __name__ == "__main__":
    sys.exit(main())
