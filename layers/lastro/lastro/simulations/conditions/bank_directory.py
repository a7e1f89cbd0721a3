"""Banks opened with a store's credentials, one adapter per bank and store while the process lives."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from lastro.kernel.banks import credential_name
from lastro.kernel.errors import Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Bank

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets

BankT_co = TypeVar("BankT_co", bound=Bank, covariant=True)
OpenBank = Callable[[str, dict[str, str]], BankT_co]
"""A bank's code and a store's credential there to the bank, ready to be asked."""


class StoreBanks(Generic[BankT_co]):
    """Adapters hold the banks' access tokens, so they are kept until their credential changes or is refused."""

    def __init__(self, secrets: Secrets, open_bank: OpenBank[BankT_co]) -> None:
        self._secrets = secrets
        self._open_bank = open_bank
        self._open: dict[tuple[str, int], tuple[dict[str, str], BankT_co]] = {}
        self._opening = Lock()

    def find_open(self, code: str, store_id: int, version: str | None) -> BankT_co | None:
        """The bank with the store's current credential where both are known already: asks nobody, waits for nobody."""
        credentials = self._secrets.find_known(credential_name(store_id, code), version=version)
        known = self._open.get((code, store_id))
        return known[1] if known and known[0] == credentials else None

    def open(self, code: str, store_id: int, version: str | None) -> BankT_co:
        """The bank with the store's current credential. Raises ``Permanent`` when there is none.

        ``version`` is what the store's link to the bank says, read with the condition: a credential that was replaced
        is used no more.
        """
        # Conditions open their banks from several threads: two adapters of one bank would log in twice.
        with self._opening:
            credentials = self._secrets.read(credential_name(store_id, code), version=version)
            if credentials is None:
                raise Permanent("the store has no credential at this bank", code=Reason.INVALID_CREDENTIALS)
            known = self._open.get((code, store_id))
            if known and known[0] == credentials:
                return known[1]
            bank = self._open_bank(code, credentials)
            self._open[code, store_id] = (credentials, bank)
            return bank

    def forget(self, code: str, store_id: int) -> None:
        """Read the credential afresh next time: the bank no longer accepts this one."""
        self._secrets.forget(credential_name(store_id, code))
        self._open.pop((code, store_id), None)
