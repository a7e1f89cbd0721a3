"""Reading contracts: the files to accept, and the signed one."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Conflict, Permanent
from lastro.origination.contracts.reading_requests import GetContract
from lastro.origination.contracts.rows import checksum_of, contracts_of, newest_seal_of, signature_of
from lastro.origination.contracts.views import ContractFile, ContractsView, SignedContractView
from lastro.origination.errors import (
    CONTRACT_NOT_GENERATED,
    CONTRACT_NOT_SIGNED,
    NO_CONTRACT,
    SIGNED_CONTRACT_NOT_READY,
)
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.model import Credit
from lastro.origination.processes.reading import own_credit
from lastro.origination.processes.statuses import BEFORE_CONTRACT

if TYPE_CHECKING:
    from lastro.aws.archive import Archive
    from lastro.origination.processes.store import OriginationStore


@dataclass(frozen=True)
class ContractReading:
    """Reads contracts from the store and the archive."""

    store: OriginationStore
    archive: Archive
    limits: CallLimits
    clock: Clock

    def read(self, request: GetContract, caller: Caller) -> ContractsView:
        """The credit's contracts, each with the checksum that signing echoes.

        Raises ``NotFound`` ``unknown_proposal``, ``TooManyRequests`` ``client_blocked`` and ``Conflict``:
        ``contract_not_generated`` while it is not there yet, ``wrong_state`` when it never will be.
        """
        stored = own_credit(self.store, request.customer_service_number, caller)
        credit = stored.credit
        self.limits.count_call(credit.place, credit.cpf, self.clock.now())
        contracts = contracts_of(stored)
        if not contracts:
            raise no_contract(credit)
        files = [self._file(contract.file, contract.checksum) for contract in contracts]
        return ContractsView(customer_service_number=credit.csn, contracts=files)

    def read_signed(self, request: GetContract, caller: Caller) -> SignedContractView:
        """The contract with the record of its signature and its endorsements, signed by the creditor.

        Raises ``NotFound`` ``unknown_proposal`` and ``Conflict``: ``contract_not_signed``, or
        ``signed_contract_not_ready`` for the moment between the acceptance and the file.
        """
        stored = own_credit(self.store, request.customer_service_number, caller)
        signature = signature_of(stored)
        seal = newest_seal_of(stored)
        if signature is None:
            raise CONTRACT_NOT_SIGNED()
        if seal is None:
            raise SIGNED_CONTRACT_NOT_READY()
        return SignedContractView(
            customer_service_number=stored.credit.csn,
            accepted_check_sum=list(signature.checksums),
            signed_at=format_moment(signature.received_at),
            endorsements=seal.endorsements,
            contract=self._file(seal.file, seal.checksum),
        )

    def _file(self, name: str, checksum: str) -> ContractFile:
        content = self.archive.get(name)
        if checksum_of(content) != checksum:
            raise Permanent("the stored contract is not the one that was recorded", code="contract_corrupted")
        return ContractFile(checksum=checksum, contract=base64.b64encode(content).decode())


def no_contract(credit: Credit) -> Conflict:
    """Why a credit has no contract: not yet, or never."""
    if credit.status in BEFORE_CONTRACT:
        return CONTRACT_NOT_GENERATED()
    return NO_CONTRACT(status=credit.status)
