"""Every minute: renew the bureau tokens that are about to expire."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.bureaus.tokens.wiring import open_refresh

handler = scheduled(open_refresh().run)
