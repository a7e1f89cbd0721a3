"""Every minute: send surveys on what occurred."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.surveys.wiring import open_sending

handler = scheduled(open_sending().run)
