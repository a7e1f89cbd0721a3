"""The whole system on this machine.

python -m sandbox.cloud up                    bring it up in the foreground
python -m sandbox.cloud build                 build the functions, layers and panel, if anything changed
python -m sandbox.cloud panel                 check and build the panel alone
python -m sandbox.cloud operate WORD...       the operator command: against LASTRO_TABLE if set, else the running cloud
"""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Coroutine

import uvloop

from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.launcher import build_only, panel_only, run_cloud
from sandbox.cloud.settings import STACK, Settings


async def until_stopped(work: Coroutine[None, None, None]) -> int:
    """Run to the end, or until Ctrl-C or SIGTERM. 0 when it ended or was stopped, 1 with a report when it failed."""
    running = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        print("stopped", flush=True)
    except CloudFailure as failure:
        print(failure.report(), file=sys.stderr, flush=True)
        return 1
    return 0


def operate(settings: Settings, words: list[str]) -> None:
    """Become the operator command. CloudFailure when no table is named and no local cloud runs."""
    environment = dict(os.environ)
    if "LASTRO_TABLE" not in environment:
        if not settings.processes.is_file():
            raise CloudFailure("no local cloud runs: start it with `make up`, or set LASTRO_TABLE for a real account")
        noted = json.loads(settings.processes.read_text())
        environment = settings.client_environment()
        environment |= {"LASTRO_TABLE": noted["table"], "LASTRO_SECRETS_PREFIX": STACK}
        environment |= {"LASTRO_STAFF_POOL": noted["staff_pool"], "LASTRO_STAFF_CLIENT": noted["staff_client"]}
    os.execve(sys.executable, [sys.executable, "-m", "lastro.operator.command", *words], environment)


def main() -> int:
    parser = argparse.ArgumentParser(prog="sandbox.cloud", description="The whole system on this machine.")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("up", help="bring it up in the foreground")
    actions.add_parser("build", help="build the functions, layers and panel, if anything changed")
    actions.add_parser("panel", help="check and build the panel alone")
    operator = actions.add_parser("operate", help="run the operator command", add_help=False)
    operator.add_argument("words", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        if arguments.action == "operate":
            operate(settings, arguments.words)
    except (ValueError, CloudFailure) as error:
        parser.exit(2, f"{error}\n")
    actions_of = {"up": run_cloud, "build": build_only, "panel": panel_only}
    return uvloop.run(until_stopped(actions_of[arguments.action](settings)))


if __name__ == "__main__":
    sys.exit(main())
