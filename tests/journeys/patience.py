"""How long journeys wait for what must come: a bound against waiting for ever, not a measure of anything.

A first use starts a worker, and a busy machine takes its time with it.
"""

import httpx

LONGEST = 300.0
"""Seconds."""

ASK = httpx.Client(timeout=LONGEST, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
"""For a single request to whichever cloud."""
