"""Finding the model that somebody means: ``hb20 1.0 2022``, ``onix automatico``, ``VW gol 1,6``.

Accents, case, order and blanks do not matter; a word may be begun or have one letter wrong. Each word weighs by how few
models have it, and what is found must hold at least half of what was asked, and something of its brand or name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log

from lastro.kernel.dataclass import dataclass
from lastro.vehicles.catalogue.model import Catalogue, ListedModel, VehicleModel

_TOKENS = re.compile(r"\d+[.,]\d+|[a-z]+|\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST_BEGUN = 3
_SHORTEST_MISSPELT = 4
_ENOUGH = 0.5
_PART_OF_INEXACT = 0.8


def tokens_of(text: str) -> list[str]:
    """Letters and numbers apart, without accents: ``HB20 1,0`` is ``hb``, ``20`` and ``1.0``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return [token.replace(",", ".") for token in _TOKENS.findall(plain.lower())]


@dataclass(frozen=True)
class SearchIndex:
    """The active models of a catalogue by the words they are known by."""

    catalogue: Catalogue

    @cached_property
    def _models(self) -> list[VehicleModel]:
        return [model for model in self.catalogue.models if model.active]

    @cached_property
    def _having(self) -> dict[str, set[int]]:
        """The places of the models that have a word anywhere."""
        having: dict[str, set[int]] = defaultdict(set)
        for place, model in enumerate(self._models):
            for token in _words(model.listed):
                having[token].add(place)
        return dict(having)

    @cached_property
    def _named(self) -> dict[str, set[int]]:
        """The places of the models that have a word in brand or name."""
        named: dict[str, set[int]] = defaultdict(set)
        for place, model in enumerate(self._models):
            for token in tokens_of(f"{model.listed.brand} {model.listed.name}"):
                named[token].add(place)
        return dict(named)

    def find_best(
        self, text: str, model_year: int | None = None, manufacture_year: int | None = None
    ) -> VehicleModel | None:
        """The model that holds most of what was asked; of equals the one with the fewest other words, then the newest.

        ``model_year`` must be one that the model was made for, ``manufacture_year`` that one or the year before.
        """
        weights: dict[int, float] = defaultdict(float)
        named: set[int] = set()
        total = 0.0
        for token in dict.fromkeys(tokens_of(text)):
            places, share = self._places(token)
            weight = log(1 + len(self._models) / max(len(places), 1))
            total += weight
            for place in places:
                weights[place] += weight * share
            named |= self._places_named(token)
        found = [
            (-weight, len(_words(self._models[place].listed)), -self._models[place].listed.year_end, place)
            for place, weight in weights.items()
            if place in named
            and weight >= total * _ENOUGH
            and _was_made(self._models[place].listed, model_year, manufacture_year)
        ]
        return self._models[min(found)[-1]] if found else None

    def _places(self, token: str) -> tuple[set[int], float]:
        """Models that have a word or are of the year it may be, else those with what it is meant for; and its share."""
        exact = self._having.get(token, set()) | self._in_year(token)
        if exact:
            return exact, 1.0
        return self._having_one_of(_meant(token, self._having), self._having), _PART_OF_INEXACT

    def _places_named(self, token: str) -> set[int]:
        words = [token] if token in self._named else _meant(token, self._named)
        return self._having_one_of(words, self._named)

    def _in_year(self, token: str) -> set[int]:
        if not _YEAR.fullmatch(token):
            return set()
        year = int(token)
        return {
            place
            for place, model in enumerate(self._models)
            if model.listed.year_start <= year <= model.listed.year_end
        }

    @staticmethod
    def _having_one_of(words: Iterable[str], having: Mapping[str, set[int]]) -> set[int]:
        return {place for word in words for place in having[word]}


def _words(listed: ListedModel) -> set[str]:
    return set(tokens_of(f"{listed.brand} {listed.name} {listed.version} {listed.fuel.label}"))


def _was_made(listed: ListedModel, model_year: int | None, manufacture_year: int | None) -> bool:
    if model_year is not None and not listed.year_start <= model_year <= listed.year_end:
        return False
    return manufacture_year is None or listed.year_start - 1 <= manufacture_year <= listed.year_end


def _meant(token: str, words: Iterable[str]) -> list[str]:
    """The words that begin with a token, or else those with one letter wrong, missing, too many or swapped."""
    if len(token) < _SHORTEST_BEGUN or not token.isalpha():
        return []
    begun = [word for word in words if word.startswith(token)]
    if begun or len(token) < _SHORTEST_MISSPELT:
        return begun
    return [word for word in words if abs(len(word) - len(token)) <= 1 and _differs_by_one(token, word)]


def _differs_by_one(one: str, other: str) -> bool:
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[shared:], other[shared:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or left[1::-1] + left[2:] == right
