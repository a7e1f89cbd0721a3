"""Use cases of access: what a partner sees of itself, and handing in bank credentials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lastro.access.errors import PARTNER_GONE, STORE_GONE, UNKNOWN_BANK
from lastro.access.model import (
    BankLink,
    CredentialStatus,
    Store,
    check_credentials,
)
from lastro.access.requests import ListIntegratedBanks, PutBankCredentials
from lastro.access.views import (
    Account,
    BankCredential,
    BankCredentialAnswer,
    BankList,
    BankView,
    CredentialState,
    IntegratedBank,
    IntegratedBankList,
    RoleView,
    StoreList,
    StoreView,
    User,
    UserAnswer,
)
from lastro.kernel.banks import BANKS, BankFacts, credential_name
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller, Role
from lastro.kernel.callers.jobs import Job

if TYPE_CHECKING:
    from lastro.access.staff.store import StaffStore
    from lastro.access.store import AccessStore
    from lastro.aws.secrets import Secrets

_ROLES = {
    Role.MEMBER: RoleView(id=1, identifier="partner_api", name="Integração de parceiro"),
    Role.READER: RoleView(id=2, identifier="partner_reader", name="Integração de parceiro, só leitura"),
}
_JOBS = {
    Job.MANAGER: RoleView(id=3, identifier="manager", name="Gestor"),
    Job.ANALYST: RoleView(id=4, identifier="analyst", name="Analista"),
    Job.APPROVER: RoleView(id=5, identifier="approver", name="Aprovador"),
    Job.BROKER: RoleView(id=6, identifier="broker", name="Corretor"),
    Job.AGENCY: RoleView(id=7, identifier="agency", name="Imobiliária"),
    Job.OPERATOR: RoleView(id=8, identifier="operator", name="Operador"),
}


def list_banks() -> BankList:
    """Every known bank."""
    return BankList(banks=[_view_bank(bank) for bank in BANKS.values()])


class Access:
    """What an API key lets its holder see of itself."""

    def __init__(self, directory: AccessStore, people: StaffStore) -> None:
        self._directory = directory
        self._people = people

    def list_stores(self, caller: Caller) -> StoreList:
        """The stores the caller's key reaches."""
        return StoreList(stores=[_view_store(store) for store in self._directory.find_stores(caller.store_ids)])

    def list_integrated_banks(self, request: ListIntegratedBanks, caller: Caller) -> IntegratedBankList:
        """The banks of one store, all or those asked for. Raises ``Forbidden`` for a store of somebody else."""
        store = self._find_store(caller.own_store(request.store_id))
        return IntegratedBankList(
            banks=[
                _view_integration(bank, store.banks[code])
                for code, bank in BANKS.items()
                if code in store.banks and _is_wanted(code, request.bank_codes)
            ]
        )

    def show_user(self, caller: Caller) -> UserAnswer:
        """The principal of the caller's key. Raises ``NotFound`` when the partner is gone."""
        partner = self._directory.find_partner(caller.partner_id)
        if partner is None:
            raise PARTNER_GONE()
        account = Account(id=partner.id, name=partner.name)
        if caller.job is not None:
            member = self._people.find(caller.partner_id, caller.principal)
            if member is None:
                raise PARTNER_GONE()
            return UserAnswer(
                user=User(id=member.id, name=member.name, email=member.email, role=_JOBS[member.job], account=account)
            )
        return UserAnswer(user=User(id=partner.id, name=partner.name, role=_ROLES[caller.role], account=account))

    def _find_store(self, store_id: int) -> Store:
        found = self._directory.find_stores([store_id])
        if not found:
            raise STORE_GONE()
        return found[0]


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
        store_id = caller.own_store(request.store_id)
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


def _is_wanted(code: str, wanted: Sequence[str] | None) -> bool:
    return not wanted or code in wanted


def _view_bank(bank: BankFacts) -> BankView:
    return BankView(
        id=bank.id,
        code=bank.code,
        febraban_code=bank.code,
        name=bank.name,
        nickname=bank.nickname,
        tradename=bank.tradename,
        credential_fields=list(bank.credential_fields),
    )


def _view_store(store: Store) -> StoreView:
    return StoreView(
        id=store.id,
        name=store.name,
        display_name=store.name,
        cnpj=store.cnpj.formatted,
        uf=store.uf,
        city=store.city,
        created_at=format_moment(store.created_at),
        updated_at=format_moment(store.updated_at),
    )


def _view_integration(bank: BankFacts, link: BankLink) -> IntegratedBank:
    return IntegratedBank(
        id=bank.id,
        code=bank.code,
        name=bank.name,
        tradename=bank.tradename,
        bank_credential=CredentialState(active=link.active, status=link.status),
    )
