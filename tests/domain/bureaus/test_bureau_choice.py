"""The report, the features and the price of an inquiry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lastro.bureaus.model import price_of
from lastro.bureaus.orders.choice import choose_report
from lastro.kernel.errors import InvalidInput
from tests.domain.bureaus.bureau_setups import CNPJ, CPF, integration


def test_the_default_report_suits_the_person() -> None:
    assert choose_report(integration(1), CPF, None, ()) == ("RELATORIO_BASICO_PF_PME", ())
    assert choose_report(integration(1), CNPJ, None, ()) == ("RELATORIO_BASICO_PJ_PME", ())
    planned = replace(integration(1), provider="connect_sa", fields={"plan": "CREDNET_LIGHT"})
    assert choose_report(planned, CPF, None, ())[0] == "CREDNET_LIGHT"
    assert choose_report(planned, CPF, "CREDNET_TOP", ())[0] == "CREDNET_TOP"
    unpublished = replace(planned, fields={"plan": "CREDNET_PLUS"})
    assert choose_report(unpublished, CPF, None, ())[0] == "CREDNET_PLUS"
    assert choose_report(unpublished, CPF, "CREDNET_TOP", ())[0] == "CREDNET_TOP"


def test_features_are_asked_once_and_only_where_there_are_any() -> None:
    assert choose_report(integration(1), CPF, None, ("SCORE_POSITIVO", "SCORE_POSITIVO"))[1] == ("SCORE_POSITIVO",)
    planned = replace(integration(1), provider="connect_sa", fields={"plan": "CREDNET_LIGHT"})
    with pytest.raises(InvalidInput):
        choose_report(planned, CPF, None, ("SCORE_POSITIVO",))


NATURAL_ONLY, LEGAL_ONLY = "RENDA_ESTIMADA_PF", "QSA"


@pytest.mark.parametrize(
    ("provider", "contracted", "wanted", "rule"),
    [
        ("serasa", None, "SCORE_POSITIVO", None),
        ("serasa", None, LEGAL_ONLY, "unknown_feature"),
        ("serasa", ("SCORE_POSITIVO",), "SCORE_POSITIVO", None),
        ("serasa", ("SCORE_POSITIVO",), NATURAL_ONLY, "not_contracted"),
        ("serasa", (), "SCORE_POSITIVO", "not_contracted"),
        ("serasa", (LEGAL_ONLY,), LEGAL_ONLY, "unknown_feature"),
        ("connect_sa", None, "ENDERECOS", "unsupported"),
        ("connect_sa", ("ENDERECOS",), "ENDERECOS", None),
        ("connect_sa", ("ENDERECOS",), "OUTRO", "not_contracted"),
        ("credito_na_medida", None, "X", "unsupported"),
        ("spc_brasil", None, "77", None),
        ("spc_brasil", ("77",), "77", None),
        ("spc_brasil", ("77",), "17", "not_contracted"),
    ],
)
def test_features_are_chosen_among_the_contracted_ones(
    provider: str, contracted: tuple[str, ...] | None, wanted: str, rule: str | None
) -> None:
    known = replace(integration(1), provider=provider, features=contracted)
    if provider != "serasa":
        known = replace(known, fields={})
    if rule is None:
        assert choose_report(known, CPF, "257" if provider == "spc_brasil" else None, (wanted,))[1] == (wanted,)
        return
    with pytest.raises(InvalidInput) as caught:
        choose_report(known, CPF, "257" if provider == "spc_brasil" else None, (wanted,))
    assert [(error.field, error.rule) for error in caught.value.errors] == [("features", rule)]
    assert choose_report(known, CPF, "257" if provider == "spc_brasil" else None, ())[1] == ()


@pytest.mark.parametrize(
    ("billed", "stated", "expected"),
    [
        (True, 120, (True, 120)),
        (True, None, (True, 350)),
        (None, None, (True, 350)),
        (None, 0, (True, 0)),
        (False, None, (False, 0)),
        (False, 120, (False, 0)),
    ],
)
def test_the_bureaus_word_on_the_price_counts(
    billed: bool | None, stated: int | None, expected: tuple[bool, int]
) -> None:
    priced = replace(integration(1), prices={"R": 350})
    assert price_of(priced, "R", billed, stated) == expected
