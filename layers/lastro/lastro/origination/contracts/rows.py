"""The rows that contracts keep under a credit, and the names of their files. Pure.

| row | fields |
|---|---|
| ``CONTRACT#000001`` | checksum (SHA-256 hex), size, file, content_hash, generated_at, template and versions |
| ``REPLACED#000001`` | a contract that another took the place of, unsigned |
| ``SIGNATURE`` | checksums, log_data, received_at, who |
| ``SEALED#000001`` | checksum, size, file, sealed_at, endorsements (how many its pages show) |
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from lastro.kernel.calendar import read_moment
from lastro.kernel.dataclass import dataclass
from lastro.origination.processes.changes import Row, StoredCredit
from lastro.origination.processes.model import Credit

CONTRACT_PREFIX = "CONTRACT#"
REPLACED_PREFIX = "REPLACED#"
SEALED_PREFIX = "SEALED#"
SIGNATURE = "SIGNATURE"


@dataclass(frozen=True)
class StoredContract:
    """A generated contract; ``file`` is its name in the archive."""

    checksum: str
    size: int
    file: str
    content_hash: str
    generated_at: datetime
    template: str
    product_version: int
    clauses_version: int = 0

    def row(self, number: int = 1) -> Row:
        return Row(f"{CONTRACT_PREFIX}{number:06d}", asdict(self))


@dataclass(frozen=True)
class StoredSignature:
    """The acceptance as it was received; ``log_data`` holds texts (docs/sources.md, CaaS API)."""

    checksums: tuple[str, ...]
    log_data: Mapping[str, str]
    received_at: datetime
    who: str

    def row(self) -> Row:
        return Row(SIGNATURE, {**asdict(self), "checksums": list(self.checksums), "log_data": dict(self.log_data)})


@dataclass(frozen=True)
class StoredSeal:
    """A signed PDF: the contract, the record of its signature and ``endorsements`` links of its chain."""

    checksum: str
    size: int
    file: str
    sealed_at: datetime
    endorsements: int

    def row(self) -> Row:
        return Row(f"{SEALED_PREFIX}{self.endorsements + 1:06d}", asdict(self))


def contracts_of(stored: StoredCredit) -> list[StoredContract]:
    """Generated contracts in order."""
    return [
        StoredContract(**{**fields, "generated_at": read_moment(fields["generated_at"])})
        for fields in stored.rows_of(CONTRACT_PREFIX).values()
    ]


def replaced_rows(stored: StoredCredit, contracts: Sequence[StoredContract]) -> list[Row]:
    """Rows that keep ``contracts`` as replaced, after those that are kept already."""
    first = len(stored.rows_of(REPLACED_PREFIX)) + 1
    return [Row(f"{REPLACED_PREFIX}{first + n:06d}", asdict(contract)) for n, contract in enumerate(contracts)]


def replaced_checksums(stored: StoredCredit) -> set[str]:
    """Checksums of contracts that cannot be signed any more."""
    return {str(fields["checksum"]) for fields in stored.rows_of(REPLACED_PREFIX).values()}


def signature_of(stored: StoredCredit) -> StoredSignature | None:
    fields = stored.rows.get(SIGNATURE)
    if not fields:
        return None
    typed = {"checksums": tuple(fields["checksums"]), "received_at": read_moment(fields["received_at"])}
    return StoredSignature(**{**fields, **typed})


def newest_seal_of(stored: StoredCredit) -> StoredSeal | None:
    """The signed PDF that shows most of the chain of endorsements."""
    seals = [
        StoredSeal(**{**fields, "sealed_at": read_moment(fields["sealed_at"])})
        for fields in stored.rows_of(SEALED_PREFIX).values()
    ]
    return max(seals, key=lambda seal: seal.endorsements, default=None)


def checksum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


FILED = ("contracts", "signed")
"""The kinds of a credit's files."""


def file_name(credit: Credit, kind: str, checksum: str) -> str:
    """``contracts/<partner>/<number>/<checksum>.pdf``: a name holds one content for ever."""
    return f"{folder_name(credit, kind)}{checksum}.pdf"


def folder_name(credit: Credit, kind: str) -> str:
    """Below which a credit's contracts of a kind lie, also those that a crash left without a row."""
    return f"{kind}/{credit.partner_id}/{credit.csn}/"
