"""Mappings read what bureaus answer, and nothing else: whatever arrives, only the error tree comes out."""

from __future__ import annotations

import copy
import json
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.connect_sa import mapping as connect_sa
from lastro.bureaus.credito_na_medida import mapping as credito_na_medida
from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.report import InquiryReport, NoteKind
from lastro.bureaus.serasa import mapping as serasa
from lastro.bureaus.spc_brasil import mapping as spc_brasil
from lastro.bureaus.spc_brasil import soap
from lastro.bureaus.wire import read_json
from lastro.documents import Cnpj, Cpf, Document
from lastro.errors import LastroError

CPF = Cpf("52998224725")
COMPANY = Cnpj("12ABC34501DE35")

DEBT = {
    "occurrenceDate": "2024-03-12",
    "inclusionDate": "2024-04-01T00:00:00",
    "legalNatureId": "FI",
    "legalNature": "FINANCIAMENTO",
    "contractId": "CT-1",
    "creditorName": "Banco Exemplo",
    "amount": Decimal("1234.56"),
    "principal": False,
    "cadus": "0000000001",
    "dispute": {"disputeIndicativeFlag": True, "trialId": "1"},
}
SERASA_PERSON: dict[str, Any] = {
    "reports": [
        {
            "reportName": "RELATORIO_BASICO_PF_PME",
            "registration": {
                "documentNumber": "529.982.247-25",
                "consumerName": "Ana Exemplo",
                "motherName": "Maria Exemplo",
                "consumerGender": "F",
                "birthDate": "1990-05-17",
                "statusRegistration": "REGULAR",
                "statusDate": "2025-01-02",
                "address": {"addressLine": "Rua 1", "city": "São Paulo", "state": "SP", "zipCode": "01001000"},
                "phone": {"regionCode": 55, "areaCode": 11, "phoneNumber": 900000000},
            },
            "score": {
                "score": 512,
                "scoreModel": "HFIN",
                "defaultRate": "9,0",
                "codeMessage": 99,
                "message": "texto",
                "billing": True,
            },
            "negativeData": {
                "pefin": {"pefinResponse": [DEBT], "summary": {"count": 3, "balance": Decimal("9999.999")}},
                "refin": {"refinResponse": [DEBT, {"amount": 1}]},
                "collectionRecords": {"summary": {"count": 0, "balance": 0}},
                "check": {
                    "checkResponse": [
                        {"occurrenceDate": "2023-01-31", "alinea": 12, "bankName": "Banco", "checkCount": 2}
                    ]
                },
                "notary": {
                    "summary": {
                        "count": 2,
                        "balance": 100,
                        "firstOccurrence": "2022-01-01",
                        "lastOccurrence": "2022-02-01",
                    }
                },
            },
            "facts": {
                "inquiry": {
                    "inquiryResponse": [
                        {"occurrenceDate": "2025-02-03", "segmentDescription": "FINANCEIRAS", "daysQuantity": 1}
                    ],
                    "summary": {"count": 7},
                },
                "judgementFilings": {"summary": {"count": 1, "balance": 5}},
                "stolenDocuments": {"stolenDocumentsResponse": [{"documentType": "RG"}]},
            },
        }
    ],
    "optionalFeatures": {
        "partner": {
            "partnershipResponse": [
                {
                    "businessDocument": "12ABC34501DE35",
                    "participationPercentage": Decimal("33.5"),
                    "participationInitialDate": "2020-01-01",
                    "updateDate": "2021-01-01",
                }
            ]
        }
    },
}
SERASA_COMPANY: dict[str, Any] = {
    "data": {
        "reports": [
            {
                "registration": {
                    "companyDocument": "12.ABC.345/01DE-35",
                    "companyName": "Exemplo Ltda",
                    "foundationDate": "2001-02-03",
                    "statusRegistration": "SITUACAO DO CNPJ EM 02/01/2025: ATIVA",
                },
                "score": {"codeMessage": 836, "message": "SCORE NAO CALCULADO", "billing": False},
                "facts": {
                    "inquiryCompanyResponse": {
                        "results": [{"occurrenceDate": "2025-02-03", "companyName": "Consulente", "daysQuantity": 2}],
                        "quantity": {"actual": 4, "bankActual": 1},
                    },
                    "bankrupts": {"bankruptsResponse": [], "summary": {"count": 0, "balance": 0}},
                },
            }
        ],
        "optionalFeatures": {
            "partner": {
                "PartnerResponse": {
                    "results": [
                        {
                            "documentId": "52998224725",
                            "name": "Ana",
                            "participationPercentage": "60,5",
                            "hasNegative": True,
                        },
                        {"documentId": "***982247**", "name": "Beto"},
                    ]
                }
            },
            "director": {"DirectorResponse": {"results": [{"name": "Caio", "role": "DIRETOR", "hasNegative": False}]}},
            "qsaCompleteReport": {
                "administrators": [{"document": "11144477735", "office": "ADM", "restrictionIndicator": "S"}]
            },
        },
    }
}
CONNECT: dict[str, Any] = {
    "status": {"mensagem": "Sucesso", "descricaoCodigoResposta": "Constam Restrições", "protocolo": "123"},
    "entrada": {"nomeConsultado": "Ana Exemplo", "documentoConsultado": "52998224725"},
    "resultado": {
        "quadroResumoConsta": {
            "quantidadeTotalOcorrencias": "3",
            "registros": {
                "pefin": {
                    "valorTotal": "R$ 1.234,56",
                    "quantidade": "2",
                    "dataMaisAntigo": "01/02/2023",
                    "dataMaisRecente": "03/04/2024",
                    "nomeMaisRecente": "Loja",
                    "nomeRegistro": "PEFIN",
                    "periodo": "02/2023",
                },
                "chequeSemFundo": {"valorTotal": "R$ 0,01", "quantidade": 1},
                "ccf": {"valorTotal": "R$ 0,02", "quantidade": 2},
                "algoNovo": {"valorTotal": "R$ 10,00", "quantidade": 1},
                "consultas": {"quantidade": "5"},
            },
        }
    },
}
CREDITO_NA_MEDIDA: dict[str, Any] = {
    "consulta": {"id": 9, "referencia": "k1", "situacao": "CONCLUIDA", "cobrada": True, "custo": Decimal("7.90")},
    "resumo": {
        "documento": "52998224725",
        "nome": "Ana Exemplo",
        "situacaoReceita": "REGULAR",
        "dataNascimento": "1990-05-17",
        "score": {"pontuacao": 640, "modelo": "CNM", "faixa": "C"},
        "ocorrencias": [
            {"tipo": "PEFIN", "quantidade": 2, "valor": 10, "primeira": "2023-01-01", "ultima": "2024-01-01"},
            {"tipo": "PROTESTO", "quantidade": 1, "valor": Decimal("0.5")},
            {"tipo": "NOVIDADE", "quantidade": 1, "valor": 1},
        ],
        "consultasAnteriores": 3,
        "socios": [{"nome": "Beto", "documento": "11144477735", "participacao": 40, "restricao": False}],
    },
    "relatorio": {"tipo": "application/pdf", "conteudo": b64encode(b"%PDF-1.4 tiny").decode()},
}
SPC: dict[str, Any] = {
    "protocolo": [{"numero": "14558422729", "digito": "10"}],
    "restricao": "true",
    "consumidor": [
        {
            "consumidor-pessoa-fisica": [
                {
                    "nome": "Ana Exemplo",
                    "nome-mae": "Maria",
                    "data-nascimento": "1990-05-17T00:00:00.000-03:00",
                    "cpf": [{"numero": "52998224725"}],
                    "situacao-cpf": [{"descricao-situacao": "REGULAR"}],
                }
            ]
        }
    ],
    "spc": [
        {
            "resumo": [
                {"quantidade-total": "2", "valor-total": "482.51", "data-ultima-ocorrencia": "2024-03-12T00:00:00"}
            ],
            "detalhe-spc": [
                {
                    "nome-associado": "Rede",
                    "valor": "39.90",
                    "data-vencimento": "2024-01-27T00:00:00",
                    "comprador-fiador-avalista": "AVALISTA",
                    "cidade-associado": [{"nome": "Curitiba", "estado": [{"sigla-uf": "PR"}]}],
                }
            ],
        }
    ],
    "cheque-lojista": [{"resumo": [{"quantidade-total": "1", "valor-total": "613.85"}]}],
    "ccf": [{"resumo": [{"quantidade-total": "2"}]}],
    "score-cadastro-positivo": [{"detalhe-score-cadastro-positivo": [{"score": "0", "classe": "ALTO"}]}],
    "consulta-realizada": [
        {
            "resumo": [{"quantidade-total": "2"}],
            "detalhe-consulta-realizada": [{"nome-associado": "Provedor", "data-consulta": "2024-01-17T00:00:00"}],
        }
    ],
    "pendencia-financeira": [{"resumo": [{"quantidade-total": "2", "valor-total": "482.51"}]}],
}

Reader = Callable[[object, Document], InquiryReport]
SAMPLES: dict[str, tuple[Reader, dict[str, Any]]] = {
    "serasa_person": (serasa.report, SERASA_PERSON),
    "connect_sa": (connect_sa.report, CONNECT),
    "credito_na_medida": (credito_na_medida.report, CREDITO_NA_MEDIDA),
    "spc_brasil": (spc_brasil.report, SPC),
}


def test_serasa_person() -> None:
    report = serasa.report(SERASA_PERSON, CPF)

    assert report.identity.name == "Ana Exemplo"
    assert report.identity.birth_date == date(1990, 5, 17)
    assert (report.identity.status, report.identity.status_date) == ("REGULAR", date(2025, 1, 2))
    assert report.identity.phones == ("5511900000000",)
    assert report.identity.addresses[0].federal_unit == "SP"
    assert report.score is not None
    assert (report.score.value, report.score.model, report.score.default_rate) == (512, "HFIN", "9.0")
    assert report.billed is True
    pefin, refin, overdue = report.negative_notes
    assert (pefin.kind, pefin.count, pefin.total) == (NoteKind.PEFIN, 3, 10_000_00)
    assert (refin.kind, refin.count, refin.total) == (NoteKind.REFIN, 2, 1_235_56)
    assert (overdue.kind, overdue.count, overdue.items) == (NoteKind.OVERDUE, 0, ())
    (note,) = pefin.items
    assert (note.amount, note.principal, note.disputed) == (1_234_56, False, True)
    assert (note.occurred_on, note.included_on) == (date(2024, 3, 12), date(2024, 4, 1))
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total, report.cheques.items[0].nature) == (1, None, "alínea 12")
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.count == 7
    assert report.partners is not None
    assert (report.partners[0].document, report.partners[0].share) == (COMPANY, "33.5")


def test_serasa_block_with_a_summary_alone() -> None:
    report = serasa.report(SERASA_PERSON, CPF)

    assert report.protests is not None
    assert (report.protests.count, report.protests.total, report.protests.items) == (2, 100_00, ())
    assert (report.protests.first, report.protests.last) == (date(2022, 1, 1), date(2022, 2, 1))
    assert report.lawsuits is not None
    assert report.lawsuits.count == 1
    assert report.bankruptcies is None


def test_serasa_company_in_an_intermediarys_wrapping() -> None:
    report = serasa.report(SERASA_COMPANY, COMPANY)

    assert (report.identity.status, report.identity.status_date) == ("ATIVA", date(2025, 1, 2))
    assert report.identity.foundation_date == date(2001, 2, 3)
    assert report.score is None
    assert report.score_absence == "SCORE NAO CALCULADO"
    assert report.billed is False
    assert report.previous_inquiries is not None
    assert (report.previous_inquiries.count, report.previous_inquiries.items[0].name) == (4, "Consulente")
    assert report.partners is not None
    assert [(partner.name, partner.share, partner.has_negative) for partner in report.partners] == [
        ("Ana", "60.5", True),
        ("Beto", None, None),
        ("Caio", None, False),
        (None, None, True),
    ]
    assert report.partners[1].document is None


@pytest.mark.parametrize("block", [{}, {"pefinResponse": None}, {"summary": {}}, {"summary": {"count": None}}])
def test_serasa_block_that_says_nothing_is_absent_and_not_zero(block: dict[str, Any]) -> None:
    body = {"reports": [{"negativeData": {"pefin": block}, "facts": {"inquiry": {}}}]}

    report = serasa.report(body, CPF)

    assert report.negative_notes == ()
    assert report.previous_inquiries is None
    body["reports"][0]["facts"] = {"inquiryCompanyResponse": {"quantity": {"bankActual": 1}}}
    assert serasa.report(body, CPF).previous_inquiries is None


def test_serasa_block_with_an_empty_list_is_zero() -> None:
    body: dict[str, Any] = {
        "reports": [{"negativeData": {"pefin": {"pefinResponse": []}}, "facts": {"inquiry": {"inquiryResponse": []}}}]
    }

    report = serasa.report(body, CPF)

    assert [notes.count for notes in report.negative_notes] == [0]
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.count == 0


def test_serasa_balance_without_a_count_is_not_taken_for_nothing() -> None:
    with pytest.raises(RefusedByBureau) as caught:
        serasa.report({"reports": [{"negativeData": {"pefin": {"summary": {"balance": 5000}}}}]}, CPF)

    assert caught.value.code == BureauReason.UNREADABLE
    assert "pefin.summary.count" in caught.value.detail


def test_notes_outweigh_a_summary_that_counts_fewer() -> None:
    block = {"pefinResponse": [DEBT, DEBT], "summary": {"count": 0, "balance": 10}}

    report = serasa.report({"reports": [{"negativeData": {"pefin": block}}]}, CPF)

    assert report.negative_notes[0].count == 2
    assert report.summary.restricted


def test_connect_sa_total_without_its_registers() -> None:
    body = copy.deepcopy(CONNECT)
    del body["resultado"]["quadroResumoConsta"]["registros"]

    report = connect_sa.report(body, CPF)

    assert [(notes.kind, notes.count, notes.total) for notes in report.negative_notes] == [(NoteKind.OTHER, 3, None)]
    assert report.summary.restricted
    del body["resultado"]["quadroResumoConsta"]["quantidadeTotalOcorrencias"]
    assert connect_sa.report(body, CPF).negative_notes == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("anotacoesSpc", NoteKind.SPC),
        ("participacoesEmpresas", NoteKind.OTHER),
        ("acoesJudiciais", NoteKind.LAWSUIT),
        ("ProtestoEstadual", NoteKind.PROTEST),
    ],
)
def test_connect_sa_kind_is_told_by_its_name(name: str, kind: NoteKind) -> None:
    body = copy.deepcopy(CONNECT)
    body["resultado"]["quadroResumoConsta"]["registros"] = {name: {"quantidade": 1}}

    assert [notes.kind for notes in connect_sa.report(body, CPF).all_notes()] == [kind]


def test_spc_debts_told_in_one_block_alone_are_counted() -> None:
    body = copy.deepcopy(SPC)
    del body["spc"]

    report = spc_brasil.report(body, CPF)

    (debts,) = report.negative_notes
    assert (debts.kind, debts.count, debts.total) == (NoteKind.OVERDUE, 2, 482_51)
    assert "pendencia-financeira" not in report.extras


def test_spc_block_that_says_nothing_is_absent_and_not_zero() -> None:
    body: dict[str, Any] = {"protesto": [{}], "consulta-realizada": [{}]}

    report = spc_brasil.report(body, CPF)

    assert report.protests is None
    assert report.previous_inquiries is None
    with pytest.raises(RefusedByBureau):
        spc_brasil.report({"protesto": [{"resumo": [{"valor-total": "10.00"}]}]}, CPF)


def test_connect_sa() -> None:
    report = connect_sa.report(CONNECT, CPF)

    pefin, other = report.negative_notes
    assert (pefin.kind, pefin.count, pefin.total) == (NoteKind.PEFIN, 2, 1_234_56)
    assert (pefin.first, pefin.last) == (date(2023, 2, 1), date(2024, 4, 3))
    assert (other.kind, other.label, other.total) == (NoteKind.OTHER, "algoNovo", 10_00)
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total) == (3, 3)
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.count == 5
    assert report.protocol == "123"
    assert report.score is None


def test_credito_na_medida() -> None:
    report = credito_na_medida.report(CREDITO_NA_MEDIDA, CPF)

    assert (report.cost, report.billed, report.protocol) == (7_90, True, "9")
    assert report.score is not None
    assert (report.score.value, report.score.band) == (640, "C")
    assert [notes.kind for notes in report.negative_notes] == [NoteKind.PEFIN, NoteKind.OTHER]
    assert report.protests is not None
    assert report.protests.total == 50
    assert report.partners is not None
    assert report.partners[0].share == "40"
    assert credito_na_medida.attachment(CREDITO_NA_MEDIDA).body == b"%PDF-1.4 tiny"


def test_spc_brasil() -> None:
    report = spc_brasil.report(SPC, CPF)

    assert report.protocol == "14558422729-10"
    assert report.score is not None
    assert (report.score.value, report.score.band) == (0, "ALTO")
    (spc,) = report.negative_notes
    assert (spc.kind, spc.count, spc.total, spc.last) == (NoteKind.SPC, 2, 482_51, date(2024, 3, 12))
    assert (spc.items[0].place, spc.items[0].principal) == ("Curitiba/PR", False)
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total, report.cheques.label) == (3, 613_85, "cheque-lojista + ccf")
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.items[0].name == "Provedor"


def test_repeated_debts_of_spc_are_kept_and_not_counted_twice() -> None:
    report = spc_brasil.report(SPC, CPF)

    assert report.summary.total == 482_51 + 613_85
    assert "pendencia-financeira" in report.extras


def test_unknown_fields_are_kept() -> None:
    body = copy.deepcopy(SERASA_PERSON)
    body["reports"][0]["novelty"] = {"rate": Decimal("1.50"), "on": True}
    body["reports"][0]["negativeData"]["pefin"]["pefinResponse"][0]["stage"] = "NEW"
    body["traceId"] = "x1"

    extras: dict[str, Any] = json.loads(json.dumps(serasa.report(body, CPF).extras))

    (report,) = extras["reports"]
    assert report["novelty"] == {"rate": "1.50", "on": True}
    assert report["negativeData"]["pefin"]["pefinResponse"][0]["stage"] == "NEW"
    assert report["facts"]["stolenDocuments"] == {"stolenDocumentsResponse": [{"documentType": "RG"}]}
    assert extras["traceId"] == "x1"
    assert "score" not in report or "score" not in report["score"]


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


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["2024-02-30", "31/12/2024", "R$ 1,00", "52998224725", "S", "1" * 50, "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def damaged(draw: st.DrawFn, original: dict[str, Any]) -> Any:
    """A sample with a few of its members replaced by anything."""
    body: Any = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 4))):
        node: Any = body
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if not isinstance(node[key], dict | list) or not node[key] or draw(st.integers(0, 3)) == 0:
                node[key] = draw(JSON)
                break
            node = node[key]
    return body


def survives(reader: Reader, body: object, document: Document = CPF) -> None:
    try:
        report = reader(body, document)
    except LastroError:
        return
    json.dumps(report.extras, allow_nan=False).encode()
    assert report.summary.count >= 0


@given(damaged(SERASA_PERSON))
def test_damaged_serasa_person_never_crashes(body: object) -> None:
    survives(serasa.report, body)


@given(damaged(SERASA_COMPANY))
def test_damaged_serasa_company_never_crashes(body: object) -> None:
    survives(serasa.report, body, COMPANY)


@given(damaged(CONNECT))
def test_damaged_connect_sa_never_crashes(body: object) -> None:
    survives(connect_sa.report, body)


@given(damaged(CREDITO_NA_MEDIDA))
def test_damaged_credito_na_medida_never_crashes(body: object) -> None:
    survives(credito_na_medida.report, body)


@given(damaged(SPC))
def test_damaged_spc_brasil_never_crashes(body: object) -> None:
    survives(spc_brasil.report, body)


@given(JSON)
def test_any_json_never_crashes(body: object) -> None:
    for reader, _ in SAMPLES.values():
        survives(reader, body)
    for read in (credito_na_medida.codes, credito_na_medida.is_done, credito_na_medida.attachment):
        with suppress(RefusedByBureau):
            read(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    with suppress(RefusedByBureau):
        read_json(body)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":NaN}', b"1e999999999999", b"1" * 10_000, b"\xff\xfe", b""])
def test_hostile_json_is_refused(body: bytes) -> None:
    with pytest.raises(RefusedByBureau):
        serasa.report(read_json(body), CPF)


def test_deep_unknown_block_is_refused() -> None:
    deep: object = "x"
    for _ in range(500):
        deep = [deep]

    with pytest.raises(RefusedByBureau):
        serasa.report(SERASA_PERSON | {"novelty": deep}, CPF)


ENVELOPE = '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>{}</S:Body></S:Envelope>'


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_an_envelope_or_refused(body: bytes) -> None:
    for text in (body, ENVELOPE.format("{}").encode().replace(b"{}", body)):
        with suppress(RefusedByBureau):
            soap.tree(soap.opened(text))


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "http://dtd.example/a.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(prolog: str) -> None:
    with pytest.raises(RefusedByBureau):
        soap.opened((prolog + ENVELOPE.format("<resultado/>")).encode())


def test_deep_xml_is_refused() -> None:
    nested = "<a>" * 100 + "</a>" * 100

    with pytest.raises(RefusedByBureau):
        soap.tree(soap.opened(ENVELOPE.format(nested).encode()))


def test_attributes_children_and_text_of_xml() -> None:
    element = soap.opened(ENVELOPE.format('<n:r xmlns:n="u" a="1"><b>x</b><!-- c --><b k="2"/></n:r>').encode())

    assert soap.tree(element) == {"a": "1", "b": [{"#text": "x"}, {"k": "2"}]}
