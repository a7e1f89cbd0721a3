"""What the contract use cases ask of other parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.origination.contracts.model import ContractData

DrawContract = Callable[["ContractData"], bytes]
"""The unsigned PDF of a contract; the same data give the same bytes."""
