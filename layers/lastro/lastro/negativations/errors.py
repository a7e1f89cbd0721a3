"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import FieldRule

WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
