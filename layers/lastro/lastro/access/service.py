"""Use cases of access: what a partner sees of itself, and handing in bank credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.access.errors import UNKNOWN_BANK
from lastro.access.model import CredentialStatus, check_credentials
from lastro.access.requests import ListIntegratedBanks, PutBankCredentials
from lastro.access.stores.opening import own_store
from lastro.access.stores.views import IntegratedBankList, StoreList, view_banks, view_store
from lastro.access.views import BankCredential, BankCredentialAnswer, BankList, BankView
from lastro.kernel.banks import BANKS, BankFacts, credential_name, required_customer_fields
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller

if TYPE_CHECKING:
    from lastro.access.store import AccessStore
    from lastro.aws.secrets import Secrets


def list_banks() -> BankList:
    """Every known bank."""
    return BankList(banks=[_view_bank(bank) for bank in BANKS.values()])


class Access:
    """The stores that a credential opens, and their banks."""

    def __init__(self, directory: AccessStore) -> None:
        self._directory = directory

    def list_stores(self, caller: Caller) -> StoreList:
        """The stores that the caller's credential reaches, the youngest too: the gateway knows it a minute later."""
        standing = None if caller.bound else self._directory.find_standing(caller.partner_id)
        reached = caller.store_ids if standing is None else standing.store_ids
        return StoreList(stores=[view_store(store) for store in self._directory.find_stores(reached)])

    def list_integrated_banks(self, request: ListIntegratedBanks, caller: Caller) -> IntegratedBankList:
        """The banks of one store, all or those asked for. Raises ``Forbidden`` for a store of somebody else."""
        return view_banks(own_store(self._directory, request.store_id, caller), request.bank_codes or ())


class BankCredentials:
    """Handing in what a bank needs to know a store by."""

    def __init__(self, directory: AccessStore, vault: Secrets, clock: Clock) -> None:
        self._directory = directory
        self._vault = vault
        self._clock = clock

    def put(self, request: PutBankCredentials, caller: Caller) -> BankCredentialAnswer:
        """Keep a store's credentials at a bank and make the bank usable; a repeat replaces them.

        The secret is written first: a bank is never marked usable without one. The table names the version of the
        vault that counts, so its one write decides between two at once. Once this answers, the credential before is not
        used any more. Raises ``Forbidden`` for a store of somebody else, ``NotFound`` for an unknown bank and
        ``InvalidInput`` naming every missing field.
        """
        store_id = own_store(self._directory, request.store_id, caller).id
        bank = BANKS.get(request.bank_code)
        if bank is None:
            raise UNKNOWN_BANK()
        fields = check_credentials(bank.credential_fields, request.bank_credential)
        now = self._clock.now()
        # The vault's version goes into the table: whoever asks the bank sees that what it remembers is old.
        version = self._vault.store(credential_name(store_id, bank.code), fields)
        self._directory.set_bank_ready(store_id, bank.code, version, now)
        credential = BankCredential(
            code=bank.code, active=True, status=CredentialStatus.OKAY, updated_at=format_moment(now)
        )
        return BankCredentialAnswer(bank_credential=credential)


def _view_bank(bank: BankFacts) -> BankView:
    return BankView(
        id=bank.id,
        code=bank.code,
        febraban_code=bank.code,
        name=bank.name,
        nickname=bank.nickname,
        tradename=bank.tradename,
        credential_fields=list(bank.credential_fields),
        required_fields=_asked_by(bank, company=False),
        company_required_fields=_asked_by(bank, company=True),
    )


def _asked_by(bank: BankFacts, *, company: bool) -> list[str]:
    return [name for name, asking in required_customer_fields(company=company).items() if bank.code in asking]
