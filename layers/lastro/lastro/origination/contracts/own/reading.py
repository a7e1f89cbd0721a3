"""Contracts of the person who calls: those that the customer which it is signed under its CPF."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.origination.contracts.own.requests import GetOwnContract, ListOwnContracts
from lastro.origination.contracts.own.views import OwnContractAnswer, OwnContractList, OwnContractView, show_row
from lastro.origination.contracts.rows import newest_seal_of, signature_of
from lastro.origination.errors import (
    CONTRACT_NOT_SIGNED,
    PROPOSAL_NOT_FOUND,
    SIGNED_CONTRACT_NOT_READY,
    WRONG_CURSOR,
)
from lastro.origination.processes.changes import CreditFilter
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.workstation.cursors import read_cursor

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.customers.service import KnownPeople
    from lastro.origination.processes.store import OriginationStore

LINK_SECONDS = 60
_SIGNED = frozenset({CreditStatus.CONTRACTED, CreditStatus.DISBURSED, CreditStatus.PENDING, CreditStatus.RETURNED})
_CPF_DIGITS = 11


@dataclass(frozen=True)
class OwnContracts:
    """Which contracts a person has."""

    store: OriginationStore
    people: KnownPeople

    def list_page(self, request: ListOwnContracts, caller: Caller) -> OwnContractList:
        """A page, newest first; none for who is no registered customer, or one with a CNPJ.

        Raises ``NotFound`` once the access ended, ``Unauthorized`` once the login did, ``InvalidInput``.
        """
        after = _read_place(request.cursor)
        cpf = own_cpf(self.people, caller)
        if cpf is None:
            return OwnContractList(contracts=[], next_cursor=None)
        wanted = CreditFilter(partner_id=caller.partner_id, cpf=cpf)
        page = self.store.list_credits(wanted, after=after, limit=request.per_page)
        return OwnContractList(
            contracts=[show_row(credit) for credit in page.credits if credit.status in _SIGNED],
            next_cursor=spell_cursor(page.after, "own_contracts") if page.after else None,
        )


@dataclass(frozen=True)
class OwnContractFiles:
    """Gives out the files of one's contracts."""

    store: OriginationStore
    people: KnownPeople
    files: Files
    clock: Clock

    def give(self, request: GetOwnContract, caller: Caller) -> OwnContractAnswer:
        """A private address of the signed PDF, good for a minute.

        Raises ``NotFound`` ``unknown_proposal`` also for somebody else's, and as ``list_page``; ``Conflict``
        ``contract_not_signed``, or ``signed_contract_not_ready`` for the moment between the acceptance and the file.
        """
        cpf = own_cpf(self.people, caller)
        stored = self.store.find_credit(request.customer_service_number) if cpf else None
        if stored is None or (stored.credit.partner_id, stored.credit.cpf) != (caller.partner_id, cpf):
            raise PROPOSAL_NOT_FOUND()
        signature, seal = signature_of(stored), newest_seal_of(stored)
        if signature is None:
            raise CONTRACT_NOT_SIGNED()
        if seal is None:
            raise SIGNED_CONTRACT_NOT_READY()
        name = f"contrato-{stored.credit.csn}.pdf"
        url = self.files.link(seal.file, seconds=LINK_SECONDS, save_as=name, media_type="application/pdf")
        view = OwnContractView(
            customer_service_number=stored.credit.csn,
            signed_at=format_moment(signature.received_at),
            url=url,
            file_name=name,
            expires_at=format_moment(self.clock.now() + timedelta(seconds=LINK_SECONDS)),
        )
        return OwnContractAnswer(contract=view)


def own_cpf(people: KnownPeople, caller: Caller) -> str | None:
    """The CPF of the customer that the person is; ``None`` where it is none, or one with a CNPJ."""
    document = people.enter(caller).document
    return document if document is not None and len(document) == _CPF_DIGITS else None


def _read_place(cursor: str | None) -> str | None:
    try:
        return read_cursor(cursor, "own_contracts") if cursor is not None else None
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
