"""What a credential is bound to, as the table and the operator's answers hold it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lastro.kernel.callers.caller import Binding, Panel, Role


def spell_binding(binding: Binding) -> dict[str, Any]:
    """``store_ids`` (``None``: every store of the partner), ``panel`` (``None``: any) and ``role``."""
    return {
        "store_ids": None if binding.store_ids is None else list(binding.store_ids),
        "panel": binding.panel.value if binding.panel else None,
        "role": binding.role.value,
    }


def read_binding(item: Mapping[str, Any]) -> Binding:
    """The binding of a row; one written before there were bindings is bound to nothing."""
    stores, panel = item.get("store_ids"), item.get("panel")
    return Binding(
        None if stores is None else tuple(stores), Panel(panel) if panel else None, Role(item.get("role", Role.MEMBER))
    )
