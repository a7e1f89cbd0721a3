"""The closed lists that a lead's fields choose from."""

from __future__ import annotations

import pytest

from lastro.simulations.leads.domains import CATALOGUE
from tests.functions.conftest import Call


@pytest.mark.parametrize(
    ("query", "lists"),
    [
        ({"types": "genders"}, ["genders"]),
        ({"types": "genders,occupations"}, ["genders", "occupations"]),
        ({"types[]": ["professions", "genders"]}, ["professions", "genders"]),
        ({"types": ""}, list(CATALOGUE)),
        (None, list(CATALOGUE)),
    ],
)
def test_the_lists_asked_for(call: Call, query: dict[str, str] | None, lists: list[str]) -> None:
    answer = call("simulations", "list_domains", query=query)
    assert answer.status == 200
    assert list(answer.json["data"]) == lists


def test_a_choice_is_a_domain_object(call: Call) -> None:
    genders = call("simulations", "list_domains", query={"types": "genders"}).json["data"]["genders"]
    assert genders == [
        {"id": 1, "type": "gender", "credere_identifier": "F", "label": "Feminino"},
        {"id": 2, "type": "gender", "credere_identifier": "M", "label": "Masculino"},
    ]


def test_every_id_names_one_choice() -> None:
    ids = [domain.id for choices in CATALOGUE.values() for domain in choices.values()]
    assert len(ids) == len(set(ids))


def test_a_list_nobody_keeps(call: Call) -> None:
    answer = call("simulations", "list_domains", query={"types": "genders,planets"})
    assert (answer.status, list(answer.rules())) == (422, ["types"])
