"""Serve the sandbox banks alone: ``python -m sandbox.banks --port 3001``."""

from __future__ import annotations

import argparse

from aiohttp import web

from sandbox.banks.app import create_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox.banks", description="Serve the sandbox banks on loopback.")
    parser.add_argument("--port", type=int, default=3001)
    arguments = parser.parse_args()
    # Requests are not logged: a tester's document never reaches a log.
    web.run_app(create_app(), host="127.0.0.1", port=arguments.port, access_log=None, shutdown_timeout=1.0)


if __name__ == "__main__":
    main()
