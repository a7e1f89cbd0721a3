"""Joins the contract use cases to their adapters, once per process; only those that draw or sign load the libraries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from lastro.aws.archive import Archive
from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import find_setting, read_setting
from lastro.kernel.calendar import CLOCK
from lastro.origination.wiring import open_dispatch, open_limits, open_store

if TYPE_CHECKING:
    from lastro.origination.clauses.product_wording import ClauseReading, ClauseWriting
    from lastro.origination.contracts.model import ClauseText
    from lastro.origination.contracts.own.reading import OwnContractFiles, OwnContracts
    from lastro.origination.contracts.reading import ContractReading
    from lastro.origination.contracts.seals.timestamps import AuthorityTimestamp
    from lastro.origination.contracts.signing import ContractSigning
    from lastro.origination.contracts.worker import StepWorker


@cache
def _archive() -> Archive:
    return Archive(read_setting("LASTRO_CONTRACTS_BUCKET"))


@cache
def open_reading() -> ContractReading:
    """Fetching contracts."""
    from lastro.origination.contracts.reading import ContractReading

    return ContractReading(open_store(), _archive(), open_limits(), CLOCK)


@cache
def open_own_contracts() -> OwnContracts:
    """Contracts of people of the portal; needs no file."""
    from lastro.customers.wiring import open_known_people
    from lastro.origination.contracts.own.reading import OwnContracts

    return OwnContracts(open_store(), open_known_people())


@cache
def open_own_contract_files() -> OwnContractFiles:
    """Addresses of their files."""
    from lastro.aws.files import Files
    from lastro.customers.wiring import open_known_people
    from lastro.origination.contracts.own.reading import OwnContractFiles

    return OwnContractFiles(open_store(), open_known_people(), Files(read_setting("LASTRO_CONTRACTS_BUCKET")), CLOCK)


@cache
def open_signing() -> ContractSigning:
    """Accepting contracts; needs no PDF library and no archive."""
    from lastro.origination.contracts.signing import ContractSigning
    from lastro.origination.products.store import ProductStore

    return ContractSigning(open_store(), open_limits(), open_dispatch(), CLOCK, ProductStore(Table()))


@cache
def open_generation() -> StepWorker:
    """The consumer that draws contracts."""
    from lastro.customers.wiring import open_exposures
    from lastro.origination.clauses.store import ClauseStore
    from lastro.origination.contracts.content.assembly import assemble_contract
    from lastro.origination.contracts.content.exposures import find_declaration
    from lastro.origination.contracts.drawing.contract import draw_contract
    from lastro.origination.contracts.generation import ContractGeneration
    from lastro.origination.contracts.worker import StepWorker
    from lastro.origination.products.store import ProductStore

    clock = CLOCK
    work = ContractGeneration(
        ProductStore(Table()),
        ClauseStore(Table()),
        _archive(),
        clock,
        assemble_contract,
        draw_contract,
        partial(find_declaration, open_exposures()),
    )
    return StepWorker(open_store(), open_dispatch(), clock, work)


@cache
def open_sealing() -> StepWorker:
    """The consumer that appends the signature's record and signs."""
    from lastro.aws.secrets import Secrets
    from lastro.origination.contracts.content.endorsements import read_chain
    from lastro.origination.contracts.drawing.appendix import draw_appendix
    from lastro.origination.contracts.seals.identity import StoredIdentity
    from lastro.origination.contracts.seals.pades import seal
    from lastro.origination.contracts.seals.sealing import ContractSealing
    from lastro.origination.contracts.worker import StepWorker
    from lastro.origination.products.store import ProductStore

    clock = CLOCK
    identity = StoredIdentity(Secrets(read_setting("LASTRO_SECRETS_PREFIX")))
    authority = find_setting("LASTRO_TIMESTAMP_URL")

    def seal_here(contract: bytes, appendix: bytes, place: str) -> bytes:
        return seal(contract, appendix, identity.read(), place, _open_timestamps(authority) if authority else None)

    work = ContractSealing(
        ProductStore(Table()), _archive(), clock, read_chain, draw_appendix, seal_here, bool(authority)
    )
    return StepWorker(open_store(), open_dispatch(), clock, work)


def _open_timestamps(url: str) -> AuthorityTimestamp:
    """Timestamps of the authority at an address; what it needs is loaded only where there is one."""
    from lastro.origination.contracts.seals.timestamps import AuthorityTimestamp
    from lastro.vendors.timestamps.client import HttpTimestampAuthority

    return AuthorityTimestamp(HttpTimestampAuthority(url).ask)


@cache
def open_clause_reading() -> ClauseReading:
    """Reading the clauses of a product."""
    from lastro.origination.clauses.product_wording import ClauseReading
    from lastro.origination.clauses.store import ClauseStore
    from lastro.origination.products.store import ProductStore

    return ClauseReading(ProductStore(Table()), ClauseStore(Table()))


@cache
def open_clause_writing() -> ClauseWriting:
    """Writing the clauses of a product, with the engine that checks them."""
    from lastro.origination.clauses.product_wording import ClauseWriting

    return ClauseWriting(open_clause_reading(), CLOCK, _check_clauses)


def _check_clauses(clauses: Sequence[ClauseText]) -> None:
    """Jinja2 is loaded with the first clauses that are to be checked: what is refused before never waits for it."""
    from lastro.origination.clauses.texts import check_clauses

    check_clauses(clauses)
