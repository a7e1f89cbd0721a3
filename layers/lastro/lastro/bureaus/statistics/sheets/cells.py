"""What a cell may hold."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

Cell = str | int | Decimal | datetime | None
"""``Decimal`` is an amount in reais, ``datetime`` a moment on São Paulo's clocks without its zone."""
