"""An answer in each bureau's own words, with the reader that understands it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from lastro.bureaus.reports.report import InquiryReport
from lastro.kernel.documents import Cnpj, Cpf, Document
from lastro.vendors.bureaus.connect_sa import mapping as connect_sa
from lastro.vendors.bureaus.credito_na_medida import mapping as credito_na_medida
from lastro.vendors.bureaus.serasa import mapping as serasa
from lastro.vendors.bureaus.spc_brasil import mapping as spc_brasil

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
