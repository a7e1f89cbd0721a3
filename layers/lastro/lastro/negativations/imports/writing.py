"""Putting lines into the table: a line that says what is known changes nothing, and none is written twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import BusinessRefusal, FieldError, InvalidInput, Retryable
from lastro.negativations.boletos.amending import amend, event_of
from lastro.negativations.boletos.keeping import make_boleto
from lastro.negativations.boletos.requests import ChangedBoleto
from lastro.negativations.debtors.keeping import make_debtor
from lastro.negativations.errors import NATURAL_ONLY, NO_SUCH_BRANCH
from lastro.negativations.identity import boleto_id_of, debtor_id_of
from lastro.negativations.imports.lines import ADDRESS_FIELDS, LineError, Row
from lastro.negativations.imports.model import Counts, Import

if TYPE_CHECKING:
    from lastro.bureaus.service import PartnerBranches
    from lastro.kernel.calendar import Clock
    from lastro.negativations.boletos.model import Boleto, Event
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.debtors.model import Debtor
    from lastro.negativations.debtors.store import DebtorStore
    from lastro.negativations.imports.store import ImportStore

_ROUNDS = 5
_COLUMNS = {"debtor_id": "document"}
"""Columns of a file that say what a field of a boleto is made of."""


ROWS_TOGETHER = 24
"""Rows of one transaction, which holds a hundred writes: each is a debtor and a boleto, two each, at most, and the
import's progress is one more.
"""


class Overtaken(Exception):
    """Somebody else works the step of an import: whoever is told so leaves it to them."""


@dataclass()
class _Known:
    """What is stored of the debtors and boletos of some rows, and which branches there are."""

    branches: set[int]
    debtors: dict[str, Debtor] = field(default_factory=dict)
    boletos: dict[str, Boleto] = field(default_factory=dict)


@dataclass()
class _Batch:
    """Some rows against what is known: what is to be written, and what became of each row."""

    debtors: Mapping[str, Debtor]
    boletos: Mapping[str, Boleto]
    new_debtors: dict[str, Debtor] = field(default_factory=dict)
    new_boletos: dict[str, tuple[Boleto, Event | None]] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    errors: list[LineError] = field(default_factory=list)


@dataclass(frozen=True)
class RowWriter:
    """Keeps rows of one partner."""

    store: ImportStore
    debtors: DebtorStore
    boletos: BoletoStore
    branches: PartnerBranches
    clock: Clock

    def keep(self, begun: Import, rows: Sequence[Row]) -> tuple[Counts, list[LineError]]:
        """Keep the rows of an import's step in their order; what became of them, and what is wrong with them.

        Rows that were kept before somebody died are not counted again. Raises ``Retryable`` when others keep changing
        the same rows, and ``Overtaken``.
        """
        partner_id = begun.partner_id
        named = {row.boleto.branch_id for row in rows}
        known = _Known({each for each in named if self.branches.has_branch(partner_id, each)})
        self._read(partner_id, rows, known)
        errors = self._weigh(partner_id, rows[: begun.within], known).errors if begun.within else []
        for start in range(begun.within, len(rows), ROWS_TOGETHER):
            kept, begun = self._keep_some(begun, rows[start : start + ROWS_TOGETHER], known)
            errors += kept.errors
        return begun.within_counts, errors

    def _read(self, partner_id: str, rows: Sequence[Row], known: _Known) -> None:
        known.debtors |= self.debtors.find_many(
            partner_id, [debtor_id_of(partner_id, row.debtor.document) for row in rows]
        )
        known.boletos |= self.boletos.find_many(
            partner_id, [boleto_id_of(partner_id, row.boleto.external_id) for row in rows]
        )

    def _keep_some(self, begun: Import, rows: Sequence[Row], known: _Known) -> tuple[_Batch, Import]:
        partner_id = begun.partner_id
        for _ in range(_ROUNDS):
            batch = self._weigh(partner_id, rows, known)
            after = replace(
                begun, within=begun.within + len(rows), within_counts=begun.within_counts.plus(batch.counts)
            )
            if self.store.keep(list(batch.new_debtors.values()), list(batch.new_boletos.values()), begun, after):
                known.debtors |= batch.new_debtors
                known.boletos |= {name: boleto for name, (boleto, _) in batch.new_boletos.items()}
                return batch, after
            stored = self.store.find(partner_id, begun.id)
            if stored is None or (stored.version, stored.within) != (begun.version, begun.within):
                raise Overtaken
            self._read(partner_id, rows, known)
        raise Retryable("others keep changing the same rows", code="import_contended")

    def _weigh(self, partner_id: str, rows: Sequence[Row], known: _Known) -> _Batch:
        batch = _Batch(known.debtors, known.boletos)
        moment = self.clock.now()
        for row in rows:
            if row.boleto.branch_id in known.branches:
                wrong, changes = self._weigh_row(batch, partner_id, row, moment)
            else:
                wrong, changes = [_wrong(row.line, NO_SUCH_BRANCH.at("branch_id"))], Counts()
            batch.errors += wrong
            batch.counts = batch.counts.plus(Counts(failed=1) if wrong else changes)
        return batch

    def _weigh_row(self, batch: _Batch, partner_id: str, row: Row, moment: datetime) -> tuple[list[LineError], Counts]:
        debtor_id = debtor_id_of(partner_id, row.debtor.document)
        boleto_id = boleto_id_of(partner_id, row.boleto.external_id)
        known_debtor = batch.new_debtors.get(debtor_id) or batch.debtors.get(debtor_id)
        debtor = _merged(known_debtor, make_debtor(partner_id, row.debtor, moment), row)
        if not debtor.is_natural and (debtor.sex or debtor.birth_date):
            return [_wrong(row.line, NATURAL_ONLY.at("sex" if debtor.sex else "birth_date"))], Counts()
        stored = batch.boletos.get(boleto_id)
        known = batch.new_boletos[boleto_id][0] if boleto_id in batch.new_boletos else stored
        boleto = make_boleto(partner_id, row.boleto, moment)
        if known is not None:
            try:
                boleto = amend(known, _changes_of(row))
            except (InvalidInput, BusinessRefusal) as error:
                return _errors_of(row.line, error), Counts()
        changed = False
        if debtor != known_debtor:
            before = batch.debtors.get(debtor_id)
            version = before.version + 1 if before else 1
            batch.new_debtors[debtor_id] = replace(debtor, updated_at=moment, version=version)
            changed = known_debtor is not None
        if known is None:
            batch.new_boletos[boleto_id] = (boleto, None)
            return [], Counts(created=1)
        if boleto != known:
            event = event_of(stored, boleto) if stored else None
            version = stored.version + 1 if stored else 1
            batch.new_boletos[boleto_id] = (replace(boleto, updated_at=moment, version=version), event)
            changed = True
        return [], Counts(changed=1) if changed else Counts(unchanged=1)


def _merged(known: Debtor | None, sent: Debtor, row: Row) -> Debtor:
    """The debtor with what the line fills; what it leaves empty stays."""
    if known is None:
        return sent
    address = {name: getattr(sent.address, name) for name in ADDRESS_FIELDS if name in row.given}
    own = {name: getattr(sent, name) for name in row.given if name not in (*ADDRESS_FIELDS, "document")}
    if sent.external_id is not None:
        own["external_id"] = sent.external_id
    return replace(known, **own, address=replace(known.address, **address))


def _changes_of(row: Row) -> ChangedBoleto:
    sent = row.boleto
    told = {
        "debtor_id": sent.debtor_id,
        "branch_id": sent.branch_id,
        "due_on": sent.due_on,
        "amount_cents": sent.amount_cents,
    }
    optional = {"nature_code": sent.nature_code, "contract_number": sent.contract_number}
    return ChangedBoleto(**told, **{name: value for name, value in optional.items() if value is not None})


def _errors_of(line: int, error: InvalidInput | BusinessRefusal) -> list[LineError]:
    if isinstance(error, BusinessRefusal):
        return [LineError(line, "external_id", error.code, error.detail)]
    names = [each.field.rpartition(".")[2] for each in error.errors]
    return [
        LineError(line, _COLUMNS.get(name, name), each.rule, each.message)
        for name, each in zip(names, error.errors, strict=True)
    ]


def _wrong(line: int, error: FieldError) -> LineError:
    return LineError(line, error.field, error.rule, error.message)
