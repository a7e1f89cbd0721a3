"""What every bureau's mapping refuses: answers about somebody else, wrong types, any JSON, hostile bytes."""

from __future__ import annotations

import copy
from contextlib import suppress
from decimal import Decimal
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given

from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.documents import Cpf
from lastro.vendors import bureaus
from lastro.vendors.bureaus.credito_na_medida import mapping as credito_na_medida
from tests.domain.vendors.bureaus.bureau_answers import CPF, SAMPLES
from tests.domain.vendors.bureaus.bureau_damage import JSON, survives


def test_every_bureau_has_a_sample() -> None:
    providers = {module.name for module in iter_modules(bureaus.__path__) if module.ispkg}
    assert {reader.__module__.split(".")[3] for reader, _ in SAMPLES.values()} == providers == set(BUREAUS)


@pytest.mark.parametrize("sample", SAMPLES)
def test_answer_about_somebody_else_is_refused(sample: str) -> None:
    reader, body = SAMPLES[sample]

    with pytest.raises(RefusedByBureau) as caught:
        reader(body, Cpf("11144477735"))

    assert caught.value.code == BureauReason.UNREADABLE
    assert "529" not in caught.value.detail


WRONG = [
    ("serasa_person", ("reports", 0, "score", "score"), "512,5"),
    ("serasa_person", ("reports", 0, "score", "score"), 1001),
    ("serasa_person", ("reports", 0, "score", "score"), -1),
    ("serasa_person", ("reports", 0, "score", "score"), True),
    ("serasa_person", ("reports", 0, "score", "billing"), 3),
    ("serasa_person", ("reports", 0, "negativeData"), []),
    ("serasa_person", ("reports", 0, "negativeData", "pefin", "pefinResponse"), {}),
    ("serasa_person", ("reports", 0, "negativeData", "pefin", "summary", "count"), "três"),
    ("serasa_person", ("reports", 0, "negativeData", "pefin", "summary", "balance"), "9.999,99"),
    ("serasa_person", ("reports", 0, "negativeData", "pefin", "summary", "balance"), Decimal("1E+400000")),
    ("serasa_person", ("reports", 0, "registration", "birthDate"), "1990-02-30"),
    ("serasa_person", ("reports", 0, "registration", "consumerName"), 7),
    ("serasa_person", ("reports",), []),
    ("connect_sa", ("resultado", "quadroResumoConsta", "registros", "pefin", "valorTotal"), "R$ 1,234.56"),
    ("connect_sa", ("resultado", "quadroResumoConsta", "registros", "pefin", "valorTotal"), Decimal("1234.56")),
    ("connect_sa", ("resultado", "quadroResumoConsta", "registros", "pefin", "quantidade"), None),
    ("connect_sa", ("resultado", "quadroResumoConsta", "registros", "pefin", "dataMaisAntigo"), "2023-31-12"),
    ("connect_sa", ("status",), "Sucesso"),
    ("credito_na_medida", ("resumo", "ocorrencias", 0, "quantidade"), -1),
    ("credito_na_medida", ("resumo", "score", "pontuacao"), "alto"),
    ("credito_na_medida", ("resumo",), None),
    ("spc_brasil", ("spc", 0, "resumo", 0, "valor-total"), "482,51"),
    ("spc_brasil", ("consumidor",), {}),
]


@pytest.mark.parametrize(("sample", "path", "value"), WRONG)
def test_wrong_type_is_refused_by_its_place(sample: str, path: tuple[str | int, ...], value: object) -> None:
    reader, original = SAMPLES[sample]
    body: Any = copy.deepcopy(original)
    parent = body
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value

    with pytest.raises(RefusedByBureau) as caught:
        reader(body, CPF)

    assert caught.value.code == BureauReason.UNREADABLE
    assert str([step for step in path if isinstance(step, str)][-1]) in caught.value.detail


@given(JSON)
def test_any_json_never_crashes(body: object) -> None:
    for reader, _ in SAMPLES.values():
        survives(reader, body)
    for read in (credito_na_medida.codes, credito_na_medida.is_done, credito_na_medida.attachment):
        with suppress(RefusedByBureau):
            read(body)
