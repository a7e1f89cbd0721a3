"""The parts of the contexts, each under the records that are its own, with the deployment's terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import Kind, PersonalData, Record, Standing, adjust, read_terms


@dataclass(frozen=True)
class Parts:
    """Every context's part. ``terms``: what the deployment chose otherwise, as ``read_terms`` reads it."""

    parts: Sequence[PersonalData]
    terms: str

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind of data by its name, with its term. Raises ``ValueError`` for a term of none of them."""
        terms = read_terms(self.terms)
        found = {kind.name: adjust(kind, terms) for part in self.parts for kind in part.kinds}
        if unknown := terms.keys() - found.keys():
            raise ValueError(f"there is no such kind of data: {', '.join(sorted(unknown))}")
        return found

    def of(self, record: Record) -> PersonalData:
        """The part that a record belongs to. Raises ``LookupError`` for one of no context."""
        for part in self.parts:
            if record.kind in part.records:
                return part
        raise LookupError(f"no context keeps a {record.kind}")

    def look(self, record: Record) -> Standing | None:
        """How a record stands, by the deployment's terms."""
        standing = self.of(record).look(record)
        return replace(standing, kind=self.kinds[standing.kind.name]) if standing else None
