"""Joins the use cases of proposals to their adapters, once per process; each function opens only what it uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import find_setting, read_setting
from lastro.financing.records.keeping import ProposalKeeping
from lastro.financing.records.store import ProposalStore
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.aws.queue import Queue
    from lastro.financing.bank_work.dispatch import ProposalDispatch
    from lastro.financing.bank_work.hearing import BankWords
    from lastro.financing.bank_work.sweep import ProposalSweep
    from lastro.financing.bank_work.worker import ProposalWorker
    from lastro.financing.documents.adding import ProposalDocuments
    from lastro.financing.ports import ProposalBank, Word
    from lastro.financing.proposals.acting import ProposalActs
    from lastro.financing.proposals.creating import Proposing
    from lastro.financing.proposals.reading import ProposalReading
    from lastro.kernel.callers.caller import Binding, Caller
    from lastro.kernel.retention import PersonalData


@cache
def _queue(bank: str) -> Queue:
    """The queue of a bank's proposals. The variable holds all their addresses by the bank's code, as JSON."""
    from lastro.aws.queue import Queue

    addresses: dict[str, str] = json.loads(read_setting("LASTRO_PROPOSALS_QUEUE_URLS"))
    return Queue(addresses[bank])


@cache
def _dispatch() -> ProposalDispatch:
    from lastro.financing.bank_work.dispatch import ProposalDispatch

    return ProposalDispatch(_queue)


@cache
def _proposals() -> ProposalKeeping:
    from lastro.webhooks.wiring import open_notices

    return ProposalKeeping(ProposalStore(Table()), _dispatch(), open_notices(), CLOCK)


@cache
def open_proposing() -> Proposing:
    """Opening proposals and adding attempts."""
    from secrets import token_urlsafe

    from lastro.customers.wiring import open_records
    from lastro.financing.proposals.creating import Proposing
    from lastro.simulations.wiring import open_offers
    from lastro.webhooks.wiring import address_rule

    return Proposing(
        _proposals(), open_records(), open_offers(), address_rule(), token_urlsafe, _find_model, _name_seller
    )


@cache
def open_acts() -> ProposalActs:
    """What people do with proposals."""
    from lastro.financing.proposals.acting import ProposalActs

    return ProposalActs(_proposals(), _name_seller, _find_binding)


def _find_model(partner_id: str, molicar_code: str | None, model_id: str | None) -> Mapping[str, Any] | None:
    # What was simulated of the stock says its model: the catalogue is read for the others alone.
    from lastro.vehicles.wiring import open_showroom

    return open_showroom().find_model(partner_id, molicar_code, model_id)


def _name_seller(number: int, store_id: int, caller: Caller) -> str | None:
    # Who changes no seller does not wait for what knows them.
    from lastro.access.wiring import open_users

    return open_users().name_seller(number, store_id, caller)


def _find_binding(partner_id: str, principal: str) -> Binding | None:
    # Who meets no other owner does not wait for what knows them.
    from lastro.access.wiring import open_principals

    return open_principals().find_binding(partner_id, principal)


@cache
def _cabinet() -> Files:
    from lastro.aws.files import Files

    return Files(read_setting("LASTRO_DOCUMENTS_BUCKET"))


@cache
def open_documents() -> ProposalDocuments:
    """Taking documents of proposals."""
    from lastro.financing.documents.adding import ProposalDocuments

    return ProposalDocuments(_proposals(), _cabinet())


@cache
def open_reading() -> ProposalReading:
    """Use cases that read; they send nothing."""
    from lastro.financing.proposals.reading import ProposalReading

    return ProposalReading(ProposalStore(Table()))


@cache
def open_worker() -> ProposalWorker:
    """The queue consumer with the banks' one HTTP client."""
    from lastro.customers.wiring import open_records
    from lastro.financing.bank_work.worker import ProposalWorker
    from lastro.simulations.wiring import open_lent_banks

    banks = open_lent_banks()

    def open_bank(code: str, store_id: int, version: str | None) -> ProposalBank:
        return banks.open(code, store_id, version)

    base = find_setting("LASTRO_CALLBACK_BASE")
    return ProposalWorker(_proposals(), open_records(), _cabinet(), open_bank, banks.forget, base, CLOCK)


@cache
def open_bank_words() -> BankWords:
    """What banks tell on their own."""
    from lastro.financing.bank_work.hearing import BankWords

    def read(code: str, body: object) -> Word:
        # Nobody whose secret is wrong waits for the dialects of banks.
        from lastro.vendors.banks.gateway import read_told

        return read_told(code, body)

    return BankWords(ProposalStore(Table()), _dispatch(), read)


@cache
def open_personal_data() -> PersonalData:
    """What proposals keep of people."""
    from lastro.financing.service import keep_personal_data

    return keep_personal_data(ProposalStore(Table()), _cabinet())


@cache
def open_sweep() -> ProposalSweep:
    """The sweep of proposals."""
    from lastro.financing.bank_work.sweep import ProposalSweep

    return ProposalSweep(ProposalStore(Table()), _dispatch(), CLOCK)
