"""What is appended to a contract: the record of the signature and the page of endorsements."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from lastro.origination.contracts.drawing.appendix import draw_appendix
from lastro.origination.contracts.model import AppendixHead
from tests.domain.origination.contracts.contract_reading import words_of
from tests.domain.origination.contracts.contract_samples import (
    CNPJ,
    CSN,
    sample_endorsements,
    sample_signature,
)

CHECKSUM = "a" * 64
HEAD = AppendixHead("Exemplo Sociedade de Crédito Direto S.A.", CSN, CHECKSUM, 17_000)


def test_the_record_of_the_signature() -> None:
    text = words_of(draw_appendix(HEAD, sample_signature(CHECKSUM)))
    for said in (
        "REGISTRO DE ASSINATURA ELETRÔNICA",
        "CREDENCIAL DO PARCEIRO QUE ENVIOU O ACEITE rede-exemplo",
        CHECKSUM,
        "17000 bytes",
        "529.982.247-25",
        "02/03/2026 às 15:04:05 (horário de Brasília, UTC-03:00)",
        "02/03/2026 às 15:04:06 (horário de Brasília, UTC-03:00)",
        "203.0.113.7",
        "Mozilla/5.0 (Linux; Android 15)",
        "-16.7041",
        "-49.2721",
        "00:00:00:00:00:00",
        "Anexo, página 1 de 1",
    ):
        assert said in text
    assert "FOLHA DE ENDOSSOS" not in text


def test_evidence_is_shown_whatever_a_device_reported() -> None:
    signature = replace(
        sample_signature(CHECKSUM),
        user_agent="Mozilla/5.0 (Браузер 😀)",
        ip="fe80::1%Ж",
        occurred_at=datetime(1, 1, 1, tzinfo=UTC),
    )
    text = words_of(draw_appendix(HEAD, signature))
    assert r"Mozilla/5.0 (\u0411\u0440\u0430\u0443\u0437\u0435\u0440 \U0001f600)" in text
    assert r"fe80::1%\u0416" in text
    assert "às 00:00:00 (UTC+00:00)" in text


def test_the_page_of_endorsements() -> None:
    text = words_of(draw_appendix(HEAD, sample_signature(CHECKSUM), sample_endorsements()))
    for said in (
        "FOLHA DE ENDOSSOS",
        "ENDOSSO Nº 1",
        "Exemplo Fundo de Investimento em Direitos Creditórios",
        "12.ABC.345/01DE-35",
        "R$ 9.900,00",
        "Sim: o endossante responde pelo pagamento",
        "e" * 64,
        "Pague-se a Exemplo Fundo",
    ):
        assert said in text
    assert CNPJ not in text


def test_an_appendix_is_the_same_bytes_every_time() -> None:
    signature = sample_signature(CHECKSUM)
    assert draw_appendix(HEAD, signature) == draw_appendix(HEAD, signature)
