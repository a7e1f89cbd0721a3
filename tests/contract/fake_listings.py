"""A bureau's listings in memory: the port's behaviour without HTTP, for tests of whatever lists debts.

``told`` decides what each request is answered: a ``Word``, or an error to be raised; where nothing is told it is done.
``acts`` are the requests that took effect.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.reasons import BureauReason
from lastro.negativations.ports import Exclusion, Inclusion, Page, Record, Standing, Token, Word

Told = Word | Exception


@dataclass
class FakeListings:
    told: list[Told] = field(default_factory=list)
    acts: list[Inclusion | Exclusion] = field(default_factory=list)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    effect_before_error: bool = False

    async def include(self, inclusion: Inclusion, token: Token | None) -> Word:
        name = (inclusion.person.document.value, inclusion.debt.contract)
        known = self.records.get(name)
        if known and known.standing is not Standing.REMOVED:
            raise RefusedByBureau("there is one", code=BureauReason.ALREADY_LISTED)
        record = Record(
            inclusion.person.document, inclusion.debt.contract, Standing.ACTIVE, inclusion.key, str(len(self.acts) + 1)
        )
        return self._do(inclusion, name, record, Word(Standing.INCLUDED, f"receipt-{inclusion.key}", record.record))

    async def remove(self, exclusion: Exclusion, token: Token | None) -> Word:
        name = (exclusion.person.value, exclusion.debt.contract)
        known = self.records.get(name)
        if known is None or known.standing is Standing.REMOVED:
            raise RefusedByBureau("there is none", code=BureauReason.NOT_LISTED)
        gone = Record(known.person, known.contract, Standing.REMOVED, known.reference, known.record)
        return self._do(exclusion, name, gone, Word(Standing.REMOVED, f"receipt-{exclusion.key}", known.record))

    async def find(self, key: str, token: Token | None) -> Word | None:
        return self.words.get(key)

    async def follow(self, after: str | None, token: Token | None) -> Page:
        return Page(tuple(self.records.values()))

    def _do(self, act: Inclusion | Exclusion, name: tuple[str, str], record: Record, word: Word) -> Word:
        told = self.told.pop(0) if self.told else word
        if not isinstance(told, Exception) or self.effect_before_error:
            self.acts.append(act)
            if not (isinstance(told, Word) and told.standing is Standing.REFUSED):
                self.records[name] = record
            self.words[act.key] = told if isinstance(told, Word) else word
        if isinstance(told, Exception):
            raise told
        return told
